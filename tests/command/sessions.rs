//! `course sessions` and `course clearsessions` on each engine.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use session_lessons::db::Database;
use session_lessons::session::stores::{DatabaseStore, FileStore};
use session_lessons::session::{
    Clock, Config, Contents, Data, Locker, Outcome, Record, SecretHash, Store, Synchronous,
    Timestamp,
};

use super::{printed, told};

fn course(arguments: &str, engine: &str, folder: &Path) -> Output {
    let (database, files) = (folder.join("lessons.db"), folder.join("sessions"));
    let settings = format!("{{engine={engine:?},database={database:?},folder={files:?}}}");
    Command::new(env!("CARGO_BIN_EXE_course"))
        .args(arguments.split(' '))
        .env("COURSE_LANG", "en")
        .env("ROCKET_SESSION", settings)
        .output()
        .unwrap()
}

fn database(folder: &Path) -> DatabaseStore {
    let database = Database::open(folder.join("lessons.db"), Synchronous::Normal);
    DatabaseStore::open(database.unwrap(), &Config::default()).unwrap()
}

fn record(locker: i64, user: &str, touched: Timestamp, expires: Timestamp) -> Record {
    Record {
        locker: Locker::from_number(locker),
        secret_hash: SecretHash::from_bytes(&[7; 32]).unwrap(),
        previous_hash: None,
        rotated: 0,
        version: 1,
        created: touched,
        touched,
        expires,
        contents: Contents {
            data: Data::from_json(&format!(r#"{{"user":"{user}"}}"#)).unwrap(),
            user: Some(user.to_owned()),
            ..Contents::default()
        },
    }
}

#[test]
fn files_are_listed_and_those_that_are_over_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let output = course("sessions", "file", folder.path());
    assert_eq!(printed(&output), "No sessions are stored.\n");
    let output = course("clearsessions", "file", folder.path());
    assert_eq!(printed(&output), "0 sessions were over and are deleted.\n");
    // To look makes nothing.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    let now = Clock::System.now();
    let files = folder.path().join("sessions");
    let store = FileStore::open(&files).unwrap();
    for record in [
        record(1, "alice", now - 90, now + 3_700),
        record(2, "bob", now - 4_000, now - 10),
    ] {
        let stored = rocket::execute(store.create(&record));
        assert_eq!(stored, Ok(Outcome::Done));
    }
    let torn = files.join(Locker::from_number(3).to_string());
    fs::write(&torn, "half a rec").unwrap();

    let text = printed(&course("sessions", "file", folder.path()));
    let alice = text.find("alice").unwrap();
    assert!(alice < text.find("bob").unwrap(), "{text}");
    assert!(text.contains("keys      user"), "{text}");
    let line = format!("session {} can't be read", Locker::from_number(3));
    assert!(text.lines().any(|told| told == line), "{text}");
    assert!(!text.contains("0707"), "{text}");

    let output = course("clearsessions", "file", folder.path());
    assert_eq!(printed(&output), "One session was over and is deleted.\n");
    let text = printed(&course("sessions", "file", folder.path()));
    assert!(text.contains("alice") && !text.contains("bob"), "{text}");
    assert!(torn.exists());
}

#[test]
fn all_sessions_are_ended_whoever_they_are_of_and_whatever_can_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let output = course("sessions end --all", "file", folder.path());
    assert_eq!(printed(&output), "0 sessions were ended.\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    let now = Clock::System.now();
    let files = folder.path().join("sessions");
    let stores: [(&str, Box<dyn Store>); 2] = [
        ("file", Box::new(FileStore::open(&files).unwrap())),
        ("database", Box::new(database(folder.path()))),
    ];
    fs::write(files.join(Locker::from_number(3).to_string()), "torn").unwrap();
    for (engine, store) in stores {
        for record in [
            record(1, "alice", now - 90, now + 3_700),
            record(2, "bob", now - 4_000, now - 10),
        ] {
            let stored = rocket::execute(store.create(&record));
            assert_eq!(stored, Ok(Outcome::Done));
        }
        let ended = printed(&course("sessions end --all", engine, folder.path()));
        let number = if engine == "file" { 3 } else { 2 };
        assert_eq!(ended, format!("{number} sessions were ended.\n"));
        let left = printed(&course("sessions", engine, folder.path()));
        assert_eq!(left, "No sessions are stored.\n");
    }
}

#[test]
fn an_argument_too_many_is_named_and_nothing_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let output = course("sessions end --all more", "file", folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).starts_with("more "), "{}", told(&output));
}

#[test]
fn what_only_the_server_has_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (engine, reason) in [
        ("cache", "in the memory of the running lesson"),
        ("cookie", "The server keeps none"),
    ] {
        for command in ["sessions", "sessions end --all", "clearsessions"] {
            let output = course(command, engine, folder.path());
            assert!(output.status.success());
            let text = printed(&output);
            assert!(text.contains(reason), "{text}");
            assert_eq!(text.lines().count(), 1);
            assert_eq!(told(&output), "");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
