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
//! - **An update is a query of our own** (`row`). A plain `diesel::update` would do, and be a third
//!   of the code. Ours is prepared once and leaves indexes alone that do not change, which makes
//!   a write cost 41 instead of 46 µs of CPU; in a table of a million rows, 69 instead of 80 µs.

mod row;
mod writer;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::{Database, DatabaseError};
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::schema::{SESSION_MIGRATIONS, sessions};
use crate::store::{Capabilities, Outcome, Store};
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
    /// The file can't be written, another version of this program has made its table, or the
    /// thread can't be started.
    pub fn open(database: Database) -> Result<Self, StoreError> {
        database.migrate(SESSION_MIGRATIONS)?;
        check(&database)?;
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
    fn name(&self) -> &'static str {
        "database"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        // `load` and not `first`, whose LIMIT is a parameter: SQLite would plan anew at each read.
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
        let change = Change::Replace {
            ended: ended.number(),
            version,
            created: Row::from_record(created)?,
        };
        self.write(change).await
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
        // Each part waits in the queue like any other change, and lets others pass before the next.
        while left > 0 {
            let part = left.min(PURGED_AT_ONCE);
            let change = Change::Purge { now, most: part };
            let deleted = self.writer.write(change).await?;
            purged += deleted;
            left -= part;
            if deleted < part as usize {
                break;
            }
            // Moves the deletions from the log into the file here, on the blocking pool. SQLite
            // would do it in the commit of some later change, and that one would take long.
            let checkpoint = |connection: &mut SqliteConnection| {
                let done = connection.batch_execute("PRAGMA wal_checkpoint(PASSIVE)");
                done.map_err(StoreError::unavailable)
            };
            self.database.run(checkpoint).await?;
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
        // Skips a row that can't be read: it logs no user in, and an error here would keep its user
        // from ending the others.
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

/// Rows that a purge deletes in one commit. They lie anywhere in the file, and no other change is
/// written until they are gone: with a thousand of them a write waited for 120 ms.
const PURGED_AT_ONCE: u32 = 100;

/// Columns of the table in this version.
const COLUMNS: i64 = 12;

/// Refuses a file that can't be written, and a table of a later version: what a column that is not
/// known here means, and what a change has to write into it, only that version knows. The list of
/// migrations can't tell, because an app has migrations of its own in the same file.
fn check(database: &Database) -> Result<(), StoreError> {
    let path = database.path().display();
    let refused = |reason: String| {
        StoreError::unavailable(format!("the database {path} can't be used: {reason}"))
    };
    let columns: i64 = database.read(|connection| {
        // Changes nothing, but fails where SQLite has silently opened the file for reading only.
        sql_query("UPDATE sessions SET version = version WHERE FALSE")
            .execute(connection)
            .map_err(|error| refused(error.to_string()))?;
        let columns = "(SELECT count(*) FROM pragma_table_info('sessions'))";
        diesel::select(sql::<BigInt>(columns))
            .get_result(connection)
            .map_err(|error| refused(error.to_string()))
    })?;
    if columns != COLUMNS {
        let reason = "its sessions are of another version of this program";
        return Err(refused(reason.to_owned()));
    }
    Ok(())
}

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        StoreError::unavailable(error)
    }
}
