//! The layer of one app: configuration, home of the sessions, clock and queues, which all its
//! requests share.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rocket::tokio::runtime::Handle;
use rocket::tokio::sync::{Mutex, MutexGuard};

use crate::clock::Clock;
use crate::config::{Config, Engine};
use crate::cookie::Attributes;
use crate::error::{Error, StoreError};
use crate::id::Locker;
use crate::lifetime;
use crate::record::{Contents, Record};
use crate::seal::Seal;
use crate::setup::SetupError;
use crate::store::Store;
use crate::stores;
use crate::strangers::Strangers;

/// The number of queues. Two sessions share one only by chance; with some thousand, rarely two that
/// are changed at the same moment.
const QUEUES: usize = 1024;

/// The largest cookie that every browser takes, in bytes: name, value and attributes together
/// (RFC 6265 §6.1). Many drop a larger one without a word.
pub(crate) const LARGEST_COOKIE: usize = 4096;

/// The session layer of one app, for everything that is not about the session of the request at
/// hand. A view asks for it as `layer: &Layer`.
///
/// ```
/// use rocket::get;
/// use rocket_session_layer::{Error, Layer};
///
/// #[get("/sessions/<user>")]
/// async fn sessions(user: &str, layer: &Layer) -> Result<String, Error> {
///     Ok(format!("{} sessions", layer.sessions_of(user).await?.len()))
/// }
/// # let _ = rocket::routes![sessions];
/// ```
pub struct Layer {
    pub(crate) config: Config,
    pub(crate) home: Home,
    pub(crate) clock: Clock,
    pub(crate) cookie: Attributes,
    pub(crate) strangers: Strangers,
    /// True once the log has said that a proxy speaks TLS and the cookie has no `Secure`.
    pub(crate) warned_of_proxy: AtomicBool,
    /// The runtime in which the layer was opened. A connection of a store lives no longer than the
    /// runtime in which it was made, so nothing may ask a store from another one.
    pub(crate) runtime: Option<Handle>,
    /// True if the cookie carries `Secure`.
    pub(crate) secure: bool,
    /// Fair queues, chosen by locker: requests that change the same session take turns.
    ///
    /// The store's compare-on-version alone would be correct. But of a hundred parallel clicks one
    /// would succeed at each round and all others try again: ten times the work, and luck who wins.
    /// Only requests of this process queue up here; between processes, the version decides. The
    /// mutexes are Tokio's, since a turn is held while the store answers: a thread that blocked on
    /// one of the standard library would keep the request it waits for from going on.
    queues: Box<[Mutex<()>]>,
}

/// The place where sessions live.
pub(crate) enum Home {
    /// The server keeps the records in a store; the cookie holds a session ID.
    Kept(Arc<dyn Store>),
    /// Each browser carries its own record, sealed, in the cookie.
    Carried(Seal),
}

impl Layer {
    /// Opens the configured home, or takes the given store.
    pub(crate) fn attached(
        config: Config,
        store: Option<Arc<dyn Store>>,
        clock: Clock,
        secure: bool,
    ) -> Result<Self, SetupError> {
        let home = match (store, config.engine) {
            (Some(store), _) => Home::Kept(store),
            (None, Engine::Cookie) => Home::Carried(Seal::configured(&config)?),
            (None, _) => Home::Kept(stores::open(&config)?),
        };
        Ok(Layer {
            cookie: Attributes::new(&config, secure),
            strangers: Strangers::at_most(config.max_unreturned),
            config,
            home,
            clock,
            secure,
            runtime: Handle::try_current().ok(),
            warned_of_proxy: AtomicBool::new(false),
            queues: (0..QUEUES).map(|_| Mutex::default()).collect(),
        })
    }

    /// Waits until it is this session's turn, in order of arrival. Returns the turn, which is over
    /// when it is dropped, and whether there was a queue, so that the record that was read before
    /// is probably out of date.
    pub(crate) async fn turn(&self, locker: Locker) -> (MutexGuard<'_, ()>, bool) {
        // Lockers are random, so their remainders are spread evenly.
        let queue = &self.queues[locker.number() as usize % QUEUES];
        match queue.try_lock() {
            Ok(turn) => (turn, false),
            Err(_) => (queue.lock().await, true),
        }
    }

    /// The record in this locker, unless it is over.
    pub(crate) async fn load_live(
        &self,
        store: &dyn Store,
        locker: Locker,
    ) -> Result<Option<Record>, StoreError> {
        let record = store.load(locker).await?;
        Ok(record.filter(|record| !lifetime::is_over(record, &self.config, self.clock.now())))
    }

    /// The bytes of JSON that a session may hold: fewer if no user has ever logged in there.
    pub(crate) fn max_size(&self, contents: &Contents) -> usize {
        let config = &self.config;
        let configured = if config.is_strangers(contents) {
            config.max_size.min(config.max_stranger_size)
        } else {
            config.max_size
        };
        match &self.home {
            Home::Kept(_) => configured,
            // A sealed record takes a third more than its JSON. A value that a view sets is
            // compared to this at once, and the commit decides to the byte.
            Home::Carried(_) => configured.min(LARGEST_COOKIE),
        }
    }

    /// # Errors
    ///
    /// [`Error::TooLarge`] if a session may not hold so much.
    pub(crate) fn check_size(&self, contents: &Contents) -> Result<(), Error> {
        let limit = self.max_size(contents);
        if contents.size() > limit {
            return Err(Error::TooLarge { limit });
        }
        Ok(())
    }

    /// The store, if there is one that can do this.
    pub(crate) fn store(&self, what: &'static str) -> Result<&dyn Store, Error> {
        match &self.home {
            Home::Kept(store) => Ok(&**store),
            Home::Carried(_) => Err(Error::NotSupported(what)),
        }
    }
}
