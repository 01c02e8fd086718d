//! The store in a SQLite file: one row a session.
//!
//! Two choices were made by measuring (`cargo bench`):
//!
//! - **A read runs in place**, in the worker thread that serves the request. In WAL mode a reader
//!   never waits for a writer, so it holds the worker for microseconds; the way to the blocking
//!   pool and back costs more than twice the read itself.
//! - **Writes share commits.** One thread writes. While it waits for the disk, further changes
//!   queue up, and the next commit takes them all: with `synchronous = "full"`, where a commit
//!   waits for the disk, twenty changes cost hardly more than one. Each is answered after the
//!   commit that contains it, never before.

mod writer;

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use crate::clock::Timestamp;
use crate::config::Config;
use crate::db::{Database, DatabaseError};
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::store::{Capabilities, Outcome, Store};
use crate::stores::sql::outcome;
use crate::stores::sql::row::SessionRow;
use crate::stores::sql::table::Table;
use crate::target;
use writer::Writer;

/// Sessions in a SQLite file, by connections of its own. Durable, and shared by all processes on this
/// machine that open the same file.
pub struct DatabaseStore {
    database: Database,
    table: Arc<Table>,
    writer: Writer,
}

impl DatabaseStore {
    /// Makes the table that the configuration names, if it is missing, and starts the thread that
    /// writes.
    ///
    /// # Errors
    ///
    /// The file can't be written, its table is another one than this version needs, or the thread
    /// can't be started.
    ///
    /// ```no_run
    /// # use rocket_session_layer::db::{Database, Synchronous};
    /// # use rocket_session_layer::{Config, StoreError, stores::DatabaseStore};
    /// fn mine() -> Result<DatabaseStore, StoreError> {
    ///     let database = Database::open("var/sessions.db", Synchronous::Full)?;
    ///     DatabaseStore::open(database, &Config::default())
    /// }
    /// ```
    pub fn open(database: Database, config: &Config) -> Result<Self, StoreError> {
        let table = Table::configured::<Sqlite>(config);
        let prepared = database.read(|connection| {
            let prepared = table.prepare(connection);
            prepared.map_err(|error| database.unusable(error))
        });
        prepared?.map_err(|error| database.unusable(error))?;
        Ok(DatabaseStore {
            writer: Writer::start(&database)?,
            table: Arc::new(table),
            database,
        })
    }

    /// Makes a change that returns 0 if it found a conflict.
    async fn write(
        &self,
        change: impl FnOnce(&Table, &mut SqliteConnection) -> QueryResult<usize> + Send + 'static,
    ) -> Result<Outcome, StoreError> {
        let table = self.table.clone();
        let change = move |connection: &mut SqliteConnection| change(&table, connection);
        Ok(outcome(self.writer.write(Box::new(change)).await?))
    }

    /// Queries on the blocking pool.
    async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Table, &mut SqliteConnection) -> QueryResult<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let table = self.table.clone();
        let query = move |connection: &mut SqliteConnection| Ok(query(&table, connection)?);
        Ok(self.database.run::<T, DatabaseError>(query).await?)
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
        let found = self.database.read(|connection| {
            let found = self.table.load(locker, connection);
            found.map_err(DatabaseError::from)
        });
        let record = found?.transpose();
        if let Err(error) = &record {
            log::warn!(target: target::STORE, "session: {error}");
        }
        record
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let row = SessionRow::from_record(record)?;
        self.write(move |table, connection| table.create(&row, connection))
            .await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let row = SessionRow::from_record(record)?;
        self.write(move |table, connection| table.update(&row, version, connection))
            .await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.write(move |table, connection| table.delete(locker, version, connection))
            .await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let created = SessionRow::from_record(created)?;
        // The writer's commit is the transaction.
        self.write(move |table, connection| table.replace(ended, version, &created, connection))
            .await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let (table, locker, version) = (self.table.clone(), record.locker, record.version);
        let moments = [record.touched, record.expires];
        let touch = move |connection: &mut SqliteConnection| {
            table.touch(moments, locker, version, connection)
        };
        Ok(outcome(
            self.writer.write_if_awaited(Box::new(touch)).await?,
        ))
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        let mut purged = 0;
        // Each part waits in the queue like any other change, and lets others pass before the next.
        while purged < most {
            let part = PURGED_AT_ONCE.min(most - purged);
            let table = self.table.clone();
            let purge = move |connection: &mut SqliteConnection| table.purge(now, part, connection);
            let deleted = self.writer.write(Box::new(purge)).await? as u32;
            purged += deleted;
            if deleted < part {
                break;
            }
            // Moves the deletions from the log into the file here, on the blocking pool. SQLite
            // would do it in the commit of some later change, and that one would take long.
            let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
            self.run(move |_, connection| connection.batch_execute(checkpoint))
                .await?;
        }
        Ok(purged as usize)
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        self.run(move |table, connection| table.lockers(after, most, connection))
            .await
    }

    async fn count(&self) -> Result<u64, StoreError> {
        self.run(|table, connection| table.count(connection)).await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let user = user.to_owned();
        self.run(move |table, connection| table.of_user(&user, connection))
            .await
    }
}

/// Rows that a purge deletes in one commit. They lie anywhere in the file, and no other change is
/// written until they are gone: with a thousand of them a write waited for 120 ms.
const PURGED_AT_ONCE: u32 = 100;

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        StoreError::unavailable(error)
    }
}
