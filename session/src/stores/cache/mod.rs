//! The store in this process's memory.
//!
//! | event | left afterwards |
//! | --- | --- |
//! | restart, crash, `kill -9`, power cut | nothing: every visitor is anonymous again |
//! | the memory is full | all but the least used sessions (eviction), so those of bots go first; their visitors are anonymous |
//! | a second process | sessions of its own; it knows none of these |
//!
//! So an answered change can be lost here, unlike in the other stores. The start says so in one line.
//!
//! One lock guards everything: a replacement changes two records at once, and the lists must agree
//! with the records. It is std's mutex and not Tokio's, because it is held for a microsecond and
//! never across an `await`; Tokio's is for locks that must be, and costs more.

mod shelf;

use std::cmp::Reverse;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::Timestamp;
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::store::{Capabilities, Outcome, Store};
use shelf::Shelf;

/// Sessions in memory: neither durable nor shared with other processes.
pub struct CacheStore(Mutex<Shelf>);

impl CacheStore {
    /// An empty store that may take about this many bytes of memory.
    ///
    /// ```
    /// # use rocket_session_layer::stores::CacheStore;
    /// let store = CacheStore::new(64 * 1024 * 1024);
    /// # let _ = store;
    /// ```
    pub fn new(bytes: u64) -> Self {
        CacheStore(Mutex::new(Shelf::new(bytes)))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the record in this locker if it has this version, or any if `version` is `None`.
    /// `change` returns its successor, or `None` to delete it.
    fn change(
        &self,
        locker: Locker,
        version: Option<i64>,
        change: impl FnOnce(&Record) -> Option<Record>,
    ) -> Result<Outcome, StoreError> {
        let mut shelf = self.shelf();
        let stored = shelf.get(locker);
        let Some(stored) = stored.filter(|stored| version.is_none_or(|it| it == stored.version))
        else {
            return Ok(Outcome::Conflict);
        };
        match change(stored) {
            Some(record) => shelf.put(record)?,
            None => shelf.take(locker),
        }
        Ok(Outcome::Done)
    }
}

#[rocket::async_trait]
impl Store for CacheStore {
    fn name(&self) -> &'static str {
        "cache"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            shared: false,
            durable: false,
            ..Capabilities::ALL
        }
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        Ok(self.shelf().get(locker).cloned())
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let mut shelf = self.shelf();
        if shelf.get(record.locker).is_some() {
            return Ok(Outcome::Conflict);
        }
        shelf.put(record.clone())?;
        Ok(Outcome::Done)
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        self.change(record.locker, Some(version), |_| Some(record.clone()))
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.change(locker, version, |_| None)
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let mut shelf = self.shelf();
        let read = shelf.get(ended).filter(|stored| stored.version == version);
        if read.is_none() || shelf.get(created.locker).is_some() {
            return Ok(Outcome::Conflict);
        }
        shelf.put(created.clone())?;
        shelf.take(ended);
        Ok(Outcome::Done)
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.change(record.locker, Some(record.version), |stored| {
            Some(Record {
                touched: record.touched,
                expires: record.expires,
                ..stored.clone()
            })
        })
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        Ok(self.shelf().purge(now, most as usize))
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        let mut lockers = self.shelf().lockers();
        lockers.retain(|locker| Some(*locker) > after);
        lockers.sort();
        lockers.truncate(most as usize);
        Ok(lockers)
    }

    async fn count(&self) -> Result<u64, StoreError> {
        Ok(self.shelf().lockers().len() as u64)
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let mut records = self.shelf().of_user(user);
        records.sort_by_key(|record| Reverse(record.touched));
        Ok(records)
    }
}
