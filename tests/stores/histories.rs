//! Reads beside writes, through two handles: whoever begins to read after something was answered
//! or seen is told that or something later. Checked over thousands of random operations.

use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::thread;

use rocket::tokio::runtime::Builder;
use rocket::tokio::sync::Mutex;
use session_lessons::session::stores::{Outcome, Store};

use super::{Fixture, two_handles};
use crate::common::samples::{data, locker, record};

const SESSIONS: usize = 4;
const OPERATIONS: usize = 1_000;
const THREADS: u64 = 4;

/// What became of one session. Each write has a larger version than what it found, so a version
/// `v` stands at 2v in its history, and the deletion of that version at 2v + 1.
#[derive(Default)]
struct History {
    /// The latest place that an answer has told of, by whomever it was asked.
    told: AtomicI64,
    /// The latest place that a deletion may have led to, answered or not.
    deleting: AtomicI64,
    /// Whoever creates has seen that there is nothing since the last one did.
    creating: Mutex<()>,
}

impl History {
    /// Reads, and sees that the answer is not from before what was told when this began.
    async fn read(&self, store: &dyn Store, number: usize) -> Option<i64> {
        let told = self.told.load(SeqCst);
        let answer = store.load(locker(number as i64)).await.unwrap();
        match &answer {
            Some(record) => {
                assert_eq!(record.locker, locker(number as i64));
                let json = record.contents.data.to_json().unwrap();
                assert_eq!(json, format!(r#"{{"v":{}}}"#, record.version));
                let place = 2 * record.version;
                assert!(place >= told, "session {number}: {place} after {told}");
                self.told.fetch_max(place, SeqCst);
            }
            None => {
                let deleting = self.deleting.load(SeqCst);
                assert!(deleting >= told, "session {number}: gone after {told}");
            }
        }
        answer.map(|record| record.version)
    }
}

/// The same numbers for the same seed (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Of all writes to all sessions, so that a version is larger than those that were read before.
static VERSIONS: AtomicI64 = AtomicI64::new(1);

async fn operate(store: &dyn Store, histories: &[History], random: &mut Random) {
    let number = random.below(SESSIONS as u64) as usize;
    let (history, kind) = (&histories[number], random.below(10));
    let mut found = history.read(store, number).await;
    if kind < 5 {
        return;
    }
    let mut alone = None;
    if found.is_none() {
        alone = Some(history.creating.lock().await);
        found = history.read(store, number).await;
    }
    let version = VERSIONS.fetch_add(1, SeqCst);
    let mut written = record(number as i64);
    written.version = version;
    written.contents.data = data(&format!(r#"{{"v":{version}}}"#));
    let told = match (found, kind) {
        (None, _) => (store.create(&written).await, 2 * version),
        (Some(found), 5) => {
            history.deleting.fetch_max(2 * found + 1, SeqCst);
            let gone = store.delete(written.locker, Some(found)).await;
            (gone, 2 * found + 1)
        }
        (Some(found), 6) => {
            let mut touched = record(number as i64);
            touched.version = found;
            touched.expires += version;
            (store.touch(&touched).await, 2 * found)
        }
        (Some(found), _) => (store.update(&written, found).await, 2 * version),
    };
    if told.0.unwrap() == Outcome::Done {
        history.told.fetch_max(told.1, SeqCst);
    }
    drop(alone);
}

pub async fn no_read_tells_less_than_was_told_before(place: &dyn Fixture) {
    operate_at_once(place, |_| {});
}

/// The same while something else happens between the operations of the first thread.
pub fn operate_at_once(place: &dyn Fixture, disturb: impl Fn(usize) + Sync) {
    let (one, other) = two_handles(place);
    let histories = [(); SESSIONS].map(|()| History::default());
    // One for all, as in a server: what a store's connection needs must outlive each thread.
    let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
    thread::scope(|scope| {
        for seed in 1..=THREADS {
            let store = if seed % 2 == 0 { &one } else { &other };
            let (runtime, histories, disturb) = (&runtime, &histories, &disturb);
            scope.spawn(move || {
                let mut random = Random(seed);
                for number in 0..OPERATIONS {
                    runtime.block_on(operate(&**store, histories, &mut random));
                    if seed == 1 {
                        disturb(number);
                    }
                }
            });
        }
    });
    runtime.shutdown_background();
}
