//! `cargo run -- reset` beside programs that have the database open.

use std::fs;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use super::{course, told};
use crate::common::http::Request;
use crate::common::lesson::{Lesson, Start};

fn is_refused(lesson: &Lesson) {
    let folder = lesson.database().parent().unwrap().to_owned();
    for (language, words) in [("en", "Stop it first"), ("ko", "먼저 종료하세요")] {
        let output = course(&["reset", "--yes"], &folder, language);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(
            told.contains("lessons.db") && told.contains(words),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    assert!(lesson.database().exists());
}

#[test]
fn nothing_is_deleted_while_a_lesson_runs_and_all_of_it_afterwards() {
    // One that was just started, and one that has served.
    let mut lesson = Lesson::start("lesson02");
    is_refused(&lesson);
    let login = Request::post(
        "/login",
        &[("userid", "alice"), ("password", "wonder-land-7")],
    );
    assert_eq!(login.send(lesson.port).status, 303);
    is_refused(&lesson);
    assert_eq!(login.send(lesson.port).status, 303, "it goes on as before");
    // However it ended.
    lesson.kill();
    let database = lesson.database();
    let output = course(&["reset", "--yes"], database.parent().unwrap(), "en");
    assert!(output.status.success(), "{}", told(&output));
    assert!(!database.exists());
}

/// Its users are in the database, whatever keeps its sessions.
#[test]
fn a_lesson_on_another_engine_keeps_its_database_too() {
    for engine in ["file", "cookie", "cache"] {
        is_refused(&Start::of("lesson03").on(engine).begin());
    }
    is_refused(&Lesson::start("lesson01"));
}

#[test]
fn a_file_that_is_no_database_can_be_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("lessons.db");
    for text in [
        "",
        "no database at all, but long enough to be read as the head of one, and more",
    ] {
        fs::write(&database, text.repeat(20)).unwrap();
        let output = course(&["reset", "--yes"], folder.path(), "en");
        assert!(output.status.success(), "{}", told(&output));
        assert!(!database.exists());
    }
}

#[test]
fn a_database_that_another_program_writes_is_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("lessons.db");
    let mut browser = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    browser
        .batch_execute("CREATE TABLE t (n); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)")
        .unwrap();
    let output = course(&["reset", "--yes"], folder.path(), "en");
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    browser.batch_execute("COMMIT").unwrap();
    drop(browser);
    assert!(
        course(&["reset", "--yes"], folder.path(), "en")
            .status
            .success()
    );
}
