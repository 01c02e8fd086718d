//! When a session ends, what a use costs, and what the browser is told about it.

use std::time::Duration;

use rocket::http::Status;
use serde_json::{Value, json};
use session_lessons::session::{Event, Expiry};

use super::Fixture;
use crate::common::app::{DAY, HOUR, MINUTE, START};
use crate::common::{Answer, App, Browser, Call, Setup};

/// A browser whose session ID has come back once.
async fn visitor(app: &App) -> Browser<'_> {
    let visitor = app.browser();
    visitor.set("a", 1).await;
    assert_eq!(visitor.get("a").await, 1);
    visitor
}

async fn visitor_with(app: &App, expiry: Expiry) -> Browser<'_> {
    let visitor = visitor(app).await;
    let answer = visitor
        .does(move |session| session.set_expiry(expiry))
        .await;
    assert_eq!(answer.status, Status::Ok);
    visitor
}

/// The cookie's Max-Age, or none in a cookie that ends with the browser.
fn max_age(answer: &Answer) -> Option<i64> {
    let line = answer.cookie().expect("the cookie should be sent");
    let (_, seconds) = line.split_once("Max-Age=")?;
    seconds.parse().ok()
}

async fn read(visitor: &Browser<'_>) -> Answer {
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

pub async fn a_session_lives_one_day_until_its_id_has_come_back(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (robot, late) = (app.browser(), app.browser());
    robot.set("a", 1).await;
    late.set("a", 1).await;
    assert_eq!(app.row(&robot).await.unwrap().expires, START + DAY);
    app.clock.advance(DAY - 1);
    assert_eq!(late.get("a").await, 1);
    assert_eq!(
        app.row(&late).await.unwrap().expires,
        START + DAY - 1 + 14 * DAY
    );
    app.clock.advance(1);
    assert_eq!(robot.get("a").await, Value::Null);
}

pub async fn the_first_return_makes_it_the_whole_lifetime_at_once(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    app.store.calls();
    let answer = read(&visitor).await;
    assert!(answer.did(&Event::Touched));
    assert_eq!(max_age(&answer), Some(14 * DAY));
    assert_eq!(app.store.calls(), [Call::Load, Call::Touch]);
    assert_eq!(app.row(&visitor).await.unwrap().expires, START + 14 * DAY);
    assert!(!read(&visitor).await.did(&Event::Touched));
}

pub async fn a_first_return_that_writes_needs_no_second_write(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    app.store.calls();
    visitor.set("a", 2).await;
    assert_eq!(app.store.calls(), [Call::Load, Call::Update]);
    assert_eq!(app.row(&visitor).await.unwrap().expires, START + 14 * DAY);
}

pub async fn reading_within_five_minutes_costs_no_write(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.store.calls();
    app.clock.advance(5 * MINUTE - 1);
    assert_eq!(read(&visitor).await.cookie(), None);
    assert_eq!(app.store.calls(), [Call::Load]);
}

pub async fn reading_after_five_minutes_extends_and_sends_the_cookie_again(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let before = (visitor.cookie(), app.row(&visitor).await.unwrap());
    app.clock.advance(5 * MINUTE);
    app.store.calls();
    let answer = read(&visitor).await;
    assert_eq!(app.store.calls(), [Call::Load, Call::Touch]);
    assert_eq!(max_age(&answer), Some(14 * DAY));
    let after = (visitor.cookie(), app.row(&visitor).await.unwrap());
    assert_eq!(before.0, after.0);
    assert_eq!(before.1.version, after.1.version);
    assert_eq!(after.1.touched, START + 5 * MINUTE);
    assert_eq!(after.1.expires, after.1.touched + 14 * DAY);
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

pub async fn a_write_sends_the_cookie_only_when_it_extends(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.clock.advance(5 * MINUTE - 1);
    assert_eq!(visitor.set("a", 2).await.cookie(), None);
    app.clock.advance(1);
    app.store.calls();
    assert_eq!(max_age(&visitor.set("a", 3).await), Some(14 * DAY));
    assert_eq!(app.store.calls(), [Call::Load, Call::Update]);
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

pub async fn a_cookie_may_end_with_the_browser(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let answer = visitor
        .does(|session| session.set_expiry(Expiry::BrowserClose))
        .await;
    assert_eq!(max_age(&answer), None);
    app.clock.advance(HOUR);
    let answer = read(&visitor).await;
    assert_eq!((max_age(&answer), answer.value()), (None, json!(1)));
    app.clock.advance(14 * DAY);
    assert_eq!(
        visitor.get("a").await,
        Value::Null,
        "the server does not wait for the browser"
    );
}

pub async fn all_cookies_may_end_with_the_browser(place: &dyn Fixture) {
    let settings = json!({"expire_at_browser_close": true});
    let app = Setup::configured(settings).on(place.open()).await;
    let visitor = app.browser();
    assert_eq!(max_age(&visitor.set("a", 1).await), None);
    assert_eq!(max_age(&read(&visitor).await), None);
    let lasting = Expiry::After(Duration::from_secs(HOUR as u64));
    let answer = visitor
        .does(move |session| session.set_expiry(lasting))
        .await;
    assert_eq!(max_age(&answer), Some(HOUR));
}

pub async fn a_lifetime_counts_at_once_however_soon_it_is_set(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let hour = Expiry::After(Duration::from_secs(HOUR as u64));
    for (expiry, expected) in [
        (hour, Some(HOUR)),
        (Expiry::At(START + DAY), Some(DAY)),
        (Expiry::BrowserClose, None),
        (Expiry::Default, Some(14 * DAY)),
    ] {
        let answer = visitor
            .does(move |session| session.set_expiry(expiry))
            .await;
        assert_eq!(max_age(&answer), expected, "{expiry:?}");
    }
}

pub async fn a_lifetime_of_its_own_is_kept_by_later_writes(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let hour = Expiry::After(Duration::from_secs(HOUR as u64));
    let visitor = visitor_with(&app, hour).await;
    visitor.set("a", 2).await;
    visitor.add_one("a").await;
    visitor.set("user", "alice").await;
    visitor.does(|session| session.clear()).await;
    visitor.does(|session| session.rotate()).await;
    visitor.set("a", 4).await;
    assert_eq!(app.row(&visitor).await.unwrap().contents.expiry, Some(hour));
    app.clock.advance(HOUR - 1);
    assert_eq!(max_age(&read(&visitor).await), Some(HOUR));
    app.clock.advance(HOUR);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn a_session_may_end_at_a_moment_used_or_not(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor_with(&app, Expiry::At(START + 2 * DAY)).await;
    app.clock.advance(DAY);
    assert_eq!(max_age(&visitor.set("a", 2).await), Some(DAY));
    app.clock.advance(DAY - 1);
    assert_eq!(visitor.get("a").await, 2);
    app.clock.advance(1);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn a_moment_in_the_past_ends_it_at_once(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let copy = visitor.twin();
    visitor
        .does(|session| session.set_expiry(Expiry::At(START - 1)))
        .await;
    assert_eq!(copy.get("a").await, Value::Null);
}

pub async fn no_lifetime_goes_beyond_the_absolute_limit(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for expiry in [Expiry::After(Duration::MAX), Expiry::At(i64::MAX)] {
        let visitor = visitor_with(&app, expiry).await;
        assert_eq!(
            app.row(&visitor).await.unwrap().expires,
            START + 30 * DAY,
            "{expiry:?}"
        );
    }
}

pub async fn the_default_lifetime_can_be_had_back(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor_with(&app, Expiry::After(Duration::from_secs(90))).await;
    visitor
        .does(|session| session.set_expiry(Expiry::Default))
        .await;
    app.clock.advance(DAY);
    assert_eq!(visitor.get("a").await, 1);
}

pub async fn a_flushed_session_takes_its_lifetime_along(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor_with(&app, Expiry::BrowserClose).await;
    let answer = visitor
        .visit(|session| {
            session.flush();
            session.set("a", 2)
        })
        .await;
    assert_eq!(max_age(&answer), Some(14 * DAY));
}

pub async fn a_new_session_may_begin_with_a_lifetime_of_its_own(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor
        .visit(|session| {
            session.set_expiry(Expiry::After(Duration::from_secs(90)));
            session.set("a", 1)
        })
        .await;
    assert_eq!(max_age(&answer), Some(90));
    app.clock.advance(90);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn what_is_over_is_purged(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (over, live) = (visitor(&app).await, visitor(&app).await);
    app.clock.advance(13 * DAY);
    live.get("a").await;
    assert_eq!(app.layer().purge().await.unwrap(), 0);
    app.clock.advance(DAY);
    assert_eq!(app.layer().purge().await.unwrap(), 1);
    assert!(app.row(&over).await.is_none());
    assert_eq!(live.get("a").await, 1);
}
