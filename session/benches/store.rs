//! The cost of the database store without HTTP, and the reasons why it reads and writes as it does.
//!
//!     cargo bench --bench store
//!
//! Prints, for each pair of ways, the time a session and their ratio. Machines are noisy: what is
//! compared runs in turns, several rounds of each, and the medians are compared.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use rocket::tokio::runtime::Builder;
use rocket::tokio::task::JoinSet;
use rocket_session_layer::db::{Database, DatabaseError, Synchronous};
use rocket_session_layer::schema::sessions;
use rocket_session_layer::stores::DatabaseStore;
use rocket_session_layer::{Config, Store};
use rocket_session_layer::{Contents, Data, Locker, Record, SecretHash};

const SESSIONS: i64 = 1_000;
const ROUNDS: usize = 7;
/// Requests under way at the same moment.
const PARALLEL: i64 = 32;

fn main() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("a tokio runtime");
    println!("{SESSIONS} sessions, {PARALLEL} at a time, median of {ROUNDS} rounds\n");
    runtime.block_on(compare_reads());
    for synchronous in [Synchronous::Full, Synchronous::Normal] {
        runtime.block_on(compare_writes(synchronous));
    }
}

/// A point read in the calling thread against the same on the blocking pool.
async fn compare_reads() {
    let bed = Bed::new(Synchronous::Full).await;
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..ROUNDS {
        let database = bed.database.clone();
        let in_place = parallel(move |locker| {
            let database = database.clone();
            async move { database.read(|connection| read(connection, locker)) }
        });
        times[0].push(in_place.await);
        let database = bed.database.clone();
        let on_the_pool = parallel(move |locker| {
            let database = database.clone();
            async move {
                database
                    .run(move |connection| read(connection, locker))
                    .await
            }
        });
        times[1].push(on_the_pool.await);
    }
    report("read", ["in place", "on the blocking pool"], times);
}

/// Changes that share commits against changes that have a commit each.
async fn compare_writes(synchronous: Synchronous) {
    let bed = Bed::new(synchronous).await;
    let mut times: [Vec<Duration>; 2] = Default::default();
    let mut version = 1;
    for _ in 0..ROUNDS {
        let store = &bed.store;
        let start = Instant::now();
        for first in (0..SESSIONS).step_by(PARALLEL as usize) {
            let changes = (first..first + PARALLEL).map(|locker| async move {
                store.update(&record(locker, version + 1), version).await
            });
            let outcomes = rocket::futures::future::join_all(changes).await;
            assert!(outcomes.into_iter().all(|outcome| outcome.is_ok()));
        }
        times[0].push(start.elapsed());
        version += 1;
        let start = Instant::now();
        for locker in 0..SESSIONS {
            let outcome = store.update(&record(locker, version + 1), version).await;
            assert!(outcome.is_ok());
        }
        times[1].push(start.elapsed());
        version += 1;
    }
    let name = format!("write, synchronous = {synchronous:?}");
    report(&name, ["shared commits", "a commit each"], times);
}

/// A store with sessions in it, in a folder of its own.
struct Bed {
    database: Database,
    store: DatabaseStore,
    _folder: tempfile::TempDir,
}

impl Bed {
    async fn new(synchronous: Synchronous) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path().join("bench.db"), synchronous);
        let database = database.expect("a database");
        let store = DatabaseStore::open(database.clone(), &Config::default()).expect("a store");
        for locker in 0..SESSIONS + PARALLEL {
            let created = store.create(&record(locker, 1)).await;
            assert!(created.is_ok());
        }
        Bed {
            database,
            store,
            _folder: folder,
        }
    }
}

/// A session as a shop has many; each version differs, because SQLite skips what does not.
fn record(locker: i64, version: i64) -> Record {
    let json = format!(r#"{{"cart":{{"pencil":{version}}},"user":"user{locker}"}}"#);
    Record {
        locker: Locker::from_number(locker),
        secret_hash: SecretHash::from_bytes(&[7; 32]).expect("32 bytes"),
        previous_hash: None,
        rotated: 0,
        version,
        created: 0,
        touched: 0,
        expires: i64::MAX,
        contents: Contents {
            data: Data::from_json(&json).expect("JSON"),
            user: Some(format!("user{locker}")),
            last_user: Some(format!("user{locker}")),
            expiry: None,
        },
    }
}

fn read(connection: &mut SqliteConnection, locker: i64) -> Result<String, DatabaseError> {
    let row = sessions::table.find(locker).select(sessions::data);
    Ok(row.first(connection)?)
}

/// Runs one task a session, `PARALLEL` at a time, and returns how long all of them took.
async fn parallel<F, T>(task: impl Fn(i64) -> F) -> Duration
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let start = Instant::now();
    let mut running = JoinSet::new();
    for locker in 0..SESSIONS {
        if locker >= PARALLEL {
            running.join_next().await;
        }
        running.spawn(task(locker));
    }
    running.join_all().await;
    start.elapsed()
}

fn report(what: &str, names: [&str; 2], times: [Vec<Duration>; 2]) {
    let [first, second] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e6 / SESSIONS as f64
    });
    println!("{what}");
    println!("  {:<22}{first:>8.1} µs a session", names[0]);
    println!(
        "  {:<22}{second:>8.1} µs a session   × {:.1}\n",
        names[1],
        second / first
    );
}
