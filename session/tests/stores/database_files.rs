//! The files of a database under a foreign hand: deleted, moved, replaced; and their modes.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use rocket::http::Status;
use rocket_session_layer::db::{Database, DatabaseError, Synchronous};
use tempfile::TempDir;

use crate::common::app::Setup;
use crate::common::fixtures::{DatabaseFixture, Fixture};
use crate::common::log::{listen, warnings};

/// A database in a folder of its own, with two numbers in a table.
fn place() -> (TempDir, PathBuf, Database) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("var/app.db");
    let database = numbers(&path, "1), (2");
    (folder, path, database)
}

fn numbers(path: &Path, values: &str) -> Database {
    let database = Database::open(path, Synchronous::Normal).unwrap();
    let fill = format!("CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES ({values})");
    query(&database, &fill).unwrap();
    database
}

fn query(database: &Database, query: &str) -> Result<(), DatabaseError> {
    database.read(|connection| Ok(connection.batch_execute(query)?))
}

fn count(database: &Database) -> Result<i64, DatabaseError> {
    let count = diesel::dsl::sql::<BigInt>("(SELECT count(*) FROM numbers)");
    database.read(|connection| Ok(diesel::select(count).get_result(connection)?))
}

async fn write(database: &Database) -> Result<(), DatabaseError> {
    let insert = "INSERT INTO numbers VALUES (3)";
    database
        .run(move |connection| Ok(connection.batch_execute(insert)?))
        .await
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", path.display()))
}

fn is_lost<T: std::fmt::Debug>(answer: Result<T, DatabaseError>) {
    assert!(
        matches!(answer, Err(DatabaseError::Lost { .. })),
        "{answer:?}"
    );
}

/// Ways in which a database gets lost, done to this path.
type Way = (&'static str, fn(&Path));

const WAYS: [Way; 8] = [
    ("deleted", |path| fs::remove_file(path).unwrap()),
    ("moved away", |path| {
        fs::rename(path, path.with_extension("old")).unwrap();
    }),
    ("replaced", |path| {
        let other = path.with_extension("new");
        drop(numbers(&other, "7"));
        fs::rename(other, path).unwrap();
    }),
    ("replaced by a link", |path| {
        let other = path.with_extension("new");
        drop(numbers(&other, "7"));
        fs::remove_file(path).unwrap();
        symlink(other, path).unwrap();
    }),
    ("moved, with a link to it", |path| {
        let other = path.with_extension("new");
        fs::rename(path, &other).unwrap();
        symlink(other, path).unwrap();
    }),
    ("its folder moved", |path| {
        let folder = path.parent().unwrap();
        fs::rename(folder, folder.with_extension("old")).unwrap();
    }),
    ("emptied", |path| drop(fs::File::create(path).unwrap())),
    ("the log deleted", |path| {
        fs::remove_file(beside(path, "-wal")).unwrap()
    }),
];

#[rocket::async_test]
async fn a_database_that_is_no_longer_there_takes_nothing_until_the_next_start() {
    listen();
    for (name, way) in WAYS {
        let (_folder, path, database) = place();
        warnings();
        way(&path);
        is_lost(write(&database).await);
        is_lost(count(&database));
        is_lost(database.connect().map(drop));
        is_lost(write(&database).await);
        if name == "deleted" {
            assert!(!path.exists(), "no empty one is made in its place");
        }
    }
}

#[rocket::async_test]
async fn it_is_said_once() {
    listen();
    let (_folder, path, database) = place();
    fs::remove_file(path).unwrap();
    warnings();
    for _ in 0..3 {
        is_lost(count(&database));
    }
    let lines = warnings();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].contains("app.db was deleted, moved or replaced"),
        "{lines:?}"
    );
    assert!(lines[0].contains("started again"), "{lines:?}");
}

/// Also if there was no request since.
#[rocket::async_test]
async fn a_file_that_was_moved_into_place_is_left_as_it_is() {
    for asked in [true, false] {
        let (folder, path, database) = place();
        write(&database).await.unwrap();
        let other = folder.path().join("other.db");
        drop(numbers(&other, "5), (6), (7), (8), (9"));
        let whole = fs::read(&other).unwrap();
        fs::rename(&path, folder.path().join("moved.db")).unwrap();
        fs::rename(&other, &path).unwrap();
        if asked {
            is_lost(write(&database).await);
        }
        drop(database);
        assert_eq!(fs::read(&path).unwrap(), whole);
        let next = Database::open(&path, Synchronous::Normal).unwrap();
        assert_eq!(count(&next).unwrap(), 5, "asked: {asked}");
        drop(next);
        // The file that was moved away has everything that was answered.
        let moved = Database::open(folder.path().join("moved.db"), Synchronous::Normal).unwrap();
        assert!(count(&moved).unwrap() >= 3, "asked: {asked}");
    }
}

