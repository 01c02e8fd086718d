//! Servers that begin with many sessions.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rocket::tokio::runtime::Builder;
use rocket_session_layer::Timestamp;
use rocket_session_layer::db::{Database, Synchronous};
use rocket_session_layer::stores::DatabaseStore;
#[cfg(feature = "file")]
use rocket_session_layer::stores::FileStore;
use rocket_session_layer::{Config, Store};
use tempfile::TempDir;

use crate::common::client::Ask;
use crate::common::engines::Engine;
use crate::common::load::{Browsers, Load, Until};
use crate::common::server::{NoServer, Server};
use crate::common::{Failure, folder, stored};

/// The most sessions that are used, of those that are stored. All of them are used once before the
/// first round, since a session that was never read is in no cache.
const USED: usize = 20_000;

/// The engines' files, in a server's folder.
pub use crate::common::engines::DATABASE;
#[cfg(feature = "file")]
const FILES: &str = "var/sessions";

/// A million files take gigabytes and minutes.
const MOST_FILES: usize = 100_000;

/// Databases by what is in them: several engines begin with the same one.
#[derive(Default)]
pub struct Templates(HashMap<usize, TempDir>);

/// Tells whether the engine stores sessions; the cookie engine leaves them to the browsers.
pub fn is_stored(engine: &Engine) -> bool {
    !engine.name.starts_with("cookie")
}

fn is_database(engine: &Engine) -> bool {
    engine.name.contains("database")
}

/// The most sessions that this engine is measured with.
pub fn most(engine: &Engine) -> usize {
    match engine.name {
        "file" => MOST_FILES,
        _ => usize::MAX,
    }
}

/// Seconds since 1970-01-01 UTC.
pub fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_secs() as Timestamp)
}

/// A server with `count` sessions, and the cookies of those that will be used.
///
/// # Errors
///
/// It does not start, or can't be filled.
pub fn serve(
    engine: &Engine,
    count: usize,
    templates: &mut Templates,
) -> Result<(Server, Vec<String>), NoServer> {
    let folder = folder().map_err(|error| NoServer::Failed(error.into()))?;
    let filled = fill(engine, folder.path(), count, templates).map_err(NoServer::Failed)?;
    let server = Server::in_folder(folder, engine)?;
    let cookies = if filled {
        used(count).map(stored::cookie).collect()
    } else {
        log_in(&server, count).map_err(NoServer::Failed)?
    };
    Ok((server, cookies))
}

/// Fills the database or folder that the server will open. `false`: only the server can fill it.
fn fill(
    engine: &Engine,
    folder: &Path,
    count: usize,
    templates: &mut Templates,
) -> Result<bool, Failure> {
    if is_database(engine) {
        copy_database(templates.database(count)?, folder)?;
        return Ok(true);
    }
    #[cfg(feature = "file")]
    if engine.name == "file" {
        let store = FileStore::open(folder.join(FILES))?;
        store_sessions(&store, 0..count, now())?;
        return Ok(true);
    }
    Ok(false)
}

/// Copies the database of one server's folder into that of another one.
///
/// # Errors
///
/// It can't be read or written.
pub fn copy_database(from: &Path, to: &Path) -> Result<(), Failure> {
    let copy = to.join(DATABASE);
    if let Some(parent) = copy.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::copy(from.join(DATABASE), &copy)?;
    // Without this sync the first commits would wait until the disk has the whole copy.
    Ok(File::open(copy)?.sync_all()?)
}

impl Templates {
    fn database(&mut self, count: usize) -> Result<&Path, Failure> {
        match self.0.entry(count) {
            Entry::Occupied(filled) => Ok(filled.into_mut().path()),
            Entry::Vacant(missing) => {
                let folder = folder()?;
                fill_database(folder.path(), 0..count, now())?;
                Ok(missing.insert(folder).path())
            }
        }
    }
}

/// Stores these sessions in the database of a server that is not running.
///
/// # Errors
///
/// The file can't be written.
pub fn fill_database(
    folder: &Path,
    numbers: std::ops::Range<usize>,
    now: Timestamp,
) -> Result<(), Failure> {
    let database = Database::open(folder.join(DATABASE), Synchronous::Normal)?;
    store_sessions(
        &DatabaseStore::open(database, &Config::default())?,
        numbers,
        now,
    )
}

fn store_sessions(
    store: &dyn Store,
    numbers: std::ops::Range<usize>,
    now: Timestamp,
) -> Result<(), Failure> {
    let runtime = Builder::new_multi_thread().worker_threads(2).build()?;
    runtime.block_on(stored::fill(store, numbers, now))
}

/// The sessions that will be used, evenly spread over all.
fn used(count: usize) -> impl Iterator<Item = usize> {
    (0..count).step_by(count.div_ceil(USED))
}

/// Fills a running server by logins. Those that will be used return once, because the first return
/// is written to the row.
fn log_in(server: &Server, count: usize) -> Result<Vec<String>, Failure> {
    let all = Browsers::new(count);
    let load = Load::full(server.address(), &all, Until::Asked(count));
    let logins = load.of(|_| Ask::Login).run()?;
    let cookies = all.cookies();
    let returning = Browsers::with(used(count).map(|number| cookies[number].clone()).collect());
    let until = Until::Asked(returning.cookies().len());
    let load = Load::full(server.address(), &returning, until);
    let returns = load.of(|_| Ask::Read).run()?;
    match logins.unexpected + returns.unexpected {
        0 => Ok(returning.cookies()),
        _ => Err("a login is not answered as it should be".into()),
    }
}
