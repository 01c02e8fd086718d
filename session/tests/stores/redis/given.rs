//! The app's own client and connections, those to a cluster too.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use redis::Client;
use redis::aio::MultiplexedConnection;
use rocket::tokio::runtime::Handle;
use rocket::tokio::task::block_in_place;
use rocket::tokio::time::sleep;
use rocket_session_layer::conformance::Place;
use rocket_session_layer::stores::RedisStore;
use rocket_session_layer::{Address, Store, StoreError};

use super::faults::{ask, tell};
use super::rights::every_operation;
use crate::common::redis::{Server, shared};

fn client(server: &Server) -> Client {
    Client::open(server.url()).unwrap()
}

/// Keys of its own.
fn prefix(name: &str) -> String {
    static PLACES: AtomicU32 = AtomicU32::new(0);
    format!("{name}{}:", PLACES.fetch_add(1, Ordering::Relaxed))
}

struct WithClient(String);

impl Place for WithClient {
    fn empty() -> Self {
        WithClient(prefix("client"))
    }

    fn open(&self) -> Arc<dyn Store> {
        Arc::new(RedisStore::with_client(&client(shared()), &*self.0).unwrap())
    }
}

mod with_client {
    rocket_session_layer::conformance! {
        #[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
        super::WithClient
    }
}

struct WithConnection(String);

impl Place for WithConnection {
    fn empty() -> Self {
        WithConnection(prefix("connection"))
    }

    fn open(&self) -> Arc<dyn Store> {
        let connection = block_in_place(|| Handle::current().block_on(connection(shared())));
        Arc::new(RedisStore::with_connection(connection, &*self.0))
    }
}

async fn connection(server: &Server) -> MultiplexedConnection {
    let connection = client(server).get_multiplexed_async_connection().await;
    connection.unwrap()
}

mod with_connection {
    rocket_session_layer::conformance! {
        #[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
        super::WithConnection
    }
}

/// One node that has all of the cluster's places for keys.
async fn cluster(folder: &Path) -> Server {
    let server = Server::start(folder, &["--cluster-enabled", "yes"]);
    let mut redis = server.connect();
    tell(&mut redis, "CLUSTER ADDSLOTSRANGE 0 16383");
    let begun = Instant::now();
    while !ask::<String>(&mut redis, "CLUSTER INFO")
        .unwrap()
        .contains("cluster_state:ok")
    {
        assert!(begun.elapsed() < Duration::from_secs(20));
        sleep(Duration::from_millis(20)).await;
    }
    server
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_cluster_keeps_the_keys_with_one_text_in_braces_together() {
    let folder = tempfile::tempdir().unwrap();
    let server = cluster(folder.path()).await;
    let connection = connection(&server).await;
    let apart = RedisStore::with_connection(connection.clone(), "session:");
    let line = unusable(apart.prepare().await);
    assert!(
        line.contains("same slot") && line.contains("{session}:"),
        "{line}"
    );
    every_operation(&RedisStore::with_connection(connection, "{session}:")).await;
    let keys: Vec<String> = ask(&mut server.connect(), "KEYS *").unwrap();
    assert_eq!(keys, [""; 0]);
}

/// The line that stops the start.
fn unusable(prepared: Result<(), StoreError>) -> String {
    match prepared {
        Err(StoreError::Unusable(reason)) => reason.to_string(),
        prepared => panic!("{prepared:?}"),
    }
}

/// It would lead to one node, which may have other keys than these tomorrow.
#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_cluster_is_refused_by_its_address() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--cluster-enabled", "yes"]);
    let store = RedisStore::open(&Address::from(&*server.url()), "{session}:").unwrap();
    let line = unusable(store.prepare().await);
    assert!(line.starts_with("Redis at 127.0.0.1:"), "{line}");
    assert!(
        line.contains("CLUSTER") && line.contains("with_connection"),
        "{line}"
    );
}
