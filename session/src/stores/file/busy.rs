//! Files that another handle has open, as Windows has it.

use std::io::{self, ErrorKind};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The longest wait for a file that is busy. A reader of ours has it for some microseconds, a virus
/// scanner for some milliseconds.
const PATIENCE: Duration = Duration::from_millis(500);

const PAUSE: Duration = Duration::from_micros(200);

/// Reads, renames or removes a file, on Windows again and again while that is denied.
///
/// There a name that leads to an open file can't always be given to another one, and stays behind,
/// of no use, until a file that was removed is closed. Which of the two reasons denies it, busy or
/// forbidden, can't be told from the error.
pub(super) fn unless_busy<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match act() {
            Err(error) if is_busy(&error) && Instant::now() < deadline => sleep(PAUSE),
            done => return done,
        }
    }
}

fn is_busy(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    let is_shared = error.raw_os_error() == Some(SHARING_VIOLATION);
    cfg!(windows) && (is_shared || error.kind() == ErrorKind::PermissionDenied)
}
