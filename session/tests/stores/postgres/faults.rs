//! PostgreSQL stops, ends, restarts, allows only reading: what visitors see, and what is left.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use rocket::http::Status;
use rocket::tokio::time::sleep;
use rocket_session_layer::stores::{PooledStore, PostgresPool};
use rocket_session_layer::{Config, Store};
use serde_json::{Value, json};

use super::started;
use crate::common::postgres::Server;
use crate::common::{App, Browser};
use crate::layer::failures::says_come_again_later;

/// The store's patience, for a connection and for an answer, and a machine that has other work.
const SOON: Duration = Duration::from_secs(20);

async fn app_on(server: &Server) -> App {
    let pool = PostgresPool::to(&server.address());
    let store = PooledStore::new(pool, &Config::default());
    App::on(Arc::new(store) as Arc<dyn Store>).await
}

async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    alice
}

/// Asks until the page is there again.
async fn again(visitor: &Browser<'_>) -> Value {
    let begun = Instant::now();
    loop {
        let answer = visitor.visit(|session| session.get::<Value>("user")).await;
        if answer.status == Status::Ok {
            return answer.value();
        }
        says_come_again_later(&answer);
        assert!(begun.elapsed() < SOON);
        sleep(Duration::from_millis(20)).await;
    }
}

#[rocket::async_test]
async fn away_at_the_start_it_is_used_when_it_is_there() {
    let mut server = Server::start(&[]);
    server.kill();
    let settings = json!({ "engine": "postgres", "postgres": server.url() });
    let (starts, said) = started(settings).await;
    assert!(starts && said.contains("Connection refused"), "{said}");
    let app = app_on(&server).await;
    let alice = app.browser();
    says_come_again_later(&alice.set("user", "alice").await);
    server.start_again();
    let begun = Instant::now();
    while alice.set("user", "alice").await.status != Status::Ok {
        assert!(begun.elapsed() < SOON);
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(alice.get("user").await, "alice");
}

#[rocket::async_test]
async fn killed_and_started_again_it_is_used_again() {
    let mut server = Server::start(&[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    for round in 1..=2 {
        let (written, ()) = alice
            .visit_while(
                |_| Ok(()),
                async { server.kill() },
                |session| session.set("a", 1),
            )
            .await;
        says_come_again_later(&written);
        says_come_again_later(&alice.set("b", 2).await);
        server.start_again();
        assert_eq!(again(&alice).await, "alice");
        assert_eq!(app.data(&alice).await.get("a"), None);
        assert_eq!(app.data(&alice).await.get("b"), None);
        assert_eq!(alice.add_one("n").await.value(), round);
    }
}

#[rocket::async_test]
async fn a_restart_between_two_requests_costs_nobody_a_page() {
    let mut server = Server::start(&[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    let tabs: Vec<_> = (0..20).map(|_| alice.twin()).collect();
    for _ in 0..3 {
        let reads = tabs.iter().map(|tab| tab.get("user"));
        rocket::futures::future::join_all(reads).await;
        server.kill();
        server.start_again();
        assert_eq!(alice.set("a", 1).await.status, Status::Ok);
        assert_eq!(alice.get("user").await, "alice");
    }
}

#[rocket::async_test]
async fn while_it_is_stopped_everybody_is_told_soon_and_nothing_is_lost() {
    let server = Server::start(&[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    let begun = Instant::now();
    server.stop();
    // More visitors than connections.
    let tabs: Vec<_> = (0..40).map(|_| alice.twin()).collect();
    let answers = rocket::futures::future::join_all(tabs.iter().map(|tab| tab.add_one("n"))).await;
    for answer in answers {
        says_come_again_later(&answer);
    }
    says_come_again_later(&app.browser().set("c", 3).await);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    server.go_on();
    assert_eq!(again(&alice).await, "alice");
    assert_eq!(app.data(&alice).await, json!({ "user": "alice" }));
    assert_eq!(alice.add_one("n").await.status, Status::Ok);
}

#[rocket::async_test]
async fn while_it_allows_only_reading_pages_are_read_and_nothing_is_overwritten() {
    let server = Server::start(&[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    let allow_only_reading = "default_transaction_read_only";
    server.run(&format!("ALTER SYSTEM SET {allow_only_reading} = on"));
    server.run("SELECT pg_reload_conf()");
    assert_eq!(again(&alice).await, "alice");
    let begun = Instant::now();
    while alice.set("a", 1).await.status == Status::Ok {
        assert!(begun.elapsed() < SOON, "it has not read its settings");
    }
    let a = app.data(&alice).await;
    says_come_again_later(&alice.set("a", 2).await);
    says_come_again_later(&app.browser().set("a", 2).await);
    assert_eq!(app.data(&alice).await, a);
    let settings = json!({ "engine": "postgres", "postgres": server.url() });
    let (starts, said) = started(settings).await;
    assert!(starts && said.contains("read-only transaction"), "{said}");
    let mut writing = server.connect();
    for sql in [
        format!("SET {allow_only_reading} = off"),
        format!("ALTER SYSTEM RESET {allow_only_reading}"),
        "SELECT pg_reload_conf()".to_owned(),
    ] {
        writing.batch_execute(&sql).unwrap();
    }
    // No connection had to be closed by hand: the one of the failed change is not used again.
    let begun = Instant::now();
    while alice.set("a", 3).await.status != Status::Ok {
        assert!(begun.elapsed() < SOON);
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(app.data(&alice).await, json!({ "user": "alice", "a": 3 }));
}
