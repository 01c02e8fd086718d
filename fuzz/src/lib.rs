//! Bytes that a stranger sends or a disk returns, and what must be true of whatever is made of
//! them. `cargo fuzz` and `cargo test` run the same entries. Each returns true for bytes that it
//! took.

use std::fs;
use std::sync::{Arc, LazyLock};

use rocket::http::HeaderMap;
use rocket::tokio::runtime::{Builder, Runtime};
use session_lessons::answer::is_own_path;
use session_lessons::course::scenario::Scenario;
use session_lessons::session::stores::FileStore;
use session_lessons::session::{Layer, Locker, Outcome, Session, Store, StoreError};
use tempfile::TempDir;

const COOKIE: &str = "session_id";
const KEY: &str = "Tm90IGEgc2VjcmV0OiBhbiBleGFtcGxlLCAzMiBieXQ=";
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().build();
    runtime.expect("a runtime")
});

/// The layer of an app on this engine, without its app.
fn layer(engine: &str, seal: &str) -> Arc<Layer> {
    let figment = rocket::figment::Figment::from(rocket::Config::debug_default())
        .merge(("log_level", "off"))
        .merge(("session.engine", engine))
        .merge(("session.seal", seal))
        .merge(("session.keys", [KEY]));
    let rocket = rocket::custom(figment).attach(Session::fairing());
    let rocket = rocket::execute(rocket.ignite()).expect("the app ignites");
    Layer::of(&rocket).expect("the layer is attached").clone()
}

fn headers(lines: &str) -> HeaderMap<'static> {
    let mut headers = HeaderMap::new();
    for line in lines.split('\n') {
        headers.add_raw("Cookie", line.to_owned());
    }
    headers
}

/// `Cookie` headers, one a line: the session that they name stands in them, and nobody stored it.
pub fn cookie_header(bytes: &[u8]) -> bool {
    static LAYER: LazyLock<Arc<Layer>> = LazyLock::new(|| layer("cache", "encrypted"));
    let lines = String::from_utf8_lossy(bytes);
    let Some(inspected) = LAYER.inspect(&headers(&lines)) else {
        return false;
    };
    let locker = inspected.locker.to_string();
    let named = format!("{COOKIE}={locker}.");
    let mut pairs = lines
        .split(['\n', ';'])
        .map(|pair| pair.trim_matches([' ', '\t']));
    assert!(pairs.any(|pair| pair.starts_with(&named)), "{named}");
    assert_eq!(Locker::parse(&locker), Some(inspected.locker));
    let record = RUNTIME.block_on(inspected.record());
    assert!(matches!(record, Ok(None)), "{locker}");
    true
}

/// A cookie's value, and changes of one that was sealed: only what was sealed opens.
pub fn seal(bytes: &[u8]) -> bool {
    static SEALED: LazyLock<[(Arc<Layer>, String); 2]> = LazyLock::new(|| {
        ["encrypted", "signed"].map(|seal| {
            let layer = layer("cookie", seal);
            let begun = layer.begin_session_with("alice", |session| session.set("cart", ["mug"]));
            let cookie = RUNTIME.block_on(begun).expect("a session begins");
            (layer, cookie.value().to_owned())
        })
    });
    let mut unchanged = false;
    for (layer, sealed) in &*SEALED {
        let value = changed(sealed, bytes);
        let foreign = String::from_utf8_lossy(bytes);
        let opens = |value| {
            layer
                .inspect(&headers(&format!("{COOKIE}={value}")))
                .is_some()
        };
        assert_eq!(opens(&*value), value == *sealed, "{sealed} became {value}");
        assert!(!opens(&*foreign), "{foreign}");
        unchanged |= value == *sealed;
    }
    unchanged
}

/// The value with a letter at a place of it for each two bytes, and shortened by a byte that is
/// left.
fn changed(sealed: &str, bytes: &[u8]) -> String {
    let mut value = sealed.to_owned().into_bytes();
    let changes = bytes.chunks_exact(2);
    if let [cut] = changes.remainder() {
        value.truncate(value.len() - usize::from(*cut) % 8);
    }
    for change in changes {
        let place = usize::from(change[0]) * value.len() / 256;
        value[place] = LETTERS[usize::from(change[1]) % LETTERS.len()];
    }
    String::from_utf8_lossy(&value).into_owned()
}

/// A session's file: it is refused, or a record is read from it that is written as it is read.
pub fn session_file(bytes: &[u8]) -> bool {
    static PLACE: LazyLock<(TempDir, FileStore)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let store = FileStore::open(folder.path().join("sessions")).expect("a store");
        (folder, store)
    });
    let (folder, store) = &*PLACE;
    let locker = Locker::from_number(1);
    let file = folder.path().join("sessions").join(locker.to_string());
    // Not written over: some file systems then wait for the disk.
    let _ = fs::remove_file(&file);
    fs::write(&file, bytes).expect("the file can be written");
    let rewritten = || match RUNTIME.block_on(store.load(locker)) {
        Ok(Some(record)) => {
            assert_eq!(record.locker, locker);
            let stored = RUNTIME.block_on(store.update(&record, record.version));
            assert!(matches!(stored, Ok(Outcome::Done)), "{stored:?}");
            Some(fs::read(&file).expect("the file can be read"))
        }
        Err(StoreError::Corrupt(found)) => {
            assert_eq!(found, locker);
            None
        }
        other => panic!("{other:?}"),
    };
    let first = rewritten();
    assert!(first.is_none() || rewritten() == first, "{first:?}");
    first.is_some()
}

/// The address to go to after a login: read as a browser reads it, it stays on this site.
pub fn next(bytes: &[u8]) -> bool {
    let target = String::from_utf8_lossy(bytes);
    if !is_own_path(&target) {
        return false;
    }
    assert!(!target.contains(char::is_control), "{target:?}");
    // A browser takes off what surrounds an address, skips tabs and line ends, and takes `\` for
    // `/`.
    let read = target
        .trim_matches(|c| c <= ' ')
        .replace(['\t', '\r', '\n'], "");
    let read = read.replace('\\', "/");
    assert!(
        read.starts_with('/') && !read.starts_with("//"),
        "{target:?}"
    );
    true
}

/// A scenario's file: it is read, or refused in one line that names it.
pub fn scenario_file(bytes: &[u8]) -> bool {
    let source = String::from_utf8_lossy(bytes);
    match Scenario::parse("fuzz.toml", &source) {
        Ok(scenario) => !scenario.steps.is_empty(),
        Err(error) => {
            assert!(error.place.starts_with("fuzz.toml:"), "{error:?}");
            assert_eq!(error.reason.lines().count(), 1, "{error:?}");
            false
        }
    }
}
