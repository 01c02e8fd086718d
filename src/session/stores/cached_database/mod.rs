//! The store in a SQLite file with memory in front.
//!
//! What survives what is as with the database: every change is committed there before it is
//! answered, and the memory only ever holds copies. When it is full, copies go, no sessions.
//!
//! **A copy is used only while nothing was committed since it was read**, by whichever process:
//! SQLite keeps the state of its log in the first 48 bytes of the file `-shm` (the WAL index
//! header, with a counter of commits), and looking at them costs a small part of a query. They
//! are read *before* the row is. A commit in between makes the copy one that is never used, not
//! one that is used too long. So a copy saves a query where sessions are read more often than any
//! is written; a change of one makes the others' next reads go to the database.

mod watch;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::cache::Shelf;
use super::{Capabilities, DatabaseStore, Outcome, Store, StoreError};
use crate::db::Database;
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
use watch::{State, Watch};

/// Sessions in a SQLite file, and copies of them in memory.
pub struct CachedDatabaseStore {
    database: DatabaseStore,
    watch: Watch,
    copies: Mutex<Copies>,
}

struct Copies {
    shelf: Shelf,
    /// The database's state when each of the copies was read.
    state: Option<State>,
    bytes: u64,
}

impl CachedDatabaseStore {
    /// Opens the database, with room for about so many bytes of copies.
    ///
    /// # Errors
    ///
    /// As [`DatabaseStore::open`], and where the WAL index can't be read: on a file system that
    /// has none to share.
    pub fn open(database: Database, bytes: u64) -> Result<Self, StoreError> {
        let store = DatabaseStore::open(database.clone())?;
        let watch = Watch::open(&database)?;
        let copies = Copies {
            shelf: Shelf::new(bytes),
            state: None,
            bytes,
        };
        Ok(CachedDatabaseStore {
            database: store,
            watch,
            copies: Mutex::new(copies),
        })
    }

    /// Copies that were read in this state of the database; there are none of any other.
    fn copies(&self, state: State) -> MutexGuard<'_, Copies> {
        let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
        if copies.state != Some(state) {
            copies.shelf = Shelf::new(copies.bytes);
            copies.state = Some(state);
        }
        copies
    }
}

#[rocket::async_trait]
impl Store for CachedDatabaseStore {
    fn capabilities(&self) -> Capabilities {
        self.database.capabilities()
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let state = self.watch.state()?;
        let copy = self.copies(state).shelf.get(locker);
        if let Some(copy) = copy {
            return Ok(Some(Record::clone(&copy)));
        }
        let record = self.database.load(locker).await?;
        if let Some(record) = &record {
            let copy = Arc::new(record.clone());
            let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
            // Another request may have seen a later state meanwhile, or an earlier one.
            if copies.state == Some(state) {
                // A record that is too large for the memory is read from the database each time.
                let _ = copies.shelf.put(copy);
            }
        }
        Ok(record)
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.database.create(record).await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        self.database.update(record, version).await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.database.delete(locker, version).await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        self.database.replace(ended, version, created).await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.database.touch(record).await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        self.database.purge(now, most).await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        self.database.of_user(user).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Synchronous;
    use crate::session::id::SecretHash;
    use crate::session::record::Contents;

    fn record(number: i64, version: i64) -> Option<Record> {
        Some(Record {
            locker: Locker::from_number(number),
            secret_hash: SecretHash::from_bytes(&[1; 32])?,
            previous_hash: None,
            rotated: 0,
            version,
            created: 0,
            touched: 0,
            expires: 0,
            contents: Contents::default(),
        })
    }

    async fn version(store: &CachedDatabaseStore) -> i64 {
        let stored = store.load(Locker::from_number(1)).await.unwrap();
        stored.unwrap().version
    }

    #[rocket::async_test]
    async fn a_copy_answers_until_anything_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path().join("a.db"), Synchronous::Normal).unwrap();
        let store = CachedDatabaseStore::open(database, 1_000_000).unwrap();
        let stored = record(1, 3).unwrap();
        assert_eq!(store.create(&stored).await, Ok(Outcome::Done));
        assert_eq!(version(&store).await, 3);
        // It differs from the row, so that it shows who answers.
        let state = store.watch.state().unwrap();
        let copy = Arc::new(record(1, 99).unwrap());
        assert!(store.copies(state).shelf.get(copy.locker).is_some());
        store.copies(state).shelf.put(copy).unwrap();
        assert_eq!(version(&store).await, 99);
        let another = record(2, 1).unwrap();
        assert_eq!(store.create(&another).await, Ok(Outcome::Done));
        assert_eq!(version(&store).await, 3);
    }
}
