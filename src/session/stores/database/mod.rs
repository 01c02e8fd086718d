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

mod follower;
mod row;
mod update;
mod writer;

use std::fmt;
use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use super::{Capabilities, Outcome, Store, StoreError};
use crate::db::{Database, DatabaseError};
use crate::schema::{SESSION_MIGRATIONS, sessions};
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
pub(super) use follower::{Effect, Follower};
use row::Row;
use writer::{Change, Stored, Writer};

/// Sessions in a SQLite file, in the table `sessions`. Durable, and shared by all processes on
/// this machine that open the same file.
pub struct DatabaseStore {
    database: Database,
    writer: Writer,
    /// Whether a follower wants to know what is stored.
    followed: bool,
}

impl DatabaseStore {
    /// Makes or updates the table, and starts the thread that writes.
    ///
    /// # Errors
    ///
    /// The file can't be written, another version of this program has made its table, or the
    /// thread can't be started.
    pub fn open(database: Database) -> Result<Self, StoreError> {
        DatabaseStore::start(database, None)
    }

    /// The same, with somebody who is told of every commit.
    pub(super) fn followed_by(
        follower: Arc<dyn Follower>,
        database: Database,
    ) -> Result<Self, StoreError> {
        DatabaseStore::start(database, Some(follower))
    }

    fn start(database: Database, follower: Option<Arc<dyn Follower>>) -> Result<Self, StoreError> {
        database.migrate(SESSION_MIGRATIONS)?;
        check(&database)?;
        let followed = follower.is_some();
        let writer = Writer::start(database.clone(), follower)?;
        Ok(DatabaseStore {
            database,
            writer,
            followed,
        })
    }

    fn stored(&self, record: &Record) -> Result<Stored, StoreError> {
        Ok(Stored {
            row: Row::from_record(record)?,
            record: self.followed.then(|| Arc::new(record.clone())),
        })
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
        self.write(Change::Create(self.stored(record)?)).await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let stored = self.stored(record)?;
        self.write(Change::Update { stored, version }).await
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
        let (ended, stored) = (ended.number(), self.stored(created)?);
        self.write(Change::Replace {
            ended,
            version,
            stored,
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
        let (mut purged, mut left) = (0, most);
        // Each part waits in the queue like any other change, and lets others pass between two.
        while left > 0 {
            let part = left.min(PURGED_AT_ONCE);
            let change = Change::Purge { now, most: part };
            let deleted = self.writer.write(change).await?;
            purged += deleted;
            left -= part;
            if deleted < part as usize {
                break;
            }
            // What this has left in SQLite's log would make the commit of another one take long.
            let carry_over = |connection: &mut SqliteConnection| {
                let done = connection.batch_execute("PRAGMA wal_checkpoint(PASSIVE)");
                done.map_err(StoreError::unavailable)
            };
            self.database.run(carry_over).await?;
        }
        Ok(purged)
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

/// Rows that a purge deletes in one commit. They lie anywhere in the file, and nobody else can write
/// meanwhile: of a thousand, with a full log on top, a write waited for 120 ms.
const PURGED_AT_ONCE: u32 = 100;

/// How many columns the table has in this version.
const COLUMNS: i64 = 12;

/// Whether this table can be used. A version that adds a column does not run here: nobody knows
/// what it means, nor what a change has to write into it. What migrations have run does not say
/// it, because they may be of other tables in this file.
fn check(database: &Database) -> Result<(), StoreError> {
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = BigInt)]
        columns: i64,
    }
    let refused = |reason: &dyn fmt::Display| {
        let path = database.path().display();
        StoreError::Unavailable(format!("the database {path} can't be used: {reason}"))
    };
    let table: Table = database.read(|connection| {
        // SQLite opens a file that it can only read as if nothing were the matter.
        let nothing = "UPDATE sessions SET version = version WHERE FALSE";
        let query = "SELECT count(*) AS columns FROM pragma_table_info('sessions')";
        let written = sql_query(nothing).execute(connection);
        let table = written.and_then(|_| sql_query(query).get_result(connection));
        table.map_err(|error| refused(&error))
    })?;
    match table.columns {
        COLUMNS => Ok(()),
        _ => Err(refused(
            &"its sessions are of another version of this program",
        )),
    }
}

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        StoreError::unavailable(error)
    }
}
