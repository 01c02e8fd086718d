//! The store on an app's own pool, and what holds for it alone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rocket::http::Status;
use rocket::local::asynchronous::Client;
use rocket_session_layer::stores::PooledStore;
use rocket_session_layer::{Layer, Session, Store};
use serde_json::json;

use crate::common::App;
use crate::common::app::unattached;
use crate::common::fixtures::{Fixture, PooledFixture};
use crate::layer::failures::says_come_again_later;

#[rocket::async_test]
async fn an_app_hands_its_pool_to_the_fairing() {
    let place = PooledFixture::new();
    let settings = json!({ "engine": "cache", "table": "web_sessions" });
    let fairing = Session::fairing().with_pool(place.pool());
    let client = Client::untracked(unattached(settings).attach(fairing)).await;
    let client = client.unwrap();
    let layer = Layer::of(client.rocket()).unwrap();
    assert_eq!(layer.store_name(), "database");
    layer.begin_session_for("alice").await.unwrap();
    // The same table by another way.
    let sessions = place.open().store().of_user("alice").await.unwrap();
    assert_eq!(sessions.len(), 1);
}

#[rocket::async_test]
async fn a_pool_that_is_exhausted_is_503_and_there_again_later() {
    let mut place = PooledFixture::new();
    place.patience = Duration::from_millis(50);
    let pool = place.pool();
    let store: Arc<dyn Store> = Arc::new(PooledStore::new(pool.clone(), &place.config()));
    let app = App::on(store).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    let size = pool.max_size();
    let held: Vec<_> = (0..size).map(|_| pool.get().unwrap()).collect();
    let begun = Instant::now();
    // More visitors than connections, each of whom waits for one.
    let tabs: Vec<_> = (0..size * 4).map(|_| alice.twin()).collect();
    let answers = tabs.iter().map(|tab| tab.set("a", 1));
    for answer in rocket::futures::future::join_all(answers).await {
        says_come_again_later(&answer);
    }
    assert!(begun.elapsed() < Duration::from_secs(10));
    drop(held);
    assert_eq!(alice.set("b", 2).await.status, Status::Ok);
    assert_eq!(app.data(&alice).await, json!({ "user": "alice", "b": 2 }));
}
