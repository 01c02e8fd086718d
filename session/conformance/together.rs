//! Cases about several requests at once, and about two handles on one place.

use std::array;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

use rocket::futures::future::join_all;
use rocket::tokio::spawn;
use rocket::tokio::sync::Mutex;

use super::place::Place;
use super::promise::{Broken, Checked, promise};
use super::sample::{changed, data, locker, record, shown};
use super::steps::{create, holds, holds_none};
use crate::error::StoreError;
use crate::store::Outcome::{self, Conflict, Done};
use crate::store::Store;

/// Opens a place twice. A store that is not shared has all its records in one handle.
fn two_handles(place: &dyn Place) -> [Arc<dyn Store>; 2] {
    let one = place.open();
    if one.capabilities().shared {
        return [one, place.open()];
    }
    [one.clone(), one]
}

/// Checks that one of many was done, and all others met a conflict.
fn one_is_done(promised: &str, outcomes: Vec<Result<Outcome, StoreError>>) -> Checked {
    let mut done = 0;
    for outcome in outcomes {
        done += usize::from(outcome? == Done);
    }
    promise(promised, done, 1)
}

pub(super) async fn of_a_hundred_updates_of_one_version_one_succeeds(place: &dyn Place) -> Checked {
    let handles = two_handles(place);
    if !handles[0].capabilities().atomic {
        return Ok(());
    }
    create(&*handles[0], &record(1)).await?;
    let tries = (0..100).map(|number| {
        let store = handles[number % 2].clone();
        spawn(async move { store.update(&changed(1), 3).await })
    });
    let promised = "of updates that name the same version exactly one is made";
    one_is_done(promised, joined(tries).await?)
}

pub(super) async fn of_a_hundred_creations_of_one_locker_one_succeeds(
    place: &dyn Place,
) -> Checked {
    let handles = two_handles(place);
    if !handles[0].capabilities().atomic {
        return Ok(());
    }
    let tries = (0..100).map(|number| {
        let store = handles[number % 2].clone();
        spawn(async move { store.create(&record(1)).await })
    });
    let promised = "of creations that take the same locker exactly one is made";
    one_is_done(promised, joined(tries).await?)
}

async fn joined<T>(
    tasks: impl Iterator<Item = rocket::tokio::task::JoinHandle<T>>,
) -> Checked<Vec<T>> {
    let ended = join_all(tasks).await;
    let panicked = |error| Broken(format!("the store panicked: {error}"));
    let results = ended.into_iter().map(|end| end.map_err(panicked));
    results.collect()
}

pub(super) async fn two_handles_see_the_same_records(place: &dyn Place) -> Checked {
    let (one, other) = (place.open(), place.open());
    create(&*one, &record(1)).await?;
    if !one.capabilities().shared {
        let promised = "a store that does not claim to be shared is not";
        holds_none(&*other, promised, 1).await?;
        let deleted = other.delete(locker(1), None).await?;
        promise(promised, deleted, Conflict)?;
        return holds(&*one, promised, &record(1)).await;
    }
    let updated = other.update(&changed(1), 3).await?;
    promise(
        "a shared store changes what another handle stored",
        updated,
        Done,
    )?;
    let promised = "a shared store sees each change at once";
    holds(&*one, promised, &changed(1)).await?;
    let deleted = one.delete(locker(1), Some(4)).await?;
    promise("a deletion of the stored version is made", deleted, Done)?;
    holds_none(&*other, promised, 1).await
}

pub(super) async fn records_are_there_when_the_place_is_opened_again(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let durable = store.capabilities().durable;
    drop(store);
    let loaded = place.open().load(locker(1)).await?;
    let expected = durable.then(|| shown(&record(1)));
    let promised = "a store that claims to be durable has its records again, and only that one";
    promise(promised, loaded.as_ref().map(shown), expected)
}

const SESSIONS: usize = 4;
const OPERATIONS: usize = 1_000;
const TASKS: u64 = 4;

/// The past of one session. Each write has a larger version than the one it found, so a version `v`
/// stands at 2v in this past, and the deletion of that version at 2v + 1.
#[derive(Default)]
struct Past {
    /// The latest point that an answer has told of, to anybody.
    told: AtomicI64,
    /// The latest point that a deletion may have led to, answered or not.
    deleting: AtomicI64,
    /// Held by a task that creates: it has seen that the locker was free and that no other was.
    creating: Mutex<()>,
}

impl Past {
    /// Reads, and checks that the answer is not from before a point that was told already.
    async fn read(&self, store: &dyn Store, number: i64) -> Checked<Option<i64>> {
        let told = self.told.load(SeqCst);
        let Some(loaded) = store.load(locker(number)).await? else {
            let deleting = self.deleting.load(SeqCst);
            if deleting >= told {
                return Ok(None);
            }
            return Err(Broken(format!("a live record was not found, after {told}")));
        };
        let (version, data) = (loaded.version, loaded.contents.data);
        let written = data.get::<i64>("v").ok().flatten();
        promise("version and data belong together", written, Some(version))?;
        if 2 * version < told {
            let point = 2 * version;
            return Err(Broken(format!("a read told of {point} after {told}")));
        }
        self.told.fetch_max(2 * version, SeqCst);
        Ok(Some(version))
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

struct Pasts {
    sessions: [Past; SESSIONS],
    /// Counts all writes, so that each has a larger version than those that were read before.
    versions: AtomicI64,
}

async fn operate(store: &dyn Store, pasts: &Pasts, random: &mut Random) -> Checked {
    let index = random.below(SESSIONS as u64) as usize;
    let (past, number, kind) = (&pasts.sessions[index], index as i64, random.below(10));
    let mut found = past.read(store, number).await?;
    if kind < 5 {
        return Ok(());
    }
    let mut alone = None;
    if found.is_none() {
        alone = Some(past.creating.lock().await);
        found = past.read(store, number).await?;
    }
    let version = pasts.versions.fetch_add(1, SeqCst);
    let mut written = record(number);
    written.version = version;
    written.contents.data = data(&format!(r#"{{"v":{version}}}"#))?;
    let (outcome, point) = match (found, kind) {
        (None, _) => (store.create(&written).await?, 2 * version),
        (Some(found), 5) => {
            past.deleting.fetch_max(2 * found + 1, SeqCst);
            let deleted = store.delete(written.locker, Some(found)).await?;
            (deleted, 2 * found + 1)
        }
        (Some(found), 6) => {
            let mut touched = record(number);
            touched.version = found;
            touched.expires += version;
            (store.touch(&touched).await?, 2 * found)
        }
        (Some(found), _) => (store.update(&written, found).await?, 2 * version),
    };
    if outcome == Done {
        past.told.fetch_max(point, SeqCst);
    }
    drop(alone);
    Ok(())
}

/// Reads beside writes, through two handles, over thousands of random operations: a read that
/// begins after something was answered or seen tells of that or of something later.
pub(super) async fn no_read_tells_less_than_was_told_before(place: &dyn Place) -> Checked {
    let handles = two_handles(place);
    if !handles[0].capabilities().atomic {
        return Ok(());
    }
    let pasts = Arc::new(Pasts {
        sessions: array::from_fn(|_| Past::default()),
        versions: AtomicI64::new(1),
    });
    let tasks = (1..=TASKS).map(|seed| {
        let (store, pasts) = (handles[seed as usize % 2].clone(), pasts.clone());
        spawn(async move {
            let mut random = Random(seed);
            for _ in 0..OPERATIONS {
                operate(&*store, &pasts, &mut random).await?;
            }
            Ok(())
        })
    });
    joined(tasks).await?.into_iter().collect()
}
