//! What becomes of live cookies when the engine is another one.

use serde_json::Value;
use session_lessons::session::Event;

use crate::common::App;
use crate::stores::{
    CacheFixture, CachedDatabaseFixture, DatabaseFixture, EncryptedFixture, FileFixture, Fixture,
    SignedFixture,
};

fn places() -> [Box<dyn Fixture>; 6] {
    [
        Box::new(DatabaseFixture::new()),
        Box::new(CachedDatabaseFixture::new()),
        Box::new(CacheFixture::new()),
        Box::new(FileFixture::new()),
        Box::new(EncryptedFixture::new()),
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
            let case = format!("from {} to {}", before.engine(), after.engine());
            let (before, after) = (App::on(before.open()).await, App::on(after.open()).await);
            let visitor = before.browser();
            visitor.set("user", "alice").await;
            let visitor = visitor.at(&after.browser());
            let twin = visitor.twin();
            let answer = twin.visit(|session| session.get::<Value>("user")).await;
            assert_eq!(answer.value(), Value::Null, "{case}");
            assert!(answer.removes_the_cookie(), "{case}");
            let unknown = |event: &Event| matches!(event, Event::Unknown { .. } | Event::Unopened);
            assert!(unknown(&answer.account[0]), "{case}: {:?}", answer.account);
            let old = visitor.cookie();
            visitor.set("user", "bob").await;
            assert_ne!(visitor.cookie(), old, "{case}");
            assert_eq!(visitor.get("user").await, "bob", "{case}");
        }
    }
}
