//! Copies of rows in memory, and when one may be used.

use std::hash::RandomState;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Integer;
use diesel::sqlite::Sqlite;
use quick_cache::Weighter;
use quick_cache::unsync::Cache;

use super::watch::{State, Watch};
use crate::session::id::Locker;
use crate::session::record::Record;
use crate::session::stores::StoreError;
use crate::session::stores::cache::weight;
use crate::session::stores::database::{Effect, Follower};

pub(super) struct Copies {
    watch: Watch,
    /// Held for a look at the header and into a hash table, never while the disk is waited for.
    kept: Mutex<Kept>,
}

struct Kept {
    records: Cache<Locker, Copy, Weight, RandomState>,
    /// The state of the database in which all copies of this generation are what the rows are.
    state: State,
    /// To begin a new one forgets all copies at once. The old ones make room as they are met.
    generation: u64,
    writing: Option<Writing>,
}

/// Our own transaction, from its beginning until its effects are entered.
struct Writing {
    /// What our connection called the database's content at the beginning.
    version: Option<i32>,
}

/// What a look found.
pub(super) struct Found {
    pub(super) copy: Option<Arc<Record>>,
    /// The state of the database at that moment: what is read afterwards is not older.
    pub(super) state: State,
}

impl Copies {
    /// None yet, with room for about so many bytes of them.
    pub(super) fn new(watch: Watch, bytes: u64) -> Result<Self, StoreError> {
        // Only a guess for the list of those that were evicted lately; nothing is reserved.
        let records = usize::try_from(bytes / 1_000).unwrap_or(usize::MAX);
        let kept = Kept {
            records: Cache::with(
                records,
                bytes,
                Weight,
                RandomState::new(),
                Default::default(),
            ),
            state: watch.state()?,
            generation: 0,
            writing: None,
        };
        let kept = Mutex::new(kept);
        Ok(Copies { watch, kept })
    }

    /// The copy of a row, if there is one and nothing was committed that it does not know of.
    pub(super) fn look(&self, locker: Locker) -> Result<Found, StoreError> {
        let mut kept = self.kept();
        // Under the lock, so that it is never older than the state of the copies.
        let state = self.watch.state()?;
        // A later state while we write is most likely our own commit, of which the copies are
        // about to be told: they are passed by, and kept.
        if state != kept.state && kept.writing.is_none() {
            kept.forget(state);
        }
        let copy = match state == kept.state {
            true => kept.get(locker),
            false => None,
        };
        Ok(Found { copy, state })
    }

    /// Keeps a copy of a row that was read after a look that found this state. It is dropped if
    /// the copies are of another state by now: then it may be what the row was before.
    pub(super) fn keep(&self, record: &Record, state: State) {
        let record = Arc::new(record.clone());
        let mut kept = self.kept();
        if kept.state == state {
            kept.put(record);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Follower for Copies {
    fn begun(&self, connection: &mut SqliteConnection) {
        let version = content_version(connection);
        let mut kept = self.kept();
        match self.watch.state() {
            Ok(state) if state == kept.state => {}
            Ok(state) => kept.forget(state),
            // Readers are told of it; nothing is entered.
            Err(_) => return,
        }
        kept.writing = Some(Writing { version });
    }

    fn committed(&self, connection: &mut SqliteConnection, effects: Vec<Effect>) {
        let state = self.watch.state();
        // Looked at after the state: if it has not changed by now, that state is our commit's.
        let version = content_version(connection);
        let mut kept = self.kept();
        let (Some(writing), Ok(state)) = (kept.writing.take(), state) else {
            return;
        };
        if version.is_none() || version != writing.version {
            // The next look forgets them, because their state is not the database's.
            return;
        }
        kept.state = state;
        for Effect { locker, record } in effects {
            match record {
                Some(record) => kept.put(record),
                None => drop(kept.records.remove(&locker)),
            }
        }
    }

    fn failed(&self) {
        self.kept().writing = None;
    }
}

impl Kept {
    fn get(&self, locker: Locker) -> Option<Arc<Record>> {
        let copy = self.records.get(&locker)?;
        (copy.generation == self.generation).then(|| copy.record.clone())
    }

    /// A record that is too large for the memory takes what was there before along.
    fn put(&mut self, record: Arc<Record>) {
        let copy = Copy {
            weight: weight(&record),
            generation: self.generation,
            record,
        };
        self.records.insert(copy.record.locker, copy);
    }

    fn forget(&mut self, state: State) {
        self.state = state;
        self.generation += 1;
    }
}

#[derive(Clone)]
struct Copy {
    record: Arc<Record>,
    generation: u64,
    /// Weighed once: it is asked for whenever room is made.
    weight: u64,
}

struct Weight;

impl Weighter<Locker, Copy> for Weight {
    fn weight(&self, _: &Locker, copy: &Copy) -> u64 {
        copy.weight
    }
}

/// A number that changes for this connection when another one commits, and not when it commits
/// itself (<https://sqlite.org/pragma.html#pragma_data_version>). None where SQLite does not say.
fn content_version(connection: &mut SqliteConnection) -> Option<i32> {
    ContentVersion.get_result(connection).ok()
}

/// Not `sql_query`, which is prepared anew each time: every commit asks twice.
#[derive(QueryId)]
struct ContentVersion;

impl QueryFragment<Sqlite> for ContentVersion {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("PRAGMA data_version");
        Ok(())
    }
}

impl Query for ContentVersion {
    type SqlType = Integer;
}

impl RunQueryDsl<SqliteConnection> for ContentVersion {}
