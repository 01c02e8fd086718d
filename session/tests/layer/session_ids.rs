//! Session IDs that come with a request: which are taken, which refused, which left alone.

use rocket_session_layer::Event;
use serde_json::Value;

use super::Fixture;
use crate::common::app::DAY;
use crate::common::{Answer, App, Browser};

/// A browser with a session in which `a` is 1.
pub async fn visitor(app: &App) -> Browser<'_> {
    let visitor = app.browser();
    visitor.set("a", 1).await;
    assert_eq!(visitor.get("a").await, 1);
    visitor
}

/// Anonymous, and the cookie is told to go.
pub fn is_refused(answer: &Answer) -> bool {
    answer.value() == Value::Null && answer.removes_the_cookie()
}

/// Anonymous, and the cookie is none of our business.
pub fn is_left_alone(answer: &Answer) -> bool {
    answer.value() == Value::Null && answer.cookie().is_none()
}

pub fn with_last_letter(value: &str, letters: [&str; 2]) -> String {
    let (start, last) = value.split_at(value.len() - 1);
    let other = letters.into_iter().find(|letter| *letter != last);
    format!("{start}{}", other.unwrap())
}

pub async fn an_unknown_id_is_refused_and_never_adopted(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let elsewhere = visitor(&app).await.cookie();
    let other_place = app.browser().with_cookie(elsewhere.clone());
    other_place.does(|session| session.flush()).await;
    let victim = app.browser().with_cookie(elsewhere.clone());
    let answer = victim.set("a", 2).await;
    assert!(!answer.removes_the_cookie());
    assert_ne!(victim.cookie(), elsewhere);
    assert_ne!(
        victim.locker(),
        app.browser().with_cookie(elsewhere.clone()).locker()
    );
    let late = app.browser().with_cookie(elsewhere);
    let answer = late.visit(|session| session.get::<Value>("a")).await;
    assert!(is_refused(&answer));
    assert!(matches!(answer.trace[0], Event::Unknown { .. }));
}

pub async fn a_right_locker_with_a_wrong_secret_opens_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let victim = visitor(&app).await;
    let value = with_last_letter(&victim.cookie().unwrap(), ["A", "E"]);
    let mallory = app.browser().with_cookie(Some(value));
    let answer = mallory.visit(|session| session.get::<Value>("a")).await;
    assert!(is_refused(&answer), "{answer:?}");
    let locker = victim.locker().unwrap();
    assert_eq!(
        answer.trace,
        [
            Event::Unknown { locker },
            Event::Anonymous,
            Event::CookieRemoved
        ]
    );
    assert_eq!(victim.get("a").await, 1);
}

pub async fn a_forged_id_cannot_end_a_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let victim = visitor(&app).await;
    let value = with_last_letter(&victim.cookie().unwrap(), ["A", "E"]);
    let mallory = app.browser().with_cookie(Some(value));
    mallory.does(|session| session.flush()).await;
    assert_eq!(victim.get("a").await, 1);
}

pub async fn the_hash_in_the_store_is_no_secret(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let victim = visitor(&app).await;
    let record = app.row(&victim).await.unwrap();
    let hash = data_encoding::BASE64URL_NOPAD.encode(record.secret_hash.bytes());
    let thief = app
        .browser()
        .with_cookie(Some(format!("{}.{hash}", record.locker)));
    assert!(is_refused(
        &thief.visit(|session| session.get::<Value>("a")).await
    ));
}

pub async fn an_expired_id_is_refused(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.clock.advance(30 * DAY);
    let locker = visitor.locker().unwrap();
    let answer = visitor.visit(|session| session.get::<Value>("a")).await;
    assert!(is_refused(&answer));
    assert_eq!(answer.trace[0], Event::Expired { locker });
}

pub async fn a_refused_visitor_who_sets_something_gets_a_session_of_their_own(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let before = visitor.locker();
    app.clock.advance(30 * DAY);
    let answer = visitor.set("a", 2).await;
    assert!(!answer.removes_the_cookie());
    assert_ne!(visitor.locker(), before);
    assert_eq!(visitor.get("a").await, 2);
}

pub async fn values_of_another_shape_are_left_alone(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let value = visitor.cookie().unwrap();
    app.calls();
    let (locker, secret) = value.split_once('.').unwrap();
    for other in [
        String::new(),
        "x".to_owned(),
        "x".repeat(100_000),
        format!("\"{value}\""),
        format!("{value}="),
        format!("{value}A"),
        value[..value.len() - 1].to_owned(),
        format!("{locker}{secret}"),
        format!("{locker}-{secret}"),
        format!("{secret}.{locker}"),
        format!("{}.{secret}", locker.to_uppercase()),
        format!("{locker}%2E{secret}"),
        value.replace(|letter: char| letter.is_ascii_digit(), "é"),
    ] {
        let answer = app
            .browser()
            .open_with(&[format!("session_id={other}")])
            .await;
        assert!(is_left_alone(&answer), "{other}: {answer:?}");
        assert_eq!(answer.trace, [Event::Foreign, Event::Anonymous], "{other}");
    }
    assert_eq!(
        app.calls(),
        [],
        "none of them is worth a look into the store"
    );
}

pub async fn bits_beyond_the_end_do_not_make_a_second_spelling(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let value = visitor(&app).await.cookie().unwrap();
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (start, last) = value.split_at(value.len() - 1);
    let last = LETTERS
        .iter()
        .position(|letter| [*letter] == last.as_bytes())
        .unwrap();
    for bits in 1..4 {
        let value = format!("{start}{}", LETTERS[last | bits] as char);
        let answer = app
            .browser()
            .open_with(&[format!("session_id={value}")])
            .await;
        assert_eq!(answer.trace[0], Event::Foreign, "{value}");
    }
}

pub async fn every_session_has_an_id_of_its_own(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let visitor = app.browser();
        visitor.set("a", 1).await;
        let cookie = visitor.cookie().unwrap();
        let (locker, secret) = cookie.split_once('.').unwrap();
        assert_eq!((locker.len(), secret.len()), (13, 43));
        assert!(seen.insert(locker.to_owned()) && seen.insert(secret.to_owned()));
    }
}
