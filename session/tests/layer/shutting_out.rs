//! Ending all others from within a request: a copy of the own cookie is one of them.

use rocket::http::Status;
use rocket::tokio::join;
use rocket_session_layer::Session;
use serde_json::{Value, json};

use super::Fixture;
use super::rotation::{is_told_to_reload, two_tabs};
use crate::common::app::MINUTE;
use crate::common::{Answer, App, Browser, Call, Fault};

async fn end_others(browser: &Browser<'_>) -> Answer {
    let ended = browser.view(Status::Ok, |session| {
        Box::pin(async { Ok(session.end_others().await?.into()) })
    });
    ended.await
}

async fn elsewhere<'a>(app: &'a App, user: &'static str) -> Browser<'a> {
    let browser = app.browser();
    browser.set("user", user).await;
    browser
}

pub async fn ending_all_others_from_within_shuts_out_a_copy_of_the_own_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (here, copy) = two_tabs(&app).await;
    let [there, bob] = [elsewhere(&app, "alice").await, elsewhere(&app, "bob").await];
    let (locker, before) = (here.locker(), here.cookie());
    assert_eq!(end_others(&here).await.value(), 1);
    assert_ne!(here.cookie(), before);
    assert_eq!(here.locker(), locker, "it is still the same session");
    assert_eq!(here.get("user").await, "alice");
    assert_eq!(bob.get("user").await, "bob");
    for shut_out in [&copy, &there] {
        assert_eq!(shut_out.get("user").await, Value::Null);
    }
}

pub async fn a_copy_that_was_shut_out_opens_and_stores_nothing_from_then_on(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (here, copy) = two_tabs(&app).await;
    end_others(&here).await;
    // No grace: what comes with the old ID in the next minute may be this browser's own, and so its
    // new cookie is left alone. That is all it gets.
    for seconds in [0, MINUTE - 1] {
        app.clock.advance(seconds);
        let read = copy.visit(|session| session.get::<Value>("user")).await;
        assert_eq!((read.value(), read.cookie()), (Value::Null, None));
        for answer in [
            copy.set("a", 1).await,
            copy.add_one("n").await,
            copy.does(|session| session.flush()).await,
            copy.does(|session| session.rotate()).await,
        ] {
            assert!(is_told_to_reload(&answer), "{answer:?}");
        }
        // The copy has no user whose sessions it could end.
        assert_eq!(end_others(&copy).await.value(), 0);
    }
    copy.set("user", "mallory").await;
    assert_eq!(app.data(&copy).await, json!({"user": "mallory"}));
    assert_eq!(app.data(&here).await, json!({"user": "alice"}));
}

pub async fn what_is_under_way_goes_on_and_leaves_the_new_cookie_alone(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (here, tab) = two_tabs(&app).await;
    let write = |session: &Session| {
        session.set("a", 1)?;
        session.get::<String>("user")
    };
    let (answer, _) = tab.visit_while(|_| Ok(()), end_others(&here), write).await;
    assert_eq!((answer.value(), answer.cookie()), (json!("alice"), None));
    assert_eq!(app.data(&here).await, json!({"a": 1, "user": "alice"}));
    assert_eq!(here.get("user").await, "alice");
}

pub async fn where_another_was_faster_nobody_is_told_that_they_are_alone(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for faster in ["rotate", "end_others"] {
        let (here, copy) = two_tabs(&app).await;
        let mut held = app.store().holds(Call::OfUser);
        let meanwhile = async {
            held.reached().await;
            let answer = match faster {
                "rotate" => copy.does(Session::rotate).await,
                _ => end_others(&copy).await,
            };
            assert_eq!(answer.status, Status::Ok, "{faster}");
            held.release();
        };
        let (answer, ()) = join!(end_others(&here), meanwhile);
        assert!(is_told_to_reload(&answer), "{faster}: {answer:?}");
        // It may be the browser's own double click, which has brought it the new cookie.
        assert_eq!(copy.get("user").await, "alice", "{faster}");
        assert_eq!(here.get("user").await, Value::Null, "{faster}");
        // If it was a thief, one more login gets rid of them.
        here.set("user", "alice").await;
        assert_eq!(end_others(&here).await.value(), 1, "{faster}");
        assert_eq!(copy.get("user").await, Value::Null, "{faster}");
        assert_eq!(here.get("user").await, "alice", "{faster}");
    }
}

pub async fn a_login_along_with_it_leaves_no_session_to_who_was_faster(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (here, copy) = two_tabs(&app).await;
    let log_in = || {
        here.view(Status::Ok, |session| {
            Box::pin(async {
                session.set("user", "alice")?;
                Ok(session.end_others().await?.into())
            })
        })
    };
    let mut held = app.store().holds(Call::OfUser);
    let meanwhile = async {
        held.reached().await;
        copy.does(Session::rotate).await;
        held.release();
    };
    let (answer, ()) = join!(log_in(), meanwhile);
    assert!(is_told_to_reload(&answer), "{answer:?}");
    assert_eq!(log_in().await.value(), 1);
    assert_eq!(copy.get("user").await, Value::Null);
    assert_eq!(here.get("user").await, "alice");
}

pub async fn where_the_others_cannot_be_ended_the_id_stays(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (here, copy) = two_tabs(&app).await;
    elsewhere(&app, "alice").await;
    for call in [Call::OfUser, Call::Delete, Call::Update] {
        let before = here.cookie();
        app.store().breaks(call, Fault::Fails);
        let answer = end_others(&here).await;
        app.store().heals();
        assert_eq!(answer.status, Status::ServiceUnavailable, "{call:?}");
        assert_eq!(here.cookie(), before, "{call:?}");
        assert_eq!(copy.get("user").await, "alice", "{call:?}");
    }
    end_others(&here).await;
    assert_eq!(copy.get("user").await, Value::Null);
}

pub async fn where_no_user_is_logged_in_there_are_no_others(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let stranger = app.browser();
    stranger.set("a", 1).await;
    let before = stranger.cookie();
    assert_eq!(end_others(&stranger).await.value(), 0);
    assert_eq!(stranger.cookie(), before, "and no new ID for nothing");
}
