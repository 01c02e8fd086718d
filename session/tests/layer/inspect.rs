//! `inspect`: a look at the session that a request's headers name, which is no use of it.

use rocket::http::HeaderMap;
use rocket_session_layer::{Inspected, Locker};
use serde_json::Value;

use super::Fixture;
use super::expiry::visitor;
use crate::common::app::{DAY, HOUR, MINUTE};
use crate::common::{App, Browser, Call};

/// A session ID that no store has made.
const MADE_UP: &str = "0000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn headers(lines: &[String]) -> HeaderMap<'static> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.add_raw("Cookie", line.clone());
    }
    headers
}

fn inspected<'a>(app: &'a App, browser: &Browser<'_>) -> Option<Inspected<'a>> {
    app.layer().inspect(&browser.headers())
}

pub async fn headers_without_one_session_of_ours_name_none(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let ours = visitor(&app).await.cookie().unwrap();
    let others = visitor(&app).await.cookie().unwrap();
    app.calls();
    for lines in [
        vec![],
        vec!["a=b".to_owned()],
        vec!["session_id=".to_owned()],
        vec!["session_id=x".to_owned()],
        vec![format!("session_id=\"{ours}\"")],
        vec![format!("session%5Fid={ours}")],
        vec![format!("session_id={ours}; session_id={others}")],
        vec![format!("session_id={ours}"), format!("session_id={others}")],
    ] {
        assert!(app.layer().inspect(&headers(&lines)).is_none(), "{lines:?}");
    }
    let beside = headers(&[format!("a=b; session_id={ours}")]);
    assert!(app.layer().inspect(&beside).is_some());
    assert_eq!(app.calls(), []);
}

pub async fn it_shows_the_session_and_asks_the_store_only_for_its_record(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    alice.get("user").await;
    app.calls();
    let inspected = inspected(&app, &alice).unwrap();
    assert_eq!(inspected.is_carried(), !app.keeps_records());
    assert_eq!(app.calls(), []);
    let record = inspected.record().await.unwrap().unwrap();
    assert_eq!(app.calls(), app.needed([Call::Load]));
    assert_eq!(record.contents.user.as_deref(), Some("alice"));
    assert_eq!(record.locker, inspected.locker);
    assert!(record.secret_hash == inspected.secret_hash);
}

pub async fn looking_is_no_use_of_the_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let before = app.row(&visitor).await.unwrap();
    app.clock.advance(DAY);
    let inspected = inspected(&app, &visitor).unwrap();
    let seen = inspected.record().await.unwrap().unwrap();
    assert_eq!(app.calls(), app.needed([Call::Load]));
    assert_eq!(
        (seen.touched, seen.expires),
        (before.touched, before.expires)
    );
    app.clock.advance(13 * DAY);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn an_expired_session_is_shown_as_it_is(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.clock.advance(14 * DAY + HOUR);
    let record = inspected(&app, &visitor).unwrap().record().await.unwrap();
    let record = record.unwrap();
    assert!(record.expires < app.clock.now());
    assert_eq!(record.contents.data.get::<u32>("a").unwrap(), Some(1));
}

pub async fn an_unknown_session_has_a_locker_and_no_record(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let stranger = app.browser().with_cookie(Some(MADE_UP.to_owned()));
    let inspected = inspected(&app, &stranger).unwrap();
    assert_eq!(inspected.locker, Locker::from_number(0));
    assert!(!inspected.is_carried());
    assert!(inspected.record().await.unwrap().is_none());
}

pub async fn the_id_before_a_rotation_shows_that_it_opens_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let old = visitor.twin();
    app.clock.advance(MINUTE);
    visitor.does(|session| session.rotate()).await;
    let [before, after] = [&old, &visitor].map(|browser| inspected(&app, browser).unwrap());
    assert_eq!(before.locker, after.locker);
    assert!(before.secret_hash != after.secret_hash);
    let record = before.record().await.unwrap().unwrap();
    assert!(record.secret_hash == after.secret_hash);
    assert!(record.previous_hash == Some(before.secret_hash));
}

pub async fn a_store_that_does_not_answer_is_no_missing_record(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.store().breaks(Call::Load, crate::common::Fault::Fails);
    assert!(inspected(&app, &visitor).unwrap().record().await.is_err());
}
