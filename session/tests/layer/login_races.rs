//! A login never ends without a session and its cookie, whatever has become of its session ID.

use rocket::http::Status;
use rocket_session_layer::{Error, Event, Session};
use serde_json::json;

use super::Fixture;
use super::failures::says_come_again_later;
use crate::common::app::{DAY, MINUTE};
use crate::common::{Answer, App, Browser, Call, Fault};

/// A stranger with a cart, and another tab of the same browser.
pub async fn shopper(app: &App) -> (Browser<'_>, Browser<'_>) {
    let shopper = app.browser();
    shopper.set("cart", ["pencil"]).await;
    shopper.get("cart").await;
    let tab = shopper.twin();
    (shopper, tab)
}

pub fn log_in(user: &'static str) -> impl FnOnce(&Session) -> Result<(), Error> + Send {
    move |session| session.set("user", user)
}

pub fn succeeds(answer: &Answer) -> bool {
    answer.status == Status::Ok && answer.cookie().is_some()
}

pub async fn a_double_click_on_log_in_logs_in_twice(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (second, first) = shopper(&app).await;
    let clicked = first.set("user", "alice");
    let (answer, before) = second
        .visit_while(|_| Ok(()), clicked, log_in("alice"))
        .await;
    assert!(succeeds(&before) && succeeds(&answer), "{answer:?}");
    // It is chance which of the two cookies arrives last.
    assert_ne!(first.locker(), second.locker());
    for tab in [&first, &second] {
        let data = json!({"cart": ["pencil"], "user": "alice"});
        assert_eq!(tab.get("user").await, "alice");
        assert_eq!(app.data(tab).await, data);
    }
}

pub async fn a_login_whose_answer_was_lost_can_be_made_again(place: &dyn Fixture) {
    for seconds in [0, 5, 30, 55, 65] {
        let app = App::on(place.open()).await;
        let (lost, again) = shopper(&app).await;
        lost.set("user", "alice").await;
        app.clock.advance(seconds);
        let answer = again.set("user", "alice").await;
        assert!(succeeds(&answer), "{seconds} s: {answer:?}");
        assert_eq!(again.get("cart").await, json!(["pencil"]), "{seconds} s");
    }
}

pub async fn so_it_can_where_the_login_commits_at_once(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (lost, again) = shopper(&app).await;
    lost.set("user", "alice").await;
    let answer = again.view(Status::Ok, |session| {
        Box::pin(async {
            session.set("user", "alice")?;
            let cart = session.update("cart", |cart: &mut Vec<String>| cart.clone());
            Ok(json!(cart.await?))
        })
    });
    let answer = answer.await;
    assert!(succeeds(&answer), "{answer:?}");
    assert_eq!(answer.value(), json!(["pencil"]));
    assert_eq!(again.get("user").await, "alice");
}

pub async fn whoever_knows_an_old_id_gets_nothing_by_logging_in_as_somebody_else(
    place: &dyn Fixture,
) {
    let app = App::on(place.open()).await;
    for seconds in [0, 2 * MINUTE] {
        let (alice, mallory) = shopper(&app).await;
        alice.set("user", "alice").await;
        app.clock.advance(seconds);
        let before = app.row(&alice).await.unwrap();
        assert!(succeeds(&mallory.set("user", "mallory").await));
        assert_eq!(app.data(&mallory).await, json!({"user": "mallory"}));
        assert_ne!(mallory.locker(), alice.locker());
        let after = app.row(&alice).await.unwrap();
        assert_eq!(
            (after.version, after.expires),
            (before.version, before.expires)
        );
        let stored = json!({"cart": ["pencil"], "user": "alice"});
        assert_eq!(app.data(&alice).await, stored);
    }
}

pub async fn a_login_under_way_leaves_a_lock_that_it_did_not_change(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let mallory = app.browser();
    mallory.set("user", "mallory").await;
    let victim = mallory.twin();
    let again = mallory.set("user", "mallory");
    let (answer, _) = victim.visit_while(|_| Ok(()), again, log_in("alice")).await;
    assert!(succeeds(&answer), "{answer:?}");
    assert_eq!(mallory.get("user").await, "mallory");
    assert_eq!(victim.get("user").await, "alice");
    assert_eq!(app.data(&victim).await, json!({"user": "alice"}));
}

