//! Faults of a SQLite file, and the store in it.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;
use rocket::http::Status;
use rocket::tokio::select;
use rocket_session_layer::db::{Database, Synchronous};
use rocket_session_layer::stores::DatabaseStore;
use rocket_session_layer::{Config, Outcome, Store, StoreError};

use crate::common::App;
use crate::common::app::{DAY, START};
use crate::common::fixtures::{DatabaseFixture, Fixture, StoreFixture};
use crate::common::samples::{locker, record, shown};

/// A store with a record in it, and another connection to its file.
async fn place() -> (DatabaseFixture, Arc<dyn Store>, SqliteConnection) {
    let place = DatabaseFixture::new();
    let store = place.store();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let elsewhere = place.database().connect().unwrap();
    (place, store, elsewhere)
}

async fn is_whole(store: &dyn Store) {
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&record(1)));
}

#[rocket::async_test]
async fn what_is_out_of_reach_is_an_error_and_there_again_later() {
    let (_place, store, mut elsewhere) = place().await;
    let hide = "ALTER TABLE sessions RENAME TO hidden";
    elsewhere.batch_execute(hide).unwrap();
    let refused = [
        store.load(locker(1)).await.map(drop).unwrap_err(),
        store.create(&record(2)).await.unwrap_err(),
        store.update(&record(1), 3).await.unwrap_err(),
        store.delete(locker(1), None).await.unwrap_err(),
        store.replace(locker(1), 3, &record(2)).await.unwrap_err(),
        store.touch(&record(1)).await.unwrap_err(),
        store.purge(i64::MAX, 10).await.unwrap_err(),
        store.of_user("앨리스").await.map(drop).unwrap_err(),
    ];
    for error in refused {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    }
    let show = "ALTER TABLE hidden RENAME TO sessions";
    elsewhere.batch_execute(show).unwrap();
    is_whole(&*store).await;
    assert!(store.load(locker(2)).await.unwrap().is_none());
    assert_eq!(store.delete(locker(1), Some(3)).await, Ok(Outcome::Done));
}

#[rocket::async_test]
async fn while_another_process_writes_reads_are_answered_and_changes_wait() {
    let (_place, store, mut elsewhere) = place().await;
    elsewhere
        .batch_execute("BEGIN IMMEDIATE; UPDATE sessions SET version = 4")
        .unwrap();
    let change = store.delete(locker(1), Some(3));
    rocket::tokio::pin!(change);
    for _ in 0..20 {
        select! {
            biased;
            outcome = &mut change => panic!("{outcome:?}"),
            () = is_whole(&*store) => {}
        }
    }
    elsewhere.batch_execute("COMMIT").unwrap();
    assert_eq!(change.await, Ok(Outcome::Conflict));
    assert_eq!(store.load(locker(1)).await.unwrap().unwrap().version, 4);
}

/// An unsaved edit in a database browser holds the file's lock for writing like this.
#[rocket::async_test]
async fn while_another_program_writes_pages_that_only_read_are_answered_at_once() {
    let place = DatabaseFixture::new();
    let app = App::on(place.open()).await;
    let (alice, bob) = (app.browser(), app.browser());
    for (browser, user) in [(&alice, "alice"), (&bob, "bob")] {
        browser.set("user", user).await;
        assert_eq!(browser.get("user").await, user);
    }
    app.clock.advance(DAY);
    let mut elsewhere = place.database().connect().unwrap();
    elsewhere.batch_execute("BEGIN IMMEDIATE").unwrap();
    // The one thread that writes waits with bob's change.
    let change = bob.set("a", 1);
    rocket::tokio::pin!(change);
    let read = async {
        let asked = Instant::now();
        for _ in 0..3 {
            assert_eq!(alice.get("user").await, "alice");
        }
        asked.elapsed() / 3
    };
    let took = select! {
        biased;
        answer = &mut change => panic!("{answer:?}"),
        took = read => took,
    };
    assert!(took < Duration::from_millis(500), "{took:?}");
    elsewhere.batch_execute("COMMIT").unwrap();
    assert_eq!(change.await.status, Status::Ok);
    assert_eq!(alice.get("user").await, "alice");
    assert_eq!(app.row(&alice).await.unwrap().touched, app.clock.now());
}

