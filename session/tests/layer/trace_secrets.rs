//! Secrets, which no trace ever holds.

use rocket_session_layer::Event;

use super::trace::{app, read};
use crate::common::Browser;

#[rocket::async_test]
async fn no_secret_is_ever_in_it() {
    let app = app().await;
    let visitor = app.browser();
    let mut secrets = Vec::new();
    let mut text = String::new();
    for round in 0..6 {
        let before = visitor.twin();
        let answers = [
            visitor.set("user", "alice").await,
            visitor.visit(read).await,
            before.set("a", 1).await,
            visitor.add_one("n").await,
            visitor.does(|session| session.rotate()).await,
            visitor
                .visit(|session| Ok(format!("{:?}", session.record())))
                .await,
        ];
        for answer in answers {
            let trace = &answer.trace;
            text += &format!("{trace:?} {}", serde_json::to_string(trace).unwrap());
            text += &trace.iter().map(Event::to_string).collect::<String>();
            text += &answer.body;
        }
        secrets.extend([before, visitor.twin()].iter().filter_map(Browser::cookie));
        if round % 2 == 1 {
            visitor.does(|session| session.flush()).await;
        }
    }
    assert!(secrets.len() > 8);
    for cookie in secrets {
        let (locker, secret) = cookie.split_once('.').unwrap();
        assert!(text.contains(locker) && !text.contains(secret));
    }
}
