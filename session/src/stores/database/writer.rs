//! The one thread that writes: it commits together all changes that have queued up.
//!
//! SQLite takes one writer at a time. Many threads with a connection each would wait for its lock by
//! polling, and would wait for the disk one after the other; in a queue they wait in order, and for
//! one commit. A thread of its own and not a task, because a commit blocks until the disk has
//! answered, and a blocked task would keep a worker from serving other requests.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use diesel::prelude::*;
use diesel::result::Error;
use rocket::tokio::sync::oneshot;

use super::row::Row;
use crate::db::Database;
use crate::error::StoreError;
use crate::schema::sessions;

/// The most changes in one commit, so that the first in the queue need not wait for too many.
const MOST_A_COMMIT: usize = 256;

/// One operation of the store on the table.
pub(super) enum Change {
    Create(Row),
    Update {
        row: Row,
        version: i64,
    },
    /// Deletes any version if `version` is `None`.
    Delete {
        locker: i64,
        version: Option<i64>,
    },
    Replace {
        ended: i64,
        version: i64,
        created: Row,
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

/// A change, and the way back to the request that waits for it.
type Job = (Change, oneshot::Sender<Result<usize, StoreError>>);

/// The queue's end that requests hold.
pub(super) struct Writer {
    /// `None` only while it is being dropped.
    queue: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(database: Database) -> Result<Self, StoreError> {
        let mut connection = Some(database.connect()?);
        let (queue, jobs) = channel();
        let serve = move || {
            while let Some(batch) = next_batch(&jobs) {
                write_batch(&database, &mut connection, batch);
            }
        };
        let thread = thread::Builder::new()
            .name("session-writer".to_owned())
            .spawn(serve)
            .map_err(StoreError::unavailable)?;
        let (queue, thread) = (Some(queue), Some(thread));
        Ok(Writer { queue, thread })
    }

    /// Queues a change and waits for the commit that contains it. Returns the number of sessions
    /// that it changed, which is zero if their version was another one.
    pub(super) async fn write(&self, change: Change) -> Result<usize, StoreError> {
        let gone = || StoreError::unavailable("the thread that writes sessions has ended");
        let (answer, answered) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        queue.send((change, answer)).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    /// Waits until the queue is written, so that no thread has the file open afterwards.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Waits for one change and takes with it all that have queued up. `None` when the store is gone.
fn next_batch(jobs: &Receiver<Job>) -> Option<Vec<Job>> {
    let first = jobs.recv().ok()?;
    let others = jobs.try_iter().take(MOST_A_COMMIT - 1);
    Some(std::iter::once(first).chain(others).collect())
}

/// Commits these changes and answers each of them. If the commit fails, it has made none of them.
fn write_batch(database: &Database, kept: &mut Option<SqliteConnection>, batch: Vec<Job>) {
    let (changes, answers): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    let counts = commit(database, kept, &changes);
    for (place, answer) in answers.into_iter().enumerate() {
        let count = counts.as_ref().map(|counts| counts[place]);
        // An answer that can't be sent was for a request that was cancelled in the meantime.
        let _ = answer.send(count.map_err(StoreError::clone));
    }
}

/// Returns the number of rows that each change has changed.
fn commit(
    database: &Database,
    kept: &mut Option<SqliteConnection>,
    changes: &[Change],
) -> Result<Vec<usize>, StoreError> {
    let mut connection = match kept.take() {
        Some(connection) => connection,
        None => database.connect()?,
    };
    let counts = connection
        .immediate_transaction(|connection| {
            let counts = changes.iter().map(|change| apply(change, connection));
            counts.collect::<QueryResult<Vec<usize>>>()
        })
        .map_err(StoreError::unavailable)?;
    // Kept only after a success: a transaction that failed may have left the connection within it.
    *kept = Some(connection);
    Ok(counts)
}

fn apply(change: &Change, connection: &mut SqliteConnection) -> QueryResult<usize> {
    match change {
        Change::Create(row) => create(row, connection),
        Change::Update { row, version } => row.update(*version, connection),
        Change::Delete {
            locker,
            version: None,
        } => diesel::delete(sessions::table.find(locker)).execute(connection),
        Change::Delete {
            locker,
            version: Some(version),
        } => delete(*locker, *version, connection),
        Change::Replace {
            ended,
            version,
            created,
        } => {
            if delete(*ended, *version, connection)? == 0 {
                return Ok(0);
            }
            match create(created, connection)? {
                // The new locker is taken, one time in 2^63. All of this commit fails, and is
                // answered as failed.
                0 => Err(Error::RollbackTransaction),
                rows => Ok(rows),
            }
        }
        Change::Touch {
            locker,
            version,
            touched,
            expires,
        } => {
            let read = sessions::table
                .find(locker)
                .filter(sessions::version.eq(version));
            let touch = (sessions::touched.eq(touched), sessions::expires.eq(expires));
            diesel::update(read).set(touch).execute(connection)
        }
        Change::Purge { now, most } => {
            let over = sessions::table
                .filter(sessions::expires.le(now))
                .select(sessions::locker)
                .limit((*most).into());
            let over: Vec<i64> = over.load(connection)?;
            let named = sessions::table.filter(sessions::locker.eq_any(&over));
            diesel::delete(named).execute(connection)
        }
    }
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