#[rocket::async_test]
async fn no_column_that_cannot_be_read_is_taken_for_something_else() {
    let (_place, store, mut elsewhere) = place().await;
    for wrong in [
        "secret_hash = x'00'",
        "previous_hash = x'0102'",
        "data = ''",
        "data = '[]'",
        "data = '{\"user\":}'",
        "expiry = 'soon'",
        "expiry = '{\"after\":-1}'",
    ] {
        let keep = "CREATE TABLE kept AS SELECT * FROM sessions";
        let spoil = format!("{keep}; UPDATE sessions SET {wrong}");
        elsewhere.batch_execute(&spoil).unwrap();
        for _ in 0..2 {
            let failed = store.load(locker(1)).await;
            assert!(failed.is_err(), "{wrong}: {failed:?}");
        }
        assert_eq!(store.create(&record(1)).await, Ok(Outcome::Conflict));
        let mend = "DELETE FROM sessions; INSERT INTO sessions SELECT * FROM kept;
                    DROP TABLE kept";
        elsewhere.batch_execute(mend).unwrap();
        is_whole(&*store).await;
    }
}

#[rocket::async_test]
async fn a_spoiled_file_is_an_error_or_tells_the_truth() {
    let place = DatabaseFixture::new();
    let store = place.store();
    for number in 0..50 {
        assert_eq!(store.create(&record(number)).await, Ok(Outcome::Done));
    }
    drop(store);
    let path = place.database().path().to_owned();
    let whole = fs::read(&path).unwrap();
    let page = 4096;
    for spoiled in 0..whole.len() / page {
        let mut bytes = whole.clone();
        bytes[spoiled * page..][..page].fill(0xa5);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spoiled.db");
        fs::write(&path, &bytes).unwrap();
        let Ok(database) = Database::open(&path, Synchronous::Normal) else {
            assert_eq!(fs::read(&path).unwrap(), bytes, "it is left as it was");
            continue;
        };
        let Ok(store) = DatabaseStore::open(database, &Config::default()) else {
            continue;
        };
        for number in 0..50 {
            if let Ok(Some(loaded)) = store.load(locker(number)).await {
                assert_eq!(shown(&loaded), shown(&record(number)));
            }
        }
    }
}

#[rocket::async_test]
async fn a_table_of_a_newer_version_is_left_alone() {
    let (place, store, mut elsewhere) = place().await;
    drop(store);
    let newer = "ALTER TABLE sessions ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'";
    elsewhere.batch_execute(newer).unwrap();
    let refused = DatabaseStore::open(place.database(), &Config::default()).map(drop);
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("it has a column \"colour\""), "{said}");
    assert!(said.contains("sessions.db"), "{said}");
    let older = "ALTER TABLE sessions DROP COLUMN colour";
    elsewhere.batch_execute(older).unwrap();
    let store = place.store();
    is_whole(&*store).await;
    assert_eq!(store.purge(START, 10).await, Ok(0));
}

/// A flipped bit in a text makes it no UTF-8, and Diesel fails before the row is there.
#[rocket::async_test]
async fn a_row_that_is_not_utf_8_is_one_that_cannot_be_read() {
    for column in ["data", "last_user", "expiry"] {
        let place = DatabaseFixture::new();
        let app = App::on(place.open()).await;
        let (alice, other) = (app.browser(), app.browser());
        for browser in [&alice, &other] {
            browser.set("user", "alice").await;
        }
        let number = alice.locker().unwrap().number();
        let damage =
            format!("UPDATE sessions SET {column} = CAST(x'7bff' AS TEXT) WHERE locker = {number}");
        let mut elsewhere = place.database().connect().unwrap();
        elsewhere.batch_execute(&damage).unwrap();
        let answer = alice.visit(|session| Ok(session.has("user")));
        assert_eq!(answer.await.value(), false, "{column}");
        let list = app.layer().sessions_of("alice").await.unwrap();
        assert_eq!(list.len(), 1, "{column}");
        assert!(alice.set("user", "alice").await.cookie().is_some());
        assert_eq!(app.layer().end_sessions("alice", None).await.unwrap(), 2);
    }
}
