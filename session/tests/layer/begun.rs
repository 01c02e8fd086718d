//! Sessions that are begun without a request.

use std::sync::Arc;

use rocket::local::blocking::Client;
use rocket::{get, routes};
use rocket_session_layer::{Clock, Config, Engine, Error, Event, Layer, LoggedIn, Session};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::unattached;
use crate::common::{App, Call, Fault, Setup};

pub async fn a_begun_session_is_that_users_and_holds_all_that_was_filled_in(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let fill = |session: &Session| session.set("cart", ["pencil"]);
    let cookie = app.layer().begin_session_with("alice", fill).await.unwrap();
    assert_eq!(app.calls(), app.needed([Call::Create]));
    assert_eq!(cookie.name(), "session_id");
    let browser = app.browser().with_cookie(Some(cookie.value().to_owned()));
    let data = json!({"cart": ["pencil"], "user": "alice"});
    assert_eq!(app.data(&browser).await, data);
    assert_eq!(browser.get("user").await, "alice");
    let record = app.row(&browser).await.unwrap();
    assert_eq!(record.contents.user.as_deref(), Some("alice"));
    assert_eq!(record.contents.last_user.as_deref(), Some("alice"));
    assert_eq!(browser.set("n", 1).await.status.code, 200);
    assert_eq!(browser.get("n").await, 1);
}

pub async fn a_begun_session_has_a_cookie_of_the_configured_name(place: &dyn Fixture) {
    let settings = json!({"cookie": "sid", "identity_key": "member"});
    let app = Setup::configured(settings).on(place.open()).await;
    let cookie = app.layer().begin_session_for("alice").await.unwrap();
    assert_eq!(cookie.name(), "sid");
    let line = format!("sid={}", cookie.value());
    let answer = app.browser().open_with(&[line]).await;
    let user = "alice".to_owned();
    assert!(answer.did(&Event::User { user }), "{:?}", answer.trace);
}

pub async fn begun_sessions_are_each_one_of_their_own(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let one = app.layer().begin_session_for(7).await.unwrap();
    let other = app.layer().begin_session_for(7).await.unwrap();
    let [one, other] = [one, other].map(|cookie| {
        let value = cookie.value().to_owned();
        app.browser().with_cookie(Some(value))
    });
    assert_ne!(one.locker(), other.locker());
    one.set("n", 1).await;
    assert_eq!(other.get("n").await, Value::Null);
    assert_eq!(other.get("user").await, 7);
    let record = app.row(&other).await.unwrap();
    assert_eq!(record.contents.user.as_deref(), Some("7"));
}

pub async fn a_session_that_cannot_be_begun_is_an_error_and_stores_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let layer = app.layer();
    let refused = layer.begin_session_with(json!(["alice"]), |_| Ok(())).await;
    assert!(matches!(refused, Err(Error::NotAnIdentity { .. })));
    let refused = layer
        .begin_session_with("alice", |_| Err(Error::Busy))
        .await;
    assert!(matches!(refused, Err(Error::Busy)));
    let large = "x".repeat(70_000);
    let refused = layer
        .begin_session_with("alice", |session| session.set("a", large))
        .await;
    assert!(matches!(refused, Err(Error::TooLarge { .. })));
    let emptied = layer.begin_session_with("alice", |session| {
        session.clear();
        Ok(())
    });
    assert!(matches!(emptied.await, Err(Error::Ended)));
    assert_eq!(app.calls(), []);
}

pub async fn a_store_that_fails_begins_no_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    app.store().breaks(Call::Create, Fault::Fails);
    let failed = app.layer().begin_session_for("alice").await;
    assert!(matches!(failed, Err(Error::Store(_))));
    app.store().heals();
    assert_eq!(app.layer().sessions_of("alice").await.unwrap().len(), 0);
}

#[get("/")]
fn greeting(user: LoggedIn) -> String {
    format!("Welcome back, {}!", user.0)
}

pub async fn a_test_with_the_blocking_client_can_begin_one(place: &dyn Fixture) {
    let app = unattached(place.settings()).attach(Session::fairing());
    // Such a test is in no runtime, and this one is.
    let test = std::thread::spawn(|| {
        let client = Client::tracked(app.mount("/", routes![greeting])).unwrap();
        let layer = Layer::of(client.rocket()).unwrap();
        for _ in 0..2 {
            let alice = layer.block_on(layer.begin_session_for("alice")).unwrap();
            let page = client.get("/").cookie(alice).dispatch();
            assert_eq!(page.into_string().unwrap(), "Welcome back, alice!");
        }
    });
    test.join().unwrap();
}

#[test]
fn a_program_without_a_runtime_can_ask_a_layer() {
    let mut config = Config::default();
    config.engine = Engine::Cache;
    let layer = Arc::new(Layer::open(config, Clock::System).unwrap());
    layer.block_on(layer.begin_session_for("alice")).unwrap();
    assert_eq!(layer.block_on(layer.count()).unwrap(), 1);
}
