//! The store on an app's own pool, and what holds for it alone.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, QueryResult, SqliteConnection};
use rocket::futures::FutureExt;
use rocket::futures::future::join_all;
use rocket::http::Status;
use rocket::local::asynchronous::Client;
use rocket::tokio::sync::Semaphore;
use rocket_session_layer::stores::{ConnectionPool, PooledStore};
use rocket_session_layer::{Layer, Outcome, Session, Store, StoreError};
use serde_json::json;

use crate::common::App;
use crate::common::app::unattached;
use crate::common::fixtures::{Fixture, PooledFixture, StoreFixture};
use crate::common::log::{listen, warnings};
use crate::common::samples::{locker, record};
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
    for answer in join_all(answers).await {
        says_come_again_later(&answer);
    }
    assert!(begun.elapsed() < Duration::from_secs(10));
    drop(held);
    assert_eq!(alice.set("b", 2).await.status, Status::Ok);
    assert_eq!(app.data(&alice).await, json!({ "user": "alice", "b": 2 }));
}

/// A pool of one connection for each query, in the thread that asks. It holds each query until its
/// gate is open.
struct Held {
    path: String,
    asked: AtomicUsize,
    gate: Semaphore,
}

impl Held {
    fn at(place: &PooledFixture, gate: usize) -> Arc<Held> {
        Arc::new(Held {
            path: place.path(),
            asked: AtomicUsize::default(),
            gate: Semaphore::new(gate),
        })
    }
}

impl ConnectionPool for Held {
    type Connection = SqliteConnection;

    fn size(&self) -> usize {
        2
    }

    async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut SqliteConnection) -> QueryResult<T> + Send + 'static,
    ) -> Result<QueryResult<T>, StoreError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.gate.acquire().await.unwrap().forget();
        let connection = SqliteConnection::establish(&self.path);
        Ok(query(&mut connection.unwrap()))
    }
}

/// Each query that waits in the pool has a thread, of which Rocket has some hundred.
#[rocket::async_test]
async fn no_more_queries_than_connections_are_handed_to_the_pool() {
    let place = PooledFixture::new();
    let pool = Held::at(&place, 2);
    let store = PooledStore::new(pool.clone(), &place.config());
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let before = pool.asked.load(Ordering::Relaxed);
    let mut loads = pin!(join_all((0..20).map(|_| store.load(locker(1)))));
    for _ in 0..3 {
        assert!(loads.as_mut().now_or_never().is_none());
        assert_eq!(pool.asked.load(Ordering::Relaxed), before + 2);
    }
    pool.gate.add_permits(20);
    for loaded in loads.await {
        assert!(loaded.unwrap().is_some());
    }
    assert_eq!(pool.asked.load(Ordering::Relaxed), before + 20);
}

#[rocket::async_test]
async fn connections_that_wait_for_no_other_writer_are_warned_of_once() {
    listen();
    let place = PooledFixture::new();
    let store = PooledStore::new(Held::at(&place, 9), &place.config());
    store.prepare().await.unwrap();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("PRAGMA busy_timeout"), "{said:?}");
}

#[rocket::async_test]
async fn a_file_that_another_program_has_locked_is_tried_again() {
    let place = PooledFixture::new();
    assert_eq!(place.store().create(&record(1)).await, Ok(Outcome::Done));
    let mut elsewhere = place.pool().get().unwrap();
    elsewhere.batch_execute("BEGIN IMMEDIATE").unwrap();
    let store = PooledStore::new(Held::at(&place, 9), &place.config());
    let locked = store.prepare().await;
    assert!(
        matches!(locked, Err(StoreError::Unavailable(_))),
        "{locked:?}"
    );
    elsewhere.batch_execute("COMMIT").unwrap();
    assert!(store.load(locker(1)).await.unwrap().is_some());
}
