//! The store in a SQLite file: one row a session.
//!
//! Three choices were made by measuring (`cargo bench`):
//!
//! - **A read runs in place**, in the worker thread that serves the request. In WAL mode a reader
//!   never waits for a writer, so it holds the worker for microseconds; the way to the blocking
//!   pool and back costs more than twice the read itself.
//! - **Writes share commits.** One thread writes. While it waits for the disk, further changes
//!   queue up, and the next commit takes them all: with `synchronous = "full"`, where a commit
//!   waits for the disk, twenty changes cost hardly more than one. Each is answered after the
//!   commit that contains it, never before.
//! - **An update is a query of our own** (`row`). A plain `diesel::update` would do, in five lines
//!   instead of fifty. Ours is prepared once and leaves indexes alone that do not change, which
//!   makes a write cost 41 instead of 46 µs of CPU; in a table of a million rows, 69 instead of 80
//!   µs.

mod row;
mod writer;

use diesel::connection::DefaultLoadingMode;
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::{Database, DatabaseError};
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::schema::{SESSION_MIGRATIONS, sessions};
use crate::store::{Capabilities, Outcome, Store};
use row::SessionRow;
use writer::Writer;

/// Sessions in a SQLite file, in the table `sessions`. Durable, and shared by all processes on
/// this machine that open the same file.
pub struct DatabaseStore {
    database: Database,
    writer: Writer,
}

impl DatabaseStore {
    /// Makes or updates the table, and starts the thread that writes.
    ///
    /// # Errors
    ///
    /// The file can't be written, another version of this program has made its table, or the
    /// thread can't be started.
    ///
    /// ```no_run
    /// # use rocket_session_layer::db::{Database, Synchronous};
    /// # use rocket_session_layer::{StoreError, stores::DatabaseStore};
    /// fn mine() -> Result<DatabaseStore, StoreError> {
    ///     DatabaseStore::open(Database::open("var/sessions.db", Synchronous::Full)?)
    /// }
    /// ```
    pub fn open(database: Database) -> Result<Self, StoreError> {
        database.migrate(SESSION_MIGRATIONS)?;
        check(&database)?;
        let writer = Writer::start(&database)?;
        Ok(DatabaseStore { database, writer })
    }

    /// Makes a change that returns 0 if it found a conflict.
    async fn write(
        &self,
        change: impl FnOnce(&mut SqliteConnection) -> QueryResult<usize> + Send + 'static,
    ) -> Result<Outcome, StoreError> {
        Ok(outcome(self.writer.write(Box::new(change)).await?))
    }
}

fn outcome(changed: usize) -> Outcome {
    match changed {
        0 => Outcome::Conflict,
        _ => Outcome::Done,
    }
}

