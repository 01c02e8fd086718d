//! The store in a SQLite file with memory in front.
//!
//! What survives what is as with the database: every change is committed there before it is
//! answered, and the memory only ever holds copies. When it is full, copies go, no sessions.
//!
//! SQLite keeps the state of its log in the first 48 bytes of the file `-shm` (the WAL index
//! header), and looking at them costs a small part of a query. Three rules make copies that nobody
//! can tell from rows:
//!
//! 1. **All copies belong to one state of the database**: each is what its row is in that state,
//!    and never what the row was before it.
//! 2. **A copy is used only while that is the database's state.** Any commit changes the state,
//!    by whichever process, before it is answered.
//! 3. **Only a commit of our own takes the copies along to its state**: one that began in theirs
//!    (while it runs, nobody else commits) and after which SQLite says that no other connection
//!    has committed. What it wrote is entered with it. Any other commit forgets all copies.
//!
//! Between our commit and rule 3 readers pass the copies by. So nobody waits for the disk, and
//! beside the sessions of one server that are written those that are read stay in memory. A commit
//! of another process, or through another connection of this one (a post on the board, say, in
//! tables of the same file), costs each session one read.

mod copies;
mod watch;

use std::sync::Arc;

use super::{Capabilities, DatabaseStore, Outcome, Store, StoreError};
use crate::db::Database;
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
use copies::Copies;
use watch::Watch;

/// Sessions in a SQLite file, and copies of them in memory.
pub struct CachedDatabaseStore {
    database: DatabaseStore,
    copies: Arc<Copies>,
}

impl CachedDatabaseStore {
    /// Opens the database, with room for about so many bytes of copies.
    ///
    /// # Errors
    ///
    /// As [`DatabaseStore::open`], and where the WAL index can't be read: on a file system that
    /// has none to share.
    pub fn open(database: Database, bytes: u64) -> Result<Self, StoreError> {
        let copies = Arc::new(Copies::new(Watch::open(&database)?, bytes)?);
        Ok(CachedDatabaseStore {
            database: DatabaseStore::followed_by(copies.clone(), database)?,
            copies,
        })
    }
}

#[rocket::async_trait]
impl Store for CachedDatabaseStore {
    fn capabilities(&self) -> Capabilities {
        self.database.capabilities()
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let found = self.copies.look(locker)?;
        if let Some(copy) = found.copy {
            return Ok(Some(Record::clone(&copy)));
        }
        let record = self.database.load(locker).await?;
        if let Some(record) = &record {
            self.copies.keep(record, found.state);
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
mod tests;
