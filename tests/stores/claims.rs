//! What a store says of itself: in its claims, in the docs, in the configuration.

use std::sync::Arc;

use rocket::error::ErrorKind;
use rocket::local::asynchronous::Client;
use serde_json::json;
use session_lessons::session::stores::Capabilities;
use session_lessons::session::{Layer, Session};

use super::Fixture;
use crate::common::app::unattached;
use crate::common::samples::locker;

pub async fn the_table_in_the_docs_says_what_the_store_claims(place: &dyn Fixture) {
    let docs = include_str!("../../src/session/stores/mod.rs");
    let rows = docs.lines().filter_map(|line| line.strip_prefix("//! | "));
    let mut rows = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    let heads = rows.next().unwrap();
    let row = rows.find(|row| row[0] == place.engine()).unwrap();
    let Capabilities {
        atomic,
        revocable,
        listable,
        shared,
        durable,
    } = place.open().capabilities();
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

pub async fn a_place_that_cannot_be_used_stops_the_start(place: &dyn Fixture) {
    // What is only in memory needs no place, and a Redis may come later.
    if !place.open().capabilities().durable || place.engine() == "redis" {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "mine").unwrap();
    let settings = json!({
        "engine": place.engine(),
        "database": in_the_way.join("sessions.db"),
        "folder": in_the_way.join("sessions"),
        "key_file": in_the_way.join("session.keys"),
    });
    let rocket = unattached(settings).attach(Session::fairing());
    let error = Client::untracked(rocket).await.map(drop).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::FailedFairings(_)));
    assert_eq!(std::fs::read(&in_the_way).unwrap(), b"mine");
}

pub async fn the_engine_can_be_configured(place: &dyn Fixture) {
    let folder = tempfile::tempdir().unwrap();
    let settings = json!({
        "engine": place.engine(),
        "key_file": folder.path().join("session.keys"),
        "database": folder.path().join("sessions.db"),
        "folder": folder.path().join("sessions"),
        "redis": place.address(),
    });
    let rocket = unattached(settings).attach(Session::fairing());
    let client = Client::untracked(rocket).await.unwrap();
    let layer: &Arc<Layer> = client.rocket().state().unwrap();
    let travels = place.open().seal().is_some();
    assert_eq!(layer.travels(), travels);
    if !travels {
        assert!(layer.look_into(locker(1)).await.unwrap().is_none());
    }
}
