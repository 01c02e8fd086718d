//! Locks for writers: one writer at a time for each of 64 groups of lockers, in all processes.
//!
//! A lock file for each session would have to be deleted at some time, while another process may be
//! waiting for it. These 64 stay for ever, in the folder `locks`, and two sessions that share one
//! hardly ever meet: a change takes some hundred microseconds.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::{self as mutex, Mutex, MutexGuard};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::error::StoreError;
use crate::id::Locker;
use crate::private;

const GROUPS: usize = 64;

/// The longest wait for another writer, the same as for one that writes in the database.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// The pause between two tries. A lock without a time limit could block the thread for ever.
const PAUSE: Duration = Duration::from_micros(100);

/// One open file for each group. The system's lock on it keeps processes apart and goes when its
/// process dies, however it dies. All threads of this process share that lock, so the mutex keeps
/// these apart.
pub(super) struct Locks(Vec<Mutex<File>>);

/// A group's lock, released on drop.
pub(super) struct Lock<'l>(MutexGuard<'l, File>);

impl Locks {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut options = private::to_write();
        options.create(true).truncate(false);
        let open = |group| {
            let file = folder.join(format!("{group:02}"));
            private::open_plain(&file, |file| options.open(file))
        };
        let files = (0..GROUPS).map(|group| open(group).map(Mutex::new));
        Ok(Locks(files.collect::<io::Result<_>>()?))
    }

    /// Locks the groups of these lockers, and waits no longer than `patience` for them. Always the
    /// lower group first: two writers that took them in different order would wait for each other.
    pub(super) fn of(
        &self,
        lockers: &[Locker],
        patience: Duration,
    ) -> Result<Vec<Lock<'_>>, StoreError> {
        let groups: BTreeSet<usize> = lockers.iter().copied().map(group).collect();
        let deadline = Instant::now() + patience;
        let take = |group| loop {
            match self.try_take(group).map_err(StoreError::unavailable)? {
                Some(lock) => return Ok(lock),
                None if Instant::now() < deadline => sleep(PAUSE),
                None => {
                    let reason = "another writer holds the lock for too long";
                    return Err(StoreError::unavailable(reason));
                }
            }
        };
        groups.into_iter().map(take).collect()
    }

    /// `None` if another thread or another process has it.
    fn try_take(&self, group: usize) -> io::Result<Option<Lock<'_>>> {
        let file = match self.0[group].try_lock() {
            Ok(file) => file,
            Err(mutex::TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(mutex::TryLockError::WouldBlock) => return Ok(None),
        };
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
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
    // Lockers are random numbers from zero on, so the groups are of equal size.
    locker.number().unsigned_abs() as usize % GROUPS
}
