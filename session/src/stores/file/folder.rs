//! The folder and its files: read, written, removed, walked.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::busy::unless_busy;
use super::locks::{Locks, PATIENCE};
use crate::clock::Timestamp;
use crate::error::StoreError;
use crate::format::{Unreadable, from_json, to_json};
use crate::id::Locker;
use crate::private::{self, Identity};
use crate::record::Record;
use crate::target;

/// The end of a file's name until it is complete.
const UNFINISHED: &str = ".new";

/// The first bytes of a file in the format of an earlier version, which had two slots.
const SLOTS: &[u8] = b"format ";

/// Seconds that a purge leaves an unreadable file in place after its modification time. All that is
/// known of its end is that time, and a repair by hand would set it to now.
const LEFT_FOR_REPAIR: Timestamp = 24 * 60 * 60;

pub(super) struct RecordFolder {
    path: PathBuf,
    identity: Identity,
    pub(super) locks: Locks,
}

impl RecordFolder {
    pub(super) fn open(path: PathBuf) -> io::Result<Self> {
        make_private(&path)?;
        let locks = path.join("locks");
        make_private(&locks)?;
        Ok(RecordFolder {
            identity: identity(&path)?,
            locks: Locks::open(&locks)?,
            path,
        })
    }

    /// Fails unless the folder is still the one that was opened. A missing file means an unknown
    /// session only then: if the disk is gone, or another one was mounted over it, all sessions are
    /// out of reach, and no user may be logged out for that.
    fn check(&self) -> Result<(), StoreError> {
        match identity(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            Ok(_) => Err(StoreError::unavailable("the folder was replaced")),
            Err(error) => Err(StoreError::unavailable(error)),
        }
    }

    fn file(&self, locker: Locker) -> PathBuf {
        self.path.join(locker.to_string())
    }

    fn unfinished(&self, locker: Locker) -> PathBuf {
        self.path.join(format!("{locker}{UNFINISHED}"))
    }

