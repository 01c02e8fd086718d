//! The SQLite file: how it is opened, and how queries reach it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};
use rocket::tokio::task::spawn_blocking;
use serde::Deserialize;

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// How long a connection waits for another process that is writing, in milliseconds.
const BUSY_TIMEOUT: u32 = 5_000;

/// When SQLite asks the disk to keep what was committed (`PRAGMA synchronous`).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Synchronous {
    /// At every commit: what was answered survives a power cut.
    #[default]
    Full,
    /// Now and then: what was answered survives the end of the process, but the last commits may
    /// be missing after a power cut. The file is never damaged.
    Normal,
}

/// One SQLite file and the connections to it. Cloning gives another handle to the same file.
#[derive(Clone)]
pub struct Database(Arc<Inner>);

struct Inner {
    path: PathBuf,
    synchronous: Synchronous,
    /// Connections that nobody uses just now. A query never waits for another one's connection:
    /// where none is idle, one more is opened, so there are as many as ever queried at once.
    idle: Mutex<Vec<SqliteConnection>>,
}

impl Database {
    /// Opens the file, and makes it and its folder where they are missing.
    ///
    /// # Errors
    ///
    /// The folder can't be made, or the file can't be opened or is no SQLite database.
    pub fn open(path: impl Into<PathBuf>, synchronous: Synchronous) -> Result<Self, DatabaseError> {
        let path = path.into();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| DatabaseError::open(&path, error.to_string()))?;
        }
        let inner = Inner {
            path,
            synchronous,
            idle: Mutex::default(),
        };
        let database = Database(Arc::new(inner));
        let connection = database.connect()?;
        database.keep(connection);
        Ok(database)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Runs those of `migrations` that this file has not seen.
    ///
    /// # Errors
    ///
    /// A migration fails, or the file can't be written.
    pub fn migrate(&self, migrations: EmbeddedMigrations) -> Result<(), DatabaseError> {
        let mut connection = self.connect()?;
        // In one transaction that writes from its beginning: of two processes that start at the
        // same moment, the second one looks for what is pending when the first one is done.
        let migrated = connection.immediate_transaction(|connection| {
            connection.run_pending_migrations(migrations)?;
            Ok::<_, BoxedError>(())
        });
        migrated.map_err(|error| DatabaseError::open(self.path(), error.to_string()))?;
        self.keep(connection);
        Ok(())
    }

    /// Whether the file has seen a migration that is none of `known`: then a newer version of the
    /// program has made its tables, and nobody here knows what they look like.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn is_newer_than(&self, known: &[EmbeddedMigrations]) -> Result<bool, DatabaseError> {
        let failed = |error: BoxedError| DatabaseError::open(self.path(), error.to_string());
        let mut versions = Vec::new();
        for source in known {
            let migrations: Vec<Box<dyn Migration<Sqlite>>> =
                source.migrations().map_err(failed)?;
            for migration in migrations {
                versions.push(migration.name().version().as_owned());
            }
        }
        let mut connection = self.connect()?;
        let applied = connection.applied_migrations().map_err(failed)?;
        self.keep(connection);
        Ok(applied.iter().any(|version| !versions.contains(version)))
    }

    /// A new connection with the pragmas that every connection to this file has.
    pub fn connect(&self) -> Result<SqliteConnection, DatabaseError> {
        let failed = |error: String| DatabaseError::open(&self.0.path, error);
        let path = self.0.path.to_str();
        let path = path.ok_or_else(|| failed("the path is not valid UTF-8".to_owned()))?;
        let mut connection =
            SqliteConnection::establish(path).map_err(|error| failed(error.to_string()))?;
        let synchronous = match self.0.synchronous {
            Synchronous::Full => "FULL",
            Synchronous::Normal => "NORMAL",
        };
        // The timeout comes first: switching to WAL already needs the file for a moment.
        let pragmas = format!(
            "PRAGMA busy_timeout = {BUSY_TIMEOUT};
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = {synchronous};
             PRAGMA foreign_keys = ON;"
        );
        // SQLite itself does not wait where two processes switch a new file to WAL at one moment.
        let deadline = Instant::now() + Duration::from_millis(BUSY_TIMEOUT.into());
        while let Err(error) = connection.batch_execute(&pragmas) {
            let reason = error.to_string();
            if !reason.contains("locked") || Instant::now() > deadline {
                return Err(failed(reason));
            }
            sleep(Duration::from_millis(5));
        }
        Ok(connection)
    }

    /// Queries in the calling thread. For point reads, which take microseconds: in WAL mode a
    /// reader never waits for a writer. Whatever writes or may take long goes through [`run`].
    ///
    /// [`run`]: Database::run
    pub fn read<T, E>(
        &self,
        query: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DatabaseError>,
    {
        let idle = self.idle().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let answer = query(&mut connection);
        // A connection whose query failed may stand in the middle of a transaction: it is closed.
        if answer.is_ok() {
            self.keep(connection);
        }
        answer
    }

    /// Queries on Rocket's blocking pool, so that other requests go on meanwhile.
    pub async fn run<T, E>(
        &self,
        query: impl FnOnce(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        let database = self.clone();
        match spawn_blocking(move || database.read(query)).await {
            Ok(answer) => answer,
            Err(_) => Err(DatabaseError::Interrupted.into()),
        }
    }

    fn keep(&self, connection: SqliteConnection) {
        self.idle().push(connection);
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<SqliteConnection>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why the database did not answer.
#[derive(Debug)]
pub enum DatabaseError {
    /// The file can't be opened or prepared.
    Open {
        /// The file.
        path: PathBuf,
        /// What the system or SQLite says.
        reason: String,
    },
    /// SQLite refused a query.
    Query(diesel::result::Error),
    /// The query's thread ended early: it panicked, or the server is shutting down.
    Interrupted,
}

impl DatabaseError {
    fn open(path: &Path, reason: String) -> Self {
        let path = path.to_owned();
        DatabaseError::Open { path, reason }
    }
}

impl From<diesel::result::Error> for DatabaseError {
    fn from(error: diesel::result::Error) -> Self {
        DatabaseError::Query(error)
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseError::Open { path, reason } => {
                write!(f, "the database {} can't be used: {reason}", path.display())
            }
            DatabaseError::Query(error) => write!(f, "the database refused a query: {error}"),
            DatabaseError::Interrupted => f.write_str("a query was interrupted"),
        }
    }
}

impl std::error::Error for DatabaseError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::COURSE_MIGRATIONS;

    #[test]
    fn several_processes_may_start_on_a_new_file_at_once() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("new.db");
            let start = || Database::open(&path, Synchronous::Normal)?.migrate(COURSE_MIGRATIONS);
            std::thread::scope(|scope| {
                let starts = [(); 3].map(|()| scope.spawn(start));
                for started in starts {
                    started.join().unwrap().unwrap();
                }
            });
        }
    }
}
