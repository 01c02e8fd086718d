//! A change of the engine, under live cookies.

use rocket_session_layer::Event;
use serde_json::Value;

use crate::common::App;
use crate::common::fixtures::*;

fn places() -> Vec<Box<dyn Fixture>> {
    vec![
        Box::new(CacheFixture::new()),
        #[cfg(feature = "database")]
        Box::new(DatabaseFixture::new()),
        #[cfg(feature = "file")]
        Box::new(FileFixture::new()),
        #[cfg(feature = "cookie")]
        Box::new(EncryptedFixture::new()),
        #[cfg(feature = "cookie")]
        Box::new(SignedFixture::new()),
    ]
}

#[rocket::async_test]
async fn from_any_engine_to_any_other_everybody_is_a_stranger() {
    for (from, before) in places().iter().enumerate() {
        for (to, after) in places().iter().enumerate() {
            if from == to {
                continue;
            }
            let case = format!("from {} to {}", before.settings(), after.settings());
            let (before, after) = (App::on(before.open()).await, App::on(after.open()).await);
            let visitor = before.browser();
            visitor.set("user", "alice").await;
            let visitor = visitor.at(&after.browser());
            let twin = visitor.twin();
            let answer = twin.visit(|session| session.get::<Value>("user")).await;
            assert_eq!(answer.value(), Value::Null, "{case}");
            assert!(answer.removes_the_cookie(), "{case}");
            let unknown = |event: &Event| matches!(event, Event::Unknown { .. } | Event::Unopened);
            assert!(unknown(&answer.trace[0]), "{case}: {:?}", answer.trace);
            let old = visitor.cookie();
            visitor.set("user", "bob").await;
            assert_ne!(visitor.cookie(), old, "{case}");
            assert_eq!(visitor.get("user").await, "bob", "{case}");
        }
    }
}
