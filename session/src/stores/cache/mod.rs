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
//! never across an `await`; Tokio's is for locks that must be, and costs more. Records are copied
//! after it is released.

mod shelf;

use std::cmp::Reverse;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    pub fn new(bytes: u64) -> Self {
        CacheStore(Mutex::new(Shelf::new(bytes)))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The record in this locker, if it has this version, or any version if `version` is `None`.
fn read(shelf: &Shelf, locker: Locker, version: Option<i64>) -> Option<Arc<Record>> {
    let record = shelf.get(locker)?;
    let matches = version.is_none_or(|version| record.version == version);
    matches.then_some(record)
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
        let record = self.shelf().get(locker);
        Ok(record.map(|record| Record::clone(&record)))
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let record = Arc::new(record.clone());
        let mut shelf = self.shelf();
        if shelf.get(record.locker).is_some() {
            return Ok(Outcome::Conflict);
        }
        shelf.put(record)?;
        Ok(Outcome::Done)
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let record = Arc::new(record.clone());
        let mut shelf = self.shelf();
        if read(&shelf, record.locker, Some(version)).is_none() {
            return Ok(Outcome::Conflict);
        }
        shelf.put(record)?;
        Ok(Outcome::Done)
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        let mut shelf = self.shelf();
        if read(&shelf, locker, version).is_none() {
            return Ok(Outcome::Conflict);
        }
        shelf.take(locker);
        Ok(Outcome::Done)
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let created = Arc::new(created.clone());
        let mut shelf = self.shelf();
        if read(&shelf, ended, Some(version)).is_none() || shelf.get(created.locker).is_some() {
            return Ok(Outcome::Conflict);
        }
        shelf.put(created)?;
        shelf.take(ended);
        Ok(Outcome::Done)
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let mut shelf = self.shelf();
        let Some(stored) = read(&shelf, record.locker, Some(record.version)) else {
            return Ok(Outcome::Conflict);
        };
        let mut touched = Record::clone(&stored);
        (touched.touched, touched.expires) = (record.touched, record.expires);
        shelf.put(Arc::new(touched))?;
        Ok(Outcome::Done)
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        let mut shelf = self.shelf();
        let over = shelf.over(now, most as usize);
        for locker in &over {
            shelf.take(*locker);
        }
        Ok(over.len())
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let records = self.shelf().of_user(user);
        let mut records: Vec<Record> = records.iter().map(|kept| Record::clone(kept)).collect();
        records.sort_by_key(|record| Reverse(record.touched));
        Ok(records)
    }
}
