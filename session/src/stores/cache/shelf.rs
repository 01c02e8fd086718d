//! Records in memory, bounded in bytes, found by locker, by user and by the moment they expire.

use std::collections::BTreeSet;
use std::hash::RandomState;

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
    records: Cache<Locker, Record, Weight, RandomState, Evictions>,
    expiring: BTreeSet<(Timestamp, Locker)>,
    users: BTreeSet<(String, Locker)>,
}

impl Shelf {
    pub(super) fn new(bytes: u64) -> Self {
        // A guess, for the list of lately evicted lockers only; no memory is reserved by it.
        let records = usize::try_from(bytes / 1_000).unwrap_or(usize::MAX);
        Shelf {
            records: Cache::with(records, bytes, Weight, RandomState::new(), Evictions),
            expiring: BTreeSet::new(),
            users: BTreeSet::new(),
        }
    }

    pub(super) fn get(&self, locker: Locker) -> Option<&Record> {
        self.records.get(&locker)
    }

    /// Keeps this record in place of the one in its locker, and evicts others if it needs their
    /// room.
    ///
    /// # Errors
    ///
    /// It is larger than half of the memory. Then nothing has changed.
    pub(super) fn put(&mut self, record: Record) -> Result<(), StoreError> {
        let weight = Weight.weight(&record.locker, &record);
        let memory = self.records.capacity();
        if weight > memory / 2 {
            let reason = format!("{weight} bytes are too many for a memory of {memory}");
            return Err(StoreError::unavailable(reason));
        }
        self.take(record.locker);
        self.expiring.insert((record.expires, record.locker));
        self.users.extend(user_entry(&record));
        let (locker, mut evicted) = (record.locker, Vec::new());
        self.records
            .insert_with_lifecycle(locker, record, &mut evicted);
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
        if let Some((_, record)) = self.records.remove(&locker) {
            self.unlist(&record);
        }
    }

    pub(super) fn lockers(&self) -> Vec<Locker> {
        self.expiring.iter().map(|(_, locker)| *locker).collect()
    }

    /// Takes out at most `most` records that expire at `now` or before, and returns how many.
    pub(super) fn purge(&mut self, now: Timestamp, most: usize) -> usize {
        let over = self.expiring.iter().take_while(|(at, _)| *at <= now);
        let over: Vec<Locker> = over.take(most).map(|(_, locker)| *locker).collect();
        for locker in &over {
            self.take(*locker);
        }
        over.len()
    }

    pub(super) fn of_user(&self, user: &str) -> Vec<Record> {
        let first = (user.to_owned(), Locker::from_number(i64::MIN));
        let entries = self.users.range(first..);
        let entries = entries.take_while(|(name, _)| name == user);
        let records = entries.filter_map(|(_, locker)| self.records.peek(locker));
        records.cloned().collect()
    }

    fn unlist(&mut self, record: &Record) {
        self.expiring.remove(&(record.expires, record.locker));
        if let Some(entry) = user_entry(record) {
            self.users.remove(&entry);
        }
    }
}

/// The record's place in the set of users. `None` if no user is logged in.
fn user_entry(record: &Record) -> Option<(String, Locker)> {
    let user = record.contents.user.clone();
    user.map(|user| (user, record.locker))
}

/// Bytes of memory that a record takes, about. The cache asks again when it evicts or replaces a
/// record, and is answered by computing it again: that takes less than a microsecond unless a session
/// has hundreds of keys.
struct Weight;

impl Weighter<Locker, Record> for Weight {
    fn weight(&self, _: &Locker, record: &Record) -> u64 {
        let contents = &record.contents;
        let names = [&contents.user, &contents.last_user];
        let names: usize = names.into_iter().flatten().map(String::len).sum();
        let keys = contents.data.keys().count() * A_KEY;
        (A_RECORD + 2 * names + keys + contents.data.size()) as u64
    }
}

/// Hands evicted records back to `put`, which takes them off the sets.
struct Evictions;

impl Lifecycle<Locker, Record> for Evictions {
    type RequestState = Vec<Record>;

    fn on_evict(&self, evicted: &mut Vec<Record>, _: Locker, record: Record) {
        evicted.push(record);
    }
}