    /// The result of a look for a file. `None` if there is nothing of its name.
    fn unless_missing<T>(&self, found: io::Result<T>) -> Result<Option<T>, StoreError> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == ErrorKind::NotFound => self.check().map(|()| None),
            Err(error) => Err(StoreError::unavailable(error)),
        }
    }

    /// Tells whether the name is taken, by a readable file or by anything else.
    pub(super) fn has(&self, locker: Locker) -> Result<bool, StoreError> {
        let found = self.unless_missing(fs::symlink_metadata(self.file(locker)))?;
        Ok(found.is_some())
    }

    pub(super) fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let refused = |reason: &dyn fmt::Display| {
            log::warn!(target: target::STORE, "session: the file {locker} can't be read: {reason}");
            StoreError::Corrupt(locker)
        };
        let path = self.file(locker);
        // A symbolic link is refused, too: it would lead out of the folder that is ours alone.
        let found = self.unless_missing(fs::symlink_metadata(&path))?;
        if found.is_some_and(|found| !found.is_file()) {
            return Err(refused(&"it is no plain file"));
        }
        let Some(json) = self.unless_missing(read(&path))? else {
            return Ok(None);
        };
        if json.starts_with(SLOTS) {
            return Err(refused(&Unreadable::EARLIER));
        }
        let record = from_json(Some(locker), &json);
        record.map(Some).map_err(|reason| refused(&reason))
    }

    /// The record in this locker, if it has this version.
    pub(super) fn read(&self, locker: Locker, version: i64) -> Result<Option<Record>, StoreError> {
        let record = self.load(locker)?;
        Ok(record.filter(|record| record.version == version))
    }

    /// Stores the record in place of what is stored in its locker. The caller has the lock.
    pub(super) fn write(&self, record: &Record) -> Result<(), StoreError> {
        let json = to_json(record).map_err(StoreError::unavailable)? + "\n";
        let file = self.file(record.locker);
        let unfinished = self.unfinished(record.locker);
        write_new(&unfinished, &json, record.expires)
            .and_then(|()| unless_busy(|| fs::rename(&unfinished, &file)))
            .map_err(|error| {
                // On a full disk its room is needed. If it can't be removed now, a purge does.
                let _ = fs::remove_file(&unfinished);
                StoreError::unavailable(error)
            })
    }

    /// Removes a record. The caller has the lock.
    pub(super) fn remove(&self, locker: Locker) -> Result<(), StoreError> {
        let mut file = self.file(locker);
        if cfg!(windows) {
            // There an open file keeps its name until its last reader closes it.
            let unnamed = self.unfinished(locker);
            unless_busy(|| fs::rename(&file, &unnamed)).map_err(StoreError::unavailable)?;
            file = unnamed;
        }
        unless_busy(|| fs::remove_file(&file)).map_err(StoreError::unavailable)
    }

    pub(super) fn lockers(&self) -> Result<Vec<Locker>, StoreError> {
        let mut lockers = Vec::new();
        for name in self.names()? {
            lockers.extend(Locker::parse(&name?));
        }
        Ok(lockers)
    }

    fn names(&self) -> Result<impl Iterator<Item = Result<String, StoreError>>, StoreError> {
        self.check()?;
        let entries = fs::read_dir(&self.path).map_err(StoreError::unavailable)?;
        Ok(entries.map(|entry| {
            let name = entry.map_err(StoreError::unavailable)?.file_name();
            Ok(name.to_string_lossy().into_owned())
        }))
    }

    /// Removes at most `most` records that are over, and on its way all unfinished files.
    pub(super) fn purge(&self, now: Timestamp, most: usize) -> Result<usize, StoreError> {
        let mut purged = 0;
        let mut names = self.names()?;
        while purged < most
            && let Some(name) = names.next().transpose()?
        {
            if let Some(locker) = Locker::parse(&name) {
                purged += usize::from(self.purge_one(locker, now)?);
            } else if let Some(locker) = name.strip_suffix(UNFINISHED).and_then(Locker::parse) {
                // Its writer would hold the lock: found under the lock, it is of one that died.
                let _lock = self.locks.of(&[locker], PATIENCE)?;
                let _ = fs::remove_file(self.path.join(&name));
            }
        }
        Ok(purged)
    }

    fn purge_one(&self, locker: Locker, now: Timestamp) -> Result<bool, StoreError> {
        let path = self.file(locker);
        let found = fs::symlink_metadata(&path).and_then(|found| found.modified());
        let Some(end) = found.ok().filter(|end| *end <= moment(now)) else {
            return Ok(false);
        };
        let _lock = self.locks.of(&[locker], PATIENCE)?;
        match self.load(locker) {
            Ok(Some(record)) if record.expires <= now => self.remove(locker).map(|()| true),
            Ok(_) => Ok(false),
            Err(StoreError::Corrupt(_)) => {
                let left = end > moment(now.saturating_sub(LEFT_FOR_REPAIR));
                // No error if that fails: a folder of that name, say, must not stop every purge.
                Ok(!left && fs::remove_file(&path).is_ok())
            }
            Err(error) => Err(error),
        }
    }
}

fn identity(path: &Path) -> io::Result<Identity> {
    let found = fs::metadata(path)?;
    if !found.is_dir() {
        return Err(ErrorKind::NotADirectory.into());
    }
    Ok(private::identity(&found))
}

/// Makes a folder for this user alone, if it is missing. Outside Unix it inherits the rights of the
/// folder above it.
fn make_private(path: &Path) -> io::Result<()> {
    private::make_folder(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let reason = format!("others may enter it, its mode is {mode:o}, not 700");
            return Err(io::Error::other(reason));
        }
    }
    Ok(())
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut json = Vec::new();
    let mut file = unless_busy(|| private::open_plain(path, |path| File::open(path)))?;
    file.read_to_end(&mut json)?;
    Ok(json)
}

fn write_new(path: &Path, json: &str, expires: Timestamp) -> io::Result<()> {
    // Left by a process that died, if there is one. `create_new` opens nothing that is there
    // already, a named pipe for example.
    let _ = fs::remove_file(path);
    let mut file = unless_busy(|| private::to_write().create_new(true).open(path))?;
    file.write_all(json.as_bytes())?;
    file.set_modified(moment(expires))
}

/// A moment as the file system has it. Those before 1970 count as 1970, and those that the file
/// systems of today can't write, after 2446, as their last ones.
fn moment(timestamp: Timestamp) -> SystemTime {
    let seconds = u64::try_from(timestamp).unwrap_or(0).min(15_000_000_000);
    UNIX_EPOCH + Duration::from_secs(seconds)
}
