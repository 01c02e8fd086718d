//! The SQLite file: opening it, and the connections to it.

mod error;
mod files;
mod pool;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use rocket::tokio::task::spawn_blocking;

pub use crate::config::Synchronous;
pub use error::DatabaseError;

use crate::cause::Cause;
use crate::target;
use files::Files;
use pool::Pool;

/// The longest wait of a connection for another process that is writing, in milliseconds.
const BUSY_TIMEOUT: u32 = 5_000;

/// The longest wait of a query for those before it.
const PATIENCE: Duration = Duration::from_secs(5);

/// One SQLite file and the connections to it. A clone is another handle to the same file and shares
/// its connections.
///
/// The file is for the server's own user alone (mode 0600), as are the log and the index that
/// SQLite keeps beside it. If one of them is deleted, moved away or replaced, the database is given
/// up: every query is [`DatabaseError::Lost`] until the program is started again, and nothing is
/// written over a file that was moved into its place. `:memory:` and SQLite's `file:` addresses are
/// used as they are.
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
pub struct Database(Arc<Shared>);

/// Everything that the clones have in common.
struct Shared {
    path: PathBuf,
    synchronous: Synchronous,
    /// `None`: SQLite has no file that we know of.
    files: Option<Files>,
    /// True once the files were not the ones that were opened.
    lost: AtomicBool,
    pool: Pool,
}

impl Shared {
    /// Gives the database up if `look` does not find its files.
    fn check(&self, look: fn(&Files) -> bool) -> Result<(), DatabaseError> {
        let lost = self.lost.load(Ordering::Relaxed);
        if !lost && self.files.as_ref().is_none_or(look) {
            return Ok(());
        }
        let path = self.path.clone();
        let error = DatabaseError::Lost { path };
        if !self.lost.swap(true, Ordering::Relaxed) {
            if is_news(&self.path) {
                log::error!(target: target::STORE, "{error}");
            }
            self.pool.empty_log();
        }
        Err(error)
    }
}

impl Drop for Shared {
    /// Looks a last time: there may have been no request since the files were moved.
    fn drop(&mut self) {
        let lost = self.files.as_ref().is_some_and(|files| !files.are_there());
        if lost && !self.lost.load(Ordering::Relaxed) {
            self.pool.empty_log();
        }
    }
}

