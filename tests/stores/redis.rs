//! The store in Redis, and what holds for it alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use redis::{Commands, Connection};
use session_lessons::session::Locker;
use session_lessons::session::stores::{RedisStore, Store};

use super::Fixture;
use crate::common::redis::{Server, shared};

/// Keys of its own in a Redis that all tests share.
pub struct RedisFixture {
    prefix: String,
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
        shared().address()
    }

    fn open(&self) -> Arc<dyn Store> {
        Arc::new(RedisStore::open(&shared().address(), &self.prefix).unwrap())
    }

    fn corrupt(&self, locker: Locker) -> bool {
        let key = format!("{}{locker}", self.prefix);
        let mut redis = shared().connect();
        let record: String = redis.hget(&key, "record").unwrap();
        let () = redis
            .hset(&key, "record", &record[..record.len() / 2])
            .unwrap();
        true
    }
}
