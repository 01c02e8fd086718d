//! A database that is deleted or replaced under the running lesson.

use std::fs;

use super::{ALICE, cookie_of, log_in};
use crate::common::http::Request;
use crate::common::lesson::Lesson;

fn alice() -> Request {
    log_in("alice", ALICE)
}

/// The cookie of alice, who logs in.
fn cookie(lesson: &Lesson) -> String {
    cookie_of(&alice().send(lesson.port))
}

#[test]
fn it_is_said_once_and_answered_with_503_until_the_next_start() {
    let mut lesson = Lesson::start("lesson07");
    let board = Request::get("/board").header("Cookie", cookie(&lesson));
    assert_eq!(board.send(lesson.port).status, 200);
    fs::remove_file(lesson.database()).unwrap();
    for _ in 0..2 {
        // Users, posts and sessions are all in it.
        assert_eq!(alice().send(lesson.port).status, 503);
        assert_eq!(board.send(lesson.port).status, 503);
    }
    assert!(!lesson.database().exists());
    // Pages that need no database are still there.
    assert_eq!(Request::get("/login").send(lesson.port).status, 200);
    let said = lesson.kill();
    assert_eq!(said.matches("lessons.db").count(), 1, "{said}");
    assert!(said.contains("until the server is started again"), "{said}");
    lesson.restart();
    assert_eq!(alice().send(lesson.port).status, 303);
}

#[test]
fn a_database_that_was_moved_into_place_is_used_from_the_next_start_on() {
    let mut other = Lesson::start("lesson07");
    let sign = |lesson: &Lesson, text: &str| {
        let post = Request::post("/board", &[("text", text)]);
        post.header("Cookie", cookie(lesson))
            .send(lesson.port)
            .status
    };
    let shows = |lesson: &Lesson, text: &str| {
        let board = Request::get("/board").header("Cookie", cookie(lesson));
        board.send(lesson.port).body.contains(text)
    };
    assert_eq!(sign(&other, "written elsewhere"), 303);
    other.kill();
    let mut lesson = Lesson::start("lesson07");
    assert_eq!(sign(&lesson, "written here"), 303);
    // The log belongs to the file: a person who knows that moves both.
    for ending in ["-wal", ""] {
        let file = |lesson: &Lesson| format!("{}{ending}", lesson.database().display());
        fs::rename(file(&other), file(&lesson)).unwrap();
    }
    assert_eq!(alice().send(lesson.port).status, 503);
    lesson.restart();
    assert!(shows(&lesson, "written elsewhere"));
    assert!(!shows(&lesson, "written here"));
}
