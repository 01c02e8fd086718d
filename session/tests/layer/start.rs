//! The start: a configured engine is opened, or the app does not start.

use std::sync::Arc;

use rocket::error::ErrorKind;
use rocket::local::asynchronous::Client;
use rocket_session_layer::{Capabilities, Layer, Session};
use serde_json::json;

use super::Fixture;
use crate::common::app::unattached;
use crate::common::browser::Browser;
use crate::common::fixtures::{CacheFixture, StoreFixture};
use crate::common::{App, Probe};

pub async fn a_place_that_cannot_be_used_stops_the_start(place: &dyn Fixture) {
    let mut settings = place.settings();
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "mine").unwrap();
    for (setting, name) in [
        ("database", "sessions.db"),
        ("folder", "sessions"),
        ("key_file", "session.keys"),
    ] {
        settings[setting] = json!(in_the_way.join(name));
    }
    // Keys in the configuration need no file.
    settings.as_object_mut().unwrap().remove("keys");
    let rocket = unattached(settings).attach(Session::fairing());
    let error = Client::untracked(rocket).await.map(drop).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::FailedFairings(_)));
    assert_eq!(std::fs::read(&in_the_way).unwrap(), b"mine");
}

pub async fn the_table_in_the_docs_says_what_the_engine_claims(place: &dyn Fixture) {
    let docs = include_str!("../../src/stores/mod.rs");
    let rows = docs.lines().filter_map(|line| line.strip_prefix("//! | "));
    let mut rows = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    let heads = rows.next().unwrap();
    let settings = place.settings();
    let row = rows.find(|row| row[0] == settings["engine"]).unwrap();
    let app = App::on(place.open()).await;
    let Capabilities {
        atomic,
        revocable,
        listable,
        shared,
        durable,
    } = app.layer().capabilities();
    for (head, claimed) in [
        ("atomic", atomic),
        ("revocable", revocable),
        ("listable", listable),
        ("shared", shared),
        ("durable", durable),
    ] {
        let column = heads.iter().position(|name| *name == head).unwrap();
        assert_eq!(row[column], if claimed { "yes" } else { "no" }, "{head}");
    }
}

pub async fn the_layer_names_its_store(place: &dyn Fixture) {
    let settings = place.settings();
    let app = App::on(place.open()).await;
    let names = json!([app.layer().store_name()]);
    assert_eq!(names[0], settings["engine"]);
    let rocket = unattached(settings.clone()).attach(Session::fairing());
    let client = Client::untracked(rocket).await.unwrap();
    let layer = Layer::of(client.rocket()).unwrap();
    assert_eq!(json!(layer.store_name()), settings["engine"]);
}

pub async fn a_store_of_the_apps_own_is_named_whatever_engine_is_configured(place: &dyn Fixture) {
    let mine = Probe::new(CacheFixture.store());
    mine.is_called("mine");
    let fairing = Session::fairing().with_store(mine);
    let rocket = unattached(place.settings()).attach(fairing);
    let client = Client::untracked(rocket).await.unwrap();
    let layer = Layer::of(client.rocket()).unwrap();
    assert_eq!(layer.store_name(), "mine");
}

pub async fn the_engine_can_be_configured(place: &dyn Fixture) {
    let rocket = unattached(place.settings()).attach(Session::fairing());
    let client = Client::untracked(rocket).await.unwrap();
    let layer: &Arc<Layer> = client.rocket().state().unwrap();
    let durable = layer.capabilities().durable;
    let store = place.open().store;
    let claimed = store.map(|store| store.capabilities().durable);
    assert_eq!(durable, claimed.unwrap_or(true));
    assert_eq!(Browser::new(&client).locker(), None);
}
