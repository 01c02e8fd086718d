//! Redis stops, ends, fills up, forgets: what visitors see, and what is left.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use redis::{Connection, FromRedisValue, RedisResult};
use rocket::futures::future::join_all;
use rocket::http::Status;
use rocket::tokio::join;
use rocket::tokio::time::sleep;
use rocket_session_layer::Store;
use rocket_session_layer::stores::RedisStore;
use serde_json::{Value, json};

use crate::common::redis::Server;
use crate::common::{Answer, App, Browser};
use crate::layer::failures::says_come_again_later;

/// The store's patience with Redis.
const PATIENCE: Duration = Duration::from_secs(2);

/// For how long at least it does not look again.
pub const PAUSE: Duration = Duration::from_millis(500);

/// The store's patience, perhaps once for an answer and once for a new connection, and a machine
/// that has other work.
pub const SOON: Duration = Duration::from_secs(8);

async fn app_on(server: &Server) -> App {
    on(RedisStore::open(&server.address(), "session:").unwrap()).await
}

pub async fn on(store: RedisStore) -> App {
    App::on(Arc::new(store) as Arc<dyn Store>).await
}

pub async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    alice
}

async fn soon<T>(answer: impl Future<Output = T>) -> T {
    let (begun, answer) = (Instant::now(), answer.await);
    let elapsed = begun.elapsed();
    assert!(elapsed < SOON, "{elapsed:?}");
    answer
}

/// Asks until the page is there again.
pub async fn again(visitor: &Browser<'_>) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = visitor.visit(|session| session.get::<Value>("user")).await;
        if answer.status == Status::Ok {
            return answer;
        }
        says_come_again_later(&answer);
        assert!(begun.elapsed() < SOON);
        sleep(Duration::from_millis(20)).await;
    }
}

pub fn tell(redis: &mut Connection, words: &str) {
    let () = ask(redis, words).unwrap();
}

