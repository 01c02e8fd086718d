//! The store in a folder: one file a session, named by its locker.
//!
//! | what happens | what is left |
//! | --- | --- |
//! | restart, crash, `kill -9` | everything that was answered |
//! | power cut | perhaps not the last changes, perhaps a torn file: nothing waits for the disk |
//! | the disk is full, the folder can't be written | every record as it was; the visitor gets 503 |
//! | a file is spoilt, foreign or of another format | it stays as it is; its visitor gets 503, the log says which |
//!
//! - **A change is written in place**, into the one of two slots that does not count, and then the
//!   file's head names that slot: see `slots`. Until then everybody finds what was there before. To
//!   write a new file and rename it over the old one, as is usual, costs the system some twenty
//!   times as much (110 µs on ext4). It is done where a record has outgrown its slot.
//! - **What was before stays in the file** until the change after, what was popped included.
//! - **Writers take turns under a lock** that the operating system drops when a process dies: one
//!   of 64 files in the folder `locks`, chosen by the locker. A lock file a session would have
//!   to be deleted at some time, under the hands of whoever waits for it. Under the lock a writer
//!   opens the file, and whoever deletes or replaces a file has the lock too: so nobody writes into
//!   a file that has no name any more.
//! - **A read runs in place**, in the worker that serves the request, and takes no lock. On a busy
//!   machine with two cores, opening, reading and closing a file that the system has in its
//!   memory took 30 to 60 µs, the way to another thread and back 20 to 65 µs more. On a disk that
//!   is slow to answer a worker waits with it: put the folder on a local one. Whatever writes,
//!   waits for a lock or walks the folder runs on the blocking pool.
//! - **Listing and purging walk the folder**, which costs some microseconds a session. A file's
//!   modification time is the moment its record expires, so that a purge opens only what may be
//!   over; what it deletes is decided by what the file says, under the lock.
//! - **Nobody else reads anything**: files have mode 0600, the folder 0700, and a folder that others
//!   may enter stops the start. File names come from lockers, which are letters and digits only.

mod folder;
mod format;
mod locks;
mod slots;
mod stored;

use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;

use rocket::tokio::task::spawn_blocking;

use super::{Capabilities, Outcome, Store, StoreError};
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
use folder::Folder;

/// Sessions in a folder: shared by all processes on this machine that open the same one, and kept
/// over restarts and crashes, but not for certain over a power cut.
pub struct FileStore(Arc<Folder>);

impl FileStore {
    /// Opens the folder, and makes it where it is missing.
    ///
    /// # Errors
    ///
    /// It can't be made or written, or others may enter it.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        Ok(FileStore(Arc::new(Folder::open(path.into())?)))
    }

    /// The lockers of everything that is stored, readable or not, for those who show it. It costs a
    /// walk through the folder, in place.
    ///
    /// # Errors
    ///
    /// The folder can't be read.
    pub fn lockers(&self) -> Result<Vec<Locker>, StoreError> {
        self.0.entries()?.collect()
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Folder) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let folder = self.0.clone();
        let done = spawn_blocking(move || work(&folder)).await;
        done.map_err(StoreError::unavailable)?
    }
}

/// Whether what is stored of this locker has this version, or any where none is named.
fn holds(folder: &Folder, locker: Locker, version: Option<i64>) -> Result<bool, StoreError> {
    let stored = folder.load(locker);
    match (stored, version) {
        // What is not looked at need not be readable.
        (Err(StoreError::Corrupt(_)), None) => Ok(true),
        (Err(error), _) => Err(error),
        (Ok(None), _) => Ok(false),
        (Ok(Some(stored)), version) => Ok(version.is_none_or(|version| stored.version == version)),
    }
}

#[rocket::async_trait]
impl Store for FileStore {
    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        self.0.load(locker)
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let record = record.clone();
        self.run(move |folder| {
            let _lock = folder.locks.of(record.locker)?;
            if folder.has(record.locker)? {
                return Ok(Outcome::Conflict);
            }
            folder.create(&record).map(|()| Outcome::Done)
        })
        .await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let record = record.clone();
        self.run(move |folder| {
            let _lock = folder.locks.of(record.locker)?;
            match folder.stored(record.locker)? {
                Some(stored) if stored.record.version == version => {
                    folder.change(stored, &record).map(|()| Outcome::Done)
                }
                _ => Ok(Outcome::Conflict),
            }
        })
        .await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.run(move |folder| {
            let _lock = folder.locks.of(locker)?;
            match holds(folder, locker, version)? {
                true => folder.remove(locker).map(|()| Outcome::Done),
                false => Ok(Outcome::Conflict),
            }
        })
        .await
    }

    /// A process that dies between the two halves leaves both records. The browser, which got no
    /// answer, still has the first one, and the second expires unused: as if nothing had happened.
    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let created = created.clone();
        self.run(move |folder| {
            let _locks = folder.locks.of_both(ended, created.locker)?;
            if !holds(folder, ended, Some(version))? || folder.has(created.locker)? {
                return Ok(Outcome::Conflict);
            }
            folder.create(&created)?;
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
        let (touched, expires) = (record.touched, record.expires);
        self.run(move |folder| {
            let _lock = folder.locks.of(locker)?;
            match folder.stored(locker)? {
                Some(stored) if stored.record.version == version => {
                    let mut record = stored.record.clone();
                    (record.touched, record.expires) = (touched, expires);
                    folder.change(stored, &record).map(|()| Outcome::Done)
                }
                _ => Ok(Outcome::Conflict),
            }
        })
        .await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        self.run(move |folder| folder.purge(now, most as usize))
            .await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let user = user.to_owned();
        self.run(move |folder| {
            let mut records = Vec::new();
            for entry in folder.entries()? {
                match folder.load(entry?) {
                    Ok(Some(record)) if record.contents.user.as_ref() == Some(&user) => {
                        records.push(record);
                    }
                    Ok(_) => {}
                    // A file that can't be read logs nobody in. It must not keep its user from
                    // ending the others.
                    Err(StoreError::Corrupt(_)) => {}
                    Err(error) => return Err(error),
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
