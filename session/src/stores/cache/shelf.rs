//! Records in memory, bounded in bytes, found by locker, by user and by the moment they expire.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::RandomState;
use std::sync::Arc;

use quick_cache::unsync::Cache;
use quick_cache::{Lifecycle, Weighter};

use crate::clock::Timestamp;
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;

/// Bytes that a record takes in addition to its texts: itself and its places in table and sets.
const A_RECORD: usize = 600;

/// Bytes that a key takes in addition to its texts: two allocations and their place.
const A_KEY: usize = 100;

pub(super) struct Shelf {
    /// The crate's variant without locks of its own, since the store's lock guards the sets too.
    records: Cache<Locker, Kept, Weight, RandomState, Evictions>,
    expiring: BTreeSet<(Timestamp, Locker)>,
    users: BTreeMap<String, BTreeSet<Locker>>,
    bytes: u64,
}

#[derive(Clone)]
struct Kept {
    record: Arc<Record>,
    /// Computed once, because the cache asks for it whenever it makes room.
    weight: u64,
}

impl Shelf {
    pub(super) fn new(bytes: u64) -> Self {
        // A guess, for the list of lately evicted lockers only; no memory is reserved by it.
        let records = usize::try_from(bytes / 1_000).unwrap_or(usize::MAX);
        Shelf {
            records: Cache::with(records, bytes, Weight, RandomState::new(), Evictions),
            expiring: BTreeSet::new(),
            users: BTreeMap::new(),
            bytes,
        }
    }

    pub(super) fn get(&self, locker: Locker) -> Option<Arc<Record>> {
        self.records.get(&locker).map(|kept| kept.record.clone())
    }

    /// Keeps this record in place of the one in its locker, and evicts others if it needs their
    /// room.
    ///
    /// # Errors
    ///
    /// It is larger than half of the memory. Then nothing has changed.
    pub(super) fn put(&mut self, record: Arc<Record>) -> Result<(), StoreError> {
        let weight = weight(&record);
        if weight > self.bytes / 2 {
            let reason = format!("{weight} bytes are too many for a memory of {}", self.bytes);
            return Err(StoreError::unavailable(reason));
        }
        self.take(record.locker);
        self.list(&record);
        let (locker, mut evicted) = (record.locker, Vec::new());
        let kept = Kept { record, weight };
        self.records
            .insert_with_lifecycle(locker, kept, &mut evicted);
        for record in evicted {
            self.unlist(&record);
        }
        // The crate may also evict the new record. That must not be answered as stored.
        if !self.records.contains_key(&locker) {
            return Err(StoreError::unavailable("the memory for sessions is full"));
        }
        Ok(())
    }

    pub(super) fn take(&mut self, locker: Locker) {
        if let Some((_, kept)) = self.records.remove(&locker) {
            self.unlist(&kept.record);
        }
    }

    /// The lockers of at most `most` records that expire at `now` or before.
    pub(super) fn over(&self, now: Timestamp, most: usize) -> Vec<Locker> {
        let over = self.expiring.iter().take_while(|(at, _)| *at <= now);
        over.take(most).map(|(_, locker)| *locker).collect()
    }

    pub(super) fn of_user(&self, user: &str) -> Vec<Arc<Record>> {
        let lockers = self.users.get(user).into_iter().flatten();
        let kept = lockers.filter_map(|locker| self.records.peek(locker));
        kept.map(|kept| kept.record.clone()).collect()
    }

    fn list(&mut self, record: &Record) {
        self.expiring.insert((record.expires, record.locker));
        if let Some(user) = &record.contents.user {
            let lockers = self.users.entry(user.clone()).or_default();
            lockers.insert(record.locker);
        }
    }

    fn unlist(&mut self, record: &Record) {
        self.expiring.remove(&(record.expires, record.locker));
        if let Some(user) = &record.contents.user
            && let Some(lockers) = self.users.get_mut(user)
        {
            lockers.remove(&record.locker);
            if lockers.is_empty() {
                self.users.remove(user);
            }
        }
    }
}

/// Bytes of memory that a record takes, about.
fn weight(record: &Record) -> u64 {
    let contents = &record.contents;
    let names = [&contents.user, &contents.last_user];
    let names: usize = names.into_iter().flatten().map(String::len).sum();
    let keys = contents.data.keys().count() * A_KEY;
    (A_RECORD + 2 * names + keys + contents.data.size()) as u64
}

struct Weight;

impl Weighter<Locker, Kept> for Weight {
    fn weight(&self, _: &Locker, kept: &Kept) -> u64 {
        kept.weight
    }
}

/// Hands evicted records back to `put`, which takes them off the sets.
struct Evictions;

impl Lifecycle<Locker, Kept> for Evictions {
    type RequestState = Vec<Arc<Record>>;

    fn on_evict(&self, evicted: &mut Self::RequestState, _: Locker, kept: Kept) {
        evicted.push(kept.record);
    }
}
