//! The files of a database, the log and the index beside it included: for their owner alone, and
//! still those that were opened.
//!
//! SQLite goes on with a file that was deleted or moved away: what it commits there is gone with
//! the process. And a file that was moved into place would meet the log of the other one, which
//! SQLite writes into whatever bears the name.

use std::io;
use std::path::{Path, PathBuf};

use crate::private::{self, Identity, identity};
use crate::target;

/// Files that belong to one database. The first one is the database itself.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// The files as they were when the database was opened.
pub(super) struct Files {
    /// The database by the name that the configuration has for it.
    named: (PathBuf, Identity),
    /// True if it held something. SQLite never makes it empty again.
    filled: bool,
    /// Database, log and index by the names that SQLite has for them, which are free of symbolic
    /// links.
    opened: Vec<(PathBuf, Identity)>,
}

/// True if SQLite takes this for a file. Databases in memory and addresses of SQLite's own
/// (<https://www.sqlite.org/uri.html>) are the caller's business.
pub(super) fn are_meant_by(path: &Path) -> bool {
    let memory = path.as_os_str().is_empty() || path == Path::new(":memory:");
    !memory && !path.as_os_str().as_encoded_bytes().starts_with(b"file:")
}

/// Makes the file and its folder, if they are missing, and refuses what is no plain file.
pub(super) fn prepare(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        private::make_folder(folder)?;
    }
    private::check_plain(path)?;
    private::make_file(path)?;
    ENDINGS
        .iter()
        .try_for_each(|ending| private::check_plain(&beside(path, ending)))
}

/// Takes a database away from other users of the machine, if they could read it. SQLite gives a new
/// log and index the mode that the database has.
pub(super) fn tighten(path: &Path) {
    let shown = path.display();
    match private::tighten(path) {
        Ok(None) => {}
        Ok(Some(mode)) => log::warn!(
            target: target::SECURITY,
            "the database {shown} had mode {mode:o}: from now on it is for its owner alone"
        ),
        Err(error) => log::warn!(
            target: target::SECURITY,
            "other users may use the database {shown}: {error}"
        ),
    }
    for ending in &ENDINGS[1..] {
        // They may be missing, and a process that could not change the database can't change them.
        let _ = private::tighten(&beside(path, ending));
    }
}

/// The name of one of a database's files.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

impl Files {
    /// Remembers the files of a database that is open, and stays open.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let (real, found) = (path.canonicalize()?, path.metadata()?);
        let opened = ENDINGS.map(|ending| beside(&real, ending)).into_iter();
        Ok(Files {
            named: (path.to_owned(), identity(&found)),
            filled: found.len() > 0,
            opened: opened
                // A database that keeps no log, because its disk can't share memory, has one file.
                .filter_map(|file| {
                    file.symlink_metadata()
                        .ok()
                        .map(|found| (file, identity(&found)))
                })
                .collect(),
        })
    }

    /// True if the database is where it was, and was not emptied. One look at the disk, for reads.
    pub(super) fn is_there(&self) -> bool {
        let (path, identity) = &self.named;
        path.metadata().is_ok_and(|found| {
            private::identity(&found) == *identity && (found.len() > 0 || !self.filled)
        })
    }

    /// True if log and index are where they were, too: for writes, and for new connections, which
    /// would otherwise begin a log of their own.
    pub(super) fn are_there(&self) -> bool {
        let is_there = |(path, identity): &(PathBuf, Identity)| {
            let found = path.symlink_metadata();
            found.is_ok_and(|found| private::identity(&found) == *identity)
        };
        self.is_there() && self.opened.iter().all(is_there)
    }
}
