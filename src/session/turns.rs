//! A queue for each session: requests that change the same one take turns.

use std::sync::atomic::{AtomicUsize, Ordering};

use rocket::tokio::sync::{Mutex, MutexGuard};

use super::draft::Draft;
use super::id::Locker;

/// How many queues there are. Two sessions share one only by chance; with some thousand, rarely
/// two that are changed at the same moment.
const QUEUES: usize = 1024;

/// Fair queues, chosen by locker.
///
/// The store's compare-on-version alone would be correct. But of a hundred parallel clicks one
/// would succeed at each round and all others try again: ten times the work, and luck who wins.
/// Only requests of this process queue up here; between processes, the version decides.
pub(super) struct Turns(Box<[Queue]>);

#[derive(Default)]
struct Queue {
    draft: Mutex<Option<Draft>>,
    waiting: AtomicUsize,
}

/// A turn, over when it is dropped.
pub(super) struct Turn<'a> {
    /// Whether there was a queue, so that what was read before is probably out of date.
    pub(super) waited: bool,
    /// What those before have left for their common commit, and what is left for those after.
    pub(super) draft: MutexGuard<'a, Option<Draft>>,
    waiting: &'a AtomicUsize,
}

impl Turns {
    pub(super) fn new() -> Self {
        Turns((0..QUEUES).map(|_| Queue::default()).collect())
    }

    /// Waits until it is this session's turn, in order of arrival.
    pub(super) async fn wait(&self, locker: Locker) -> Turn<'_> {
        let Queue { draft, waiting } = &self.0[locker.number() as usize % QUEUES];
        let (draft, waited) = match draft.try_lock() {
            Ok(draft) => (draft, false),
            Err(_) => {
                let _counted = Counted::among(waiting);
                (draft.lock().await, true)
            }
        };
        Turn {
            waited,
            draft,
            waiting,
        }
    }
}

impl Turn<'_> {
    /// Whether somebody waits for this turn to be over.
    pub(super) fn is_waited_for(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

/// One of those who wait, also where its request is given up meanwhile.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn among(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Counted(waiting)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
