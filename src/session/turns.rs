//! A queue for each session: requests that change the same one take turns.

use rocket::tokio::sync::{Mutex, MutexGuard};

use super::id::Locker;

/// How many queues there are. Two sessions share one only by chance; with some thousand, rarely
/// two that are changed at the same moment.
const QUEUES: usize = 1024;

/// Fair queues, chosen by locker.
///
/// The store's compare-on-version alone would be correct. But of a hundred parallel clicks one
/// would succeed at each round and all others try again: ten times the work, and luck who wins.
/// Only requests of this process queue up here; between processes, the version decides.
pub(super) struct Turns(Box<[Mutex<()>]>);

/// A turn, over when it is dropped.
pub(super) struct Turn<'a> {
    /// Whether there was a queue, so that what was read before is probably out of date.
    pub(super) waited: bool,
    _guard: MutexGuard<'a, ()>,
}

impl Turns {
    pub(super) fn new() -> Self {
        Turns((0..QUEUES).map(|_| Mutex::default()).collect())
    }

    /// Waits until it is this session's turn, in order of arrival.
    pub(super) async fn wait(&self, locker: Locker) -> Turn<'_> {
        let queue = &self.0[locker.number() as usize % QUEUES];
        let (guard, waited) = match queue.try_lock() {
            Ok(guard) => (guard, false),
            Err(_) => (queue.lock().await, true),
        };
        Turn {
            waited,
            _guard: guard,
        }
    }
}
