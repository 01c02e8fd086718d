//! `update`: read, change and write back at once.

use rocket::http::Status;
use rocket_session_layer::{Error, Event, Session};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::{HOUR, START};
use crate::common::{Answer, App, Browser, Call};

/// A request that sets something, updates the key `n`, and ends with this status.
async fn update_after(
    browser: &Browser<'_>,
    status: Status,
    before: impl FnOnce(&Session) -> Result<(), Error> + Send + 'static,
) -> Answer {
    browser
        .view(status, |session| {
            Box::pin(async move {
                before(session)?;
                let count = session.update("n", |n: &mut u64| {
                    *n += 1;
                    *n
                });
                Ok(count.await?.into())
            })
        })
        .await
}

pub async fn it_returns_what_the_change_returns(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    for count in 1..4 {
        assert_eq!(visitor.add_one("n").await.value(), count);
    }
    assert_eq!(app.data(&visitor).await, json!({"n": 3}));
}

pub async fn it_commits_at_once_and_costs_one_change(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.add_one("n").await;
    assert_eq!(app.calls(), app.needed([Call::Create]));
    visitor.add_one("n").await;
    assert_eq!(app.calls(), app.needed([Call::Load, Call::Update]));
}

pub async fn what_was_set_on_its_key_is_folded_in(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("n", 1).await;
    let answer = update_after(&visitor, Status::Ok, |session| session.set("n", 10)).await;
    assert_eq!(answer.value(), 11);
    let pop = |session: &Session| session.pop("n").map(|_| ()).ok_or(Error::Busy);
    let answer = update_after(&visitor, Status::Ok, pop).await;
    assert_eq!(answer.value(), 1);
    assert_eq!(app.data(&visitor).await, json!({"n": 1}));
}

pub async fn other_keys_wait_for_the_response(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let broken = Status::InternalServerError;
    let answer = update_after(&visitor, broken, |session| session.set("a", 1)).await;
    assert!(answer.did(&Event::Dropped));
    assert_eq!(app.data(&visitor).await, json!({"n": 1}));
    update_after(&visitor, Status::Ok, |session| session.set("a", 1)).await;
    assert_eq!(app.data(&visitor).await, json!({"a": 1, "n": 2}));
}

pub async fn a_session_that_it_created_gets_its_cookie_whatever_the_status(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for status in [
        Status::InternalServerError,
        Status::ServiceUnavailable,
        Status::NotFound,
    ] {
        let visitor = app.browser();
        update_after(&visitor, status, |_| Ok(())).await;
        assert_eq!(visitor.get("n").await, 1, "{status}");
    }
}

pub async fn two_of_them_in_one_request_make_one_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor
        .view(Status::Ok, |session| {
            Box::pin(async {
                let add = || session.update("n", |n: &mut u64| *n += 1);
                let (one, other) = rocket::tokio::join!(add(), add());
                one.and(other)?;
                Ok(json!(session.get::<u64>("n")?))
            })
        })
        .await;
    assert_eq!(answer.value(), 2);
    assert_eq!(app.calls(), app.needed([Call::Create, Call::Update]));
}

pub async fn the_view_sees_what_it_left_and_what_others_did(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (visitor, tab) = {
        let visitor = app.browser();
        visitor.set("a", 1).await;
        let tab = visitor.twin();
        (visitor, tab)
    };
    let (enter, entered) = rocket::tokio::sync::oneshot::channel();
    let (release, released) = rocket::tokio::sync::oneshot::channel();
    let visit = visitor.view(Status::Ok, |session| {
        Box::pin(async move {
            session.set("mine", 1)?;
            enter.send(()).unwrap();
            released.await.unwrap();
            assert_eq!(
                session.get::<u32>("a")?,
                Some(1),
                "not before it looks again"
            );
            session.update("n", |n: &mut u64| *n += 1).await?;
            let all = ["a", "n", "mine"].map(|key| session.get::<u32>(key).unwrap());
            Ok(json!(all))
        })
    });
    let other = async {
        entered.await.unwrap();
        tab.set("a", 2).await;
        release.send(()).unwrap();
    };
    let (answer, ()) = rocket::tokio::join!(visit, other);
    assert_eq!(answer.value(), json!([2, 1, 1]));
    assert_eq!(app.data(&visitor).await, json!({"a": 2, "n": 1, "mine": 1}));
}

pub async fn after_a_login_everything_is_committed_in_its_order(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("user", "bob").await;
    visitor.set("n", 7).await;
    let before = visitor.cookie();
    let broken = Status::InternalServerError;
    update_after(&visitor, broken, |session| session.set("user", "alice")).await;
    assert_ne!(visitor.cookie(), before);
    assert_eq!(app.data(&visitor).await, json!({"n": 1, "user": "alice"}));
}

pub async fn after_flush_it_begins_a_new_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("n", 7).await;
    let tab = visitor.twin();
    let answer = update_after(&visitor, Status::Ok, |session| {
        session.flush();
        Ok(())
    })
    .await;
    assert_eq!(answer.value(), 1);
    assert_ne!(visitor.locker(), tab.locker());
    assert!(app.row(&tab).await.is_none());
    let expires = app.row(&visitor).await.unwrap().expires;
    assert_eq!(expires, START + HOUR, "its own ID has not come back yet");
    assert_eq!(visitor.get("n").await, 1);
}

pub async fn a_value_of_another_type_is_an_error_and_stays(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("n", "text").await;
    let answer = visitor.add_one("n").await;
    assert_eq!(answer.status, Status::InternalServerError);
    assert_eq!(app.data(&visitor).await, json!({"n": "text"}));
}

pub async fn a_failed_one_leaves_what_was_pending_pending(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor
        .view(Status::Ok, |session| {
            Box::pin(async {
                session.set("n", "text")?;
                let failed = session.update("n", |n: &mut u64| *n += 1).await;
                assert!(matches!(failed, Err(Error::OtherType { .. })), "{failed:?}");
                Ok(Value::Null)
            })
        })
        .await;
    assert_eq!(answer.status, Status::Ok);
    assert_eq!(app.data(&visitor).await, json!({"n": "text"}));
}

pub async fn on_the_identity_key_it_is_an_error(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("user", "alice").await;
    let answer = visitor
        .view(Status::Ok, |session| {
            Box::pin(async {
                let failed = session
                    .update("user", |user: &mut String| user.push('!'))
                    .await;
                assert!(
                    matches!(failed, Err(Error::UpdateOfIdentity { .. })),
                    "{failed:?}"
                );
                Ok(Value::Null)
            })
        })
        .await;
    assert_eq!(answer.status, Status::Ok);
    assert_eq!(app.data(&visitor).await, json!({"user": "alice"}));
}

pub async fn a_session_that_ended_meanwhile_is_not_revived(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("n", 7).await;
    let tab = visitor.twin();
    let (enter, entered) = rocket::tokio::sync::oneshot::channel();
    let (release, released) = rocket::tokio::sync::oneshot::channel();
    let visit = visitor.view(Status::Ok, |session| {
        Box::pin(async move {
            enter.send(()).unwrap();
            released.await.unwrap();
            session.update("n", |n: &mut u64| *n += 1).await?;
            Ok(Value::Null)
        })
    });
    let other = async {
        entered.await.unwrap();
        tab.does(|session| session.flush()).await;
        release.send(()).unwrap();
    };
    let (answer, ()) = rocket::tokio::join!(visit, other);
    assert_eq!((answer.status, answer.cookie()), (Status::Conflict, None));
    assert!(answer.did(&Event::Vanished), "{:?}", answer.trace);
    assert!(app.row(&visitor).await.is_none());
}
