//! Another Redis becomes the primary: the old one is left, and the new one is found.

use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use redis::{Connection, Value};
use rocket::figment::Figment;
use rocket::http::Status;
use rocket::tokio::io::copy_bidirectional;
use rocket::tokio::net::{TcpListener, TcpStream};
use rocket::tokio::spawn;
use rocket::tokio::time::sleep;
use rocket_session_layer::stores::RedisStore;
use rocket_session_layer::{Address, Config};
use serde_json::json;

use super::faults::{PAUSE, SOON, alice, ask, on, tell};
use crate::common::Browser;
use crate::common::redis::Server;
use crate::common::samples::locker;
use crate::layer::failures::says_come_again_later;

/// A sentinel looks every second, and takes several steps for a fail-over.
const SOME_STEPS: Duration = Duration::from_secs(30);

/// An address that can be pointed to another Redis, as a name in the DNS can: connections that are
/// there stay with the old one.
struct Name {
    port: u16,
    leads_to: Arc<AtomicU16>,
}

impl Name {
    async fn of(server: &Server) -> Name {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let leads_to = Arc::new(AtomicU16::new(server.port()));
        let now = leads_to.clone();
        spawn(async move {
            while let Ok((mut here, _)) = listener.accept().await {
                let port = now.load(Ordering::SeqCst);
                spawn(async move {
                    let mut there = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
                    copy_bidirectional(&mut here, &mut there).await
                });
            }
        });
        Name { port, leads_to }
    }

    fn store(&self) -> RedisStore {
        let address = format!("redis://127.0.0.1:{}", self.port);
        RedisStore::open(&Address::from(&*address), "session:").unwrap()
    }

    fn point_to(&self, server: &Server) {
        self.leads_to.store(server.port(), Ordering::SeqCst);
    }
}

/// Asks until this holds.
async fn until(mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < SOME_STEPS);
        sleep(Duration::from_millis(20)).await;
    }
}

/// Begins a replica, which has everything then.
async fn replicate(primary: &Server, replica: &Server) {
    let mut redis = replica.connect();
    tell(
        &mut redis,
        &format!("REPLICAOF 127.0.0.1 {}", primary.port()),
    );
    until(|| role(&mut redis) == "slave connected").await;
}

/// The part that a Redis has, and a replica's link to its primary.
fn role(redis: &mut Connection) -> String {
    match ask(redis, "ROLE").unwrap() {
        Value::Array(role) => {
            let texts = [role.first(), role.get(3)].into_iter().flatten();
            let texts = texts.filter_map(|text| redis::from_redis_value(text.clone()).ok());
            texts.collect::<Vec<String>>().join(" ")
        }
        role => panic!("{role:?}"),
    }
}

