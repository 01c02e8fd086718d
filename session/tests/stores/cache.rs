//! The store in memory, and what holds for it alone.

use rocket_session_layer::stores::CacheStore;
use rocket_session_layer::{Outcome, Store};

use crate::common::app::START;
use crate::common::samples::{data, locker, record, shown};

const ROOM: u64 = 100_000;

#[rocket::async_test]
async fn it_holds_no_more_than_it_may_and_always_what_was_stored_last() {
    let store = CacheStore::new(ROOM);
    let mut large = record(0);
    large.contents.data = data(&format!(r#"{{"a":"{}"}}"#, "x".repeat(1_000)));
    for number in 0..1_000 {
        large.locker = locker(number);
        assert_eq!(store.create(&large).await, Ok(Outcome::Done));
        assert!(store.load(locker(number)).await.unwrap().is_some());
    }
    let mut left = 0;
    for number in 0..1_000 {
        left += i64::from(store.load(locker(number)).await.unwrap().is_some());
    }
    assert!((30..=100).contains(&left), "{left}");
    // Evicted records are in no list either.
    let listed = store.of_user("앨리스").await.unwrap();
    assert_eq!(listed.len() as i64, left);
    let purged = store.purge(large.expires, 1_000).await.unwrap();
    assert_eq!(purged as i64, left);
}

#[rocket::async_test]
async fn what_is_used_stays_however_many_strangers_come() {
    let store = CacheStore::new(ROOM);
    assert_eq!(store.create(&record(0)).await, Ok(Outcome::Done));
    for number in 1..1_000 {
        assert_eq!(store.create(&record(number)).await, Ok(Outcome::Done));
        assert!(store.load(locker(0)).await.unwrap().is_some(), "{number}");
    }
    let listed = store.of_user("앨리스").await.unwrap();
    assert!(listed.len() < 200, "the others had to make room");
}

#[rocket::async_test]
async fn what_is_too_large_is_refused_and_the_record_stays() {
    let store = CacheStore::new(ROOM);
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let mut large = record(1);
    large.contents.data = data(&format!(r#"{{"a":"{}"}}"#, "x".repeat(60_000)));
    assert!(store.update(&large, 3).await.is_err());
    large.locker = locker(2);
    assert!(store.create(&large).await.is_err());
    assert!(store.replace(locker(1), 3, &large).await.is_err());
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&record(1)));
}

#[rocket::async_test]
async fn the_lists_follow_every_change() {
    let store = CacheStore::new(ROOM);
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let mut bobs = record(1);
    bobs.contents.user = Some("bob".to_owned());
    bobs.expires = START + 5;
    assert_eq!(store.update(&bobs, 3).await, Ok(Outcome::Done));
    assert!(store.of_user("앨리스").await.unwrap().is_empty());
    assert_eq!(store.of_user("bob").await.unwrap().len(), 1);
    assert_eq!(store.purge(START + 5, 10).await, Ok(1));
    assert!(store.of_user("bob").await.unwrap().is_empty());
    assert_eq!(store.purge(i64::MAX, 10).await, Ok(0));
}
