//! Starts, and what stops them.

use rocket::local::asynchronous::Client;
use rocket::{get, routes};
use rocket_session_layer::{Layer, Session};
use serde_json::{Value, json};

use crate::common::app::unattached;
use crate::common::log::warnings;

#[rocket::async_test]
async fn a_wrong_configuration_stops_the_start() {
    let rocket = unattached(json!({"idle": 0})).attach(Session::fairing());
    let error = Client::untracked(rocket).await.unwrap_err();
    assert!(matches!(
        error.kind(),
        rocket::error::ErrorKind::FailedFairings(_)
    ));
}

#[cfg(feature = "database")]
#[rocket::async_test]
async fn a_database_that_cannot_be_opened_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    std::fs::write(&file, "This is not a database. ".repeat(100)).unwrap();
    for path in [file.clone(), file.join("in a file.db")] {
        let rocket = unattached(json!({"database": path})).attach(Session::fairing());
        let error = Client::untracked(rocket).await.unwrap_err();
        assert!(matches!(
            error.kind(),
            rocket::error::ErrorKind::FailedFairings(_)
        ));
    }
}

#[get("/")]
fn home(session: &Session) -> String {
    session.has("user").to_string()
}

#[cfg(feature = "database")]
#[rocket::async_test]
async fn the_configured_database_is_made_with_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/sessions.db");
    let rocket = unattached(json!({"database": path})).attach(Session::fairing());
    let client = Client::untracked(rocket.mount("/", routes![home]))
        .await
        .unwrap();
    assert_eq!(
        client
            .get("/")
            .dispatch()
            .await
            .into_string()
            .await
            .unwrap(),
        "false"
    );
    assert!(path.is_file());
}

#[rocket::async_test]
async fn attached_twice_it_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let rocket = unattached(json!({"database": folder.path().join("sessions.db")}))
        .attach(Session::fairing())
        .attach(Session::fairing())
        .mount("/", routes![home]);
    let client = Client::untracked(rocket).await.unwrap();
    let response = client.get("/").dispatch().await;
    assert_eq!(
        response.headers().get("Vary").collect::<Vec<_>>(),
        ["Cookie"]
    );
    assert_eq!(response.into_string().await.unwrap(), "false");
}

#[rocket::async_test]
async fn a_view_that_asks_for_a_session_without_the_layer_stops_the_start() {
    let rocket = unattached(json!({})).mount("/", routes![home]);
    let error = Client::untracked(rocket).await.unwrap_err();
    assert!(matches!(
        error.kind(),
        rocket::error::ErrorKind::SentinelAborts(_)
    ));
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("asks for &Session,"), "{said:?}");
    assert!(said[0].contains(".attach(Session::fairing())"), "{said:?}");
}

#[get("/layer")]
fn engine(layer: &Layer) -> &'static str {
    layer.store_name()
}

#[rocket::async_test]
async fn a_view_can_ask_for_the_layer() {
    let rocket = unattached(json!({"engine": "cache"})).attach(Session::fairing());
    let client = Client::untracked(rocket.mount("/", routes![engine])).await;
    let client = client.unwrap();
    let response = client.get("/layer").dispatch().await;
    // Asking for the layer is no look at the visitor's session.
    assert_eq!(response.headers().get("Vary").count(), 0);
    assert_eq!(response.into_string().await.unwrap(), "cache");
}

#[rocket::async_test]
async fn a_view_that_asks_for_the_layer_without_it_stops_the_start() {
    let rocket = unattached(json!({})).mount("/", routes![engine]);
    assert!(Layer::of(&rocket).is_none());
    let error = Client::untracked(rocket).await.unwrap_err();
    assert!(matches!(
        error.kind(),
        rocket::error::ErrorKind::SentinelAborts(_)
    ));
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("asks for &Layer,"), "{said:?}");
    assert!(said[0].contains(".attach(Session::fairing())"), "{said:?}");
}

/// The warnings of an app that starts in this profile, with these settings.
async fn said_at_the_start(profile: &'static str, settings: Value) -> Vec<String> {
    let figment = unattached(settings).figment().clone().select(profile);
    let rocket = rocket::custom(figment).attach(Session::fairing());
    warnings();
    Client::untracked(rocket).await.unwrap();
    let mut said = warnings();
    said.retain(|line| !line.contains("kept in memory only"));
    said
}

#[rocket::async_test]
async fn a_release_without_tls_and_without_secure_says_so_once() {
    let said = said_at_the_start("release", json!({"engine": "cache"})).await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("session.secure = true"), "{said:?}");
    for (profile, secure) in [
        ("release", json!(true)),
        ("release", json!(false)),
        ("debug", json!("auto")),
    ] {
        let settings = json!({"engine": "cache", "secure": secure});
        let said = said_at_the_start(profile, settings).await;
        assert_eq!(said, [""; 0], "{profile}, {secure}");
    }
}
