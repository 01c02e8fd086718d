//! Records: stored, read, changed, deleted, listed. Without an app.

use std::time::Duration;

use rocket::futures::future::join_all;
use session_lessons::session::stores::{Outcome, StoreError};
use session_lessons::session::{Expiry, Record, SecretHash};

use super::{Fixture, two_handles};
use crate::common::app::START;
use crate::common::samples::{data, locker, record, shown};

/// A record as it is after one change in every field that can change.
fn changed(number: i64) -> Record {
    let mut changed = record(number);
    changed.secret_hash = SecretHash::from_bytes(&[9; 32]).unwrap();
    changed.previous_hash = Some(record(number).secret_hash);
    changed.rotated = START + 10;
    changed.version = 4;
    changed.touched = START + 11;
    changed.expires = START + 12;
    changed.contents.data = data(r#"{"user":"bob"}"#);
    changed.contents.user = None;
    changed.contents.last_user = Some("bob".to_owned());
    changed.contents.expiry = None;
    changed
}

pub async fn a_record_comes_back_as_it_was_stored(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&record(1)));
}

pub async fn a_record_that_was_never_stored_is_not_there(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert!(store.load(locker(2)).await.unwrap().is_none());
}

pub async fn the_first_and_the_last_locker_can_be_used(place: &dyn Fixture) {
    let store = place.open();
    for number in [0, i64::MAX] {
        assert_eq!(store.create(&record(number)).await, Ok(Outcome::Done));
        let loaded = store.load(locker(number)).await.unwrap().unwrap();
        assert_eq!(loaded.locker, locker(number));
    }
}

pub async fn a_locker_can_be_taken_only_once(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.create(&changed(1)).await, Ok(Outcome::Conflict));
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&record(1)));
}

pub async fn an_update_replaces_every_field_that_can_change(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.update(&changed(1), 3).await, Ok(Outcome::Done));
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&changed(1)));
}

pub async fn an_update_leaves_other_records_alone(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.create(&record(2)).await, Ok(Outcome::Done));
    assert_eq!(store.update(&changed(1), 3).await, Ok(Outcome::Done));
    let loaded = store.load(locker(2)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&record(2)));
}

pub async fn an_update_of_another_version_changes_nothing(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    for version in [2, 4] {
        assert_eq!(
            store.update(&changed(1), version).await,
            Ok(Outcome::Conflict)
        );
    }
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&record(1)));
}

pub async fn an_update_of_a_missing_record_creates_nothing(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.update(&changed(1), 3).await, Ok(Outcome::Conflict));
    assert!(store.load(locker(1)).await.unwrap().is_none());
}

pub async fn of_a_hundred_updates_of_one_version_one_succeeds(place: &dyn Fixture) {
    let (one, other) = two_handles(place);
    assert_eq!(one.create(&record(1)).await, Ok(Outcome::Done));
    let update = changed(1);
    let tries = (0..100).map(|i| [&one, &other][i % 2].update(&update, 3));
    let outcomes = join_all(tries).await;
    let done = outcomes
        .iter()
        .filter(|outcome| **outcome == Ok(Outcome::Done));
    assert_eq!(done.count(), 1);
}

pub async fn a_deletion_that_names_the_version_deletes(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.delete(locker(1), Some(3)).await, Ok(Outcome::Done));
    assert!(store.load(locker(1)).await.unwrap().is_none());
}

pub async fn a_deletion_that_names_no_version_deletes_any(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.create(&record(2)).await, Ok(Outcome::Done));
    assert_eq!(store.delete(locker(1), None).await, Ok(Outcome::Done));
    assert!(store.load(locker(1)).await.unwrap().is_none());
    assert!(store.load(locker(2)).await.unwrap().is_some());
}

pub async fn a_deletion_of_another_version_deletes_nothing(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(
        store.delete(locker(1), Some(2)).await,
        Ok(Outcome::Conflict)
    );
    assert!(store.load(locker(1)).await.unwrap().is_some());
}

pub async fn what_is_gone_cannot_be_deleted_again(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.delete(locker(1), None).await, Ok(Outcome::Done));
    assert_eq!(store.delete(locker(1), None).await, Ok(Outcome::Conflict));
    assert_eq!(
        store.delete(locker(1), Some(3)).await,
        Ok(Outcome::Conflict)
    );
}

pub async fn nothing_revives_a_deleted_record(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.delete(locker(1), None).await, Ok(Outcome::Done));
    assert_eq!(store.update(&changed(1), 3).await, Ok(Outcome::Conflict));
    assert_eq!(store.touch(&record(1)).await, Ok(Outcome::Conflict));
    assert_eq!(
        store.replace(locker(1), 3, &record(2)).await,
        Ok(Outcome::Conflict)
    );
    assert!(store.load(locker(1)).await.unwrap().is_none());
    assert!(store.load(locker(2)).await.unwrap().is_none());
}