pub async fn a_login_under_way_outlives_the_end_of_its_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, tab) = shopper(&app).await;
    let ended = tab.does(|session| session.flush());
    let (answer, _) = slow.visit_while(|_| Ok(()), ended, log_in("alice")).await;
    assert!(succeeds(&answer), "{answer:?}");
    assert_eq!(app.data(&slow).await, json!({"user": "alice"}));
    // So it does where an `update` has found out first.
    let tab = slow.twin();
    let layer = app.layer().clone();
    let answer = tab.view(Status::Ok, |session| {
        Box::pin(async move {
            layer.end_sessions("alice", None).await?;
            let late = session.update("n", |n: &mut u64| *n += 1).await;
            assert!(matches!(late, Err(Error::Ended)));
            session.set("user", "alice")?;
            Ok(session.update("n", |n: &mut u64| *n + 1).await?.into())
        })
    });
    let answer = answer.await;
    assert!(succeeds(&answer), "{answer:?}");
    assert_eq!(tab.get("user").await, "alice");
}

pub async fn a_login_that_is_undone_is_none(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for undo in [
        |session: &Session| drop(session.pop("user")),
        |session: &Session| session.clear(),
        |session: &Session| session.flush(),
    ] {
        let (alice, old) = shopper(&app).await;
        alice.set("user", "alice").await;
        let answer = old
            .visit(move |session| {
                session.set("user", "alice")?;
                undo(session);
                Ok(())
            })
            .await;
        assert_eq!((answer.status, answer.cookie()), (Status::Conflict, None));
    }
}

pub async fn the_session_that_a_login_left_behind_lives_a_day(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for comes_back in [false, true] {
        let (left, again) = shopper(&app).await;
        left.set("user", "alice").await;
        again.set("user", "alice").await;
        let begun = app.layer().now();
        assert_eq!(app.row(&left).await.unwrap().expires, begun + DAY);
        if comes_back {
            let answer = left.visit(|session| session.get::<String>("user")).await;
            assert!(answer.did(&Event::Returned));
            assert_eq!(app.row(&left).await.unwrap().expires, begun + 14 * DAY);
        }
        assert_eq!(again.get("user").await, "alice");
        app.clock.advance(DAY);
        app.layer().purge().await.unwrap();
        assert_eq!(app.row(&left).await.is_some(), comes_back);
        assert_eq!(again.get("user").await, "alice");
    }
}

pub async fn a_slow_stranger_writes_nothing_for_who_logs_in_meanwhile(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    alice.does(|session| session.pop("user")).await;
    let slow = alice.twin();
    let login = alice.visit(|session| {
        session.set("user", "alice")?;
        session.set("ship_to", "home")
    });
    let (answer, _) = slow
        .visit_while(
            |_| Ok(()),
            login,
            |session| session.set("ship_to", "elsewhere"),
        )
        .await;
    assert_eq!((answer.status, answer.cookie()), (Status::Conflict, None));
    assert_eq!(alice.get("ship_to").await, "home");
}

pub async fn a_session_that_a_login_leaves_is_not_over_because_it_was_at_rest(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (left, again) = shopper(&app).await;
    left.set("user", "alice").await;
    left.get("user").await;
    app.clock.advance(2 * DAY);
    assert!(succeeds(&again.set("user", "alice").await));
    let ends = app.row(&left).await.unwrap().expires;
    assert_eq!(ends, app.layer().now() + DAY);
    assert_eq!(left.get("user").await, "alice");
}

pub async fn a_login_whose_own_session_was_not_stored_is_told_so(place: &dyn Fixture) {
    for call in [Call::Load, Call::Touch, Call::Create] {
        for fault in [Fault::Fails, Fault::FailsAfter] {
            let app = App::on(place.open()).await;
            let (alice, again) = shopper(&app).await;
            alice.set("user", "alice").await;
            app.store().breaks(call, fault);
            says_come_again_later(&again.set("user", "alice").await);
            app.store().heals();
            assert_eq!(alice.get("user").await, "alice", "{call:?} {fault:?}");
            assert!(succeeds(&again.set("user", "alice").await));
        }
    }
}

pub async fn a_login_after_flush_takes_nothing_along(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (alice, slow) = shopper(&app).await;
    let anew = |session: &Session| {
        session.flush();
        session.set("user", "alice")
    };
    let login = alice.set("user", "alice");
    let (answer, _) = slow.visit_while(|_| Ok(()), login, anew).await;
    assert!(succeeds(&answer), "{answer:?}");
    assert_eq!(app.data(&slow).await, json!({"user": "alice"}));
}

pub async fn a_login_that_is_undone_adds_nothing_to_an_ended_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, tab) = shopper(&app).await;
    let ended = tab.does(|session| session.flush());
    let undone = |session: &Session| {
        session.set("user", "alice")?;
        session.pop("user");
        Ok(())
    };
    let (answer, _) = slow.visit_while(|_| Ok(()), ended, undone).await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
}