/// True the first time: an app and its session layer may each have opened the same file.
fn is_news(path: &Path) -> bool {
    static TOLD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    told.insert(path.to_owned())
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
        Database::open_with(path.into(), synchronous, PATIENCE)
    }

    fn open_with(
        path: PathBuf,
        synchronous: Synchronous,
        patience: Duration,
    ) -> Result<Self, DatabaseError> {
        let has_files = files::are_meant_by(&path);
        if has_files {
            files::prepare(&path).map_err(|error| unusable(&path, error))?;
        }
        let mut anchor = establish(&path)?;
        set_up(&mut anchor, &path, synchronous)?;
        // SQLite makes log and index at the first read.
        let read = anchor.batch_execute("SELECT count(*) FROM sqlite_schema");
        read.map_err(|error| unusable(&path, error))?;
        if has_files {
            // Only now it is known to be a database, and not another program's file.
            files::tighten(&path);
        }
        let files = has_files.then(|| Files::of(&path)).transpose();
        Ok(Database(Arc::new(Shared {
            files: files.map_err(|error| unusable(&path, error))?,
            path,
            synchronous,
            lost: AtomicBool::new(false),
            pool: Pool::new(anchor, patience),
        })))
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
        &self.0.path
    }

    /// Opens a new connection with the pragmas that every connection to this file has.
    ///
    /// # Errors
    ///
    /// The file can't be opened or is no SQLite database, or it is no longer the one that was
    /// opened.
    ///
    /// ```
    /// # use rocket_session_layer::db::{Database, DatabaseError};
    /// fn apart(database: &Database) -> Result<diesel::SqliteConnection, DatabaseError> {
    ///     database.connect()
    /// }
    /// ```
    pub fn connect(&self) -> Result<SqliteConnection, DatabaseError> {
        let shared = &self.0;
        // Before, because SQLite would make a file that is missing; and after, because it may have
        // opened another one.
        shared.check(Files::are_there)?;
        let mut connection = establish(&shared.path)?;
        shared.check(Files::are_there)?;
        set_up(&mut connection, &shared.path, shared.synchronous)?;
        Ok(connection)
    }

    /// Queries in the calling thread. This is for point reads, which take microseconds: in WAL mode
    /// a reader never waits for a writer. Queries that write or may take long go through [`run`],
    /// since they would keep a worker from serving other requests.
    ///
    /// [`run`]: Database::run
    ///
    /// # Errors
    ///
    /// Those of `query`; [`DatabaseError::Lost`], or a new connection can't be opened.
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
        self.query(Files::is_there, query)
    }

    /// Queries on Rocket's blocking pool, so that the worker serves other requests until the answer
    /// is there. Sixteen such queries run at once; the next ones wait for a place, five seconds at
    /// most, and are then [`DatabaseError::Crowded`].
    ///
    /// # Errors
    ///
    /// As of [`read`](Database::read); [`DatabaseError::Crowded`]; [`DatabaseError::Interrupted`].
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
        let place = self.0.pool.place().await?;
        let database = self.clone();
        let answer = spawn_blocking(move || {
            // Until the query is over, also if its request was given up.
            let _place = place;
            database.query(Files::are_there, query)
        });
        match answer.await {
            Ok(answer) => answer,
            Err(error) => Err(DatabaseError::Interrupted(error).into()),
        }
    }

    /// Queries with a connection that is the caller's own, and opened if it has none.
    pub(crate) fn write_with<T>(
        &self,
        own: &mut Option<SqliteConnection>,
        query: impl FnOnce(&mut SqliteConnection) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let connection = own.take().map_or_else(|| self.connect(), Ok)?;
        let (answer, connection) = self.query_with(connection, Files::are_there, query);
        *own = connection;
        answer
    }

    fn query<T, E: From<DatabaseError>>(
        &self,
        look: fn(&Files) -> bool,
        query: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let pool = &self.0.pool;
        let connection = pool.take().map_or_else(|| self.connect(), Ok)?;
        let (answer, connection) = self.query_with(connection, look, query);
        if let Some(connection) = connection {
            pool.keep(connection);
        }
        answer
    }

    /// Queries, and looks for the files before it hands the answer on: nothing is answered that the
    /// next start would not find. The connection of a query that failed is closed, since it may be
    /// in the middle of a transaction.
    fn query_with<T, E: From<DatabaseError>>(
        &self,
        mut connection: SqliteConnection,
        look: fn(&Files) -> bool,
        query: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
    ) -> (Result<T, E>, Option<SqliteConnection>) {
        let answer = query(&mut connection);
        if let Err(lost) = self.0.check(look) {
            return (Err(lost.into()), None);
        }
        let connection = answer.is_ok().then_some(connection);
        (answer, connection)
    }

    /// The error that this file can't be used, for this reason.
    pub(crate) fn unusable(&self, reason: impl Into<Cause>) -> DatabaseError {
        unusable(&self.0.path, reason)
    }
}

fn unusable(path: &Path, reason: impl Into<Cause>) -> DatabaseError {
    DatabaseError::Open {
        path: path.to_owned(),
        source: reason.into(),
    }
}

fn establish(path: &Path) -> Result<SqliteConnection, DatabaseError> {
    let name = path.to_str();
    let name = name.ok_or_else(|| unusable(path, "the path is not valid UTF-8"))?;
    SqliteConnection::establish(name).map_err(|error| unusable(path, error))
}

/// Gives a new connection its pragmas.
fn set_up(
    connection: &mut SqliteConnection,
    path: &Path,
    synchronous: Synchronous,
) -> Result<(), DatabaseError> {
    let synchronous = match synchronous {
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
            return Err(unusable(path, error));
        }
        sleep(Duration::from_millis(5));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[rocket::async_test]
    async fn queries_at_once_are_bounded_and_one_too_many_does_not_wait_for_long() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.db");
        let database = Database::open_with(path, Synchronous::Normal, Duration::ZERO).unwrap();
        let (begun, running) = channel();
        let (queries, holds): (Vec<_>, Vec<_>) = (0..pool::MOST)
            .map(|_| {
                let (database, begun) = (database.clone(), begun.clone());
                let (hold, held) = channel::<()>();
                let query = rocket::tokio::spawn(async move {
                    let wait = move |_: &mut SqliteConnection| {
                        begun.send(()).unwrap();
                        let _ = held.recv();
                        Ok::<_, DatabaseError>(())
                    };
                    database.run(wait).await
                });
                (query, hold)
            })
            .unzip();
        assert_eq!(running.iter().take(pool::MOST).count(), pool::MOST);
        let nothing = |_: &mut SqliteConnection| Ok::<_, DatabaseError>(());
        let crowded = database.run(nothing).await;
        assert!(
            matches!(crowded, Err(DatabaseError::Crowded)),
            "{crowded:?}"
        );
        // A read in a worker waits for none of them.
        assert!(database.read(nothing).is_ok());
        drop(holds);
        for query in queries {
            assert!(query.await.unwrap().is_ok());
        }
        assert!(database.run(nothing).await.is_ok());
    }
}
