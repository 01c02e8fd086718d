//! The store in this process's memory.
//!
//! | what happens | what is left |
//! | --- | --- |
//! | restart, crash, `kill -9`, power cut | nothing: everybody is a stranger again |
//! | the memory is full | what is used least goes (eviction), so first what bots left; its visitor is a stranger |
//! | a second process | has sessions of its own and knows none of these |
//!
//! So an acknowledged change can go under here, unlike with the other stores. The start says so in
//! one line. One lock guards everything. It is held for a look into a hash table and two ordered
//! sets, well under a microsecond to some microseconds, and never across a wait; records are
//! copied outside of it.

mod shelf;

use std::cmp::Reverse;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Capabilities, Outcome, Store, StoreError};
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
use shelf::Shelf;
#[cfg(unix)]
pub(super) use shelf::weight;

/// Sessions in memory: neither durable nor shared with other processes.
pub struct CacheStore(Mutex<Shelf>);

impl CacheStore {
    /// An empty one that holds about so many bytes.
    pub fn new(bytes: u64) -> Self {
        CacheStore(Mutex::new(Shelf::new(bytes)))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is stored of this locker, if its version is `version` or none is named.
fn read(shelf: &Shelf, locker: Locker, version: Option<i64>) -> Option<Arc<Record>> {
    let record = shelf.get(locker)?;
    let is_read = version.is_none_or(|version| record.version == version);
    is_read.then_some(record)
}

#[rocket::async_trait]
impl Store for CacheStore {
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
        shelf.put(record).map(|()| Outcome::Done)
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let record = Arc::new(record.clone());
        let mut shelf = self.shelf();
        match read(&shelf, record.locker, Some(version)) {
            Some(_) => shelf.put(record).map(|()| Outcome::Done),
            None => Ok(Outcome::Conflict),
        }
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        let mut shelf = self.shelf();
        match read(&shelf, locker, version) {
            Some(_) => {
                shelf.take(locker);
                Ok(Outcome::Done)
            }
            None => Ok(Outcome::Conflict),
        }
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
        shelf.put(Arc::new(touched)).map(|()| Outcome::Done)
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