pub async fn a_replacement_deletes_one_record_and_creates_another(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(
        store.replace(locker(1), 3, &changed(2)).await,
        Ok(Outcome::Done)
    );
    assert!(store.load(locker(1)).await.unwrap().is_none());
    let loaded = store.load(locker(2)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&changed(2)));
}

pub async fn a_replacement_of_another_version_changes_nothing(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(
        store.replace(locker(1), 2, &record(2)).await,
        Ok(Outcome::Conflict)
    );
    assert!(store.load(locker(1)).await.unwrap().is_some());
    assert!(store.load(locker(2)).await.unwrap().is_none());
}

pub async fn a_replacement_by_a_taken_locker_changes_nothing(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.create(&record(2)).await, Ok(Outcome::Done));
    let outcome = store.replace(locker(1), 3, &changed(2)).await;
    assert_ne!(outcome, Ok(Outcome::Done));
    for number in [1, 2] {
        let loaded = store.load(locker(number)).await.unwrap().unwrap();
        assert_eq!(shown(&loaded), shown(&record(number)));
    }
}

pub async fn a_touch_writes_two_moments_and_nothing_else(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let (mut touch, mut expected) = (changed(1), record(1));
    touch.version = 3;
    (expected.touched, expected.expires) = (touch.touched, touch.expires);
    assert_eq!(store.touch(&touch).await, Ok(Outcome::Done));
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&expected));
}

pub async fn a_touch_of_another_version_changes_nothing(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(store.touch(&changed(1)).await, Ok(Outcome::Conflict));
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&record(1)));
}

pub async fn data_comes_back_letter_by_letter(place: &dyn Fixture) {
    let store = place.open();
    for (number, json) in [
        "{}",
        r#"{"":""}"#,
        r#"{"열쇠":"값","مفتاح":"🗝️","a\"b":"\u0000\\\n"}"#,
        r#"{"number":12345678901234567890.12345678901234567890,"tiny":1e-400}"#,
        r#"{"list":[null,true,[],{}],"sql":"'; DROP TABLE sessions; --"}"#,
    ]
    .into_iter()
    .enumerate()
    {
        let mut record = record(number as i64);
        record.contents.data = data(json);
        assert_eq!(store.create(&record).await, Ok(Outcome::Done));
        let loaded = store.load(record.locker).await.unwrap().unwrap();
        assert_eq!(shown(&loaded), shown(&record));
    }
}

pub async fn a_large_record_comes_back(place: &dyn Fixture) {
    let store = place.open();
    let mut large = record(1);
    large.contents.data = data(&format!(r#"{{"a":"{}"}}"#, "값".repeat(400_000)));
    assert_eq!(store.create(&large).await, Ok(Outcome::Done));
    let loaded = store.load(locker(1)).await.unwrap().unwrap();
    assert!(shown(&loaded) == shown(&large));
}

pub async fn every_kind_of_expiry_comes_back(place: &dyn Fixture) {
    let store = place.open();
    for (number, expiry) in [
        None,
        Some(Expiry::Default),
        Some(Expiry::BrowserClose),
        Some(Expiry::After(Duration::from_secs(90))),
        Some(Expiry::At(START + 90)),
    ]
    .into_iter()
    .enumerate()
    {
        let mut record = record(number as i64);
        record.contents.expiry = expiry;
        assert_eq!(store.create(&record).await, Ok(Outcome::Done));
        let loaded = store.load(record.locker).await.unwrap().unwrap();
        assert_eq!(loaded.contents.expiry, expiry);
    }
}

pub async fn two_handles_see_the_same_records(place: &dyn Fixture) {
    let (one, other) = (place.open(), place.open());
    assert_eq!(one.create(&record(1)).await, Ok(Outcome::Done));
    if !one.capabilities().shared {
        assert!(other.load(locker(1)).await.unwrap().is_none());
        assert_eq!(other.delete(locker(1), None).await, Ok(Outcome::Conflict));
        assert!(one.load(locker(1)).await.unwrap().is_some());
        return;
    }
    assert_eq!(other.update(&changed(1), 3).await, Ok(Outcome::Done));
    let loaded = one.load(locker(1)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&changed(1)));
    assert_eq!(one.delete(locker(1), Some(4)).await, Ok(Outcome::Done));
    assert!(other.load(locker(1)).await.unwrap().is_none());
}

pub async fn what_was_stored_is_there_after_a_restart(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let durable = store.capabilities().durable;
    drop(store);
    let loaded = place.open().load(locker(1)).await.unwrap();
    let stored = shown(&record(1));
    assert_eq!(loaded.as_ref().map(shown), durable.then_some(stored));
}

pub async fn a_record_that_cannot_be_read_is_an_error_and_stays(place: &dyn Fixture) {
    let store = place.open();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    if !place.corrupt(locker(1)) {
        return;
    }
    for _ in 0..2 {
        let failed = store.load(locker(1)).await.unwrap_err();
        assert_eq!(failed, StoreError::Corrupt(locker(1)));
    }
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Conflict));
}
