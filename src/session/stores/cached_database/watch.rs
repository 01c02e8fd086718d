//! Whether anybody has committed anything: a look at SQLite's WAL index header.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;

use crate::db::Database;
use crate::session::stores::StoreError;

/// The header's first copy: version, counter of commits, sizes, salts and checksums of the log. A
/// commit is answered when both copies tell of it. So one is enough here, and where a commit is
/// under way even half of one: it only has to differ.
pub(super) type State = [u8; 48];

/// Device and number of a file.
type Identity = (u64, u64);

/// Never emptied, because to close one of these would drop the locks of all of SQLite's
/// connections in this process (POSIX locks belong to the process, and go with any descriptor of
/// the file). Another process could then write into the middle of our transaction.
static OPEN: Mutex<Option<HashMap<Identity, Arc<File>>>> = Mutex::new(None);

pub(super) struct Watch {
    header: Arc<File>,
    /// While a connection is open the file is not replaced by another one.
    _connection: Mutex<SqliteConnection>,
}

impl Watch {
    pub(super) fn open(database: &Database) -> Result<Self, StoreError> {
        let mut connection = database.connect()?;
        // The file is there from the first read on.
        connection
            .batch_execute("SELECT count(*) FROM sqlite_schema")
            .map_err(StoreError::unavailable)?;
        let mut path = database.path().as_os_str().to_owned();
        path.push("-shm");
        let header = kept_open(&PathBuf::from(path)).map_err(StoreError::unavailable)?;
        let watch = Watch {
            header,
            _connection: Mutex::new(connection),
        };
        watch.state()?;
        Ok(watch)
    }

    /// Equal for two looks between which nobody has committed.
    pub(super) fn state(&self) -> Result<State, StoreError> {
        let mut state = [0; 48];
        let read = self.header.read_exact_at(&mut state, 0);
        read.map_err(StoreError::unavailable)?;
        Ok(state)
    }
}

fn kept_open(path: &Path) -> io::Result<Arc<File>> {
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let open = open.get_or_insert_default();
    let found = fs::metadata(path)?;
    let identity = (found.dev(), found.ino());
    if let Some(file) = open.get(&identity) {
        return Ok(file.clone());
    }
    let file = Arc::new(File::open(path)?);
    open.insert(identity, file.clone());
    Ok(file)
}