#[rocket::async_trait]
impl Store for DatabaseStore {
    fn name(&self) -> &'static str {
        "database"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        // `load` and not `first`, whose LIMIT is a parameter: SQLite would plan anew at each read.
        let query = sessions::table.find(locker.number());
        let rows = self.database.read(|connection| {
            let rows = query.select(SessionRow::as_select()).load(connection);
            rows.map_err(|error| match error {
                // A text in it is not UTF-8.
                Error::DeserializationError(_) => StoreError::Corrupt(locker),
                error => StoreError::unavailable(error),
            })
        });
        let record = rows.and_then(|rows| {
            rows.into_iter()
                .next()
                .map(SessionRow::into_record)
                .transpose()
        });
        if let Err(error @ StoreError::Corrupt(_)) = &record {
            log::warn!("session: {error}");
        }
        record
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let row = SessionRow::from_record(record)?;
        self.write(move |connection| row.insert(connection)).await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let row = SessionRow::from_record(record)?;
        self.write(move |connection| row.update(version, connection))
            .await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.write(move |connection| match version {
            Some(version) => diesel::delete(read(locker, version)).execute(connection),
            None => diesel::delete(sessions::table.find(locker.number())).execute(connection),
        })
        .await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let created = SessionRow::from_record(created)?;
        self.write(move |connection| {
            if diesel::delete(read(ended, version)).execute(connection)? == 0 {
                return Ok(0);
            }
            match created.insert(connection)? {
                // The new locker is taken, one time in 2^63. All of this commit fails, and is
                // answered as failed.
                0 => Err(Error::RollbackTransaction),
                rows => Ok(rows),
            }
        })
        .await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let read = read(record.locker, record.version);
        let moments = (
            sessions::touched.eq(record.touched),
            sessions::expires.eq(record.expires),
        );
        let touch = move |connection: &mut SqliteConnection| {
            diesel::update(read).set(moments).execute(connection)
        };
        Ok(outcome(
            self.writer.write_if_awaited(Box::new(touch)).await?,
        ))
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        let (mut purged, most) = (0, most as usize);
        // Each part waits in the queue like any other change, and lets others pass before the next.
        while purged < most {
            let part = PURGED_AT_ONCE.min(most - purged);
            let delete = move |connection: &mut SqliteConnection| {
                let over = sessions::table.filter(sessions::expires.le(now));
                let over = over.select(sessions::locker).limit(part as i64);
                let over: Vec<i64> = over.load(connection)?;
                let named = sessions::table.filter(sessions::locker.eq_any(over));
                diesel::delete(named).execute(connection)
            };
            let deleted = self.writer.write(Box::new(delete)).await?;
            purged += deleted;
            if deleted < part {
                break;
            }
            // Moves the deletions from the log into the file here, on the blocking pool. SQLite
            // would do it in the commit of some later change, and that one would take long.
            let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
            let done = self.database.run(|connection| {
                let done = connection.batch_execute(checkpoint);
                done.map_err(StoreError::unavailable)
            });
            done.await?;
        }
        Ok(purged)
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        let after = after.map_or(i64::MIN, Locker::number);
        let later = sessions::table.filter(sessions::locker.gt(after));
        let query = later.select(sessions::locker).order(sessions::locker);
        let query = query.limit(i64::from(most));
        let numbers: Result<Vec<i64>, StoreError> = self
            .database
            .run(move |connection| query.load(connection).map_err(StoreError::unavailable))
            .await;
        Ok(numbers?.into_iter().map(Locker::from_number).collect())
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let query = sessions::table
            .filter(sessions::user.eq(user.to_owned()))
            .order(sessions::touched.desc())
            .select(SessionRow::as_select());
        // Skips a row that can't be read: it logs no user in, and an error here would keep its user
        // from ending the others.
        let read = |row: QueryResult<SessionRow>| match row.map(SessionRow::into_record) {
            Ok(Ok(record)) => Some(Ok(record)),
            Ok(Err(error)) => {
                log::warn!("session: {error}");
                None
            }
            Err(Error::DeserializationError(error)) => {
                log::warn!("session: one of a user's sessions can't be read: {error}");
                None
            }
            Err(error) => Some(Err(StoreError::unavailable(error))),
        };
        let records = self.database.run(move |connection| {
            let rows = query.load_iter::<SessionRow, DefaultLoadingMode>(connection);
            rows.map_err(StoreError::unavailable)?
                .filter_map(read)
                .collect()
        });
        records.await
    }
}

/// The row in this locker, if it still has the version that was read.
#[diesel::dsl::auto_type(no_type_alias)]
fn read(locker: Locker, version: i64) -> _ {
    let number: i64 = locker.number();
    sessions::table
        .find(number)
        .filter(sessions::version.eq(version))
}

/// Rows that a purge deletes in one commit. They lie anywhere in the file, and no other change is
/// written until they are gone: with a thousand of them a write waited for 120 ms.
const PURGED_AT_ONCE: usize = 100;

/// Columns of the table in this version.
const COLUMNS: i64 = 12;

/// Refuses a file that can't be written, and a table of a later version: what a column that is not
/// known here means, and what a change has to write into it, only that version knows. The list of
/// migrations can't tell, because an app has migrations of its own in the same file.
fn check(database: &Database) -> Result<(), DatabaseError> {
    // Changes nothing, but fails where SQLite has silently opened the file for reading only.
    let write = "UPDATE sessions SET version = version WHERE FALSE";
    let count = sql::<BigInt>("(SELECT count(*) FROM pragma_table_info('sessions'))");
    let columns: i64 = database.read(|connection| {
        let written = sql_query(write).execute(connection);
        written
            .and_then(|_| diesel::select(count).get_result(connection))
            .map_err(|error| database.unusable(error))
    })?;
    if columns != COLUMNS {
        let reason = "its sessions are of another version of this program";
        return Err(database.unusable(reason));
    }
    Ok(())
}

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        StoreError::unavailable(error)
    }
}
