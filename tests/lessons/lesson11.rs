//! Lesson 11: what expired is still there.

use std::process::Command;

use diesel::prelude::*;
use insta::assert_snapshot;
use session_lessons::db::DatabaseError;
use session_lessons::schema::sessions;

use super::rows::{database, rows};
use super::{ALICE, move_time};
use crate::common::http::Request;
use crate::common::story::{Guest, Story};

fn visitors(story: &Story, number: usize) {
    for _ in 0..number {
        let page = story.visitor("somebody", "en").get("/visit").main();
        assert!(page.contains("# Visits of this browser: 1"), "{page}");
    }
}

fn clearsessions(story: &Story, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_course"))
        .arg("clearsessions")
        .args(arguments)
        .env("COURSE_LANG", "en")
        .env(
            "ROCKET_SESSION",
            format!("{{database={:?}}}", story.lesson.database()),
        )
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn clear(visitor: &mut Guest<'_>) -> String {
    let answer = visitor.post("/rows/clear", &[]);
    visitor.follow(&answer).main()
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "a release build's clock can't be moved"
)]
fn what_is_over_stays_until_it_is_cleared_batch_by_batch() {
    let story = Story::of("lesson11");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    alice.get("/main");
    visitors(&story, 50);
    assert!(alice.get("/rows").main().contains("# Live: 51. Over: 0."));
    // Nothing is over yet, so nothing goes.
    let page = clear(&mut alice);
    assert!(page.contains("# Live: 51. Over: 0.") && page.contains("0 rows were deleted."));
    move_time(&story.lesson, "day");
    assert!(alice.get("/rows").main().contains("# Live: 1. Over: 50."));
    assert_eq!(rows(&story.lesson).len(), 51);
    let page = clear(&mut alice);
    assert!(page.contains("# Live: 1. Over: 10.") && page.contains("40 rows were deleted."));
    // The command in another terminal goes by the machine's clock.
    assert_eq!(
        clearsessions(&story, &[]),
        "0 sessions were over and are deleted.\n"
    );
    let ahead = clearsessions(&story, &["--ahead", "1d"]);
    assert_eq!(ahead, "10 sessions were over and are deleted.\n");
    let page = clear(&mut alice);
    assert!(page.contains("# Live: 1. Over: 0.") && page.contains("0 rows were deleted."));
    assert_eq!(rows(&story.lesson).len(), 1);
    assert!(alice.get("/main").main().contains("Welcome back, alice!"));
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "a release build's clock can't be moved"
)]
fn a_row_that_is_over_is_never_live_again() {
    let story = Story::of("lesson11");
    let mut once = story.visitor("once", "en");
    let mut twice = story.visitor("twice", "en");
    once.get("/visit");
    twice.get("/visit");
    assert!(
        twice
            .get("/visit")
            .main()
            .contains("# Visits of this browser: 2")
    );
    move_time(&story.lesson, "day");
    let before = once.session_id().unwrap().to_owned();
    assert!(
        once.get("/visit")
            .main()
            .contains("# Visits of this browser: 1")
    );
    let locker = |id: &str| id.split('.').next().unwrap().to_owned();
    assert_ne!(locker(&before), locker(once.session_id().unwrap()));
    // A browser that came back once within the hour has two weeks.
    assert!(
        twice
            .get("/visit")
            .main()
            .contains("# Visits of this browser: 3")
    );
    assert_eq!(rows(&story.lesson).len(), 3);
}

#[test]
fn a_head_request_counts_no_visit_and_makes_no_row() {
    let story = Story::of("lesson11");
    let head = |cookie: &str| {
        let request = Request::new("HEAD", "/visit").header("Cookie", cookie);
        let answer = request.send(story.lesson.port);
        assert_eq!((answer.status, answer.all("Set-Cookie").len()), (200, 0));
        let line = story.lesson.next_line();
        assert!(line.contains("HEAD: change dropped"), "{line}");
    };
    head("lang=en");
    assert_eq!(rows(&story.lesson).len(), 0);
    let mut visitor = story.visitor("visitor", "en");
    visitor.get("/visit");
    let before = rows(&story.lesson);
    head(&format!("session_id={}", visitor.session_id().unwrap()));
    assert_eq!(rows(&story.lesson), before);
    assert!(
        visitor
            .get("/visit")
            .main()
            .contains("# Visits of this browser: 2")
    );
}

#[test]
fn nothing_is_deleted_in_the_background() {
    let mut story = Story::of("lesson11");
    visitors(&story, 1);
    let over = database(&story.lesson).read(|connection| {
        let rows = diesel::update(sessions::table).set(sessions::expires.eq(1));
        Ok::<_, DatabaseError>(rows.execute(connection)?)
    });
    assert_eq!(over.unwrap(), 1);
    // The other lessons look for what is over as soon as they start.
    story.lesson.restart();
    for _ in 0..5 {
        let page = story.visitor("somebody", "en").get("/rows").main();
        assert!(page.contains("# Live: 0. Over: 1."), "{page}");
    }
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "a release build's clock can't be moved"
)]
fn strangers_may_look_and_not_clear() {
    let story = Story::of("lesson11");
    let mut mallory = story.visitor("mallory", "en");
    visitors(&story, 1);
    move_time(&story.lesson, "weeks");
    assert_eq!(mallory.post("/rows/clear", &[]).sent_to(), Some("/login"));
    let page = mallory.get("/rows").main();
    assert!(page.contains("# Live: 0. Over: 1."), "{page}");
    assert!(mallory.session_id().is_none());
    // The count in the address is only a number.
    for said in ["-1", "99999999999", "%3Cb%3E", ""] {
        let page = mallory.get(&format!("/rows?cleared={said}"));
        assert!(
            page.status == 200 && !page.main().contains("deleted"),
            "{said}"
        );
    }
}

#[test]
fn the_pages_are_there_in_both_languages() {
    let story = Story::of("lesson11");
    let pages = ["en", "ko"].map(|language| {
        let mut visitor = story.visitor("visitor", language);
        let paths = ["/rows", "/visit", "/rows?cleared=40", "/rows?cleared=1"];
        paths.map(|path| visitor.get(path).main()).join("\n")
    });
    assert_snapshot!(pages.join("\n"));
}
