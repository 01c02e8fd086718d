//! The store in a folder: one file a session, named by its locker, with the record as JSON in it.
//!
//! | event | left afterwards |
//! | --- | --- |
//! | restart, crash, `kill -9` | everything that was answered |
//! | power cut | perhaps not the last changes, perhaps an empty file: no write waits for the disk |
//! | the disk is full, the folder can't be written | every record as it was; the visitor gets 503 |
//! | a file is damaged, foreign or of another format | the file as it is; no cookie opens it, the log names it, and a purge removes it a day after its end |
//!
//! - **A change writes a new file and renames it over the old one.** The name always leads to a
//!   whole file, the one before or the one after. So a read takes no lock and needs no checksum,
//!   and a process that dies while it writes leaves the old record. It costs 200 to 500 µs of CPU,
//!   some ten times a row in SQLite: this engine is for sessions that a person can read, not for
//!   load.
//! - **No write waits for the disk.** An `fsync` would make a change survive a power cut and take
//!   milliseconds instead of microseconds. Use the engine `database` if that matters.
//! - **Writers take turns under a lock**, because a change compares the version in the file before
//!   it writes the next one: see `locks`.
//! - **A read runs in place**, in the worker that serves the request: opening, reading and closing
//!   a file that the system has in its memory takes 30 to 60 µs, the way to another thread and back
//!   20 to 65 µs more. Put the folder on a local disk, since a worker waits with it. Writing,
//!   waiting for a lock and walking the folder run on the blocking pool.
//! - **Windows denies what Unix allows** while a file is open: see `busy`. A removed file first gets
//!   another name, since its own would open it until its last reader has closed it.
//! - **Listing and purging walk the folder**, which costs some microseconds a session. A file's
//!   modification time is the moment its record expires, so a purge opens only what may be over. It
//!   deletes by what the file says, under the lock.
//! - **No other user of the machine reads a session**: files have mode 0600, the folder 0700, and a
//!   folder that others may enter stops the start. Outside Unix both inherit the rights of the folder
//!   above, so put it below the account's own. Names of files come from lockers, which are
//!   letters and digits only, so none leads out of the folder.

mod busy;
mod folder;
mod locks;

use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rocket::tokio::task::spawn_blocking;

use crate::clock::Timestamp;
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::store::{Capabilities, Outcome, Store, TOUCH_PATIENCE};
use folder::RecordFolder;
use locks::PATIENCE;

/// Sessions in a folder: shared by all processes on this machine that open the same one, and kept
/// over restarts and crashes, but not for certain over a power cut.
pub struct FileStore(Arc<RecordFolder>);

impl FileStore {
    /// Opens the folder, and makes it if it is missing.
    ///
    /// # Errors
    ///
    /// It can't be made or written, or others may enter it.
    ///
    /// ```no_run
    /// # use rocket_session_layer::{StoreError, stores::FileStore};
    /// fn mine() -> Result<FileStore, StoreError> {
    ///     FileStore::open("var/sessions")
    /// }
    /// ```
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let path = path.into();
        let folder = RecordFolder::open(path.clone()).map_err(|error| {
            let path = path.display();
            StoreError::unavailable(format!("the folder {path} can't be used: {error}"))
        })?;
        Ok(FileStore(Arc::new(folder)))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&RecordFolder) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let folder = self.0.clone();
        let done = spawn_blocking(move || work(&folder)).await;
        done.map_err(StoreError::unavailable)?
    }

    /// Runs a change on the blocking pool, under the locks of these lockers.
    async fn change<const N: usize>(
        &self,
        lockers: [Locker; N],
        change: impl FnOnce(&RecordFolder) -> Result<Outcome, StoreError> + Send + 'static,
    ) -> Result<Outcome, StoreError> {
        self.change_within(PATIENCE, lockers, change).await
    }

    async fn change_within<const N: usize>(
        &self,
        patience: Duration,
        lockers: [Locker; N],
        change: impl FnOnce(&RecordFolder) -> Result<Outcome, StoreError> + Send + 'static,
    ) -> Result<Outcome, StoreError> {
        self.run(move |folder| {
            let _locks = folder.locks.of(&lockers, patience)?;
            change(folder)
        })
        .await
    }
}

#[rocket::async_trait]
impl Store for FileStore {
    fn name(&self) -> &'static str {
        "file"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        self.0.load(locker)
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let record = record.clone();
        self.change([record.locker], move |folder| {
            if folder.has(record.locker)? {
                return Ok(Outcome::Conflict);
            }
            folder.write(&record)?;
            Ok(Outcome::Done)
        })
        .await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let record = record.clone();
        self.change([record.locker], move |folder| {
            if folder.read(record.locker, version)?.is_none() {
                return Ok(Outcome::Conflict);
            }
            folder.write(&record)?;
            Ok(Outcome::Done)
        })
        .await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.change([locker], move |folder| {
            let found = match version {
                Some(version) => folder.read(locker, version)?.is_some(),
                // Reads nothing, so that a damaged file can be deleted.
                None => folder.has(locker)?,
            };
            if !found {
                return Ok(Outcome::Conflict);
            }
            folder.remove(locker)?;
            Ok(Outcome::Done)
        })
        .await
    }

    /// Creates, then deletes. A process that dies in between leaves both records: its browser got
    /// no answer and still has the first, and the second expires unused.
    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let created = created.clone();
        self.change([ended, created.locker], move |folder| {
            if folder.read(ended, version)?.is_none() || folder.has(created.locker)? {
                return Ok(Outcome::Conflict);
            }
            folder.write(&created)?;
            if let Err(error) = folder.remove(ended) {
                folder.remove(created.locker)?;
                return Err(error);
            }
            Ok(Outcome::Done)
        })
        .await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let (locker, version) = (record.locker, record.version);
        let moments = (record.touched, record.expires);
        // No thread is left waiting for longer than the layer waits for it.
        self.change_within(TOUCH_PATIENCE, [locker], move |folder| {
            let Some(mut stored) = folder.read(locker, version)? else {
                return Ok(Outcome::Conflict);
            };
            (stored.touched, stored.expires) = moments;
            folder.write(&stored)?;
            Ok(Outcome::Done)
        })
        .await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        self.run(move |folder| folder.purge(now, most as usize))
            .await
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        self.run(move |folder| {
            let mut lockers = folder.lockers()?;
            lockers.retain(|locker| Some(*locker) > after);
            lockers.sort();
            lockers.truncate(most as usize);
            Ok(lockers)
        })
        .await
    }

    async fn count(&self) -> Result<u64, StoreError> {
        self.run(|folder| Ok(folder.lockers()?.len() as u64)).await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let user = Some(user.to_owned());
        self.run(move |folder| {
            let mut records = Vec::new();
            for locker in folder.lockers()? {
                match folder.load(locker) {
                    // Skips a file that can't be read: it logs no user in, and an error here would
                    // keep its user from ending the others.
                    Err(StoreError::Corrupt(_)) => {}
                    found => records.extend(found?.filter(|found| found.contents.user == user)),
                }
            }
            records.sort_by_key(|record| Reverse(record.touched));
            Ok(records)
        })
        .await
    }
}

#[cfg(test)]
mod tests;
