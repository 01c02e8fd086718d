//! Who may write: one at a time for each of 64 groups of lockers, in all processes.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::session::id::Locker;
use crate::session::stores::StoreError;

const GROUPS: usize = 64;

/// How long to wait for another process, as long as for one that writes in the database.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait between two looks. A change takes some ten microseconds.
const A_MOMENT: Duration = Duration::from_micros(100);

/// One open file a group. The mutex keeps the threads of this process apart, for which the
/// operating system's lock is one and the same; that keeps processes apart, and goes with them.
pub(super) struct Locks(Vec<Mutex<File>>);

pub(super) struct Lock<'l>(MutexGuard<'l, File>);

impl Locks {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600);
        let open = |group| options.open(folder.join(format!("{group:02}")));
        let files = (0..GROUPS).map(|group| open(group).map(Mutex::new));
        Ok(Locks(files.collect::<io::Result<_>>()?))
    }

    pub(super) fn of(&self, locker: Locker) -> Result<Lock<'_>, StoreError> {
        self.take(group(locker))
    }

    /// The locks of two lockers, which may be one. In the same order everywhere, so that no two
    /// wait for each other.
    pub(super) fn of_both(
        &self,
        one: Locker,
        other: Locker,
    ) -> Result<(Lock<'_>, Option<Lock<'_>>), StoreError> {
        let (one, other) = (group(one), group(other));
        let first = self.take(one.min(other))?;
        let second = match one == other {
            true => None,
            false => Some(self.take(one.max(other))?),
        };
        Ok((first, second))
    }

    fn take(&self, group: usize) -> Result<Lock<'_>, StoreError> {
        let file = self.0[group].lock().unwrap_or_else(PoisonError::into_inner);
        let deadline = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(A_MOMENT),
                Err(TryLockError::WouldBlock) => {
                    let reason = "another process holds the lock for too long";
                    return Err(StoreError::unavailable(reason));
                }
                Err(TryLockError::Error(error)) => return Err(StoreError::unavailable(error)),
            }
        }
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        // It can only fail for a file that is not open.
        let _ = self.0.unlock();
    }
}

fn group(locker: Locker) -> usize {
    // Lockers are random numbers from zero on.
    locker.number().unsigned_abs() as usize % GROUPS
}
