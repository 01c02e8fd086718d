//! The SQLite file: opening it, and the connections to it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};
use rocket::tokio::task::{JoinError, spawn_blocking};

pub use crate::config::Synchronous;

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// The longest wait of a connection for another process that is writing, in milliseconds.
const BUSY_TIMEOUT: u32 = 5_000;

/// One SQLite file and the connections to it. A clone is another handle to the same file and shares
/// its connections.
///
/// ```
/// use diesel::prelude::*;
/// use rocket_session_layer::db::{Database, DatabaseError, Synchronous};
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("app.db");
/// let database = Database::open(path, Synchronous::Full)?;
/// let answer: i32 = database.read(|connection| {
///     let query = diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("6 * 7"));
///     query.get_result(connection).map_err(DatabaseError::from)
/// })?;
/// assert_eq!(answer, 42);
/// # Ok::<(), DatabaseError>(())
/// ```
#[derive(Clone)]
pub struct Database(Arc<Inner>);

struct Inner {
    path: PathBuf,
    synchronous: Synchronous,
    /// Connections that no query uses at the moment. If there are none, a query opens one more and
    /// never waits for another's, so there are as many as the most that ever queried at once.
    idle: Mutex<Vec<SqliteConnection>>,
}

impl Database {
    /// Opens the file, and makes it and its folder if they are missing.
    ///
    /// # Errors
    ///
    /// The folder can't be made, or the file can't be opened or is no SQLite database.
    pub fn open(path: impl Into<PathBuf>, synchronous: Synchronous) -> Result<Self, DatabaseError> {
        let path = path.into();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| DatabaseError::open(&path, error))?;
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

    /// The path of the file.
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
        // In one IMMEDIATE transaction, which takes the lock for writing at its beginning: of two
        // processes that start at the same moment, the second one looks for pending migrations only
        // when the first one has run them.
        let migrated = connection.immediate_transaction(|connection| {
            connection.run_pending_migrations(migrations)?;
            Ok::<_, BoxedError>(())
        });
        migrated.map_err(|error| DatabaseError::open(self.path(), error))?;
        self.keep(connection);
        Ok(())
    }

    /// Tells whether the file has seen a migration that is not among `known`. Then a later version
    /// of the program has made its tables, and this one can't know what is in them.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn is_newer_than(&self, known: &[EmbeddedMigrations]) -> Result<bool, DatabaseError> {
        let failed = |error: BoxedError| DatabaseError::open(self.path(), error);
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

    /// Opens a new connection with the pragmas that every connection to this file has.
    ///
    /// # Errors
    ///
    /// The file can't be opened or is no SQLite database.
    pub fn connect(&self) -> Result<SqliteConnection, DatabaseError> {
        let failed = |error: BoxedError| DatabaseError::open(&self.0.path, error);
        let path = self.0.path.to_str();
        let path = path.ok_or_else(|| failed("the path is not valid UTF-8".into()))?;
        let mut connection =
            SqliteConnection::establish(path).map_err(|error| failed(error.into()))?;
        let synchronous = match self.0.synchronous {
            Synchronous::Full => "FULL",
            Synchronous::Normal => "NORMAL",
        };
        // The timeout comes first, because switching to WAL already needs the file for a moment.
        //
        // On macOS an `fsync` only hands the data to the disk, which may keep it in a cache that a
        // power cut empties; with the two `fullfsync` SQLite waits until it is written. Other systems
        // ignore them.
        let pragmas = format!(
            "PRAGMA busy_timeout = {BUSY_TIMEOUT};
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = {synchronous};
             PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON;
             PRAGMA foreign_keys = ON;"
        );
        // SQLite ignores the timeout when two processes switch a new file to WAL at the same moment.
        let deadline = Instant::now() + Duration::from_millis(BUSY_TIMEOUT.into());
        while let Err(error) = connection.batch_execute(&pragmas) {
            if !error.to_string().contains("locked") || Instant::now() > deadline {
                return Err(failed(error.into()));
            }
            sleep(Duration::from_millis(5));
        }
        Ok(connection)
    }

    /// Queries in the calling thread. This is for point reads, which take microseconds: in WAL mode
    /// a reader never waits for a writer. Queries that write or may take long go through [`run`],
    /// since they would keep a worker from serving other requests.
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
        // A connection whose query failed is closed: it may be in the middle of a transaction.
        if answer.is_ok() {
            self.keep(connection);
        }
        answer
    }

    /// Queries on Rocket's blocking pool, so that the worker serves other requests until the answer
    /// is there.
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
            Err(error) => Err(DatabaseError::Interrupted(error).into()),
        }
    }

    fn keep(&self, connection: SqliteConnection) {
        self.idle().push(connection);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why the database did not answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The file can't be opened or prepared.
    Open {
        /// The file.
        path: PathBuf,
        /// The error of the system or of SQLite.
        source: BoxedError,
    },
    /// SQLite refused a query.
    Query(diesel::result::Error),
    /// The query's thread ended early: it panicked, or the server is shutting down.
    Interrupted(JoinError),
}

impl DatabaseError {
    fn open(path: &Path, error: impl Into<BoxedError>) -> Self {
        DatabaseError::Open {
            path: path.to_owned(),
            source: error.into(),
        }
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
            DatabaseError::Open { path, source } => {
                write!(f, "the database {} can't be used: {source}", path.display())
            }
            DatabaseError::Query(error) => write!(f, "the database refused a query: {error}"),
            DatabaseError::Interrupted(error) => write!(f, "a query was interrupted: {error}"),
        }
    }
}

impl std::error::Error for DatabaseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DatabaseError::Open { source, .. } => Some(&**source),
            DatabaseError::Query(error) => Some(error),
            DatabaseError::Interrupted(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::SESSION_MIGRATIONS;

    #[test]
    fn several_processes_may_start_on_a_new_file_at_once() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("new.db");
            let start = || Database::open(&path, Synchronous::Normal)?.migrate(SESSION_MIGRATIONS);
            std::thread::scope(|scope| {
                let starts = [(); 3].map(|()| scope.spawn(start));
                for started in starts {
                    started.join().unwrap().unwrap();
                }
            });
        }
    }
}
