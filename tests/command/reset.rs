//! `cargo run -- reset` beside programs that have the database open.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use super::seat::{Seat, ended};
use super::{reset, told};
use crate::common::http::Request;
use crate::common::lesson::{Lesson, Start};

fn is_refused(lesson: &Lesson) {
    let folder = lesson.database().parent().unwrap().to_owned();
    for (language, words) in [("en", "Stop it first"), ("ko", "먼저 종료하세요")] {
        let output = reset(&["--yes"], &folder, language);
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
    let output = reset(&["--yes"], database.parent().unwrap(), "en");
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
        let output = reset(&["--yes"], folder.path(), "en");
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
    let output = reset(&["--yes"], folder.path(), "en");
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    browser.batch_execute("COMMIT").unwrap();
    drop(browser);
    assert!(reset(&["--yes"], folder.path(), "en").status.success());
}

#[test]
fn a_seat_begins_anew_and_attempts_are_kept() {
    let seat = Seat::new();
    let given = seat.read("exercises/ex03.rs");
    let attempt = "// what the last group wrote\n";
    fs::write(seat.path("exercises/ex03.rs"), attempt).unwrap();
    fs::remove_file(seat.path("exercises/ex05.rs")).unwrap();
    seat.run("hint 03");
    for (answer, is_reset) in [("n\n", false), ("", false), ("y\n", true)] {
        let mut command = seat.command("reset");
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(answer.as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("03, 05") && text.contains("[y/N]"), "{text}");
        let expected = if is_reset { &*given } else { attempt };
        assert_eq!(seat.read("exercises/ex03.rs"), expected);
        assert_eq!(seat.path("var").exists(), !is_reset);
    }
    assert_eq!(seat.read("exercises/old/ex03-1.rs"), attempt);
    assert!(seat.path("exercises/ex05.rs").exists());
    assert!(seat.run("reset --yes").0.contains("Nothing is stored"));
    // An attempt alone is reason enough.
    fs::write(seat.path("exercises/ex03.rs"), attempt).unwrap();
    let (text, _) = ended(&mut seat.command("reset"));
    assert!(text.contains("Begin them anew? [y/N]"), "{text}");
}
