//! The connections to a database: a bounded number, closed when they are no longer used.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use rocket::tokio::sync::OwnedSemaphorePermit;

use super::error::DatabaseError;
use crate::places::Places;
use crate::target;

/// Queries that run at once on the blocking pool. SQLite takes one writer at a time, so more of
/// them would only wait there, each with a thread and the descriptors of a connection.
pub(super) const MOST: usize = 16;

/// The time without a query after which a connection is closed, at the next query that another one
/// serves. To open it again costs less than a millisecond.
const KEPT: Duration = Duration::from_secs(10);

pub(super) struct Pool {
    /// Held open for as long as the database is. SQLite deletes the log with the last connection,
    /// and the next one would begin another; this way log and index stay the same files, by which a
    /// foreign hand can be told.
    anchor: Mutex<SqliteConnection>,
    /// Connections that no query uses at the moment, and since when.
    idle: Mutex<Vec<(SqliteConnection, Instant)>>,
    places: Places,
}

impl Pool {
    pub(super) fn new(anchor: SqliteConnection, patience: Duration) -> Self {
        Pool {
            anchor: Mutex::new(anchor),
            idle: Mutex::default(),
            places: Places::new(MOST, patience),
        }
    }

    /// Waits for a place among the queries that run at once, in order of arrival.
    pub(super) async fn place(&self) -> Result<OwnedSemaphorePermit, DatabaseError> {
        self.places.take().await.ok_or(DatabaseError::Crowded)
    }

    /// The connection that was used last, whose memory of the file is the freshest.
    pub(super) fn take(&self) -> Option<SqliteConnection> {
        self.idle().pop().map(|(connection, _)| connection)
    }

    /// Keeps a connection for the next query, and closes those that found none for a while.
    pub(super) fn keep(&self, connection: SqliteConnection) {
        let mut idle = self.idle();
        idle.push((connection, Instant::now()));
        let unused = take_unused(&mut idle, Instant::now());
        drop(idle);
        // Outside the lock, since closing goes to the disk.
        drop(unused);
    }

    /// Moves everything from the log into the file that was opened, wherever that is now, and
    /// leaves the log empty: beside another database it would be read as that one's.
    pub(super) fn empty_log(&self) {
        drop(std::mem::take(&mut *self.idle()));
        let mut anchor = self.anchor.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = anchor.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)") {
            log::error!(
                target: target::STORE,
                "the log of the database that is no longer there can't be emptied: {error}"
            );
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(SqliteConnection, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes out what was last used before [`KEPT`]; those are the first, since the last is used next.
fn take_unused<C>(idle: &mut Vec<(C, Instant)>, now: Instant) -> Vec<(C, Instant)> {
    let is_unused = |(_, since): &(C, Instant)| now.duration_since(*since) >= KEPT;
    let unused = idle.iter().take_while(|kept| is_unused(kept)).count();
    idle.drain(..unused).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_that_found_no_query_for_a_while_are_closed() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut idle = vec![("first", at(0)), ("second", at(5)), ("third", at(8))];
        assert!(take_unused(&mut idle, at(9)).is_empty());
        assert_eq!(take_unused(&mut idle, at(15)).len(), 2);
        assert_eq!(idle, [("third", at(8))]);
    }
}
