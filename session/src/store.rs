//! A place where records are kept, and the rules that every such place must follow.

use std::time::Duration;

use rocket::tokio::time::timeout;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;

/// A place where records are kept. It knows nothing of cookies, users or requests.
///
/// Creating and updating are different operations, and an update names the version that it read.
/// So a session that was deleted elsewhere is never brought back, and no change is lost.
///
/// `examples/my_store.rs` is a whole one. With the crate's feature `conformance`, the suite that
/// the stores of this crate pass can be run on yours.
#[rocket::async_trait]
pub trait Store: Send + Sync + 'static {
    /// Its name, for pages and logs.
    fn name(&self) -> &'static str;

    /// The promises that this store can keep.
    fn capabilities(&self) -> Capabilities;

    /// Makes sure that the place is there, once, before the server takes its first request.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] stops the start. Any other error is a warning in the log: the store
    /// may answer later, and until then visitors get 503.
    async fn prepare(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// The record of this locker, expired or not.
    ///
    /// # Errors
    ///
    /// The store does not answer; or [`StoreError::Corrupt`], after a warning in the log with the
    /// reason, if there is something that can't be read.
    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError>;

    /// Stores a new record. [`Outcome::Conflict`] if the locker is taken.
    async fn create(&self, record: &Record) -> Result<Outcome, StoreError>;

    /// Replaces the record of the same locker, if its version is still `version`.
    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError>;

    /// Deletes the record, if its version is still `version`. `None`: whatever its version,
    /// readable or not.
    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError>;

    /// Deletes one record, if its version is still `version`, and creates another: both or
    /// neither.
    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError>;

    /// Writes `touched` and `expires`, if the version is still the record's. The version stays. The
    /// layer waits 0.3 seconds for it and then drops the future.
    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError>;

    /// Deletes at most `most` records that expired at `now` or before, and returns how many. An
    /// error may come after some of them.
    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError>;

    /// The lockers of at most `most` records, in ascending order, of those after `after`; expired
    /// and unreadable ones too. For programs that look through a store, not for a request.
    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError>;

    /// The number of all records, expired and unreadable ones too. Without an implementation it goes
    /// through all [`lockers`](Store::lockers).
    async fn count(&self) -> Result<u64, StoreError> {
        let (mut count, mut last) = (0, None);
        loop {
            let page = self.lockers(last, COUNTED_AT_ONCE).await?;
            let Some(locker) = page.last() else {
                return Ok(count);
            };
            (count, last) = (count + page.len() as u64, Some(*locker));
        }
    }

    /// The records in which this user is logged in, expired or not, the last used first.
    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError>;
}

/// Lockers on one page of a count.
const COUNTED_AT_ONCE: u32 = 10_000;

/// The longest wait for a touch. A page that only reads is made and true, even while another
/// request writes; its use is recorded with the next request.
pub(crate) const TOUCH_PATIENCE: Duration = Duration::from_millis(300);

/// A touch, unless the store is slow.
pub(crate) async fn unless_slow(
    touch: impl Future<Output = Result<Outcome, StoreError>>,
) -> Result<Outcome, StoreError> {
    let slow = |_| StoreError::unavailable("the session store took too long");
    timeout(TOUCH_PATIENCE, touch).await.map_err(slow)?
}

/// The result of a write that depends on a version.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, and as durable as the store can make it.
    Done,
    /// The record has another version now, or is gone. Nothing was changed.
    Conflict,
}

/// The promises that a store can keep: a choice between stores, and the tests, go by them.
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

    /// Sessions that their browsers carry in the cookie: the server keeps nothing that it could
    /// compare, take back or look through.
    pub const CARRIED: Capabilities = Capabilities {
        atomic: false,
        revocable: false,
        listable: false,
        shared: true,
        durable: true,
    };
}
