//! A store of one's own, whole: records in a map. It passes the suite that every store has to pass.
//!
//!     cargo run -p rocket-session-layer --features conformance --example my_store
//!     cargo test -p rocket-session-layer --features conformance --example my_store

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket_session_layer::Outcome::{Conflict, Done};
use rocket_session_layer::conformance::{self, Place};
use rocket_session_layer::{Capabilities, Locker, Outcome, Record, Store, StoreError, Timestamp};

type Records = HashMap<Locker, Record>;

#[derive(Default)]
struct MyStore(Mutex<Records>);

impl MyStore {
    // The lock makes each change atomic. No `.await` is under it, so the standard mutex will do.
    fn records(&self) -> MutexGuard<'_, Records> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a change if the record still has this version. If not, another request was faster: a
    /// change that was made all the same would undo that request's, or revive a deleted record.
    fn change(
        &self,
        locker: Locker,
        version: i64,
        change: impl FnOnce(&mut Records) -> Outcome,
    ) -> Result<Outcome, StoreError> {
        let mut records = self.records();
        match records.get(&locker) {
            Some(stored) if stored.version == version => Ok(change(&mut records)),
            _ => Ok(Conflict),
        }
    }
}

#[rocket::async_trait]
impl Store for MyStore {
    fn name(&self) -> &'static str {
        "my store"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            shared: false,
            durable: false,
            ..Capabilities::ALL
        }
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        Ok(self.records().get(&locker).cloned())
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let mut records = self.records();
        if records.contains_key(&record.locker) {
            return Ok(Conflict);
        }
        records.insert(record.locker, record.clone());
        Ok(Done)
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        self.change(record.locker, version, |records| {
            records.insert(record.locker, record.clone());
            Done
        })
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        let delete = |records: &mut Records| records.remove(&locker).map_or(Conflict, |_| Done);
        match version {
            Some(version) => self.change(locker, version, delete),
            None => Ok(delete(&mut self.records())),
        }
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        self.change(ended, version, |records| {
            if records.contains_key(&created.locker) {
                return Conflict;
            }
            records.remove(&ended);
            records.insert(created.locker, created.clone());
            Done
        })
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.change(record.locker, record.version, |records| {
            let stored = records.entry(record.locker);
            stored.and_modify(|stored| {
                stored.touched = record.touched;
                stored.expires = record.expires;
            });
            Done
        })
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        let mut records = self.records();
        let expired = records.values().filter(|record| record.expires <= now);
        let expired = expired.map(|record| record.locker).take(most as usize);
        let expired: Vec<Locker> = expired.collect();
        records.retain(|locker, _| !expired.contains(locker));
        Ok(expired.len())
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let records = self.records();
        let theirs = |record: &&Record| record.contents.user.as_deref() == Some(user);
        let mut theirs: Vec<Record> = records.values().filter(theirs).cloned().collect();
        theirs.sort_by_key(|record| Reverse(record.touched));
        Ok(theirs)
    }
}

struct MyPlace;

impl Place for MyPlace {
    fn empty() -> Self {
        MyPlace
    }

    fn open(&self) -> Arc<dyn Store> {
        Arc::new(MyStore::default())
    }
}

#[rocket::main]
async fn main() {
    // An app uses it with `.attach(Session::fairing().with_store(MyStore::default()))`.
    let failures = conformance::failures::<MyPlace>().await;
    for failure in &failures {
        println!("{failure}");
    }
    println!("{} cases failed.", failures.len());
}

#[cfg(test)]
mod tests {
    rocket_session_layer::conformance!(super::MyPlace);
}
