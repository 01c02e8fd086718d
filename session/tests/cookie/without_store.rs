//! Promises that a server without a store can't keep, proved.

use rocket::http::Status;
use rocket_session_layer::{Error, Event, Session};
use serde_json::{Value, json};

use crate::common::fixtures::{CacheFixture, Fixture, SEALS, sealed};
use crate::common::samples::locker;
use crate::common::{App, Browser};

async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    alice
}

/// An app for each of the two seals.
async fn apps() -> [App; 2] {
    let [encrypted, signed] = SEALS.map(|seal| App::on(sealed(seal, &[7])));
    [encrypted.await, signed.await]
}

#[rocket::async_test]
async fn there_is_nothing_to_change_outside_a_request_or_to_purge() {
    for app in apps().await {
        let changed = app.layer().change(locker(1), |_| Ok(())).await;
        assert!(matches!(changed, Err(Error::NotSupported(_))));
        assert_eq!(app.layer().purge().await.unwrap(), 0);
    }
}

#[rocket::async_test]
async fn a_look_at_headers_needs_a_cookie_of_the_engine_in_use() {
    let id = format!("{}.{}", "0".repeat(13), "A".repeat(43));
    let store = App::on(CacheFixture.open()).await;
    for app in apps().await {
        let alice = alice(&app).await;
        assert!(app.layer().inspect(&alice.headers()).is_some());
        assert!(store.layer().inspect(&alice.headers()).is_none());
        let stranger = alice.with_cookie(Some(id.clone()));
        assert!(app.layer().inspect(&stranger.headers()).is_none());
        let mut changed = alice.cookie().unwrap();
        changed.truncate(changed.len() - 4);
        let changed = alice.with_cookie(Some(changed));
        assert!(app.layer().inspect(&changed.headers()).is_none());
    }
    assert_eq!(store.calls(), []);
}

#[rocket::async_test]
async fn every_change_sends_the_cookie_again() {
    for app in apps().await {
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
            let late =
                |event: &Event| matches!(event, Event::Committed { tries, .. } if *tries > 1);
            assert!(!answer.trace.iter().any(late));
        }
    }
}

#[rocket::async_test]
async fn a_rotation_is_not_pretended() {
    for app in apps().await {
        let visitor = app.browser();
        visitor.set("a", 1).await;
        let locker = visitor.locker();
        for answer in [
            visitor.does(Session::rotate).await,
            visitor.set("user", "alice").await,
        ] {
            let rotated = |event: &Event| matches!(event, Event::Rotated { .. });
            assert!(!answer.trace.iter().any(rotated), "{:?}", answer.trace);
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
}

#[rocket::async_test]
async fn of_two_changes_at_once_one_is_lost() {
    for app in apps().await {
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
}

#[rocket::async_test]
async fn of_two_updates_at_once_one_is_lost() {
    for app in apps().await {
        let one = app.browser();
        one.set("n", 1).await;
        let other = one.twin();
        let (first, second) = rocket::tokio::join!(one.add_one("n"), other.add_one("n"));
        assert_eq!((first.value(), second.value()), (json!(2), json!(2)));
    }
}

#[rocket::async_test]
async fn a_copy_of_the_cookie_is_live_again_after_a_logout() {
    for app in apps().await {
        let alice = alice(&app).await;
        let copy = alice.twin();
        alice.does(|session| session.pop("user")).await;
        assert_eq!(alice.get("user").await, Value::Null);
        assert_eq!(copy.get("user").await, "alice");
    }
}

#[rocket::async_test]
async fn a_copy_of_the_cookie_is_live_again_after_a_flush() {
    for app in apps().await {
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
}

#[rocket::async_test]
async fn a_copy_of_the_cookie_is_live_after_a_rotation() {
    for app in apps().await {
        let alice = alice(&app).await;
        let copy = alice.twin();
        alice.does(|session| session.rotate()).await;
        app.clock.advance(60);
        assert_eq!(copy.get("user").await, "alice");
    }
}

#[rocket::async_test]
async fn a_copy_of_the_cookie_is_not_said_to_be_shut_out() {
    for app in apps().await {
        let alice = alice(&app).await;
        let copy = alice.twin();
        let ended = alice.view(Status::Ok, |session| {
            Box::pin(async { Ok(session.end_others().await?.into()) })
        });
        let ended = ended.await;
        assert_eq!(ended.status, Status::NotImplemented);
        assert_eq!(ended.cookie(), None);
        assert_eq!(copy.get("user").await, "alice");
    }
}

#[rocket::async_test]
async fn a_users_sessions_can_be_neither_listed_nor_ended() {
    for app in apps().await {
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
}