/// Writes until it is written, and counts the pages that were refused before.
async fn write_again(visitor: &Browser<'_>, value: i64) -> usize {
    let (begun, mut refused) = (Instant::now(), 0);
    loop {
        let answer = visitor.set("a", value).await;
        if answer.status == Status::Ok {
            return refused;
        }
        says_come_again_later(&answer);
        assert!(begun.elapsed() < SOON);
        refused += 1;
        sleep(Duration::from_millis(20)).await;
    }
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_change_that_a_replica_refuses_leads_to_a_new_connection() {
    let folder = tempfile::tempdir().unwrap();
    let (mut old, new) = (
        Server::start(folder.path(), &[]),
        Server::start(folder.path(), &[]),
    );
    let name = Name::of(&old).await;
    let app = on(name.store()).await;
    let alice = alice(&app).await;
    replicate(&old, &new).await;
    tell(&mut new.connect(), "REPLICAOF NO ONE");
    tell(
        &mut old.connect(),
        &format!("REPLICAOF 127.0.0.1 {}", new.port()),
    );
    name.point_to(&new);
    assert!(
        write_again(&alice, 1).await > 0,
        "the connection was still there"
    );
    old.kill();
    assert_eq!(app.data(&alice).await, json!({"user": "alice", "a": 1}));
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn while_the_address_leads_to_a_replica_it_is_not_stormed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let app = on(RedisStore::open(&server.address(), "session:").unwrap()).await;
    let alice = alice(&app).await;
    let mut redis = server.connect();
    tell(&mut redis, "REPLICAOF 127.0.0.1 1");
    let before = connections(&mut redis);
    let begun = Instant::now();
    while begun.elapsed() < 4 * PAUSE {
        says_come_again_later(&alice.set("a", 1).await);
        assert_eq!(alice.get("user").await, "alice");
    }
    let most = begun.elapsed().div_duration_f64(PAUSE) as i64 + 1;
    let made = connections(&mut redis) - before;
    assert!((1..=most).contains(&made), "{made} of {most}");
}

/// The connections that this Redis has ever taken.
fn connections(redis: &mut Connection) -> i64 {
    let stats: redis::InfoDict = ask(redis, "INFO stats").unwrap();
    stats.get("total_connections_received").unwrap()
}

/// A sentinel that watches this primary as `main`.
fn sentinel(folder: &Path, primary: &Server) -> Server {
    let file = folder.join("sentinel.conf");
    let settings = format!(
        "sentinel monitor main 127.0.0.1 {} 1\nsentinel down-after-milliseconds main 60000\n",
        primary.port()
    );
    fs::write(&file, settings).unwrap();
    Server::start(folder, &[file.to_str().unwrap(), "--sentinel"])
}

fn store_of(sentinels: &[&str], primary: &str) -> RedisStore {
    let settings = json!({"engine": "redis", "redis": primary, "redis_sentinels": sentinels});
    let figment = Figment::new().join(("session", settings));
    RedisStore::configured(&Config::from_figment(&figment).unwrap()).unwrap()
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn sentinels_name_the_primary_at_each_connection() {
    let folder = tempfile::tempdir().unwrap();
    let (mut old, new) = (
        Server::start(folder.path(), &[]),
        Server::start(folder.path(), &[]),
    );
    replicate(&old, &new).await;
    let sentinel = sentinel(folder.path(), &old);
    let nobody = "redis://127.0.0.1:1";
    let app = on(store_of(&[nobody, &sentinel.url()], "redis://main")).await;
    let alice = alice(&app).await;
    assert_eq!(write_again(&alice, 1).await, 0);
    let mut watch = sentinel.connect();
    until(|| ask::<()>(&mut watch, "SENTINEL FAILOVER main").is_ok()).await;
    let named = "SENTINEL GET-MASTER-ADDR-BY-NAME main";
    until(|| ask::<Vec<String>>(&mut watch, named).unwrap()[1] == new.port().to_string()).await;
    old.kill();
    write_again(&alice, 2).await;
    assert_eq!(app.data(&alice).await, json!({"user": "alice", "a": 2}));
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn sentinels_that_know_no_primary_are_told_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let primary = Server::start(folder.path(), &[]);
    let sentinel = sentinel(folder.path(), &primary);
    let asked = async |sentinel: &str, primary: &str| {
        use rocket_session_layer::Store;
        let error = store_of(&[sentinel], primary).load(locker(1)).await;
        error.unwrap_err().to_string()
    };
    let begins = "Redis at the address that sentinels have for \"other\": ";
    assert_eq!(
        asked(&sentinel.url(), "redis://:geheim@other").await,
        format!("{begins}the sentinel knows no primary of this name")
    );
    let line = asked("redis://:geheim@127.0.0.1:1", "redis://other").await;
    assert!(
        line.starts_with(begins) && line.contains("refused"),
        "{line}"
    );
    // A Redis is asked as if it were a sentinel.
    let line = asked(&primary.url(), "redis://main").await;
    assert!(line.contains("unknown command"), "{line}");
    // A sentinel that is behind names a replica.
    tell(&mut primary.connect(), "REPLICAOF 127.0.0.1 1");
    let line = asked(&sentinel.url(), "redis://main").await;
    assert!(
        line.ends_with("the sentinel names a Redis that is a replica"),
        "{line}"
    );
}
