//! The SQLite file: opening it, and the connections to it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
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
pub struct Database {
    path: Arc<Path>,
    synchronous: Synchronous,
    /// Connections that no query uses at the moment. If there are none, a query opens one more and
    /// never waits for another's, so there are as many as the most that ever queried at once.
    idle: Arc<Mutex<Vec<SqliteConnection>>>,
}

impl Database {
    /// Opens the file, and makes it and its folder if they are missing.
    ///
    /// # Errors
    ///
    /// The folder can't be made, or the file can't be opened or is no SQLite database.
    ///
    /// ```no_run
    /// # use rocket_session_layer::db::{Database, DatabaseError, Synchronous};
    /// fn mine() -> Result<Database, DatabaseError> {
    ///     Database::open("var/app.db", Synchronous::Full)
    /// }
    /// ```
    pub fn open(path: impl Into<PathBuf>, synchronous: Synchronous) -> Result<Self, DatabaseError> {
        let database = Database {
            path: path.into().into(),
            synchronous,
            idle: Arc::default(),
        };
        if let Some(folder) = database.path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| database.unusable(error))?;
        }
        let connection = database.connect()?;
        database.keep(connection);
        Ok(database)
    }

    /// The path of the file.
    ///
    /// ```
    /// # use rocket_session_layer::db::Database;
    /// fn name(database: &Database) -> String {
    ///     database.path().display().to_string()
    /// }
    /// ```
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs those of `migrations` that this file has not seen.
    ///
    /// # Errors
    ///
    /// A migration fails, or the file can't be written.
    ///
    /// ```
    /// # use rocket_session_layer::db::{Database, DatabaseError};
    /// # use rocket_session_layer::schema::SESSION_MIGRATIONS;
    /// fn prepare(database: &Database) -> Result<(), DatabaseError> {
    ///     database.migrate(SESSION_MIGRATIONS)
    /// }
    /// ```
    pub fn migrate(&self, migrations: EmbeddedMigrations) -> Result<(), DatabaseError> {
        let mut connection = self.connect()?;
        // In one IMMEDIATE transaction, which takes the lock for writing at its beginning: of two
        // processes that start at the same moment, the second one looks for pending migrations only
        // when the first one has run them.
        let migrated = connection.immediate_transaction(|connection| {
            connection.run_pending_migrations(migrations)?;
            Ok::<_, BoxedError>(())
        });
        migrated.map_err(|error| self.unusable(error))?;
        self.keep(connection);
        Ok(())
    }

    /// Opens a new connection with the pragmas that every connection to this file has.
    ///
    /// # Errors
    ///
    /// The file can't be opened or is no SQLite database.
    ///
    /// ```
    /// # use rocket_session_layer::db::{Database, DatabaseError};
    /// fn apart(database: &Database) -> Result<diesel::SqliteConnection, DatabaseError> {
    ///     database.connect()
    /// }
    /// ```
    pub fn connect(&self) -> Result<SqliteConnection, DatabaseError> {
        let path = self.path.to_str();
        let path = path.ok_or_else(|| self.unusable("the path is not valid UTF-8"))?;
        let connection = SqliteConnection::establish(path);
        let mut connection = connection.map_err(|error| self.unusable(error))?;
        let synchronous = match self.synchronous {
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
                return Err(self.unusable(error));
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
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use rocket_session_layer::db::{Database, DatabaseError};
    /// # use rocket_session_layer::schema::sessions;
    /// fn sessions(database: &Database) -> Result<i64, DatabaseError> {
    ///     database.read(|connection| Ok(sessions::table.count().get_result(connection)?))
    /// }
    /// ```
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
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use rocket_session_layer::db::{Database, DatabaseError};
    /// # use rocket_session_layer::schema::sessions;
    /// async fn forget_all(database: &Database) -> Result<usize, DatabaseError> {
    ///     database.run(|connection| Ok(diesel::delete(sessions::table).execute(connection)?)).await
    /// }
    /// ```
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

    /// The same file, with connections of its own.
    pub(crate) fn apart(&self) -> Result<Self, DatabaseError> {
        Database::open(&*self.path, self.synchronous)
    }

    /// The error that this file can't be used, for this reason.
    pub(crate) fn unusable(&self, reason: impl Into<BoxedError>) -> DatabaseError {
        DatabaseError::Open {
            path: self.path.to_path_buf(),
            source: reason.into(),
        }
    }

    fn keep(&self, connection: SqliteConnection) {
        self.idle().push(connection);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why the database did not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The file can't be opened or prepared.
    #[error("the database {} can't be used: {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The error of the system or of SQLite.
        source: BoxedError,
    },
    /// SQLite refused a query.
    #[error("the database refused a query: {0}")]
    Query(#[from] diesel::result::Error),
    /// The query's thread ended early: it panicked, or the server is shutting down.
    #[error("a query was interrupted: {0}")]
    Interrupted(#[source] JoinError),
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
