//! Places for sessions, one kind for each engine: empty at first, gone with the test.

use std::sync::Arc;

use rocket_session_layer::stores::CacheStore;
use rocket_session_layer::{Locker, Store};
use serde_json::{Value, json};

/// Everything that an app needs to keep its sessions in one place.
#[derive(Clone)]
pub struct Backend {
    /// Settings of the section `session`.
    pub settings: Value,
    /// `None`: the settings alone say where the sessions are, as with the engine `cookie`.
    pub store: Option<Arc<dyn Store>>,
}

impl Backend {
    /// The store, for tests of engines that have one.
    pub fn store(&self) -> Arc<dyn Store> {
        self.store.clone().expect("this engine should have a store")
    }
}

impl From<Arc<dyn Store>> for Backend {
    fn from(store: Arc<dyn Store>) -> Self {
        Backend {
            settings: json!({ "engine": "cache" }),
            store: Some(store),
        }
    }
}

/// A place for sessions.
pub trait Fixture {
    fn new() -> Self
    where
        Self: Sized;

    /// The section `session` of an app that opens this place by its configuration.
    fn settings(&self) -> Value;

    /// Opens the place as one more process does.
    fn open(&self) -> Backend;

    /// Makes the record of this session unreadable. False: only the store itself can reach it.
    fn corrupt(&self, _: Locker) -> bool {
        false
    }
}

/// A place whose engine keeps records.
pub trait StoreFixture: Fixture {
    fn store(&self) -> Arc<dyn Store>;
}

fn on<F: StoreFixture>(fixture: &F) -> Backend {
    Backend {
        settings: fixture.settings(),
        store: Some(fixture.store()),
    }
}

/// Opens a place twice: as two processes do, or as one where its sessions are in memory.
pub fn two_handles(place: &dyn Fixture) -> (Backend, Backend) {
    let one = place.open();
    let alone = one
        .store
        .as_ref()
        .is_some_and(|store| !store.capabilities().shared);
    let other = if alone { one.clone() } else { place.open() };
    (one, other)
}

pub struct CacheFixture;

impl Fixture for CacheFixture {
    fn new() -> Self {
        CacheFixture
    }

    fn settings(&self) -> Value {
        json!({ "engine": "cache" })
    }

    fn open(&self) -> Backend {
        on(self)
    }
}

impl StoreFixture for CacheFixture {
    fn store(&self) -> Arc<dyn Store> {
        Arc::new(CacheStore::new(64 * 1024 * 1024))
    }
}

#[cfg(feature = "database")]
pub use database::DatabaseFixture;

#[cfg(feature = "database")]
mod database {
    use diesel::prelude::*;
    use diesel::sql_query;
    use diesel::sql_types::BigInt;
    use rocket_session_layer::db::{Database, Synchronous};
    use rocket_session_layer::stores::DatabaseStore;
    use tempfile::TempDir;

    use super::*;

    pub struct DatabaseFixture(pub TempDir);

    impl DatabaseFixture {
        pub fn database(&self) -> Database {
            // No test pulls the plug of the machine.
            Database::open(self.0.path().join("sessions.db"), Synchronous::Normal).unwrap()
        }
    }

    impl Fixture for DatabaseFixture {
        fn new() -> Self {
            DatabaseFixture(tempfile::tempdir().unwrap())
        }

        fn settings(&self) -> Value {
            let path = self.0.path().join("sessions.db");
            json!({ "engine": "database", "database": path, "synchronous": "normal" })
        }

        fn open(&self) -> Backend {
            on(self)
        }

        fn corrupt(&self, locker: Locker) -> bool {
            let mut connection = self.database().connect().unwrap();
            let changed = sql_query("UPDATE sessions SET data = '{\"a\":' WHERE locker = ?")
                .bind::<BigInt, _>(locker.number())
                .execute(&mut connection);
            assert_eq!(changed, Ok(1));
            true
        }
    }

    impl StoreFixture for DatabaseFixture {
        fn store(&self) -> Arc<dyn Store> {
            Arc::new(DatabaseStore::open(self.database()).unwrap())
        }
    }
}

#[cfg(all(unix, feature = "file"))]
pub use file::FileFixture;

#[cfg(all(unix, feature = "file"))]
mod file {
    use std::fs::File;
    use std::path::PathBuf;

