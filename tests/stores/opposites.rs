//! What a store that does not keep its records can't do, proved.

use rocket::http::Status;
use serde_json::{Value, json};
use session_lessons::session::stores::StoreError;
use session_lessons::session::{Error, Event, Session};

use super::Fixture;
use crate::common::samples::{locker, record};
use crate::common::{App, Browser};

async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    alice
}

fn is_not_supported<T>(answer: Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::NotSupported(_)))
}

pub async fn what_only_a_kept_record_can_answer_is_not_supported(place: &dyn Fixture) {
    let store = place.open();
    assert!(store.create(&record(1)).await.is_ok());
    assert!(is_not_supported(store.load(locker(1)).await));
    assert!(is_not_supported(store.delete(locker(1), None).await));
    assert!(is_not_supported(store.of_user("앨리스").await));
    assert_eq!(store.purge(i64::MAX, 10).await, Ok(0));
    assert!(!place.corrupt(locker(1)));
    let looked = App::on(store).await.layer().look_into(locker(1)).await;
    assert!(matches!(looked, Err(Error::NotSupported(_))));
}

pub async fn every_change_sends_the_cookie_again(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let broken = Status::InternalServerError;
    let update = alice.view(broken, |session| {
        Box::pin(async {
            session.set("pending", 1)?;
            session.update("n", |n: &mut u64| *n += 1).await?;
            Ok(Value::Null)
        })
    });
    assert!(update.await.cookie().is_some(), "whatever the status");
    assert_eq!(app.data(&alice).await, json!({"n": 1, "user": "alice"}));
    app.clock.advance(1);
    alice.set("a", 0).await;
    let issued = app.row(&alice).await.unwrap().touched;
    assert_eq!(issued, app.clock.now(), "it says when it was sealed");
    for answer in [
        alice.set("a", 1).await,
        alice.add_one("n").await,
        alice.does(|session| session.pop("a")).await,
        alice.does(|session| session.clear()).await,
    ] {
        assert!(answer.cookie().is_some(), "{answer:?}");
        let late = |event: &Event| matches!(event, Event::Committed { tries, .. } if *tries > 1);
        assert!(!answer.account.iter().any(late));
    }
}

pub async fn a_rotation_is_not_pretended(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let locker = visitor.locker();
    for answer in [
        visitor.does(Session::rotate).await,
        visitor.set("user", "alice").await,
    ] {
        let rotated = |event: &Event| matches!(event, Event::Rotated { .. });
        assert!(!answer.account.iter().any(rotated), "{:?}", answer.account);
        assert_eq!(visitor.locker(), locker, "it stays the session's name");
    }
    visitor
        .visit(|session| {
            session.flush();
            session.set("a", 2)
        })
        .await;
    assert_ne!(visitor.locker(), locker, "this is another session");
}

pub async fn of_two_changes_at_once_one_is_lost(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let slow = app.browser();
    slow.set("a", 1).await;
    let fast = slow.twin();
    let set = fast.set("fast", 1);
    let (answer, _) = slow
        .visit_while(|_| Ok(()), set, |session| session.set("slow", 1))
        .await;
    assert_eq!(answer.status, Status::Ok);
    // One browser would keep what came last.
    assert_eq!(app.data(&slow).await, json!({"a": 1, "slow": 1}));
}

pub async fn of_two_updates_at_once_one_is_lost(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let one = app.browser();
    one.set("n", 1).await;
    let other = one.twin();
    let (first, second) = rocket::tokio::join!(one.add_one("n"), other.add_one("n"));
    assert_eq!((first.value(), second.value()), (json!(2), json!(2)));
}

pub async fn a_copy_of_the_cookie_is_live_again_after_a_logout(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let copy = alice.twin();
    alice.does(|session| session.pop("user")).await;
    assert_eq!(alice.get("user").await, Value::Null);
    assert_eq!(copy.get("user").await, "alice");
}

pub async fn a_copy_of_the_cookie_is_live_again_after_a_flush(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let copy = alice.twin();
    let answer = alice.does(|session| session.flush()).await;
    assert!(answer.removes_the_cookie(), "the browser itself forgets");
    assert_eq!(alice.get("user").await, Value::Null);
    // Not even all of them can be ended at once.
    let ended = app.layer().end_sessions("alice", None).await;
    assert!(matches!(ended, Err(Error::NotSupported(_))));
    assert_eq!(copy.get("user").await, "alice");
}

pub async fn a_copy_of_the_cookie_is_live_after_a_rotation(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let copy = alice.twin();
    alice.does(|session| session.rotate()).await;
    app.clock.advance(60);
    assert_eq!(copy.get("user").await, "alice");
}

pub async fn a_users_sessions_can_be_neither_listed_nor_ended(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let locker = alice.locker().unwrap();
    let layer = app.layer();
    for failed in [
        layer.sessions_of("alice").await.map(drop),
        layer.end_session("alice", locker).await.map(drop),
        layer.end_sessions("alice", Some(locker)).await.map(drop),
    ] {
        let error = failed.unwrap_err();
        assert!(matches!(error, Error::NotSupported(_)), "{error:?}");
        assert_eq!(error.status(), Status::NotImplemented);
        assert!(error.to_string().contains("session.engine"), "{error}");
    }
    assert_eq!(alice.get("user").await, "alice");
}
