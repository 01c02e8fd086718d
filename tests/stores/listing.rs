//! Records of one kind: those of a user, and those that are over. Without an app.

use rocket::futures::future::join_all;
use session_lessons::session::stores::{Outcome, Store};

use super::Fixture;
use crate::common::app::START;
use crate::common::samples::{locker, record};

async fn create(store: &dyn Store, number: i64, user: Option<&str>, touched: i64, expires: i64) {
    let mut record = record(number);
    record.contents.user = user.map(str::to_owned);
    (record.touched, record.expires) = (touched, expires);
    assert_eq!(store.create(&record).await, Ok(Outcome::Done));
}

async fn of_user(store: &dyn Store, user: &str) -> Vec<i64> {
    let records = store.of_user(user).await.unwrap();
    records
        .iter()
        .map(|record| record.locker.number())
        .collect()
}

pub async fn a_user_has_the_sessions_that_name_them_the_last_used_first(place: &dyn Fixture) {
    let store = place.open();
    create(&*store, 1, Some("alice"), START + 2, START + 9).await;
    create(&*store, 2, Some("bob"), START, START + 9).await;
    create(&*store, 3, None, START, START + 9).await;
    create(&*store, 4, Some("alice"), START + 3, START - 9).await;
    create(&*store, 5, Some("alice"), START + 1, START + 9).await;
    assert_eq!(of_user(&*store, "alice").await, [4, 1, 5]);
    assert_eq!(of_user(&*store, "nobody").await, [0; 0]);
    // The owner of the data alone is not logged in.
    assert_eq!(of_user(&*store, "앨리스").await, [0; 0]);
}

pub async fn a_users_name_is_matched_letter_by_letter(place: &dyn Fixture) {
    let store = place.open();
    let names = ["alice", "Alice", "alice ", "앨리스", "a'lice", "%", ""];
    for (number, name) in names.into_iter().enumerate() {
        create(&*store, number as i64, Some(name), START, START).await;
    }
    for (number, name) in names.into_iter().enumerate() {
        assert_eq!(of_user(&*store, name).await, [number as i64], "{name:?}");
    }
}

pub async fn a_user_who_logged_out_is_not_listed(place: &dyn Fixture) {
    let store = place.open();
    create(&*store, 1, Some("alice"), START, START + 9).await;
    let mut record = record(1);
    record.contents.user = None;
    assert_eq!(store.update(&record, 3).await, Ok(Outcome::Done));
    assert_eq!(of_user(&*store, "alice").await, [0; 0]);
    assert!(store.load(locker(1)).await.unwrap().is_some());
}

pub async fn a_record_that_cannot_be_read_does_not_hide_the_others(place: &dyn Fixture) {
    let store = place.open();
    create(&*store, 1, Some("alice"), START, START + 9).await;
    create(&*store, 2, Some("alice"), START, START + 9).await;
    if !place.corrupt(locker(1)) {
        return;
    }
    assert_eq!(of_user(&*store, "alice").await, [2]);
}

pub async fn a_purge_takes_what_is_over_and_leaves_the_rest(place: &dyn Fixture) {
    let store = place.open();
    for (number, expires) in [(1, START - 1), (2, START), (3, START + 1)] {
        create(&*store, number, None, START, expires).await;
    }
    assert_eq!(store.purge(START, 10).await, Ok(2));
    assert!(store.load(locker(1)).await.unwrap().is_none());
    assert!(store.load(locker(2)).await.unwrap().is_none());
    assert!(store.load(locker(3)).await.unwrap().is_some());
    assert_eq!(store.purge(START, 10).await, Ok(0));
}

pub async fn a_purge_takes_no_more_than_it_may(place: &dyn Fixture) {
    let store = place.open();
    join_all((0..250).map(|number| create(&*store, number, None, START, START))).await;
    for purged in [120, 120, 10, 0] {
        assert_eq!(store.purge(START, 120).await, Ok(purged));
    }
}

pub async fn a_touch_keeps_a_record_from_the_purge(place: &dyn Fixture) {
    let store = place.open();
    create(&*store, 1, None, START, START).await;
    assert_eq!(store.touch(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.purge(START, 10).await, Ok(0));
}
