//! The guard of views that are for users alone.

use rocket::http::Status;
use rocket::local::asynchronous::Client;
use rocket::{Build, Rocket, catch, catchers, get, response::Redirect, routes};
use rocket_session_layer::{Layer, LoggedIn, Session};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::unattached;
use crate::common::log::warnings;
use crate::common::{Call, Fault, Probe};

#[get("/account")]
fn account(user: LoggedIn) -> String {
    user.0
}

#[get("/orders")]
fn orders(user: LoggedIn<u64>) -> String {
    (user.0 + 1).to_string()
}

#[get("/orders", rank = 2)]
fn offers() -> &'static str {
    "offers"
}

#[get("/")]
fn home(_session: &Session, user: Option<LoggedIn>) -> String {
    user.map_or("nobody".to_owned(), |user| user.0)
}

#[catch(401)]
fn to_the_login() -> Redirect {
    Redirect::to("/login")
}

fn app(settings: Value) -> Rocket<Build> {
    unattached(settings)
        .mount("/", routes![account, orders, offers, home])
        .register("/", catchers![to_the_login])
}

async fn client(place: &dyn Fixture) -> Client {
    let app = app(place.settings()).attach(Session::fairing());
    Client::untracked(app).await.unwrap()
}

/// The answer to a request, of this user's browser or of a stranger's.
async fn answer(client: &Client, path: &'static str, user: Option<Value>) -> (Status, String) {
    let mut request = client.get(path);
    if let Some(user) = user {
        let layer = Layer::of(client.rocket()).unwrap();
        request = request.cookie(layer.begin_session_for(user).await.unwrap());
    }
    let response = request.dispatch().await;
    let status = response.status();
    assert_eq!(response.headers().get_one("Vary"), Some("Cookie"), "{path}");
    (status, response.into_string().await.unwrap_or_default())
}

pub async fn a_view_for_users_gets_the_user(place: &dyn Fixture) {
    let client = client(place).await;
    for (path, user, text) in [
        ("/account", json!("alice"), "alice"),
        ("/", json!("alice"), "alice"),
        ("/orders", json!(7), "8"),
    ] {
        let expected = (Status::Ok, text.to_owned());
        assert_eq!(answer(&client, path, Some(user)).await, expected);
    }
}

pub async fn a_stranger_goes_to_the_next_view_or_to_the_catcher(place: &dyn Fixture) {
    let client = client(place).await;
    let ok = |text: &str| (Status::Ok, text.to_owned());
    assert_eq!(answer(&client, "/orders", None).await, ok("offers"));
    assert_eq!(answer(&client, "/", None).await, ok("nobody"));
    let (status, _) = answer(&client, "/account", None).await;
    assert_eq!(status, Status::SeeOther);
}

pub async fn a_user_of_another_type_is_a_mistake_of_the_program(place: &dyn Fixture) {
    let client = client(place).await;
    warnings();
    for (path, user) in [("/orders", json!("alice")), ("/account", json!(7))] {
        let (status, _) = answer(&client, path, Some(user)).await;
        assert_eq!(status, Status::InternalServerError, "{path}");
        let said = warnings();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].starts_with("ERROR: session: session key \"user\""),
            "{said:?}"
        );
    }
}

pub async fn a_store_that_does_not_answer_is_no_stranger(place: &dyn Fixture) {
    let store = Probe::new(place.open().store());
    let layer = Session::fairing().with_store(store.clone());
    let client = Client::untracked(app(place.settings()).attach(layer))
        .await
        .unwrap();
    let alice = Layer::of(client.rocket())
        .unwrap()
        .begin_session_for("alice");
    let cookie = alice.await.unwrap();
    store.breaks(Call::Load, Fault::Fails);
    for path in ["/account", "/orders", "/"] {
        let response = client.get(path).cookie(cookie.clone()).dispatch().await;
        assert_eq!(response.status(), Status::ServiceUnavailable, "{path}");
    }
}

pub async fn an_app_in_which_nothing_says_who_is_logged_in_does_not_start(place: &dyn Fixture) {
    let mut settings = place.settings();
    settings["identity_key"] = json!("");
    let unnamed = app(settings).attach(Session::fairing());
    warnings();
    for (rocket, line) in [
        (app(place.settings()), "add .attach(Session::fairing())"),
        (unnamed, "session.identity_key is empty"),
    ] {
        let kind = Client::untracked(rocket).await.map(drop).unwrap_err();
        let kind = format!("{:?}", kind.kind());
        assert!(kind.starts_with("SentinelAborts"), "{kind}");
        let said = warnings();
        assert!(
            said.iter()
                .any(|said| said.contains("LoggedIn") && said.contains(line)),
            "{said:?}"
        );
    }
}
