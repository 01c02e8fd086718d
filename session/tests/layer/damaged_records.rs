//! Records that can't be read, or not be changed.

use rocket::http::Status;
use rocket_session_layer::{Event, Store, StoreError};
use serde_json::{Value, json};

use super::Fixture;
use super::failures::{alice, says_come_again_later};
use super::login_races::{log_in, shopper, succeeds};
use crate::common::log::warnings;
use crate::common::{App, Call};

pub async fn a_record_that_cannot_be_read_opens_nothing_and_stays_as_it_is(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let damaged = alice.locker().unwrap();
    if !place.corrupt(damaged) {
        return;
    }
    warnings();
    let answer = alice.visit(|session| session.get::<Value>("user")).await;
    assert_eq!((answer.value(), answer.cookie()), (Value::Null, None));
    assert!(answer.did(&Event::Unreadable { locker: damaged }));
    assert_eq!(warnings().len(), 1);
    let ended = alice.does(|session| session.flush()).await;
    assert_eq!((ended.status, ended.cookie()), (Status::Ok, None));
    assert_eq!(app.calls(), app.needed([Call::Load, Call::Load]));
    let login = alice.set("user", "alice").await;
    assert_eq!(login.status, Status::Ok);
    assert_ne!(alice.locker(), Some(damaged));
    assert_eq!(alice.get("user").await, "alice");
    let left = app.store().load(damaged).await;
    assert_eq!(left.unwrap_err(), StoreError::Corrupt(damaged));
}

pub async fn a_record_with_the_last_version_there_is_stays_as_it_is(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let mut record = app.row(&alice).await.unwrap();
    record.version = i64::MAX;
    app.overwrite(&record).await;
    warnings();
    for answer in [
        alice.set("a", 1).await,
        alice.add_one("n").await,
        alice.does(|session| session.pop("user")).await,
    ] {
        says_come_again_later(&answer);
    }
    assert_eq!(app.calls(), [Call::Load; 3], "nothing is written");
    assert_eq!(warnings().len(), 3);
    let stored = app.row(&alice).await.unwrap();
    assert_eq!(stored.version, i64::MAX);
    assert_eq!(app.data(&alice).await, json!({"user": "alice"}));
    assert_eq!(alice.get("user").await, "alice");
    alice.does(|session| session.flush()).await;
    assert!(app.row(&alice).await.is_none());
}

pub async fn a_record_that_cannot_be_changed_keeps_nobody_from_logging_in(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (alice, _) = shopper(&app).await;
    let mut record = app.row(&alice).await.unwrap();
    record.version = i64::MAX;
    app.overwrite(&record).await;
    assert!(succeeds(&alice.set("user", "alice").await));
    assert_eq!(alice.get("user").await, "alice");
    assert_ne!(alice.locker(), Some(record.locker));
    let left = app.store().load(record.locker).await.unwrap().unwrap();
    assert_eq!((left.version, left.expires), (i64::MAX, record.expires));
}

pub async fn a_record_that_is_damaged_while_a_login_is_under_way_does_not_stop_it(
    place: &dyn Fixture,
) {
    let app = App::on(place.open()).await;
    for superseded in [false, true] {
        let (other, slow) = shopper(&app).await;
        if superseded {
            other.set("user", "alice").await;
        }
        let locker = other.locker().unwrap();
        let damage = async { place.corrupt(locker) };
        let (answer, _) = slow.visit_while(|_| Ok(()), damage, log_in("alice")).await;
        assert!(succeeds(&answer), "{superseded}: {answer:?}");
        assert_eq!(slow.get("user").await, "alice");
    }
}
