//! A server that dies in the middle of its work has not forgotten what it has answered.

use std::sync::mpsc::channel;
use std::thread;

use serde_json::Value;

use super::rows::only_row;
use crate::common::http::Request;
use crate::common::lesson::Lesson;

/// The number of shoppers who click at once, and of the answers after which the server dies.
const SHOPPERS: usize = 4;
const ANSWERS: usize = 60;

#[test]
fn no_acknowledged_click_is_lost_when_the_server_is_killed() {
    let mut lesson = Lesson::start("lesson05");
    let add = Request::post("/cart/add", &[("item", "pencil")]);
    let first = add.send(lesson.port);
    let cookie = first.one("Set-Cookie").unwrap().split(';').next().unwrap();
    let add = add.header("Cookie", cookie);

    let (acknowledge, answers) = channel();
    let (port, add) = (lesson.port, &add);
    let acknowledged = thread::scope(|scope| {
        for _ in 0..SHOPPERS {
            let acknowledge = acknowledge.clone();
            scope.spawn(move || {
                while let Ok(answer) = add.try_send(port) {
                    assert_eq!(answer.sent_to(), Some("/cart"));
                    acknowledge.send(()).unwrap();
                }
            });
        }
        drop(acknowledge);
        let before = answers.iter().take(ANSWERS).count();
        lesson.kill();
        before + answers.iter().count()
    });

    let row = only_row(&lesson);
    let data: Value = serde_json::from_str(&row.data).unwrap();
    let stored = data["cart"]["pencil"].as_u64().unwrap() as usize;
    // The first click, all that were answered, and at most the last one of each shopper.
    let least = 1 + acknowledged;
    assert!(
        (least..=least + SHOPPERS).contains(&stored),
        "{acknowledged} answered, {stored} stored"
    );
}
