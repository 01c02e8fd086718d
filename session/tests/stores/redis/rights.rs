//! Users of Redis with all rights that the store needs, and with one too few.

use redis::Connection;
use rocket_session_layer::stores::RedisStore;
use rocket_session_layer::{Address, Outcome, Store};
use serde_json::json;

use super::faults::{ask, on, tell};
use crate::common::log::{listen, warnings};
use crate::common::redis::Server;
use crate::common::samples::{locker, record};
use crate::layer::failures::{alice, says_come_again_later};

/// As the documentation has them.
const RIGHTS: &str = "~session:* +evalsha +eval +hmget +hset +hdel +exists +expire +del +zadd +zrem \
                      +zrange +zrangebyscore +sadd +srem +smembers";

/// A Redis with a user who has these rights, and the store as this user opens it.
fn store_of(server: &Server, rights: &str) -> RedisStore {
    let rule = format!("ACL SETUSER app reset on >geheim {rights}");
    tell(&mut server.connect(), &rule);
    let address = server.url().replace("//", "//app:geheim@");
    RedisStore::open(&Address::from(&*address), "session:").unwrap()
}

fn keys(redis: &mut Connection) -> Vec<String> {
    ask(redis, "KEYS *").unwrap()
}

#[test]
fn the_documented_rights_are_those_of_these_tests() {
    let pages = [
        include_str!("../../../docs/on-a-real-server.md"),
        include_str!("../../../docs/on-a-real-server.ko.md"),
    ];
    for page in pages {
        assert!(page.contains(&format!("ACL SETUSER app on >… {RIGHTS}")));
    }
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn the_documented_rights_are_enough() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    every_operation(&store_of(&server, RIGHTS)).await;
    assert_eq!(keys(&mut server.connect()), [""; 0]);
}

/// Does everything that a store can, and leaves nothing.
pub async fn every_operation(store: &dyn Store) {
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    let mut changed = record(1);
    changed.contents.user = None;
    assert_eq!(store.update(&changed, 3).await, Ok(Outcome::Done));
    assert_eq!(store.touch(&changed).await, Ok(Outcome::Done));
    let replaced = store.replace(locker(1), 3, &record(2)).await;
    assert_eq!(replaced, Ok(Outcome::Done));
    let user = record(2).contents.user.unwrap();
    assert_eq!(store.of_user(&user).await.unwrap().len(), 1);
    assert_eq!(store.lockers(None, 9).await.unwrap(), [locker(2)]);
    assert!(store.load(locker(2)).await.unwrap().is_some());
    assert_eq!(store.purge(i64::MAX, 9).await, Ok(1));
    assert_eq!(store.create(&record(3)).await, Ok(Outcome::Done));
    assert_eq!(store.delete(locker(3), None).await, Ok(Outcome::Done));
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_right_too_few_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let store = store_of(&server, &RIGHTS.replace(" +srem", ""));
    listen();
    warnings();
    let _ = on(store).await;
    let said = warnings();
    assert!(
        said[0].contains("the user may not run SREM on session:user:"),
        "{said:?}"
    );
}

/// Redis refuses a command at its turn: without care, half an operation would be done by then.
#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn one_right_too_few_is_named_and_nothing_is_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    for right in RIGHTS.split_whitespace() {
        let rights = RIGHTS.replace(right, "");
        let named = right.strip_prefix('+').unwrap_or("key");
        // `+zrange` is the beginning of another one.
        let rights = rights.replace(" byscore", " +zrangebyscore");
        let rights = rights.replace(" sha ", " +evalsha ");
        let store = store_of(&server, &rights);
        let error = match right {
            "+hmget" => store.load(locker(1)).await.map(drop),
            _ => store.create(&record(1)).await.map(drop),
        };
        let line = error.expect_err(right).to_string();
        assert!(line.to_lowercase().contains(named), "{right}: {line}");
        assert!(
            line.contains("needs this right") && !line.contains('\n'),
            "{line}"
        );
        assert_eq!(keys(&mut server.connect()), [""; 0], "{right}");
    }
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn who_loses_a_right_reads_on_and_goes_on_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let app = on(store_of(&server, RIGHTS)).await;
    let alice = alice(&app).await;
    let mut redis = server.connect();
    tell(&mut redis, "ACL SETUSER app -evalsha -eval");
    warnings();
    says_come_again_later(&alice.set("a", 1).await);
    says_come_again_later(&app.browser().set("user", "mallory").await);
    let said = warnings();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("'evalsha'"), "{said:?}");
    assert_eq!(alice.get("user").await, "alice");
    assert_eq!(app.data(&alice).await, json!({"user": "alice"}));
    tell(&mut redis, "ACL SETUSER app +evalsha +eval");
    assert_eq!(alice.add_one("n").await.value(), 1);
}
