use rocket::error::ErrorKind;
use rocket::http::Header;
use rocket::local::blocking::Client;
use rocket::{Build, get, post, routes};
use tempfile::TempDir;

use super::*;
use crate::accounts::{self, Passwords};
use crate::db::{Database, Synchronous};
use crate::schema::migrate;

/// Deletes the account between two guards of one request: the second makes no query.
#[get("/twice")]
async fn twice(visitor: &Visitor, twin: DeletedMeanwhile<'_>) -> String {
    format!("{} {}", visitor.username(), twin.0.username())
}

struct DeletedMeanwhile<'r>(&'r Visitor);

#[async_trait]
impl<'r> FromRequest<'r> for DeletedMeanwhile<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let accounts = request.rocket().state::<Accounts>().unwrap();
        let session = request.guard::<&Session>().await.unwrap();
        assert!(accounts.delete(session.layer(), "alice").await.unwrap());
        request.guard::<&Visitor>().await.map(DeletedMeanwhile)
    }
}

#[get("/in/<userid>")]
fn log_in(userid: &str, session: &Session) {
    session.set("user", userid).unwrap();
}

#[get("/profile")]
fn profile(user: &User) -> String {
    user.real_name.clone()
}

#[post("/profile")]
fn change(_user: &User) {}

#[post("/nowhere")]
fn send(_user: &User) {}

fn app() -> (TempDir, Rocket<Build>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let database = Database::open(&path, Synchronous::Normal).unwrap();
    migrate(&database).unwrap();
    let accounts = Accounts::new(database, Passwords::new(4).unwrap());
    let config = rocket::Config::figment()
        .merge(("log_level", "off"))
        .merge(("session.database", path));
    let rocket = rocket::custom(config)
        .attach(accounts::stage(accounts))
        .register("/", strangers_go_to("/login"))
        .mount("/", routes![twice, log_in, profile, change, send]);
    (folder, rocket)
}

/// The cookies that a browser brings along after having been to `path`.
fn cookie_from(client: &Client, path: &str) -> Header<'static> {
    let response = client.get(path).dispatch();
    let cookie = response.headers().get_one("Set-Cookie").unwrap();
    let pair = cookie.split(';').next().unwrap();
    Header::new("Cookie", pair.to_owned())
}

#[test]
fn who_is_asking_is_found_out_once_a_request() {
    let (_folder, rocket) = app();
    let client = Client::tracked(rocket.attach(Session::fairing())).unwrap();
    let cookie = cookie_from(&client, "/in/alice");
    let get = |path| client.get(path).header(cookie.clone()).dispatch();
    assert_eq!(get("/profile").into_string().as_deref(), Some("Alice Kim"));
    assert_eq!(get("/twice").into_string().as_deref(), Some("alice alice"));
    assert_eq!(get("/profile").status(), Status::SeeOther);
}

/// A user who is let in must be found when their sessions are to end, and they are found as
/// written.
#[test]
fn another_spelling_of_the_userid_in_the_session_is_nobody() {
    let (_folder, rocket) = app();
    let client = Client::tracked(rocket.attach(Session::fairing())).unwrap();
    let cookie = cookie_from(&client, "/in/Alice");
    let answer = client.get("/profile").header(cookie).dispatch();
    assert_eq!(answer.status(), Status::SeeOther);
}

#[test]
fn a_stranger_comes_back_to_a_page_and_never_to_a_form() {
    let (_folder, rocket) = app();
    let client = Client::tracked(rocket.attach(Session::fairing())).unwrap();
    let place = |request: rocket::local::blocking::LocalRequest<'_>| {
        let response = request.dispatch();
        assert_eq!(response.status(), Status::SeeOther);
        response.headers().get_one("Location").unwrap().to_owned()
    };
    assert_eq!(
        place(client.get("/profile?a=1&b=2")),
        "/login?next=/profile%3Fa%3D1%26b%3D2"
    );
    assert_eq!(place(client.post("/profile?a=1")), "/login?next=/profile");
    assert_eq!(place(client.post("/nowhere")), "/login");
}

#[test]
fn without_the_session_layer_the_start_stops() {
    let (_folder, rocket) = app();
    let error = Client::tracked(rocket).map(drop).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::SentinelAborts(_)));
}

#[test]
fn a_value_that_is_no_name_is_an_error_and_nobody_is_let_in() {
    #[get("/in")]
    fn number(session: &Session) {
        session.set("user", 7).unwrap();
    }
    let (_folder, rocket) = app();
    let rocket = rocket
        .mount("/", routes![number])
        .attach(Session::fairing());
    let client = Client::tracked(rocket).unwrap();
    let cookie = cookie_from(&client, "/in");
    let answer = client.get("/profile").header(cookie).dispatch();
    assert_eq!(answer.status(), Status::InternalServerError);
}
