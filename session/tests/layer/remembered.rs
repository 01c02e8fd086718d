//! "Remember me": sessions that live longer than the others, or shorter.

use std::time::Duration;

use rocket_session_layer::Expiry;
use serde_json::Value;

use super::Fixture;
use super::expiry::{max_age, visitor};
use super::set_expiry::visitor_with;
use crate::common::App;
use crate::common::app::{DAY, START};

/// Thirty days without use and ninety in all, where fourteen and thirty are configured.
fn remember_me() -> Expiry {
    let days = |days: u64| Duration::from_secs(days * DAY as u64);
    Expiry::Limits {
        idle: days(30),
        absolute: days(90),
    }
}

pub async fn a_session_may_be_remembered_beyond_the_configured_limits(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let answer = visitor
        .visit(|session| session.set_expiry(remember_me()))
        .await;
    assert_eq!(max_age(&answer), Some(30 * DAY));
    // Fourteen and thirty days pass without and with use.
    for _ in 0..3 {
        app.clock.advance(29 * DAY);
        assert_eq!(visitor.get("a").await, 1);
    }
    assert_eq!(app.row(&visitor).await.unwrap().expires, START + 90 * DAY);
    let answer = visitor.set("b", 1).await;
    assert!(
        answer
            .cookie()
            .is_none_or(|_| max_age(&answer) == Some(3 * DAY))
    );
    app.clock.advance(3 * DAY - 1);
    assert_eq!(visitor.get("a").await, 1);
    app.clock.advance(1);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn a_remembered_session_ends_by_its_own_idle_limit(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let [one, other] = [
        visitor_with(&app, remember_me()).await,
        visitor_with(&app, remember_me()).await,
    ];
    app.clock.advance(30 * DAY - 1);
    assert_eq!(one.get("a").await, 1);
    app.clock.advance(1);
    assert_eq!(other.get("a").await, Value::Null);
}

pub async fn a_remembered_session_is_remembered_by_later_writes(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor_with(&app, remember_me()).await;
    visitor.set("user", "alice").await;
    visitor.set("a", 2).await;
    visitor.add_one("n").await;
    visitor.does(|session| session.clear()).await;
    visitor.does(|session| session.rotate()).await;
    visitor.set("a", 3).await;
    let record = app.row(&visitor).await.unwrap();
    assert_eq!(record.contents.expiry, Some(remember_me()));
    app.clock.advance(30 * DAY - 1);
    assert_eq!(visitor.get("a").await, 3);
}

pub async fn its_own_limits_may_be_shorter_than_the_configured_ones(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let limits = |idle, absolute| Expiry::Limits {
        idle: Duration::from_secs(idle),
        absolute: Duration::from_secs(absolute),
    };
    let visitor = visitor_with(&app, limits(40, 100)).await;
    for _ in 0..3 {
        app.clock.advance(33);
        assert_eq!(visitor.get("a").await, 1);
    }
    app.clock.advance(1);
    assert_eq!(visitor.get("a").await, Value::Null);
    let endless = visitor_with(
        &app,
        Expiry::Limits {
            idle: Duration::MAX,
            absolute: Duration::MAX,
        },
    );
    let endless = endless.await;
    app.clock.advance(1_000 * DAY);
    assert_eq!(endless.get("a").await, 1);
}
