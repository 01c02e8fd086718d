//! The store in a SQLite file: one row a session.
//!
//! How it reads and writes was chosen by measuring (`cargo bench`):
//!
//! - **A read runs in place**, in the worker thread that serves the request. In WAL mode a reader
//!   never waits for a writer, so it holds the worker for microseconds; the way to the blocking
//!   pool and back costs more than twice the read itself.
//! - **Writes share commits.** One thread writes. While it waits for the disk, further changes
//!   queue up, and the next commit takes them all: with `synchronous = "full"`, where a commit
//!   waits for the disk, twenty changes cost hardly more than one. Each is answered after the
//!   commit that contains it, never before.

mod row;
mod update;
mod writer;

use diesel::prelude::*;

use super::{Capabilities, Outcome, Store, StoreError};
use crate::db::{Database, DatabaseError};
use crate::schema::{SESSION_MIGRATIONS, sessions};
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
use row::Row;
use writer::{Change, Writer};

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
    /// The file can't be written, or the thread can't be started.
    pub fn open(database: Database) -> Result<Self, StoreError> {
        database.migrate(SESSION_MIGRATIONS)?;
        let writer = Writer::start(database.clone())?;
        Ok(DatabaseStore { database, writer })
    }

    async fn write(&self, change: Change) -> Result<Outcome, StoreError> {
        match self.writer.write(change).await? {
            0 => Ok(Outcome::Conflict),
            _ => Ok(Outcome::Done),
        }
    }
}

#[rocket::async_trait]
impl Store for DatabaseStore {
    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        // Not `first`: its LIMIT is a parameter, and with each new value SQLite would plan anew.
        let rows: Vec<Row> = self.database.read(|connection| {
            sessions::table
                .find(locker.number())
                .select(Row::as_select())
                .load(connection)
                .map_err(StoreError::unavailable)
        })?;
        rows.into_iter().next().map(Row::into_record).transpose()
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.write(Change::Create(Row::from_record(record)?)).await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let row = Row::from_record(record)?;
        self.write(Change::Update { row, version }).await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        let locker = locker.number();
        self.write(Change::Delete { locker, version }).await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let (ended, row) = (ended.number(), Row::from_record(created)?);
        self.write(Change::Replace {
            ended,
            version,
            row,
        })
        .await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let change = Change::Touch {
            locker: record.locker.number(),
            version: record.version,
            touched: record.touched,
            expires: record.expires,
        };
        self.write(change).await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        self.writer.write(Change::Purge { now, most }).await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let user = user.to_owned();
        let query = move |connection: &mut SqliteConnection| {
            sessions::table
                .filter(sessions::user.eq(user))
                .order(sessions::touched.desc())
                .select(Row::as_select())
                .load(connection)
                .map_err(StoreError::unavailable)
        };
        let rows: Vec<Row> = self.database.run(query).await?;
        // A row that can't be read logs nobody in. It must not keep its user from ending the others.
        let records = rows.into_iter().filter_map(|row| match row.into_record() {
            Ok(record) => Some(record),
            Err(error) => {
                log::warn!("session: {error}");
                None
            }
        });
        Ok(records.collect())
    }
}

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        StoreError::unavailable(error)
    }
}
