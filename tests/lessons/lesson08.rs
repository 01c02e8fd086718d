//! Lesson 08: four homes for a session.

use std::fs;

use insta::assert_snapshot;

use super::rows::{holds, only_row, rows};
use super::{ALICE, BOB};
use crate::common::lesson::Start;
use crate::common::story::{Guest, Story};

fn lesson_on(engine: &str) -> Story {
    Story::in_lesson(Start::of("lesson08").on(engine).begin())
}

/// The user whom the page takes its visitor for, and the home that it names.
fn is_known(visitor: &mut Guest<'_>, user: &str, home: &str) {
    let page = visitor.get("/where").main();
    assert!(page.contains(user), "{page}");
    assert!(page.contains(home), "{page}");
}

#[test]
fn the_page_names_the_home_in_both_languages() {
    let story = Story::of("lesson08");
    let mut alice = story.visitor("alice", "en");
    alice.get("/where");
    alice.log_in("alice", ALICE);
    alice.get("/where");
    assert!(holds(
        &only_row(&story.lesson),
        r#"{"browser":{},"user":"alice"}"#,
        Some("alice")
    ));
    let mut bob = story.visitor("밥", "ko");
    bob.get("/where");
    assert_snapshot!(story.told());
}

#[test]
fn a_row_and_a_file_outlive_the_program_and_what_is_in_its_memory_does_not() {
    for (engine, home, stays) in [
        ("database", "in the database.", true),
        ("file", "in files", true),
        ("cookie", "in the cookies", true),
        ("cache", "in the memory of this program", false),
    ] {
        let mut story = lesson_on(engine);
        let mut alice = story.visitor("alice", "en");
        alice.log_in("alice", ALICE);
        is_known(&mut alice, "It is alice.", home);
        let cookies = alice.cookies.clone();
        story.lesson.restart_on(engine);
        let mut alice = story.visitor("alice", "en");
        alice.cookies = cookies;
        let user = if stays {
            "It is alice."
        } else {
            "Nobody the server knows."
        };
        is_known(&mut alice, user, home);
        assert_eq!(alice.session_id().is_some(), stays, "{engine}");
    }
}

#[test]
fn a_cookie_from_another_home_is_a_strangers_and_nothing_is_moved() {
    let mut story = lesson_on("database");
    let mut bob = story.visitor("bob", "en");
    bob.log_in("bob", BOB);
    let cookies = bob.cookies.clone();
    story.lesson.restart_on("file");
    let mut bob = story.visitor("bob", "en");
    bob.cookies = cookies.clone();
    is_known(&mut bob, "Nobody the server knows.", "in files");
    assert_eq!(bob.session_id(), None);
    // The row is still there, and so is who goes back to it.
    assert_eq!(rows(&story.lesson).len(), 1);
    story.lesson.restart_on("database");
    let mut bob = story.visitor("bob", "en");
    bob.cookies = cookies;
    is_known(&mut bob, "It is bob.", "in the database");
}

#[test]
fn with_files_the_database_has_users_and_no_sessions() {
    let story = lesson_on("file");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    let (locker, _) = alice.session_id().unwrap().split_once('.').unwrap();
    let file = story.lesson.database();
    let file = file.with_file_name("sessions").join(locker);
    let held = fs::read_to_string(&file).unwrap();
    assert!(held.contains(r#""user":"alice""#), "{held}");
    alice.post("/logout", &[]);
    assert!(!file.exists());
}

#[test]
fn the_start_says_that_memory_forgets() {
    let story = lesson_on("cache");
    story.visitor("alice", "en").get("/where");
    let said = story.lesson.end();
    assert!(said.contains("a restart forgets all of them"), "{said}");
}
