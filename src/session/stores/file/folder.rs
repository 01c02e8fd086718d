//! The folder and its files: found, made, changed, removed, walked.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::format;
use super::locks::Locks;
use super::slots;
use super::stored::Stored;
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
use crate::session::stores::StoreError;

/// What a file is called until it is complete.
const UNFINISHED: &str = "new";

pub(super) struct Folder {
    path: PathBuf,
    /// Device and number.
    identity: (u64, u64),
    pub(super) locks: Locks,
}

impl Folder {
    pub(super) fn open(path: PathBuf) -> Result<Self, StoreError> {
        let failed = |error: io::Error| {
            let path = path.display();
            StoreError::Unavailable(format!("the folder {path} can't be used: {error}"))
        };
        make(&path).map_err(failed)?;
        let locks = path.join("locks");
        make(&locks).map_err(failed)?;
        let locks = Locks::open(&locks).map_err(failed)?;
        Ok(Folder {
            identity: identity(&path).map_err(failed)?,
            path,
            locks,
        })
    }

    /// What is not found is not there only if the folder is still the one that was opened. Where
    /// its disk is gone, or another one was put over it, all sessions are out of reach, not ended.
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

    pub(super) fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        match self.open_file(locker, OpenOptions::new().read(true))? {
            Some(file) => Stored::read(locker, file).map(|stored| Some(stored.record)),
            None => Ok(None),
        }
    }

    /// What is stored, to be changed. The caller has the lock, and keeps it until then.
    pub(super) fn stored(&self, locker: Locker) -> Result<Option<Stored>, StoreError> {
        let file = self.open_file(locker, OpenOptions::new().read(true).write(true))?;
        file.map(|file| Stored::read(locker, file)).transpose()
    }

    fn open_file(&self, locker: Locker, options: &OpenOptions) -> Result<Option<File>, StoreError> {
        match options.open(self.file(locker)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => self.check().map(|()| None),
            Err(error) => Err(StoreError::unavailable(error)),
        }
    }

    /// Whether there is anything of that name, readable or not.
    pub(super) fn has(&self, locker: Locker) -> Result<bool, StoreError> {
        match fs::symlink_metadata(self.file(locker)) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => self.check().map(|()| false),
            Err(error) => Err(StoreError::unavailable(error)),
        }
    }

    /// Stores a record of which there is none. The caller has the lock.
    pub(super) fn create(&self, record: &Record) -> Result<(), StoreError> {
        let text = format::write(record).map_err(StoreError::unavailable)?;
        self.write_new(record, text)
    }

    /// Puts this record in the place of what is stored of it. The caller has the lock.
    pub(super) fn change(&self, stored: Stored, record: &Record) -> Result<(), StoreError> {
        let text = format::write(record).map_err(StoreError::unavailable)?;
        let Stored { file, slot, .. } = stored;
        if !slot.has_room_for(&text) {
            return self.write_new(record, text);
        }
        slot.change(&file, text).map_err(StoreError::unavailable)?;
        note_end(&file, record.expires);
        Ok(())
    }

    /// A whole file, or none: it gets its name when it is complete.
    fn write_new(&self, record: &Record, text: Vec<u8>) -> Result<(), StoreError> {
        let file = self.file(record.locker);
        let unfinished = file.with_extension(UNFINISHED);
        let written = slots::new(text)
            .and_then(|content| write_whole(&unfinished, &content, record.expires))
            .and_then(|()| fs::rename(&unfinished, &file));
        written.map_err(|error| {
            // On a full disk it is in the way. What can't be removed now, a purge removes.
            let _ = fs::remove_file(&unfinished);
            StoreError::unavailable(error)
        })
    }

    /// Removes a record. The caller has the lock.
    pub(super) fn remove(&self, locker: Locker) -> Result<(), StoreError> {
        fs::remove_file(self.file(locker)).map_err(StoreError::unavailable)
    }

    /// The lockers of all files here that bear the name of one.
    pub(super) fn entries(
        &self,
    ) -> Result<impl Iterator<Item = Result<Locker, StoreError>>, StoreError> {
        self.check()?;
        let entries = fs::read_dir(&self.path).map_err(StoreError::unavailable)?;
        Ok(entries.filter_map(|entry| match entry {
            Ok(entry) => entry.file_name().to_str().and_then(Locker::parse).map(Ok),
            Err(error) => Some(Err(StoreError::unavailable(error))),
        }))
    }

    pub(super) fn purge(&self, now: Timestamp, most: usize) -> Result<usize, StoreError> {
        self.remove_unfinished()?;
        let mut purged = 0;
        for locker in self.entries()? {
            if purged == most {
                break;
            }
            let locker = locker?;
            if self.may_be_over(locker, now) && self.purge_one(locker, now)? {
                purged += 1;
            }
        }
        Ok(purged)
    }

    fn may_be_over(&self, locker: Locker, now: Timestamp) -> bool {
        let modified = fs::metadata(self.file(locker)).and_then(|found| found.modified());
        modified.is_ok_and(|modified| modified <= moment(now))
    }

    fn purge_one(&self, locker: Locker, now: Timestamp) -> Result<bool, StoreError> {
        let _lock = self.locks.of(locker)?;
        match self.load(locker) {
            Ok(Some(record)) if record.expires <= now => self.remove(locker).map(|()| true),
            // What can't be read can't be known to be over.
            Ok(_) | Err(StoreError::Corrupt(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whoever writes such a file has the lock: one that is there without it was left by a process
    /// that died.
    fn remove_unfinished(&self) -> Result<(), StoreError> {
        for entry in fs::read_dir(&self.path).map_err(StoreError::unavailable)? {
            let path = entry.map_err(StoreError::unavailable)?.path();
            let name = path.file_stem().and_then(|name| name.to_str());
            if path.extension().is_some_and(|end| end == UNFINISHED)
                && let Some(locker) = name.and_then(Locker::parse)
            {
                let _lock = self.locks.of(locker)?;
                let _ = fs::remove_file(path);
            }
        }
        Ok(())
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let found = fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}

/// A folder for this user alone.
fn make(path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        let reason = format!(
            "others may enter it, its mode is {:o}, not 700",
            mode & 0o777
        );
        return Err(io::Error::other(reason));
    }
    Ok(())
}

fn write_whole(path: &Path, content: &[u8], expires: Timestamp) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file: File = options.open(path)?;
    file.write_all(content)?;
    note_end(&file, expires);
    Ok(())
}

/// Each write makes a file look as if it was over by now. If that remains so, because this fails or
/// the process dies before it, a purge looks into the file for nothing.
fn note_end(file: &File, expires: Timestamp) {
    let _ = file.set_modified(moment(expires));
}

/// A moment as the file system has it. What lies before 1970 counts as 1970.
fn moment(timestamp: Timestamp) -> SystemTime {
    // The file systems of today end in 2446; nothing here is to fail for what lies beyond.
    let seconds = u64::try_from(timestamp).unwrap_or(0).min(15_000_000_000);
    UNIX_EPOCH + Duration::from_secs(seconds)
}
