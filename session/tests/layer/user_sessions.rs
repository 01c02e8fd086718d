//! A user's sessions: listing them, ending one, all, or all others.

use rocket::http::Status;
use rocket_session_layer::{Error, Locker};
use serde_json::Value;

use crate::common::app::{DAY, MINUTE};
use crate::common::fixtures::{CacheFixture, Fixture};
use crate::common::{App, Browser, Call, Fault};

async fn logged_in<'a>(app: &'a App, user: &'static str) -> Browser<'a> {
    let browser = app.browser();
    browser.set("user", user).await;
    assert_eq!(browser.get("user").await, user);
    browser
}

async fn listed(app: &App, user: &str) -> Vec<Locker> {
    let records = app.layer().sessions_of(user).await.unwrap();
    records.into_iter().map(|record| record.locker).collect()
}

async fn app() -> App {
    App::on(CacheFixture.open()).await
}

#[rocket::async_test]
async fn a_users_sessions_are_listed_the_last_used_first() {
    let app = app().await;
    let [home, work] = [
        logged_in(&app, "alice").await,
        logged_in(&app, "alice").await,
    ];
    logged_in(&app, "bob").await;
    app.clock.advance(5 * MINUTE);
    home.get("user").await;
    let [home, work] = [home, work].map(|browser| browser.locker().unwrap());
    assert_eq!(listed(&app, "alice").await, [home, work]);
    assert_eq!(listed(&app, "nobody").await, []);
}

#[rocket::async_test]
async fn who_logged_out_or_waited_too_long_is_not_listed() {
    let app = app().await;
    let [out, gone, other] = [
        logged_in(&app, "alice").await,
        logged_in(&app, "alice").await,
        logged_in(&app, "alice").await,
    ];
    out.does(|session| session.pop("user")).await;
    gone.does(|session| session.flush()).await;
    other.set("user", "bob").await;
    assert_eq!(listed(&app, "alice").await, []);
    assert_eq!(listed(&app, "bob").await, [other.locker().unwrap()]);
    app.clock.advance(14 * DAY);
    assert_eq!(listed(&app, "bob").await, []);
}

#[rocket::async_test]
async fn one_session_can_be_ended() {
    let app = app().await;
    let [home, work] = [
        logged_in(&app, "alice").await,
        logged_in(&app, "alice").await,
    ];
    let locker = work.locker().unwrap();
    assert!(app.layer().end_session("alice", locker).await.unwrap());
    assert_eq!(work.get("user").await, Value::Null);
    assert_eq!(work.cookie(), None);
    assert_eq!(home.get("user").await, "alice");
    assert!(!app.layer().end_session("alice", locker).await.unwrap());
}

#[rocket::async_test]
async fn nobody_can_end_a_session_of_somebody_else() {
    let app = app().await;
    let (alice, stranger) = (logged_in(&app, "alice").await, app.browser());
    stranger.set("a", 1).await;
    for locker in [alice.locker().unwrap(), stranger.locker().unwrap()] {
        assert!(!app.layer().end_session("bob", locker).await.unwrap());
    }
    assert_eq!(alice.get("user").await, "alice");
    assert_eq!(stranger.get("a").await, 1);
}

#[rocket::async_test]
async fn all_sessions_of_a_user_can_be_ended() {
    let app = app().await;
    let [home, work] = [
        logged_in(&app, "alice").await,
        logged_in(&app, "alice").await,
    ];
    let bob = logged_in(&app, "bob").await;
    assert_eq!(app.layer().end_sessions("alice", None).await.unwrap(), 2);
    assert_eq!(home.get("user").await, Value::Null);
    assert_eq!(work.get("user").await, Value::Null);
    assert_eq!(bob.get("user").await, "bob");
}

#[rocket::async_test]
async fn all_sessions_of_everybody_can_be_ended() {
    let app = app().await;
    let [alice, bob] = [logged_in(&app, "alice").await, logged_in(&app, "bob").await];
    let stranger = app.browser();
    stranger.set("a", 1).await;
    assert_eq!(app.layer().end_all_sessions().await.unwrap(), 3);
    for browser in [alice, bob, stranger] {
        assert_eq!(browser.get("user").await, Value::Null);
        assert_eq!(browser.cookie(), None);
    }
    assert_eq!(app.layer().end_all_sessions().await.unwrap(), 0);
}

#[rocket::async_test]
async fn all_others_can_be_ended() {
    let app = app().await;
    let [here, work] = [
        logged_in(&app, "alice").await,
        logged_in(&app, "alice").await,
    ];
    assert_eq!(
        app.layer()
            .end_sessions("alice", here.locker())
            .await
            .unwrap(),
        1
    );
    assert_eq!(here.get("user").await, "alice");
    assert_eq!(work.get("user").await, Value::Null);
}

#[rocket::async_test]
async fn a_store_that_does_not_answer_has_not_ended_anything() {
    let app = app().await;
    let alice = logged_in(&app, "alice").await;
    let (layer, locker) = (app.layer(), alice.locker().unwrap());
    for call in [Call::OfUser, Call::Delete] {
        app.store().breaks(call, Fault::Fails);
        let one = layer.end_session("alice", locker).await;
        assert!(matches!(one, Err(Error::Store(_))), "{one:?}");
        let all = layer.end_sessions("alice", None).await;
        assert!(matches!(all, Err(Error::Store(_))), "{all:?}");
        app.store().heals();
    }
    assert_eq!(alice.get("user").await, "alice");
}

#[rocket::async_test]
async fn a_head_request_ends_nobodys_session() {
    let app = app().await;
    let [here, there] = [
        logged_in(&app, "alice").await,
        logged_in(&app, "alice").await,
    ];
    let answer = here.head(|session| Box::pin(async { Ok(session.end_others().await?.into()) }));
    let answer = answer.await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
    for browser in [here, there] {
        assert_eq!(browser.get("user").await, "alice");
    }
}
