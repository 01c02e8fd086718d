//! A store of one's own, whole: records in a map. It passes the suite that every store has to pass.
//!
//!     cargo run -p rocket-session-layer --features conformance --example my_store
//!     cargo test -p rocket-session-layer --features conformance --example my_store

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket_session_layer::Outcome::{Conflict, Done};
use rocket_session_layer::conformance::{self, Place};
use rocket_session_layer::{Capabilities, Locker, Outcome, Record, Store, StoreError, Timestamp};

#[derive(Default)]
struct MyStore(Mutex<HashMap<Locker, Record>>);

impl MyStore {
    // The lock makes each change atomic. No `.await` is under it, so the standard mutex will do.
    fn records(&self) -> MutexGuard<'_, HashMap<Locker, Record>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts `new` in the place of the record in `locker`, if that still has this version. If not,
    /// another request was faster: a change that was made all the same would undo that request's, or
    /// revive a deleted record.
    fn swap(&self, locker: Locker, version: Option<i64>, new: Option<&Record>) -> Outcome {
        let mut records = self.records();
        let is_same = |old: &Record| version.is_none_or(|version| old.version == version);
        let is_taken = |new: &Record| new.locker != locker && records.contains_key(&new.locker);
        if !records.get(&locker).is_some_and(is_same) || new.is_some_and(is_taken) {
            return Conflict;
        }
        records.remove(&locker);
        records.extend(new.map(|new| (new.locker, new.clone())));
        Done
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
        match self.records().entry(record.locker) {
            Occupied(_) => return Ok(Conflict),
            Vacant(place) => place.insert(record.clone()),
        };
        Ok(Done)
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        Ok(self.swap(record.locker, Some(version), Some(record)))
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        Ok(self.swap(locker, version, None))
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        Ok(self.swap(ended, Some(version), Some(created)))
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        match self.records().get_mut(&record.locker) {
            Some(stored) if stored.version == record.version => {
                (stored.touched, stored.expires) = (record.touched, record.expires);
                Ok(Done)
            }
            _ => Ok(Conflict),
        }
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        let mut records = self.records();
        let expired = |record: &&Record| record.expires <= now;
        let expired = records.values().filter(expired).take(most as usize);
        let lockers: Vec<Locker> = expired.map(|record| record.locker).collect();
        records.retain(|locker, _| !lockers.contains(locker));
        Ok(lockers.len())
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        let mut lockers: Vec<Locker> = self.records().keys().copied().collect();
        lockers.retain(|locker| Some(*locker) > after);
        lockers.sort();
        lockers.truncate(most as usize);
        Ok(lockers)
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
