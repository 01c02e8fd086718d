//! Statements of the store in a SQLite file are prepared once a connection. Diesel prepares some of
//! them anew each time if it can't tell that they stay the same, and that takes longer than to run
//! them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use rocket_session_layer::db::{Database, Synchronous};
use rocket_session_layer::stores::DatabaseStore;
use rocket_session_layer::{Config, Outcome, Store};

use crate::common::samples::{locker, record};

const ROUNDS: i64 = 100;

/// Begins the name of a watched folder. Other tests run in the same process, and their connections
/// are instrumented too.
const WATCHED: &str = "watched-statements-";

/// By file and statement, what each of the connections has done with it.
static COUNTS: Mutex<BTreeMap<(String, String), BTreeMap<usize, Count>>> =
    Mutex::new(BTreeMap::new());

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    ran: usize,
    /// Counts preparations that were kept. Zero: it is prepared for each run.
    kept: usize,
}

/// One connection, as Diesel tells of it.
struct Watcher {
    number: usize,
    /// `None`: it is not watched.
    file: Option<String>,
}

impl Watcher {
    fn count(&self, sql: &str, count: impl FnOnce(&mut Count)) {
        if let Some(file) = self.file.clone() {
            let mut counts = COUNTS.lock().unwrap();
            let connections = counts.entry((file, sql.to_owned())).or_default();
            count(connections.entry(self.number).or_default());
        }
    }
}

impl Instrumentation for Watcher {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                self.file = url.contains(WATCHED).then(|| url.to_owned());
            }
            InstrumentationEvent::StartQuery { query, .. } if self.file.is_some() => {
                let shown = query.to_string();
                let (sql, _values) = shown.split_once(" -- binds: ").unwrap_or((&shown, ""));
                self.count(sql, |count| count.ran += 1);
            }
            InstrumentationEvent::CacheQuery { sql, .. } => {
                self.count(sql, |count| count.kept += 1);
            }
            _ => {}
        }
    }
}

fn watcher() -> Option<Box<dyn Instrumentation>> {
    static NUMBERS: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
    Some(Box::new(Watcher { number, file: None }))
}

/// Everything that requests ask of a store, again and again. A touch, which a session needs at most
/// every five minutes, may be prepared each time.
async fn use_much(store: &dyn Store) {
    for round in 0..ROUNDS {
        let [mut one, mut two] = [record(2 * round), record(2 * round + 1)];
        // Their columns are NULL or not, and the statement is the same.
        if round % 2 == 0 {
            one.contents.user = None;
            one.contents.expiry = None;
            one.previous_hash = None;
        }
        assert_eq!(store.create(&one).await, Ok(Outcome::Done));
        assert!(store.load(one.locker).await.unwrap().is_some());
        one.version += 1;
        two.version += 1;
        assert_eq!(store.update(&one, 3).await, Ok(Outcome::Done));
        one.expires += 1;
        one.version += 1;
        assert_eq!(store.update(&one, 4).await, Ok(Outcome::Done));
        assert_eq!(store.replace(one.locker, 5, &two).await, Ok(Outcome::Done));
        assert_eq!(store.of_user("앨리스").await.unwrap().len(), 1);
        let gone = store.delete(two.locker, None).await;
        assert_eq!(gone, Ok(Outcome::Done));
        assert!(store.load(locker(-1)).await.unwrap().is_none());
    }
}

/// The statements that were run often in this file, in alphabetical order.
fn run_often(path: &Path) -> Vec<(String, Count)> {
    let counts = COUNTS.lock().unwrap();
    let mut often = Vec::new();
    for ((file, sql), connections) in counts.iter() {
        let connections = connections.values().filter(|count| count.ran > 10);
        if Path::new(file) == path {
            often.extend(connections.map(|count| (sql.clone(), *count)));
        }
    }
    // Diesel never keeps the begin and the end of a transaction, which hardly take preparing.
    often.retain(|(sql, _)| sql != "BEGIN IMMEDIATE" && sql != "COMMIT");
    often
}

#[rocket::async_test]
async fn nothing_is_prepared_anew() {
    set_default_instrumentation(watcher).unwrap();
    let folder = tempfile::Builder::new().prefix(WATCHED).tempdir().unwrap();
    let path = folder.path().join("sessions.db");
    let database = Database::open(&path, Synchronous::Normal).unwrap();
    use_much(&DatabaseStore::open(database, &Config::default()).unwrap()).await;

    let often = run_often(&path);
    for (sql, count) in &often {
        assert_eq!(count.kept, 1, "prepared {} times: {sql}", count.ran);
        // It is kept, but SQLite itself plans it anew for each value.
        assert!(!sql.contains("LIMIT ?"), "{sql}");
    }
    let on_sessions = often.iter().filter(|(sql, _)| sql.contains("sessions"));
    let verbs: Vec<&str> = on_sessions
        .map(|(sql, _)| sql.split(' ').next().unwrap())
        .collect();
    let all = [
        "DELETE", "DELETE", "INSERT", "SELECT", "SELECT", "UPDATE", "UPDATE",
    ];
    assert_eq!(verbs, all, "{often:#?}");
}
