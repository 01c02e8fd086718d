//! The thread that writes: it commits together whatever has queued up.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use diesel::prelude::*;
use rocket::tokio::sync::oneshot;

use super::row::Row;
use super::update::Update;
use crate::db::Database;
use crate::schema::sessions;
use crate::session::stores::StoreError;

/// The most changes in one commit, so that the first in the queue need not wait for too many.
const MOST_A_COMMIT: usize = 256;

pub(super) enum Change {
    Create(Row),
    Update {
        row: Row,
        version: i64,
    },
    Delete {
        locker: i64,
        version: Option<i64>,
    },
    Replace {
        ended: i64,
        version: i64,
        row: Row,
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
    pub(super) fn start(database: Database) -> Result<Self, StoreError> {
        let mut connection = Some(database.connect()?);
        let (queue, jobs) = channel();
        let serve = move || {
            while let Some(batch) = next_batch(&jobs) {
                commit(&database, &mut connection, batch);
            }
        };
        let thread = thread::Builder::new()
            .name("session-writer".to_owned())
            .spawn(serve)
            .map_err(StoreError::unavailable)?;
        let (queue, thread) = (Some(queue), Some(thread));
        Ok(Writer { queue, thread })
    }

    /// Queues a change and waits for the commit that contains it. Returns how many rows it
    /// changed.
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

fn commit(database: &Database, kept: &mut Option<SqliteConnection>, batch: Vec<Job>) {
    let result = match kept.take() {
        Some(connection) => Ok(connection),
        None => database.connect().map_err(StoreError::from),
    }
    .and_then(|mut connection| {
        let changed = connection.immediate_transaction(|connection| {
            let changes = batch.iter().map(|job| apply(&job.change, connection));
            changes.collect::<QueryResult<Vec<usize>>>()
        });
        // A connection whose transaction failed is closed; the next batch opens another.
        let changed = changed.map_err(StoreError::unavailable)?;
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

fn apply(change: &Change, connection: &mut SqliteConnection) -> QueryResult<usize> {
    match change {
        Change::Create(row) => create(row, connection),
        Change::Update { row, version } => Update::of(row, version).execute(connection),
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
            row,
        } => {
            if delete(*ended, *version, connection)? == 0 {
                return Ok(0);
            }
            match create(row, connection)? {
                // One in 2^63: the new locker is taken. Everything in this commit fails, nothing is lost.
                0 => Err(diesel::result::Error::RollbackTransaction),
                created => Ok(created),
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
            diesel::update(read)
                .set((sessions::touched.eq(touched), sessions::expires.eq(expires)))
                .execute(connection)
        }
        Change::Purge { now, most } => {
            let over = sessions::table
                .filter(sessions::expires.le(now))
                .select(sessions::locker)
                .limit((*most).into());
            let over: Vec<i64> = over.load(connection)?;
            diesel::delete(sessions::table.filter(sessions::locker.eq_any(over)))
                .execute(connection)
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
