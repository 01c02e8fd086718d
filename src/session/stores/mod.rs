//! Where sessions live.
//!
//! A store keeps records and knows nothing of cookies, users or requests. Whoever writes a new one
//! implements [`Store`] and adds one line to the conformance suite in `tests/stores/suite.rs`.
//!
//! What each can do ([`Capabilities`]). The suite proves every yes and every no:
//!
//! | engine | atomic | revocable | listable | shared | durable | survives |
//! | --- | --- | --- | --- | --- | --- | --- |
//! | database | yes | yes | yes | yes | yes | restart, crash, and with `synchronous = "full"` a power cut |
//! | cached_database | yes | yes | yes | yes | yes | the same; eviction takes copies, no sessions |
//! | cache | yes | yes | yes | no | no | nothing; when it is full, what is used least goes |
//! | file | yes | yes | yes | yes | yes | restart and crash; a power cut may take the last changes |
//! | redis | yes | yes | yes | yes | yes | restart and crash of our servers; of Redis as it is configured; what it evicts is gone |
//! | cookie | no | no | no | yes | yes | everything but the loss of the keys: records are in the browsers |
//!
//! Where a store is not atomic, of two parallel requests the later answer wins and `update` changes
//! the request's own copy; where it is not revocable, nothing rotates, and who has a copy of an ended
//! session's cookie is not kept out; where it is not listable, [`Layer::sessions_of`] and what ends
//! sessions are [`Error::NotSupported`].
//!
//! [`Layer::sessions_of`]: super::Layer::sessions_of
//! [`Error::NotSupported`]: super::Error::NotSupported
//!
//! Going from one to another is harmless: a cookie that the new one does not know is a stranger's.

mod cache;
// What SQLite shares between processes is read at a place in a file, and what a folder's files may
// be read by is said in Unix's terms: elsewhere these two engines are refused at the start.
#[cfg(unix)]
mod cached_database;
mod cookie;
mod database;
#[cfg(unix)]
mod file;
mod open;
#[cfg(feature = "redis")]
mod redis;

use std::fmt;

use serde::Serialize;

use super::clock::Timestamp;
use super::id::Locker;
use super::record::Record;

pub use cache::CacheStore;
#[cfg(unix)]
pub use cached_database::CachedDatabaseStore;
pub use cookie::{CookieStore, Keys, Seal, Sealing};
pub use database::DatabaseStore;
#[cfg(unix)]
pub use file::FileStore;
pub(super) use open::open;
#[cfg(feature = "redis")]
pub use redis::RedisStore;

/// What a store can do, for those who choose one and for the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// Of any number of updates that name the same version exactly one succeeds.
    pub atomic: bool,
    /// A record that was deleted is gone, whatever its browser still has.
    pub revocable: bool,
    /// The records of a user can be found.
    pub listable: bool,
    /// Several processes on one place see each other's records, and at once.
    pub shared: bool,
    /// Records are there after a restart, however the process ended.
    pub durable: bool,
}

impl Capabilities {
    /// Everything.
    pub const ALL: Capabilities = Capabilities {
        atomic: true,
        revocable: true,
        listable: true,
        shared: true,
        durable: true,
    };
}

/// How an update or a deletion ended.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, and as durable as the store can make it.
    Done,
    /// The record has another version now, or is gone. Nothing was changed.
    Conflict,
}

/// Why a store did not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// It can't be reached, or refuses.
    Unavailable(String),
    /// What it holds can't be read. It is left as it is.
    Corrupt(Locker),
    /// It can't do this at all, because its records travel with the browsers.
    NotSupported(&'static str),
}

impl StoreError {
    /// The store can't be reached, for this reason.
    pub fn unavailable(reason: impl fmt::Display) -> Self {
        StoreError::Unavailable(reason.to_string())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Unavailable(reason) => f.write_str(reason),
            StoreError::Corrupt(locker) => write!(f, "session {locker} can't be read"),
            StoreError::NotSupported(what) => write!(
                f,
                "a server whose sessions are in cookies can't {what}; use another session.engine"
            ),
        }
    }
}

impl std::error::Error for StoreError {}

/// A place where records are kept.
///
/// Creating and updating are different operations, and an update names the version that it read.
/// So a session that was deleted elsewhere is never brought back, and no change goes under.
#[rocket::async_trait]
pub trait Store: Send + Sync + 'static {
    /// What this store can do.
    fn capabilities(&self) -> Capabilities;

    /// What seals its records, where they travel in cookies and the store keeps none; then the
    /// layer asks it for nothing that a request has not brought.
    fn seal(&self) -> Option<&Seal> {
        None
    }

    /// The record of this locker, expired or not.
    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError>;

    /// Stores a new record. [`Outcome::Conflict`] where the locker is taken.
    async fn create(&self, record: &Record) -> Result<Outcome, StoreError>;

    /// Replaces the record of the same locker, if its version is still `version`. The new one may
    /// be more than one higher: several requests can have changed the record.
    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError>;

    /// Deletes the record, if its version is still `version`, or whatever its version where none
    /// is named.
    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError>;

    /// Deletes one record, if its version is still `version`, and creates another: both or
    /// neither.
    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError>;

    /// Writes `touched` and `expires`, if the version is still the record's. The version stays.
    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError>;

    /// Deletes at most `most` records that expired at `now` or before, and returns how many. An
    /// error may come after some of them.
    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError>;

    /// The records in which this user is logged in, expired or not, the last used first.
    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError>;
}