#[rocket::async_test]
async fn nothing_that_was_answered_is_lost_with_a_deleted_log() {
    let (_folder, path, database) = place();
    write(&database).await.unwrap();
    fs::remove_file(beside(&path, "-wal")).unwrap();
    is_lost(write(&database).await);
    drop(database);
    let next = Database::open(&path, Synchronous::Normal).unwrap();
    assert!(count(&next).unwrap() >= 3);
}

#[rocket::async_test]
async fn a_link_to_the_database_is_followed_and_one_that_leads_elsewhere_noticed() {
    let (folder, path, database) = place();
    drop(database);
    let link = folder.path().join("link.db");
    symlink(&path, &link).unwrap();
    let database = Database::open(&link, Synchronous::Normal).unwrap();
    write(&database).await.unwrap();
    assert_eq!(count(&database).unwrap(), 3);
    let other = folder.path().join("other.db");
    drop(numbers(&other, "7"));
    fs::remove_file(&link).unwrap();
    symlink(&other, &link).unwrap();
    is_lost(count(&database));
}

#[rocket::async_test]
async fn a_database_in_memory_has_no_file_to_lose() {
    let address = "file:in_memory_of_a_test?mode=memory&cache=shared";
    for name in [":memory:", address] {
        let database = numbers(Path::new(name), "1), (2");
        assert_eq!(count(&database).unwrap(), 2);
        write(&database).await.unwrap();
        assert_eq!(count(&database).unwrap(), 3);
        assert!(!Path::new(name).exists());
    }
}

#[rocket::async_test]
async fn a_store_without_its_file_answers_503_and_removes_no_cookie() {
    for (name, way) in WAYS {
        let place = DatabaseFixture::new();
        let app = Setup::default().on(place.open()).await;
        let alice = app.browser();
        assert_eq!(alice.set("user", "alice").await.status, Status::Ok);
        way(&place.0.path().join("sessions.db"));
        let written = alice.set("cart", 1).await;
        assert_eq!(written.status, Status::ServiceUnavailable, "{name}");
        let read = alice.visit(|session| session.get::<String>("user")).await;
        assert_eq!(read.status, Status::ServiceUnavailable, "{name}");
        assert_eq!((written.cookie(), read.cookie()), (None, None), "{name}");
        assert!(!read.removes_the_cookie(), "{name}");
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[rocket::async_test]
async fn database_log_and_index_are_for_their_owner_alone() {
    let (_folder, path, database) = place();
    write(&database).await.unwrap();
    for ending in ["", "-wal", "-shm"] {
        assert_eq!(mode(&beside(&path, ending)), 0o600, "{ending}");
    }
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    let names = path.parent().unwrap().read_dir().unwrap();
    assert_eq!(names.count(), 3, "nothing else is left there");
}

#[test]
fn a_database_that_others_could_read_is_taken_from_them_at_the_next_start() {
    listen();
    let (_folder, path, database) = place();
    drop(database);
    for (given, left) in [
        (0o644, 0o600),
        (0o664, 0o600),
        (0o444, 0o400),
        (0o600, 0o600),
    ] {
        fs::set_permissions(&path, Permissions::from_mode(given)).unwrap();
        warnings();
        drop(Database::open(&path, Synchronous::Normal).unwrap());
        assert_eq!(mode(&path), left);
        let lines = warnings();
        assert_eq!(lines.len(), usize::from(given != left), "{lines:?}");
    }
}

#[rocket::async_test]
async fn what_is_no_plain_file_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        let made = Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        path
    };
    let path = pipe("pipe.db");
    symlink(&path, folder.path().join("link.db")).unwrap();
    pipe("log.db-wal");
    pipe("index.db-shm");
    for name in ["pipe.db", "link.db", "log.db", "index.db", "."] {
        let path = folder.path().join(name);
        let line = Database::open(path, Synchronous::Normal)
            .map(drop)
            .unwrap_err()
            .to_string();
        assert!(line.contains("no plain file"), "{line}");
    }
}
