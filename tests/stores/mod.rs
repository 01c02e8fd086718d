//! What every store must do, and the layer on top of it. A further store joins with one line.

mod cache;
mod cached_database;
mod claims;
mod clock;
mod concurrency;
mod cookie;
mod database;
mod draft;
mod failures;
mod file;
mod handle;
mod headers;
mod histories;
mod identity;
mod ids;
mod lifetime;
mod listing;
mod meetings;
mod opposites;
mod prepared;
mod records;
#[cfg(feature = "redis")]
mod redis;
mod rotation;
mod several;
mod size;
mod slots;
mod slow;
mod sqlite;
mod suite;
mod time;
mod update;
mod wall;
mod whole;

use std::sync::Arc;

use session_lessons::session::Locker;
use session_lessons::session::stores::Store;

pub use cache::CacheFixture;
pub use cached_database::CachedDatabaseFixture;
pub use cookie::{EncryptedFixture, SignedFixture};
pub use database::DatabaseFixture;
pub use file::FileFixture;
#[cfg(feature = "redis")]
pub use redis::RedisFixture;

/// A place for records that is empty at first and goes away with the test.
pub trait Fixture {
    fn new() -> Self
    where
        Self: Sized;

    /// A store on this place: each one as another process would open it.
    fn open(&self) -> Arc<dyn Store>;

    /// Its name in the configuration.
    fn engine(&self) -> &'static str;

    /// Where its Redis is, if it needs one.
    fn address(&self) -> String {
        String::new()
    }

    /// Makes what is stored of this session unreadable. False where nobody but the store itself
    /// can reach what it holds.
    fn corrupt(&self, locker: Locker) -> bool;
}

/// Two that see the same records: as two processes would open them, where that is possible.
fn two_handles(place: &dyn Fixture) -> (Arc<dyn Store>, Arc<dyn Store>) {
    let one = place.open();
    let other = match one.capabilities().shared {
        true => place.open(),
        false => one.clone(),
    };
    (one, other)
}
