//! Requests that are under way while the session gets a new ID, and those that come with the old.

use rocket::http::Status;
use rocket_session_layer::{Event, Expiry};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::MINUTE;
use crate::common::{Answer, App, Browser};

/// A browser with a session of alice's, and another tab of it.
pub async fn two_tabs(app: &App) -> (Browser<'_>, Browser<'_>) {
    let tab = app.browser();
    tab.set("user", "alice").await;
    assert_eq!(tab.get("user").await, "alice");
    let other = tab.twin();
    (tab, other)
}

/// A tab whose session ID another tab has just replaced.
pub async fn superseded(app: &App) -> (Browser<'_>, Browser<'_>) {
    let (old, new) = two_tabs(app).await;
    new.does(|session| session.rotate()).await;
    (old, new)
}

pub fn is_told_to_reload(answer: &Answer) -> bool {
    answer.status == Status::Conflict && answer.cookie().is_none()
}

pub async fn the_old_id_is_anonymous_and_gets_no_cookie_of_any_kind(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (old, new) = superseded(&app).await;
    let answer = old.visit(|session| session.get::<Value>("user")).await;
    assert_eq!((answer.value(), answer.cookie()), (Value::Null, None));
    let locker = new.locker().unwrap();
    assert_eq!(
        answer.trace,
        [Event::Superseded { locker }, Event::Anonymous]
    );
    let broken = Status::InternalServerError;
    assert_eq!(
        old.visit_ending(broken, |session| session.set("a", 1))
            .await
            .cookie(),
        None
    );
    assert_eq!(new.get("user").await, "alice");
}

pub async fn whatever_it_writes_ends_in_a_conflict_and_stores_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (old, new) = superseded(&app).await;
    app.calls();
    for answer in [
        old.set("a", 1).await,
        old.add_one("n").await,
        old.does(|session| session.clear()).await,
        old.does(|session| session.flush()).await,
        old.does(|session| session.rotate()).await,
        old.visit(|session| session.set_expiry(Expiry::BrowserClose))
            .await,
    ] {
        assert!(is_told_to_reload(&answer), "{answer:?}");
        assert_eq!(answer.body, "The app's own page for 409.");
    }
    let loads = app.calls();
    assert!(
        loads.iter().all(|call| *call == crate::common::Call::Load),
        "{loads:?}"
    );
    assert_eq!(app.data(&new).await, json!({"user": "alice"}));
}

pub async fn a_minute_later_the_old_id_is_unknown(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (old, _new) = superseded(&app).await;
    app.clock.advance(MINUTE - 1);
    let answer = old.visit(|session| session.get::<Value>("user")).await;
    assert_eq!((answer.value(), answer.cookie()), (Value::Null, None));
    app.clock.advance(1);
    let answer = old.visit(|session| session.get::<Value>("user")).await;
    assert_eq!(answer.value(), Value::Null);
    assert!(answer.removes_the_cookie());
}

pub async fn the_id_before_the_old_one_is_unknown(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (older, new) = superseded(&app).await;
    new.does(|session| session.rotate()).await;
    let answer = older.visit(|session| session.get::<Value>("user")).await;
    assert!(matches!(answer.trace[0], Event::Unknown { .. }));
}

pub async fn an_old_id_of_an_ended_session_is_unknown(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (old, new) = superseded(&app).await;
    new.does(|session| session.flush()).await;
    let answer = old.visit(|session| session.get::<Value>("user")).await;
    assert!(matches!(answer.trace[0], Event::Unknown { .. }));
}
