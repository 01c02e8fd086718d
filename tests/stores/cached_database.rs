//! The store in a SQLite file with memory in front, and what holds for it alone.

use std::process::Command;
use std::sync::Arc;

use diesel::connection::SimpleConnection;
use session_lessons::db::{Database, Synchronous};
use session_lessons::session::Locker;
use session_lessons::session::stores::{CachedDatabaseStore, Outcome, Store};

use super::histories::operate_at_once;
use super::{DatabaseFixture, Fixture};
use crate::common::samples::{locker, record};

pub struct CachedDatabaseFixture(DatabaseFixture);

impl Fixture for CachedDatabaseFixture {
    fn new() -> Self {
        CachedDatabaseFixture(DatabaseFixture::new())
    }

    fn engine(&self) -> &'static str {
        "cached_database"
    }

    fn open(&self) -> Arc<dyn Store> {
        Arc::new(CachedDatabaseStore::open(self.0.database(), 64 * 1024 * 1024).unwrap())
    }

    fn corrupt(&self, locker: Locker) -> bool {
        self.0.corrupt(locker)
    }
}

#[rocket::async_test]
async fn a_change_behind_its_back_is_seen_at_once() {
    let place = CachedDatabaseFixture::new();
    let (store, other) = (place.open(), place.open());
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert!(store.load(locker(1)).await.unwrap().is_some());
    let mut elsewhere = place.0.database().connect().unwrap();
    elsewhere.batch_execute("DELETE FROM sessions").unwrap();
    for handle in [&store, &other] {
        assert!(handle.load(locker(1)).await.unwrap().is_none());
    }
}

/// What SQLite itself does to the file now and then, and the course's other tables.
#[rocket::async_test]
async fn no_read_tells_less_while_the_file_is_put_in_order() {
    let place = CachedDatabaseFixture::new();
    let elsewhere = place.0.database().connect().unwrap();
    let elsewhere = std::sync::Mutex::new(elsewhere);
    let execute = |sql| elsewhere.lock().unwrap().batch_execute(sql).unwrap();
    execute("CREATE TABLE posts (id INTEGER)");
    operate_at_once(&place, |number| match number % 40 {
        0 => execute("VACUUM"),
        10 => execute("PRAGMA wal_checkpoint(TRUNCATE)"),
        20 => execute("BEGIN IMMEDIATE; INSERT INTO posts VALUES (1); ROLLBACK"),
        30 => execute("INSERT INTO posts VALUES (1)"),
        _ => {}
    });
}

/// Not a test by itself: what another process says of the file that the variable names.
#[test]
fn another_process_tries_to_write() {
    let Ok(path) = std::env::var("TRY_TO_WRITE_INTO") else {
        return;
    };
    let database = Database::open(path, Synchronous::Normal).unwrap();
    let mut connection = database.connect().unwrap();
    let tried = connection
        .batch_execute("PRAGMA busy_timeout = 50; BEGIN IMMEDIATE; DELETE FROM sessions; COMMIT");
    println!("\nit said: {tried:?}");
}

fn what_another_process_says(place: &CachedDatabaseFixture) -> String {
    let test = "stores::cached_database::another_process_tries_to_write";
    let output = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env("TRY_TO_WRITE_INTO", place.0.database().path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let mut lines = said.lines();
    let line = lines.find(|line| line.starts_with("it said"));
    line.unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[rocket::async_test]
async fn after_a_look_the_locks_of_this_process_still_hold() {
    let place = CachedDatabaseFixture::new();
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let second = place.open();
    let mut here = place.0.database().connect().unwrap();
    here.batch_execute("BEGIN IMMEDIATE").unwrap();
    for handle in [&store, &second] {
        assert!(handle.load(locker(1)).await.unwrap().is_some());
    }
    // With it goes its look at the file, but not the descriptor.
    drop(second);
    let said = what_another_process_says(&place);
    assert!(said.contains("database is locked"), "{said}");
    here.batch_execute("COMMIT").unwrap();
    let said = what_another_process_says(&place);
    assert!(said.contains("Ok"), "{said}");
    assert!(store.load(locker(1)).await.unwrap().is_none());
}