pub fn ask<T: FromRedisValue>(redis: &mut Connection, words: &str) -> RedisResult<T> {
    let mut words = words.split(' ');
    let mut command = redis::cmd(words.next().unwrap());
    command.arg(words.collect::<Vec<_>>()).query(redis)
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn while_it_is_stopped_everybody_is_told_soon_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    let (written, ()) = soon(alice.visit_while(
        |_| Ok(()),
        async { server.stop() },
        |session| session.set("a", 1),
    ))
    .await;
    says_come_again_later(&written);
    says_come_again_later(&soon(alice.set("b", 2)).await);
    says_come_again_later(&soon(app.browser().set("c", 3)).await);
    server.go_on();
    assert_eq!(again(&alice).await.value(), "alice");
    // The write that was on its way when Redis stopped was made or not; later ones were not.
    let data = app.data(&alice).await;
    let (undone, done) = (json!({"user": "alice"}), json!({"user": "alice", "a": 1}));
    assert!(data == undone || data == done, "{data}");
    assert_eq!(alice.add_one("n").await.status, Status::Ok);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn while_it_is_stopped_nobody_waits_for_others() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    server.stop();
    // One after the other: only now and then one of them looks whether it is back.
    soon(async {
        for _ in 0..10 {
            says_come_again_later(&alice.set("a", 1).await);
        }
    })
    .await;
    // All at once, when it is time to look again: one of them does.
    sleep(PAUSE).await;
    let tabs: Vec<_> = (0..100).map(|_| alice.twin()).collect();
    let begun = Instant::now();
    let answers = tabs.iter().map(async |tab| {
        says_come_again_later(&tab.add_one("n").await);
        begun.elapsed()
    });
    let times = soon(join_all(answers)).await;
    let waited = times.iter().filter(|time| **time >= PATIENCE).count();
    assert!(waited <= 10, "{waited} of 100 waited");
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn killed_and_started_again_it_is_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let settings = ["--appendonly", "yes", "--appendfsync", "always"];
    let mut server = Server::start(folder.path(), &settings);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    for round in 1..=2 {
        let (written, ()) = soon(alice.visit_while(
            |_| Ok(()),
            async { server.kill() },
            |session| session.set("a", 1),
        ))
        .await;
        says_come_again_later(&written);
        says_come_again_later(&soon(alice.set("b", 2)).await);
        server.start_again();
        assert_eq!(again(&alice).await.value(), "alice");
        assert_eq!(app.data(&alice).await.get("b"), None);
        assert_eq!(alice.add_one("n").await.value(), round);
    }
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_connection_that_was_closed_meanwhile_costs_nobody_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    for _ in 0..5 {
        tell(&mut server.connect(), "CLIENT KILL TYPE normal");
        server.is_left_with(0).await;
        assert_eq!(app.browser().set("a", 1).await.status, Status::Ok);
        assert_eq!(alice.get("user").await, "alice");
    }
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_server_starts_without_it_and_uses_it_when_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    server.kill();
    let app = app_on(&server).await;
    let visitor = app.browser();
    for _ in 0..3 {
        says_come_again_later(&soon(visitor.set("a", 1)).await);
    }
    assert_eq!(visitor.open("/plain").await.body, "plain");
    server.start_again();
    let begun = Instant::now();
    while visitor.set("a", 1).await.status != Status::Ok {
        assert!(begun.elapsed() < SOON);
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(visitor.get("a").await, 1);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_password_that_was_wrong_need_not_stay_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    let mut redis = server.connect();
    tell(&mut redis, "CONFIG SET requirepass geheim");
    tell(&mut redis, "CLIENT KILL TYPE normal");
    server.is_left_with(1).await;
    says_come_again_later(&soon(alice.set("a", 1)).await);
    tell(&mut redis, "CONFIG SET requirepass ");
    assert_eq!(again(&alice).await.value(), "alice");
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn scripts_may_be_flushed_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let (one, other) = (app_on(&server).await, app_on(&server).await);
    let visitor = one.browser();
    visitor.set("n", 0).await;
    let elsewhere = visitor.at(&other.browser());
    let tabs: Vec<_> = (0..50)
        .flat_map(|_| [visitor.twin(), elsewhere.twin()])
        .collect();
    let mut redis = server.connect();
    let flush = async {
        for _ in 0..50 {
            tell(&mut redis, "SCRIPT FLUSH");
            sleep(Duration::from_millis(1)).await;
        }
    };
    let (answers, ()) = join!(join_all(tabs.iter().map(|tab| tab.add_one("n"))), flush);
    assert!(answers.iter().all(|answer| answer.status == Status::Ok));
    assert_eq!(one.data(&visitor).await, json!({"n": 100}));
}

/// Every kind of change is refused and does nothing, and what is there can be read.
async fn refuses_changes(app: &App, alice: &Browser<'_>) {
    says_come_again_later(&app.browser().set("a", 1).await);
    for answer in [
        alice.set("a", 1).await,
        alice.add_one("n").await,
        alice.set("user", "alice").await,
        alice.does(|session| session.rotate()).await,
    ] {
        says_come_again_later(&answer);
    }
    assert_eq!(app.data(alice).await, json!({"user": "alice"}));
    assert_eq!(alice.get("user").await, "alice");
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn when_it_is_full_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--maxmemory-policy", "noeviction"]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    tell(&mut server.connect(), "CONFIG SET maxmemory 1");
    refuses_changes(&app, &alice).await;
    // Leaving is always possible.
    assert_eq!(
        alice.does(|session| session.flush()).await.status,
        Status::Ok
    );
    assert_eq!(app.row(&alice).await.map(drop), None);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_replica_is_read_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let app = app_on(&server).await;
    let alice = alice(&app).await;
    let mut redis = server.connect();
    // Its master does not exist: it waits, and serves what it has.
    tell(&mut redis, "REPLICAOF 127.0.0.1 1");
    refuses_changes(&app, &alice).await;
    says_come_again_later(&alice.does(|session| session.flush()).await);
    tell(&mut redis, "REPLICAOF NO ONE");
    assert_eq!(alice.add_one("n").await.value(), 1);
}
