//! A good store with one flaw in front of it. Tests that judge stores or histories have to notice.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use rocket_session_layer::{Capabilities, Locker, Outcome, Record, Store, StoreError, Timestamp};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// An update does not look at the version: what came between is lost.
    ForgetsVersions,
    /// An update of a deleted record stores it again.
    RevivesTheDeleted,
    /// The user whose data it is gets lost.
    LosesAField,
    /// Of seven updates one is said to be done and is not.
    ForgetsUpdates,
    /// Of seven looks one shows the record before the last change.
    ShowsTheOld,
}

/// A store with a flaw, or without.
pub struct Broken {
    flaw: Option<Flaw>,
    store: Arc<dyn Store>,
    calls: AtomicU32,
    /// Each record before its last change.
    old: Mutex<HashMap<Locker, Record>>,
}

impl Broken {
    pub fn new(store: Arc<dyn Store>, flaw: Option<Flaw>) -> Broken {
        Broken {
            flaw,
            store,
            calls: AtomicU32::new(0),
            old: Mutex::default(),
        }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// True for every seventh call, if it has this flaw.
    fn fails_now(&self, flaw: Flaw) -> bool {
        self.has(flaw) && self.calls.fetch_add(1, Ordering::Relaxed) % 7 == 6
    }

    fn written(&self, record: &Record) -> Record {
        let mut record = record.clone();
        if self.has(Flaw::LosesAField) {
            record.contents.last_user = None;
        }
        record
    }
}

#[rocket::async_trait]
impl Store for Broken {
    fn name(&self) -> &'static str {
        self.store.name()
    }

    fn capabilities(&self) -> Capabilities {
        self.store.capabilities()
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let loaded = self.store.load(locker).await?;
        let old = || self.old.lock().unwrap().get(&locker).cloned();
        Ok(match loaded {
            Some(loaded) if self.fails_now(Flaw::ShowsTheOld) => Some(old().unwrap_or(loaded)),
            loaded => loaded,
        })
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.store.create(&self.written(record)).await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let record = self.written(record);
        let Some(stored) = self.store.load(record.locker).await? else {
            return if self.has(Flaw::RevivesTheDeleted) {
                self.store.create(&record).await
            } else {
                Ok(Outcome::Conflict)
            };
        };
        if self.fails_now(Flaw::ForgetsUpdates) {
            return Ok(Outcome::Done);
        }
        let version = if self.has(Flaw::ForgetsVersions) {
            stored.version
        } else {
            version
        };
        self.old.lock().unwrap().insert(record.locker, stored);
        self.store.update(&record, version).await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.store.delete(locker, version).await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        self.store
            .replace(ended, version, &self.written(created))
            .await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.store.touch(record).await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        self.store.purge(now, most).await
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        self.store.lockers(after, most).await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        self.store.of_user(user).await
    }
}
