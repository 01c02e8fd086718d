//! The one thread that writes: it commits together all changes that have queued up.
//!
//! SQLite takes one writer at a time. Many threads with a connection each would wait for its lock
//! by polling, and would wait for the disk one after the other; in a queue they wait in order, and
//! for one commit. A thread of its own and not a task, because a commit blocks until the disk has
//! answered, and a blocked task would keep a worker from serving other requests.

use std::iter;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use diesel::prelude::*;
use rocket::tokio::sync::oneshot;

use crate::db::{Database, DatabaseError};
use crate::error::StoreError;

/// The most changes in one commit, so that the first in the queue need not wait for too many.
const MOST_A_COMMIT: usize = 256;

/// An operation of the store on the table. Returns the number of sessions that it changed, which is
/// zero if their version was another one.
type RowChange = Box<dyn FnOnce(&mut SqliteConnection) -> QueryResult<usize> + Send>;

/// A change, and the way back to the request that waits for it.
struct Job {
    change: RowChange,
    answer: oneshot::Sender<Result<usize, StoreError>>,
    /// Not to be made any more once its request has gone on without it.
    may_lapse: bool,
}

impl Job {
    fn has_lapsed(&self) -> bool {
        self.may_lapse && self.answer.is_closed()
    }
}

/// The queue's end that requests hold.
pub(super) struct Writer {
    /// `None` only while it is being dropped.
    queue: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(database: &Database) -> Result<Self, StoreError> {
        // A connection that only this thread uses: SQLite drops what a connection has in its memory
        // of the file as soon as another one has written.
        let mut connection = Some(database.connect()?);
        let database = database.clone();
        let (queue, jobs) = channel();
        let serve = move || {
            // Waits for one change and takes with it all that have queued up.
            while let Ok(first) = jobs.recv() {
                let others = jobs.try_iter().take(MOST_A_COMMIT - 1);
                write(&database, &mut connection, iter::once(first).chain(others));
            }
        };
        let thread = thread::Builder::new()
            .name("session-writer".to_owned())
            .spawn(serve)
            .map_err(StoreError::unavailable)?;
        let (queue, thread) = (Some(queue), Some(thread));
        Ok(Writer { queue, thread })
    }

    /// Queues a change, waits for the commit that contains it, and returns the change's own answer.
    pub(super) async fn write(&self, change: RowChange) -> Result<usize, StoreError> {
        self.queue(change, false).await
    }

    /// The same for a change that is not made if it is no longer waited for. While another program
    /// holds the database, such changes would pile up.
    pub(super) async fn write_if_awaited(&self, change: RowChange) -> Result<usize, StoreError> {
        self.queue(change, true).await
    }

    async fn queue(&self, change: RowChange, may_lapse: bool) -> Result<usize, StoreError> {
        let gone = || StoreError::unavailable("the thread that writes sessions has ended");
        let (answer, answered) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        let job = Job {
            change,
            answer,
            may_lapse,
        };
        queue.send(job).map_err(|_| gone())?;
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

/// Commits these changes and answers each of them. If the commit fails, it has made none of them.
fn write(
    database: &Database,
    connection: &mut Option<SqliteConnection>,
    batch: impl Iterator<Item = Job>,
) {
    let awaited = batch.filter(|job| !job.has_lapsed());
    let (changes, answers): (Vec<_>, Vec<_>) = awaited.map(|job| (job.change, job.answer)).unzip();
    if changes.is_empty() {
        return;
    }
    let counts = database.write_with(connection, |connection| {
        let counts = connection.immediate_transaction(|connection| {
            let counts = changes.into_iter().map(|change| change(connection));
            counts.collect::<QueryResult<Vec<usize>>>()
        });
        counts.map_err(DatabaseError::from)
    });
    let counts = counts.map_err(StoreError::from);
    for (index, answer) in answers.into_iter().enumerate() {
        let count = counts.as_ref().map(|counts| counts[index]);
        // An answer that can't be sent was for a request that was cancelled in the meantime.
        let _ = answer.send(count.map_err(StoreError::clone));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Synchronous;

    #[test]
    fn a_change_that_may_lapse_is_made_only_if_it_is_awaited() {
        let database = Database::open(Path::new(":memory:"), Synchronous::Normal).unwrap();
        let (made, count) = channel();
        let jobs = [(true, false), (false, false), (true, true), (false, true)];
        let jobs = jobs.map(|(may_lapse, awaited)| {
            let (answer, answered) = oneshot::channel();
            let made = made.clone();
            let change: RowChange = Box::new(move |_| {
                made.send((may_lapse, awaited)).unwrap();
                Ok(1)
            });
            let job = Job {
                change,
                answer,
                may_lapse,
            };
            (job, awaited.then_some(answered))
        });
        let (jobs, _answered): (Vec<_>, Vec<_>) = jobs.into_iter().unzip();
        write(&database, &mut None, jobs.into_iter());
        drop(made);
        let made: Vec<_> = count.iter().collect();
        assert_eq!(made, [(false, false), (true, true), (false, true)]);
    }
}
