//! When a session ends, what a use costs, and what the browser is told about it.

use std::time::Duration;

use rocket::http::Status;
use rocket_session_layer::{Event, Expiry, Session};
use serde_json::{Value, json};

use super::{Fixture, two_handles};
use crate::common::app::{DAY, HOUR, MINUTE, START};
use crate::common::{Answer, App, Browser, Call, Setup};

/// A browser whose session ID has come back once.
pub async fn visitor(app: &App) -> Browser<'_> {
    let visitor = app.browser();
    visitor.set("a", 1).await;
    assert_eq!(visitor.get("a").await, 1);
    visitor
}

/// The cookie's Max-Age, or none in a cookie that ends with the browser.
pub fn max_age(answer: &Answer) -> Option<i64> {
    let line = answer.cookie().expect("the cookie should be sent");
    let (_, seconds) = line.split_once("Max-Age=")?;
    seconds.parse().ok()
}

pub async fn read(visitor: &Browser<'_>) -> Answer {
    visitor.visit(|session| session.get::<Value>("a")).await
}

pub async fn a_session_ends_after_two_weeks_without_use(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (one, other) = (visitor(&app).await, visitor(&app).await);
    app.clock.advance(14 * DAY - 1);
    assert_eq!(one.get("a").await, 1);
    app.clock.advance(1);
    assert_eq!(other.get("a").await, Value::Null);
}

pub async fn every_use_extends_it(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    for _ in 0..2 {
        app.clock.advance(13 * DAY);
        assert_eq!(visitor.get("a").await, 1);
    }
}

pub async fn it_ends_after_thirty_days_however_often_it_is_used(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    for _ in 0..29 {
        app.clock.advance(DAY);
        visitor.set("b", 1).await;
    }
    app.clock.advance(DAY - 1);
    assert_eq!(visitor.get("a").await, 1);
    app.clock.advance(1);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn a_request_under_way_does_not_outlive_its_session(place: &dyn Fixture) {
    let hour = Duration::from_secs(HOUR as u64);
    for expiry in [Expiry::After(hour), Expiry::At(START + HOUR)] {
        let app = App::on(place.open()).await;
        let visitor = visitor(&app).await;
        visitor
            .visit(move |session| session.set_expiry(expiry))
            .await;
        let [writes, reads, logs_in] = [(); 3].map(|()| visitor.twin());
        let ended = async { app.clock.advance(HOUR) };
        let read = reads.visit_while(|_| Ok(()), ended, |session| session.get::<u64>("a"));
        let log_in = |session: &Session| session.set("user", "alice");
        let login = logs_in.visit_while(|_| Ok(()), read, log_in);
        let set = |session: &Session| session.set("b", 1);
        let (set, (login, (read, ()))) = writes.visit_while(|_| Ok(()), login, set).await;
        // The page was true when it was made. The change would be in no session any more.
        assert_eq!(
            (read.value(), read.cookie()),
            (json!(1), None),
            "{expiry:?}"
        );
        assert_eq!(
            (set.status, set.cookie()),
            (Status::Conflict, None),
            "{expiry:?}"
        );
        assert_eq!(
            (login.status, logs_in.get("a").await),
            (Status::Ok, Value::Null)
        );
        assert_eq!(logs_in.get("user").await, "alice");
        assert_eq!(visitor.get("a").await, Value::Null, "{expiry:?}");
    }
}

pub async fn both_limits_can_be_configured(place: &dyn Fixture) {
    let settings = json!({"idle": 100, "absolute": 150});
    let app = Setup::configured(settings).on(place.open()).await;
    let (one, other) = (visitor(&app).await, visitor(&app).await);
    app.clock.advance(99);
    assert_eq!(one.get("a").await, 1);
    app.clock.advance(1);
    assert_eq!(other.get("a").await, Value::Null);
    app.clock.advance(49);
    assert_eq!(one.get("a").await, 1);
    app.clock.advance(1);
    assert_eq!(one.get("a").await, Value::Null);
}

pub async fn a_limit_that_was_lowered_counts_for_sessions_that_are_there(place: &dyn Fixture) {
    let (one, other) = two_handles(place);
    let app = App::on(one).await;
    let (idle, used) = (visitor(&app).await, visitor(&app).await);
    app.clock.advance(9 * HOUR);
    used.set("a", 2).await;
    app.clock.advance(HOUR);
    let strict = Setup::configured(json!({"idle": 2 * HOUR}))
        .at_the_time_of(&app)
        .on(other)
        .await;
    let (idle, used) = (idle.at(&strict.browser()), used.at(&strict.browser()));
    assert_eq!(idle.get("a").await, Value::Null);
    assert_eq!(used.get("a").await, 2);
}

pub async fn a_login_begins_the_absolute_limit_anew(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let shopper = visitor(&app).await;
    for _ in 0..27 {
        app.clock.advance(DAY);
        shopper.set("a", 2).await;
    }
    shopper.set("user", "alice").await;
    for _ in 0..29 {
        app.clock.advance(DAY);
        assert_eq!(shopper.get("user").await, "alice");
    }
    app.clock.advance(DAY);
    assert_eq!(shopper.get("user").await, Value::Null);
}

pub async fn reading_within_five_minutes_costs_no_write(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.calls();
    app.clock.advance(5 * MINUTE - 1);
    assert_eq!(read(&visitor).await.cookie(), None);
    assert_eq!(app.calls(), app.needed([Call::Load]));
}

pub async fn reading_after_five_minutes_is_recorded_and_sends_no_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let before = app.row(&visitor).await.unwrap();
    app.clock.advance(5 * MINUTE);
    app.calls();
    assert_eq!(read(&visitor).await.cookie(), None);
    assert_eq!(app.calls(), [Call::Load, Call::Touch]);
    let after = app.row(&visitor).await.unwrap();
    assert_eq!(before.version, after.version);
    assert_eq!(after.touched, START + 5 * MINUTE);
    assert_eq!(after.expires, after.touched + 14 * DAY);
}

