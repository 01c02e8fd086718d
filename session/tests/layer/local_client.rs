//! Rocket's tracking local client, with which an app's own tests log in: it sends no `Cookie` header
//! and keeps its cookies in Rocket's jar.

use rocket::http::{Cookie, Header};
use rocket::local::asynchronous::{Client, LocalRequest};
use rocket::{Build, Rocket, get, routes};
use rocket_session_layer::{Error, Session};

use super::Fixture;
use crate::common::app::unattached;

#[get("/")]
fn user(session: &Session) -> Result<String, Error> {
    Ok(session.get("user")?.unwrap_or_else(|| "nobody".to_owned()))
}

#[get("/login")]
fn login(session: &Session) -> Result<(), Error> {
    session.set("user", "alice")
}

#[get("/logout")]
fn logout(session: &Session) {
    session.pop("user");
}

#[get("/flush")]
fn flush(session: &Session) {
    session.flush();
}

fn app(place: &dyn Fixture) -> Rocket<Build> {
    unattached(place.settings())
        .attach(Session::fairing())
        .mount("/", routes![user, login, logout, flush])
}

async fn client(place: &dyn Fixture) -> Client {
    Client::tracked(app(place)).await.unwrap()
}

async fn answer(request: LocalRequest<'_>) -> String {
    let response = request.dispatch().await;
    response.into_string().await.unwrap_or_default()
}

/// The session cookie that the client keeps.
fn kept(client: &Client) -> Cookie<'static> {
    client.cookies().get("session_id").unwrap().clone()
}

pub async fn a_session_set_in_one_request_is_there_in_the_next(place: &dyn Fixture) {
    let client = client(place).await;
    assert_eq!(answer(client.get("/")).await, "nobody");
    answer(client.get("/login")).await;
    for _ in 0..2 {
        assert_eq!(answer(client.get("/")).await, "alice");
    }
}

pub async fn after_a_logout_it_is_gone_and_the_next_login_counts(place: &dyn Fixture) {
    let client = client(place).await;
    for end in ["/logout", "/flush"] {
        answer(client.get("/login")).await;
        assert_eq!(answer(client.get("/")).await, "alice", "{end}");
        answer(client.get(end)).await;
        for _ in 0..2 {
            assert_eq!(answer(client.get("/")).await, "nobody", "{end}");
        }
    }
}

pub async fn a_cookie_that_the_test_adds_opens_it(place: &dyn Fixture) {
    let client = Client::untracked(app(place)).await.unwrap();
    let login = client.get("/login").dispatch().await;
    let cookie = login.cookies().get("session_id").unwrap().clone();
    assert_eq!(answer(client.get("/")).await, "nobody");
    let beside = client.get("/").cookie(("theirs", "x"));
    assert_eq!(answer(beside.cookie(cookie)).await, "alice");
    let foreign = client.get("/").cookie(("session_id", "x"));
    assert_eq!(answer(foreign).await, "nobody");
}

pub async fn a_request_with_a_cookie_header_never_falls_back_to_the_jar(place: &dyn Fixture) {
    let client = client(place).await;
    answer(client.get("/login")).await;
    let value = kept(&client).value().to_owned();
    for (header, expected) in [
        // Rocket's jar decodes this name, which a page of a neighbouring host may set.
        (format!("session%5Fid={value}"), "nobody"),
        (format!("Session_id={value}"), "nobody"),
        ("theirs=1".to_owned(), "nobody"),
        (String::new(), "nobody"),
        (format!("session_id={value}"), "alice"),
    ] {
        let request = client
            .get("/")
            .header(Header::new("Cookie", header.clone()));
        assert_eq!(answer(request).await, expected, "{header:?}");
    }
}
