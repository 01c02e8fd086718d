//! The store in Redis, and what holds for it alone.

mod addresses;
mod faults;
mod keys;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use redis::Commands;
use session_lessons::session::Locker;
use session_lessons::session::stores::{RedisStore, Store};

use super::Fixture;
use crate::common::redis::shared;

/// Keys of its own in a Redis that all tests share.
pub struct RedisFixture {
    prefix: String,
}

impl RedisFixture {
    fn key(&self, name: impl ToString) -> String {
        self.prefix.clone() + &name.to_string()
    }
}

impl Fixture for RedisFixture {
    fn new() -> Self {
        static FIXTURES: AtomicU32 = AtomicU32::new(0);
        let number = FIXTURES.fetch_add(1, Ordering::Relaxed);
        RedisFixture {
            prefix: format!("fixture{number}:"),
        }
    }

    fn engine(&self) -> &'static str {
        "redis"
    }

    fn address(&self) -> String {
        shared().url()
    }

    fn open(&self) -> Arc<dyn Store> {
        Arc::new(RedisStore::open(&shared().address(), &*self.prefix).unwrap())
    }

    fn corrupt(&self, locker: Locker) -> bool {
        let (mut redis, key) = (shared().connect(), self.key(locker));
        let record: String = redis.hget(&key, "record").unwrap();
        let half = &record[..record.len() / 2];
        let () = redis.hset(&key, "record", half).unwrap();
        true
    }
}
