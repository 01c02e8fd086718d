//! The thread that writes: it commits together whatever has queued up.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use diesel::prelude::*;
use rocket::tokio::sync::oneshot;

use super::follower::{Effect, Follower};
use super::row::Row;
use super::update::{Touch, update};
use crate::db::Database;
use crate::schema::sessions;
use crate::session::id::Locker;
use crate::session::record::Record;
use crate::session::stores::StoreError;

/// The most changes in one commit, so that the first in the queue need not wait for too many.
const MOST_A_COMMIT: usize = 256;

pub(super) enum Change {
    Create(Stored),
    Update {
        stored: Stored,
        version: i64,
    },
    Delete {
        locker: i64,
        version: Option<i64>,
    },
    Replace {
        ended: i64,
        version: i64,
        stored: Stored,
    },
    Touch {
        locker: i64,
        version: i64,
        touched: i64,
        expires: i64,
    },
    Purge {
        now: i64,
        most: u32,
    },
}

/// A record on its way into the table.
pub(super) struct Stored {
    pub(super) row: Row,
    /// The same for a follower, if there is one.
    pub(super) record: Option<Arc<Record>>,
}

impl Stored {
    fn effect(&self) -> Effect {
        Effect {
            locker: Locker::from_number(self.row.locker),
            record: self.record.clone(),
        }
    }
}

struct Job {
    change: Change,
    answer: oneshot::Sender<Result<usize, StoreError>>,
}

pub(super) struct Writer {
    /// None only while it is being dropped.
    queue: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        database: Database,
        follower: Option<Arc<dyn Follower>>,
    ) -> Result<Self, StoreError> {
        let mut connection = Some(database.connect()?);
        let (queue, jobs) = channel();
        let serve = move || {
            while let Some(batch) = next_batch(&jobs) {
                commit(&database, &mut connection, follower.as_deref(), batch);
            }
        };
        let thread = thread::Builder::new()
            .name("session-writer".to_owned())
            .spawn(serve)
            .map_err(StoreError::unavailable)?;
        let (queue, thread) = (Some(queue), Some(thread));
        Ok(Writer { queue, thread })
    }

    /// Queues a change and waits for the commit that contains it. Returns how many sessions it
    /// changed: none where the version was another one by then.
    pub(super) async fn write(&self, change: Change) -> Result<usize, StoreError> {
        let gone = || StoreError::unavailable("the thread that writes sessions has ended");
        let (answer, answered) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        queue.send(Job { change, answer }).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    /// Ends the thread when its queue is empty, so that nothing has the file open afterwards.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Waits for a change and takes what has come in besides. None when the store is gone.
fn next_batch(jobs: &Receiver<Job>) -> Option<Vec<Job>> {
    let first = jobs.recv().ok()?;
    let rest = jobs.try_iter().take(MOST_A_COMMIT - 1);
    Some(std::iter::once(first).chain(rest).collect())
}

fn commit(
    database: &Database,
    kept: &mut Option<SqliteConnection>,
    follower: Option<&dyn Follower>,
    batch: Vec<Job>,
) {
    let result = match kept.take() {
        Some(connection) => Ok(connection),
        None => database.connect().map_err(StoreError::from),
    }
    .and_then(|mut connection| {
        let done = connection.immediate_transaction(|connection| {
            if let Some(follower) = follower {
                follower.begun(connection);
            }
            let effects = batch.iter().map(|job| apply(&job.change, connection));
            effects.collect::<QueryResult<Vec<Vec<Effect>>>>()
        });
        if let (Some(follower), Err(_)) = (follower, &done) {
            follower.failed();
        }
        // A connection whose transaction failed is closed; the next batch opens another.
        let effects = done.map_err(StoreError::unavailable)?;
        let changed: Vec<usize> = effects.iter().map(Vec::len).collect();
        if let Some(follower) = follower {
            let effects = effects.into_iter().flatten().collect();
            follower.committed(&mut connection, effects);
        }
        *kept = Some(connection);
        Ok(changed)
    });
    // A receiver that is gone belonged to a request that has ended: nobody is left to be told.
    match result {
        Ok(changed) => {
            for (job, changed) in batch.into_iter().zip(changed) {
                let _ = job.answer.send(Ok(changed));
            }
        }
        Err(error) => {
            for job in batch {
                let _ = job.answer.send(Err(error.clone()));
            }
        }
    }
}

/// Returns what this does to which sessions: nothing where the version is another one by now.
fn apply(change: &Change, connection: &mut SqliteConnection) -> QueryResult<Vec<Effect>> {
    let (rows, effects) = match change {
        Change::Create(stored) => (create(&stored.row, connection)?, vec![stored.effect()]),
        Change::Update { stored, version } => {
            let rows = update(&stored.row, *version, connection)?;
            (rows, vec![stored.effect()])
        }
        Change::Delete {
            locker,
            version: None,
        } => {
            let rows = diesel::delete(sessions::table.find(locker)).execute(connection)?;
            (rows, vec![Effect::other(*locker)])
        }
        Change::Delete {
            locker,
            version: Some(version),
        } => {
            let rows = delete(*locker, *version, connection)?;
            (rows, vec![Effect::other(*locker)])
        }
        Change::Replace {
            ended,
            version,
            stored,
        } => {
            if delete(*ended, *version, connection)? == 0 {
                return Ok(Vec::new());
            }
            match create(&stored.row, connection)? {
                // One in 2^63: the new locker is taken. Everything in this commit fails, nothing is lost.
                0 => return Err(diesel::result::Error::RollbackTransaction),
                rows => (rows, vec![Effect::other(*ended), stored.effect()]),
            }
        }
        Change::Touch {
            locker,
            version,
            touched,
            expires,
        } => {
            let touch = Touch {
                locker,
                version,
                touched,
                expires,
            };
            let rows = touch.execute(connection)?;
            (rows, vec![Effect::other(*locker)])
        }
        Change::Purge { now, most } => {
            let over = sessions::table
                .filter(sessions::expires.le(now))
                .select(sessions::locker)
                .limit((*most).into());
            let over: Vec<i64> = over.load(connection)?;
            let named = sessions::table.filter(sessions::locker.eq_any(&over));
            let rows = diesel::delete(named).execute(connection)?;
            (rows, over.into_iter().map(Effect::other).collect())
        }
    };
    Ok(if rows == 0 { Vec::new() } else { effects })
}

fn create(row: &Row, connection: &mut SqliteConnection) -> QueryResult<usize> {
    diesel::insert_or_ignore_into(sessions::table)
        .values(row)
        .execute(connection)
}

fn delete(locker: i64, version: i64, connection: &mut SqliteConnection) -> QueryResult<usize> {
    let read = sessions::table
        .find(locker)
        .filter(sessions::version.eq(version));
    diesel::delete(read).execute(connection)
}
