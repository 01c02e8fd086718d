//! Catchers: after a commit that failed the visitor gets the page that Rocket would have chosen.

use rocket::http::{ContentType, Status};
use rocket::local::asynchronous::Client;
use rocket::request::Request;
use rocket::serde::json::Json;
use rocket::{Catcher, catch, catchers, get, routes};
use rocket_session_layer::{Error, Session};
use serde_json::{Value, json};

use crate::common::app::unattached;
use crate::common::fixtures::{CacheFixture, StoreFixture};
use crate::common::{Call, Fault, Probe};

#[get("/save")]
fn save(session: &Session) -> Result<&'static str, Error> {
    session.set("a", 1).map(|()| "saved")
}

#[catch(503)]
fn page() -> &'static str {
    "a page"
}

#[catch(default)]
fn any() -> &'static str {
    "a page for anything"
}

#[catch(503)]
fn object() -> Json<Value> {
    Json(json!({"error": "come again later"}))
}

#[catch(default)]
fn broken(_: Status, _: &Request<'_>) -> Result<(), Status> {
    Err(Status::InternalServerError)
}

/// The answer if nothing can be stored: status, content type and body.
async fn failure(
    catchers: impl IntoIterator<Item = (&'static str, Vec<Catcher>)>,
    path: &'static str,
) -> (u16, Option<ContentType>, String) {
    let store = Probe::new(CacheFixture.store());
    store.breaks(Call::Create, Fault::Fails);
    let mut rocket = unattached(json!({}))
        .attach(Session::fairing().with_store(store))
        .mount("/", routes![save])
        .mount("/api", routes![save])
        .mount("/apis", routes![save]);
    for (base, catchers) in catchers {
        rocket = rocket.register(base, catchers);
    }
    let client = Client::untracked(rocket).await.unwrap();
    let response = client.get(path).dispatch().await;
    assert!(response.headers().contains("Retry-After"));
    let (status, kind) = (response.status().code, response.content_type());
    (status, kind, response.into_string().await.unwrap())
}

#[rocket::async_test]
async fn the_catcher_for_the_status_goes_before_the_one_for_all() {
    let (status, _, body) = failure([("/", catchers![any, page])], "/save").await;
    assert_eq!((status, body.as_str()), (503, "a page"));
    let (status, _, body) = failure([("/", catchers![any])], "/save").await;
    assert_eq!((status, body.as_str()), (503, "a page for anything"));
}

#[rocket::async_test]
async fn the_nearest_catcher_goes_first_and_brings_its_content_type() {
    for catchers in [
        [("/", catchers![page]), ("/api", catchers![object])],
        [("/api", catchers![object]), ("/", catchers![page])],
    ] {
        let (status, kind, body) = failure(catchers, "/api/save").await;
        assert_eq!((status, kind), (503, Some(ContentType::JSON)));
        assert_eq!(body, r#"{"error":"come again later"}"#);
    }
}

#[rocket::async_test]
async fn a_catcher_of_another_place_is_not_asked() {
    for path in ["/save", "/apis/save"] {
        let (status, kind, body) = failure([("/api", catchers![object])], path).await;
        assert_eq!((status, body.as_str()), (503, "503 Service Unavailable"));
        assert_eq!(
            kind,
            Some(ContentType::Plain.with_params(("charset", "utf-8")))
        );
    }
}

#[rocket::async_test]
async fn a_catcher_that_fails_is_replaced_by_plain_text() {
    let (status, _, body) = failure([("/", catchers![broken])], "/save").await;
    assert_eq!((status, body.as_str()), (503, "503 Service Unavailable"));
}
