//! The store's keys in Redis, and how Redis lets them expire.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use redis::{Commands, Connection};
use rocket::tokio::time::sleep;
use rocket_session_layer::{Outcome, Store, StoreError};

use crate::common::app::{DAY, START};
use crate::common::fixtures::{Fixture, RedisFixture, StoreFixture};
use crate::common::log::{listen, warnings};
use crate::common::redis::shared;
use crate::common::samples::{locker, record, shown};

impl RedisFixture {
    /// The names of all its keys, sorted.
    fn keys(&self, redis: &mut Connection) -> Vec<String> {
        let keys: Vec<String> = redis.keys(self.key("*")).unwrap();
        let mut keys: Vec<String> = keys
            .iter()
            .map(|key| key[self.prefix.len()..].to_owned())
            .collect();
        keys.sort();
        keys
    }

    /// Seconds until Redis deletes the session with this number.
    fn seconds_left(&self, redis: &mut Connection, number: i64) -> i64 {
        redis.ttl(self.key(locker(number))).unwrap()
    }
}

async fn create(store: &dyn Store, number: i64) {
    assert_eq!(store.create(&record(number)).await, Ok(Outcome::Done));
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn what_is_over_goes_by_itself_and_leaves_nothing_behind() {
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let store = place.store();
    create(&*store, 1).await;
    // Redis waits a minute longer than the session lasts: here, a second in all.
    let mut brief = record(2);
    brief.expires = brief.touched - 59;
    assert_eq!(store.create(&brief).await, Ok(Outcome::Done));
    assert_eq!(store.of_user("앨리스").await.unwrap().len(), 2);
    let begun = Instant::now();
    while store.load(locker(2)).await.unwrap().is_some() {
        assert!(begun.elapsed() < Duration::from_secs(10));
        sleep(Duration::from_millis(20)).await;
    }
    let listed = place.key("user:앨리스");
    assert_eq!(redis.scard(&listed), Ok(2));
    assert_eq!(store.of_user("앨리스").await.unwrap().len(), 1);
    assert_eq!(redis.scard(&listed), Ok(1));
    // Redis deleted one of the two by itself, and it counts all the same.
    assert_eq!(store.purge(START, 10).await, Ok(1));
    assert_eq!(store.purge(i64::MAX, 10).await, Ok(1));
    assert_eq!(place.keys(&mut redis), [""; 0]);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn what_redis_evicts_is_an_unknown_session() {
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let store = place.store();
    create(&*store, 1).await;
    let () = redis.del(place.key(locker(1))).unwrap();
    assert!(store.load(locker(1)).await.unwrap().is_none());
    assert_eq!(store.update(&record(1), 3).await, Ok(Outcome::Conflict));
    assert_eq!(store.touch(&record(1)).await, Ok(Outcome::Conflict));
    assert_eq!(store.purge(record(1).expires, 10).await, Ok(1));
    assert_eq!(place.keys(&mut redis), [""; 0]);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn time_runs_on_until_a_use_is_recorded() {
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let store = place.store();
    create(&*store, 1).await;
    let whole = DAY - 2 + 60;
    let runs = |redis: &mut Connection, from: i64| {
        let left = place.seconds_left(redis, 1);
        assert!((from - 30..=from).contains(&left), "{left} of {from}");
    };
    runs(&mut redis, whole);
    let later = |redis: &mut Connection| redis.expire(place.key(locker(1)), 500);
    let () = later(&mut redis).unwrap();
    let mut changed = record(1);
    changed.version = 4;
    changed.contents.user = None;
    assert_eq!(store.update(&changed, 3).await, Ok(Outcome::Done));
    runs(&mut redis, 500);
    changed.touched += 100;
    changed.expires += 900;
    assert_eq!(store.touch(&changed).await, Ok(Outcome::Done));
    runs(&mut redis, whole + 800);
    let () = later(&mut redis).unwrap();
    changed.touched += 100;
    changed.version = 5;
    assert_eq!(store.update(&changed, 4).await, Ok(Outcome::Done));
    runs(&mut redis, whole + 700);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn the_lists_follow_every_change() {
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let store = place.store();
    create(&*store, 1).await;
    let key = locker(1).to_string();
    assert_eq!(place.keys(&mut redis), [&key, "expires", "user:앨리스"]);
    let mut bobs = record(1);
    bobs.contents.user = Some("bob".to_owned());
    bobs.expires = START + 5;
    assert_eq!(store.update(&bobs, 3).await, Ok(Outcome::Done));
    assert_eq!(place.keys(&mut redis), [&key, "expires", "user:bob"]);
    bobs.contents.user = None;
    assert_eq!(store.update(&bobs, 3).await, Ok(Outcome::Done));
    assert_eq!(place.keys(&mut redis), [&key, "expires"]);
    assert_eq!(redis.zcard(place.key("expires")), Ok(1));
    assert_eq!(
        store.replace(locker(1), 3, &record(2)).await,
        Ok(Outcome::Done)
    );
    let key = locker(2).to_string();
    assert_eq!(place.keys(&mut redis), [&key, "expires", "user:앨리스"]);
    assert_eq!(store.delete(locker(2), None).await, Ok(Outcome::Done));
    assert_eq!(place.keys(&mut redis), [""; 0]);
}

/// A record without a readable version is never changed, except by a deletion that asks for none.
async fn is_refused_and_stays(store: &dyn Store) {
    let corrupt = StoreError::Corrupt(locker(1));
    assert_eq!(store.load(locker(1)).await.unwrap_err(), corrupt);
    for outcome in [
        store.update(&record(1), 3).await,
        store.touch(&record(1)).await,
        store.replace(locker(1), 3, &record(2)).await,
        store.delete(locker(1), Some(3)).await,
    ] {
        assert_eq!(outcome, Err(corrupt.clone()));
    }
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Conflict));
    assert_eq!(store.purge(i64::MAX, 10).await, Ok(0));
    assert!(store.load(locker(2)).await.unwrap().is_none());
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn what_is_of_another_format_is_refused_and_stays() {
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let (store, key) = (place.store(), place.key(locker(1)));
    create(&*store, 1).await;
    let () = redis.hset(&key, "format", 9).unwrap();
    let before: HashMap<String, String> = redis.hgetall(&key).unwrap();
    is_refused_and_stays(&*store).await;
    assert_eq!(redis.hgetall(&key), Ok(before));
    assert_eq!(store.delete(locker(1), None).await, Ok(Outcome::Done));
    assert_eq!(store.of_user("앨리스").await.unwrap().len(), 0);
    assert_eq!(place.keys(&mut redis), [""; 0]);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn what_is_no_hash_at_all_is_refused_and_stays() {
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let (store, key) = (place.store(), place.key(locker(1)));
    create(&*store, 1).await;
    let () = redis.set(&key, "a text").unwrap();
    is_refused_and_stays(&*store).await;
    assert_eq!(redis.get(&key), Ok("a text".to_owned()));
    assert_eq!(store.of_user("앨리스").await.unwrap().len(), 0);
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn no_field_can_be_missing_or_torn() {
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let (store, key) = (place.store(), place.key(locker(1)));
    for (field, text) in [
        ("version", "x"),
        ("touched", ""),
        ("expires", "1.5"),
        ("record", "{}"),
        ("record", r#"{"secret_hash":"AA"}"#),
    ] {
        create(&*store, 1).await;
        let () = redis.hset(&key, field, text).unwrap();
        let corrupt = StoreError::Corrupt(locker(1));
        assert_eq!(store.load(locker(1)).await.unwrap_err(), corrupt, "{field}");
        let () = redis.hdel(&key, field).unwrap();
        assert_eq!(store.load(locker(1)).await.unwrap_err(), corrupt, "{field}");
        assert_eq!(store.delete(locker(1), None).await, Ok(Outcome::Done));
    }
}

/// Past the 53 bits of a double, which is all that Redis' Lua can count with.
#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn large_versions_are_not_taken_for_their_neighbours() {
    let place = RedisFixture::new();
    let store = place.store();
    let mut stored = record(i64::MAX);
    stored.version = i64::MAX - 1;
    assert_eq!(store.create(&stored).await, Ok(Outcome::Done));
    let outcome = store.update(&stored, i64::MAX).await;
    assert_eq!(outcome, Ok(Outcome::Conflict));
    assert_eq!(
        store.delete(locker(i64::MAX - 1), None).await,
        Ok(Outcome::Conflict)
    );
    let loaded = store.load(locker(i64::MAX)).await.unwrap().unwrap();
    assert_eq!(shown(&loaded), shown(&stored));
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_hash_of_the_first_format_is_refused_with_one_line_and_can_be_deleted() {
    listen();
    let (place, mut redis) = (RedisFixture::new(), shared().connect());
    let (store, key) = (place.store(), place.key(locker(1)));
    create(&*store, 1).await;
    let () = redis.hset(&key, "format", 1).unwrap();
    let before: HashMap<String, String> = redis.hgetall(&key).unwrap();
    warnings();
    assert_eq!(
        store.load(locker(1)).await.unwrap_err(),
        StoreError::Corrupt(locker(1))
    );
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("an earlier version"), "{said:?}");
    assert!(said[0].contains(&locker(1).to_string()), "{said:?}");
    assert!(!said[0].contains("앨리스"), "{said:?}");
    is_refused_and_stays(&*store).await;
    assert_eq!(redis.hgetall(&key), Ok(before));
    assert_eq!(store.delete(locker(1), None).await, Ok(Outcome::Done));
    assert!(store.load(locker(1)).await.unwrap().is_none());
    assert_eq!(place.keys(&mut redis), [""; 0]);
}
