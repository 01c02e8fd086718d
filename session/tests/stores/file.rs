//! The store in a folder, and what holds for it alone.

use std::fs::{self, File};
use std::time::{Duration, Instant};

use rocket_session_layer::{Outcome, StoreError};

use crate::common::App;
use crate::common::app::{DAY, START};
use crate::common::fixtures::{FileFixture, Fixture, StoreFixture};
use crate::common::log::warnings;
use crate::common::samples::{locker, record};

#[rocket::async_test]
async fn what_a_dead_process_left_unfinished_is_removed_and_hides_nothing() {
    let place = FileFixture::new();
    let store = place.store();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    for number in [1, 2] {
        let path = place.file(locker(number)).with_extension("new");
        fs::write(path, "{\"format\":1,").unwrap();
    }
    assert!(store.load(locker(1)).await.unwrap().is_some());
    assert!(store.load(locker(2)).await.unwrap().is_none());
    assert_eq!(store.create(&record(2)).await, Ok(Outcome::Done));
    assert_eq!(store.purge(START, 10).await, Ok(0));
    let mut names = place.names();
    names.sort();
    assert_eq!(names, [locker(1).to_string(), locker(2).to_string()]);
}

#[rocket::async_test]
async fn a_copied_file_is_purged_by_what_it_says() {
    let place = FileFixture::new();
    let store = place.store();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let file = File::options()
        .write(true)
        .open(place.file(locker(1)))
        .unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
    // On Windows the name stays as long as the file is open.
    drop(file);
    assert_eq!(store.purge(START, 10).await, Ok(0));
    assert_eq!(store.purge(record(1).expires, 10).await, Ok(1));
    assert_eq!(place.names(), [""; 0]);
}

#[rocket::async_test]
async fn a_writer_waits_for_another_processs_lock_and_a_reader_does_not() {
    let place = FileFixture::new();
    let store = place.store();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    // Another open file has a lock of its own, as another process has it.
    let elsewhere = File::options()
        .write(true)
        .open(place.folder().join("locks/01"))
        .unwrap();
    elsewhere.lock().unwrap();
    let mut changed = record(1);
    changed.version = 4;
    let update = store.update(&changed, 3);
    let waited = rocket::tokio::time::timeout(Duration::from_millis(100), update).await;
    assert!(waited.is_err(), "it should wait");
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(loaded.version, 3);
    drop(elsewhere);
    // The one that waited has been given up by its request, and is done all the same.
    while store.load(locker(1)).await.unwrap().unwrap().version == 3 {
        rocket::tokio::task::yield_now().await;
    }
    assert_eq!(store.update(&changed, 3).await, Ok(Outcome::Conflict));
    assert_eq!(store.load(locker(1)).await.unwrap().unwrap().version, 4);
}

#[rocket::async_test]
async fn a_file_of_an_earlier_version_is_refused_with_one_line_and_can_be_deleted() {
    let place = FileFixture::new();
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    let (locker, path) = (alice.locker().unwrap(), place.file(alice.locker().unwrap()));
    let json = fs::read_to_string(&path).unwrap();
    let slots = format!(
        "format 2 slot 1 of 00002008 bytes {:08} sum {}\n{}{json}",
        json.len(),
        "5f".repeat(16),
        "\n".repeat(2008),
    );
    fs::write(&path, &slots).unwrap();
    warnings();
    assert_eq!(
        place.store().load(locker).await.unwrap_err(),
        StoreError::Corrupt(locker)
    );
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("an earlier version"), "{said:?}");
    assert!(said[0].contains(&locker.to_string()), "{said:?}");
    assert!(!said[0].contains("alice"), "{said:?}");
    let answer = alice.set("a", 1).await;
    assert!(!answer.body.contains("alice"));
    let said = warnings();
    let earlier = said
        .iter()
        .filter(|line| line.contains("an earlier version"));
    assert_eq!(earlier.count(), 1, "{said:?}");
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        slots,
        "it is left as it is"
    );
    assert_eq!(place.store().delete(locker, None).await, Ok(Outcome::Done));
    assert!(!path.exists());
    assert!(place.store().load(locker).await.unwrap().is_none());
}

#[rocket::async_test]
async fn while_another_process_has_a_lock_pages_that_only_read_are_answered_at_once() {
    let place = FileFixture::new();
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    app.clock.advance(DAY);
    let locks = place.folder().join("locks").read_dir().unwrap();
    let locked: Vec<File> = locks
        .map(|lock| File::open(lock.unwrap().path()).unwrap())
        .inspect(|lock| lock.lock().unwrap())
        .collect();
    let asked = Instant::now();
    for _ in 0..3 {
        assert_eq!(alice.get("user").await, "alice");
    }
    let took = asked.elapsed() / 3;
    assert!(took < Duration::from_millis(500), "{took:?}");
    drop(locked);
    assert_eq!(alice.get("user").await, "alice");
    assert_eq!(app.row(&alice).await.unwrap().touched, app.clock.now());
}