    use rocket_session_layer::stores::FileStore;
    use tempfile::TempDir;

    use super::*;

    pub struct FileFixture(TempDir);

    impl FileFixture {
        pub fn folder(&self) -> PathBuf {
            self.0.path().join("var/sessions")
        }

        pub fn file(&self, locker: Locker) -> PathBuf {
            self.folder().join(locker.to_string())
        }

        /// The files of sessions, whole or not.
        pub fn names(&self) -> Vec<String> {
            let entries = self.folder().read_dir().unwrap();
            let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name != "locks").collect()
        }
    }

    impl Fixture for FileFixture {
        fn new() -> Self {
            FileFixture(tempfile::tempdir().unwrap())
        }

        fn settings(&self) -> Value {
            json!({ "engine": "file", "folder": self.folder() })
        }

        fn open(&self) -> Backend {
            on(self)
        }

        fn corrupt(&self, locker: Locker) -> bool {
            let path = self.file(locker);
            let file = File::options().write(true).open(path).unwrap();
            file.set_len(200).unwrap();
            true
        }
    }

    impl StoreFixture for FileFixture {
        fn store(&self) -> Arc<dyn Store> {
            Arc::new(FileStore::open(self.folder()).unwrap())
        }
    }
}

#[cfg(feature = "redis")]
pub use redis_server::RedisFixture;

#[cfg(feature = "redis")]
mod redis_server {
    use std::sync::atomic::{AtomicU32, Ordering};

    use redis::{Client, Commands, Connection};
    use rocket_session_layer::stores::RedisStore;

    use super::*;
    use crate::common::redis::{Server, shared};

    impl Server {
        /// A connection past the store.
        pub fn connect(&self) -> Connection {
            let client = Client::open(self.url()).unwrap();
            client.get_connection().unwrap()
        }
    }

    /// Keys of its own in a Redis that all tests share.
    pub struct RedisFixture {
        pub prefix: String,
    }

    impl RedisFixture {
        pub fn key(&self, name: impl ToString) -> String {
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

        fn settings(&self) -> Value {
            let url = shared().url();
            json!({ "engine": "redis", "redis": url, "redis_prefix": self.prefix })
        }

        fn open(&self) -> Backend {
            on(self)
        }

        fn corrupt(&self, locker: Locker) -> bool {
            let (mut redis, key) = (shared().connect(), self.key(locker));
            let record: String = redis.hget(&key, "record").unwrap();
            let half = &record[..record.len() / 2];
            let () = redis.hset(&key, "record", half).unwrap();
            true
        }
    }

    impl StoreFixture for RedisFixture {
        fn store(&self) -> Arc<dyn Store> {
            Arc::new(RedisStore::open(&shared().address(), &*self.prefix).unwrap())
        }
    }
}

#[cfg(feature = "cookie")]
pub use cookie::{EncryptedFixture, SEALS, SignedFixture, key, sealed};

#[cfg(feature = "cookie")]
mod cookie {
    use data_encoding::BASE64;

    use super::*;

    /// Both settings of `session.seal`.
    pub const SEALS: [&str; 2] = ["encrypted", "signed"];

    /// The key that is made of this byte, without a pattern that would be refused.
    pub fn key(byte: u8) -> String {
        let bytes: [u8; 32] = std::array::from_fn(|place| byte ^ (place * place) as u8);
        BASE64.encode(&bytes)
    }

    /// Sessions in cookies, with keys that are made of these bytes, the newest first.
    pub fn sealed(seal: &str, keys: &[u8]) -> Backend {
        let keys: Vec<_> = keys.iter().copied().map(key).collect();
        Backend {
            settings: json!({ "engine": "cookie", "seal": seal, "keys": keys }),
            store: None,
        }
    }

    pub struct EncryptedFixture;

    pub struct SignedFixture;

    impl Fixture for EncryptedFixture {
        fn new() -> Self {
            EncryptedFixture
        }

        fn settings(&self) -> Value {
            self.open().settings
        }

        fn open(&self) -> Backend {
            sealed("encrypted", &[7])
        }
    }

    impl Fixture for SignedFixture {
        fn new() -> Self {
            SignedFixture
        }

        fn settings(&self) -> Value {
            self.open().settings
        }

        fn open(&self) -> Backend {
            sealed("signed", &[7])
        }
    }
}
