//! A clock that was wrong: no user is logged out for it, and nothing lives for ever.

use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::{Value, json};

use super::Fixture;
use crate::common::App;
use crate::common::app::{DAY, HOUR, MINUTE};
use crate::common::probe::Call;

const TEN_YEARS: i64 = 3_650 * DAY;

pub async fn a_clock_that_goes_back_ends_no_session(place: &dyn Fixture) {
    for back in [1, HOUR, DAY, 40 * DAY, TEN_YEARS] {
        let app = App::on(place.open()).await;
        let alice = app.browser();
        alice.set("user", "alice").await;
        app.clock.advance(-back);
        assert_eq!(alice.get("user").await, "alice");
        assert_eq!(alice.set("a", 1).await.status, Status::Ok);
        assert_eq!(alice.add_one("n").await.value(), 1);
        assert_eq!(alice.set("user", "alice").await.status, Status::Ok);
        let kept = json!({"user": "alice", "a": 1, "n": 1});
        assert_eq!(app.data(&alice).await, kept);
        assert_eq!(app.layer().purge().await.unwrap(), 0);
        let stranger = app.browser();
        stranger.set("a", 2).await;
        assert_eq!(stranger.get("a").await, 2);
    }
}

/// One that began while the clock was ahead begins anew, as it were, at its next use.
pub async fn a_session_from_the_future_ends_like_any_other(place: &dyn Fixture) {
    for used_by_writing in [true, false] {
        let app = App::on(place.open()).await;
        app.clock.advance(TEN_YEARS);
        let alice = app.browser();
        alice.set("user", "alice").await;
        app.clock.advance(-TEN_YEARS);
        if used_by_writing {
            alice.set("a", 1).await;
        } else {
            assert_eq!(alice.get("user").await, "alice");
        }
        let idle = alice.twin();
        for _ in 0..3 {
            app.clock.advance(9 * DAY);
            assert_eq!(alice.get("user").await, "alice");
        }
        app.clock.advance(3 * DAY);
        assert_eq!(alice.get("user").await, Value::Null, "thirty days are over");
        if app.keeps_records() {
            assert!(app.row(&idle).await.is_some());
            assert_eq!(app.layer().purge().await.unwrap(), 1);
        }
    }
}

pub async fn an_unused_session_from_the_future_ends_after_two_weeks(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    app.clock.advance(TEN_YEARS);
    let alice = app.browser();
    alice.set("user", "alice").await;
    app.clock.advance(-TEN_YEARS);
    assert_eq!(alice.get("user").await, "alice");
    app.clock.advance(14 * DAY);
    assert_eq!(alice.get("user").await, Value::Null);
}

pub async fn reading_a_session_from_the_future_costs_one_write(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    app.clock.advance(HOUR);
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    app.clock.advance(-HOUR);
    assert_eq!(alice.get("user").await, "alice");
    app.calls();
    for _ in 0..3 {
        assert_eq!(alice.get("user").await, "alice");
    }
    let looks = app.needed([Call::Load; 3]);
    assert_eq!(app.calls(), looks, "three looks and nothing else");
}

pub async fn the_id_before_a_rotation_in_the_future_is_unknown(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("a", 1).await;
    let old = alice.twin();
    alice.set("user", "alice").await;
    // A small step is no reason to lock out a request that is on its way.
    app.clock.advance(-1);
    let answer = old.set("a", 2).await;
    assert_eq!((answer.status, answer.cookie()), (Status::Conflict, None));
    app.clock.advance(-10 * MINUTE);
    let answer = old.visit(|session| session.get::<Value>("user")).await;
    assert_eq!(answer.value(), Value::Null);
    assert!(matches!(answer.trace[0], Event::Unknown { .. }));
    assert!(answer.removes_the_cookie());
    assert_eq!(alice.get("user").await, "alice");
}