/// A twentieth of two weeks, counted from the session's beginning.
const PART: i64 = 14 * DAY / 20;

pub async fn the_browser_is_told_once_in_a_twentieth_of_the_idle_limit(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let id = visitor.id();
    for part in 1..=3 {
        // A use may stay unrecorded for five minutes, and then the browser is told that much later.
        app.clock.advance(PART - 5 * MINUTE);
        assert_eq!(read(&visitor).await.cookie(), None, "{part}");
        app.clock.advance(5 * MINUTE);
        let answer = read(&visitor).await;
        assert_eq!(max_age(&answer), Some(14 * DAY), "{part}");
        assert_eq!(read(&visitor).await.cookie(), None, "{part}");
        assert_eq!(app.row(&visitor).await.unwrap().touched, app.clock.now());
    }
    assert_eq!(visitor.id(), id);
}

pub async fn a_working_day_of_page_views_sends_few_cookies(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let mut cookies = usize::from(visitor.set("a", 1).await.cookie().is_some());
    for _ in 0..8 * 60 {
        app.clock.advance(MINUTE);
        cookies += usize::from(read(&visitor).await.cookie().is_some());
    }
    assert!(cookies <= 3, "{cookies}");
}

pub async fn a_short_limit_is_recorded_more_finely(place: &dyn Fixture) {
    let app = Setup::configured(json!({"idle": 100}))
        .on(place.open())
        .await;
    let visitor = visitor(&app).await;
    app.clock.advance(4);
    assert!(!read(&visitor).await.did(&Event::Touched));
    app.clock.advance(1);
    assert!(read(&visitor).await.did(&Event::Touched));
}

pub async fn a_write_sends_the_cookie_only_in_a_new_twentieth(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.clock.advance(PART - 1);
    assert_eq!(visitor.set("a", 2).await.cookie(), None);
    app.clock.advance(1);
    app.calls();
    assert_eq!(max_age(&visitor.set("a", 3).await), Some(14 * DAY));
    assert_eq!(app.calls(), [Call::Load, Call::Update]);
}

pub async fn an_error_of_the_server_extends_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.clock.advance(HOUR);
    let broken = Status::InternalServerError;
    let answer = visitor
        .visit_ending(broken, |session| session.get::<Value>("a"))
        .await;
    assert_eq!(answer.cookie(), None);
    assert_eq!(app.row(&visitor).await.unwrap().touched, START);
}

pub async fn cookie_and_record_end_at_the_same_moment(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    for _ in 0..3 {
        app.clock.advance(9 * DAY);
        let max_age = max_age(&read(&visitor).await).unwrap();
        let record = app.row(&visitor).await.unwrap();
        assert_eq!(record.expires, app.clock.now() + max_age);
        assert!(record.expires <= START + 30 * DAY);
    }
}
