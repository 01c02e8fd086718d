//! A lifetime of its own: what a view says with `set_expiry`, and the browser is told.

use std::time::Duration;

use rocket::http::Status;
use rocket_session_layer::{Error, Expiry, Session};
use serde_json::{Value, json};

use super::Fixture;
use super::expiry::{max_age, read, visitor};
use crate::common::app::{DAY, HOUR, MINUTE, START};
use crate::common::{App, Browser, Setup};

pub async fn visitor_with(app: &App, expiry: Expiry) -> Browser<'_> {
    let visitor = visitor(app).await;
    visitor
        .visit(move |session| session.set_expiry(expiry))
        .await;
    visitor
}

pub async fn a_cookie_may_end_with_the_browser(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let answer = visitor
        .visit(|session| session.set_expiry(Expiry::BrowserClose))
        .await;
    assert_eq!(max_age(&answer), None);
    app.clock.advance(HOUR);
    let answer = read(&visitor).await;
    assert_eq!((answer.cookie(), answer.value()), (None, json!(1)));
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
    assert_eq!(read(&visitor).await.cookie(), None);
    app.clock.advance(3 * DAY);
    // A session that is carried in its cookie is sent again, and the cookie still names no end.
    let again = read(&visitor).await;
    assert!(again.cookie().is_none_or(|line| !line.contains("Max-Age")));
    let lasting = Expiry::After(Duration::from_secs(HOUR as u64));
    let answer = visitor
        .visit(move |session| session.set_expiry(lasting))
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
            .visit(move |session| session.set_expiry(expiry))
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
    visitor.set("a", 2).await;
    app.clock.advance(DAY - 1);
    assert_eq!(visitor.get("a").await, 2);
    app.clock.advance(1);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn a_lifetime_that_is_over_at_once_is_an_error(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let (none, long) = (Duration::ZERO, Duration::from_secs(90));
    for expiry in [
        Expiry::After(none),
        Expiry::After(Duration::from_millis(999)),
        Expiry::At(START),
        Expiry::At(-1),
        Expiry::Limits {
            idle: none,
            absolute: long,
        },
        Expiry::Limits {
            idle: long,
            absolute: none,
        },
    ] {
        // Judged out here: a panic in the view would be a 500 as well.
        let refused = visitor.visit(move |session| {
            let refused = session.set_expiry(expiry);
            Ok(matches!(refused, Err(Error::OverAtOnce)))
        });
        assert_eq!(refused.await.value(), true, "{expiry:?}");
        let half = move |session: &Session| {
            session.set("b", 1)?;
            session.set_expiry(expiry)
        };
        let answer = visitor.visit(half).await;
        assert_eq!(answer.status, Status::InternalServerError);
    }
    assert_eq!(app.data(&visitor).await, json!({"a": 1}));
}

pub async fn the_view_sees_the_lifetime_that_it_has_set(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.clock.advance(MINUTE);
    let answer = visitor
        .visit(|session| {
            session.set_expiry(Expiry::After(Duration::from_secs(10)))?;
            let lifetime = session.lifetime().unwrap();
            Ok([lifetime.ends, lifetime.cookie.unwrap()].map(|end| end - lifetime.now))
        })
        .await;
    assert_eq!(answer.value(), json!([10, 10]));
    assert_eq!(
        app.row(&visitor).await.unwrap().expires,
        START + MINUTE + 10
    );
}

pub async fn the_view_of_a_login_sees_the_lifetime_that_begins(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    for _ in 0..27 {
        app.clock.advance(DAY);
        visitor.get("a").await;
    }
    let answer = visitor
        .visit(|session| {
            session.set("user", "alice")?;
            let lifetime = session.lifetime().unwrap();
            let ends = [lifetime.ends, lifetime.latest, lifetime.cookie.unwrap()];
            Ok(ends.map(|end| (end - lifetime.begun) / DAY))
        })
        .await;
    assert_eq!(answer.value(), json!([14, 30, 14]));
    let row = app.row(&visitor).await.unwrap();
    assert_eq!(row.expires, START + (27 + 14) * DAY);
    let ended = visitor.visit(|session| {
        session.flush();
        Ok(session.lifetime().is_none())
    });
    assert_eq!(ended.await.value(), true);
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
        .visit(|session| session.set_expiry(Expiry::Default))
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
            session.set_expiry(Expiry::After(Duration::from_secs(90)))?;
            session.set("a", 1)
        })
        .await;
    assert_eq!(max_age(&answer), Some(90));
    app.clock.advance(90);
    assert_eq!(visitor.get("a").await, Value::Null);
}
