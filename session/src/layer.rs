//! The layer of one app: configuration, home of the sessions, clock and queues, which all its
//! requests share.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rocket::http::HeaderMap;
use rocket::tokio::sync::{Mutex, MutexGuard};

use crate::clock::{Clock, Timestamp};
use crate::config::{Config, Engine};
use crate::cookie::{self, Attributes, Ticket};
use crate::error::{Error, StoreError};
use crate::id::{Locker, SecretHash};
use crate::lifetime;
use crate::record::Record;
use crate::seal::Seal;
use crate::setup::SetupError;
use crate::store::{Capabilities, Outcome, Store};
use crate::stores;

/// The number of queues. Two sessions share one only by chance; with some thousand, rarely two that
/// are changed at the same moment.
const QUEUES: usize = 1024;

/// Records in one batch of a purge. Deleting half a million at once would block writers for seconds.
const PURGE_BATCH: u32 = 1_000;

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
    /// True once the log has said that a proxy speaks TLS and the cookie has no `Secure`.
    pub(crate) warned_of_proxy: AtomicBool,
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

/// A session as a request's headers name it, for programs that show requests.
pub struct Inspected<'l> {
    /// The session's public half.
    pub locker: Locker,
    /// The hash of the secret that the request brought: tells the session IDs of one session apart
    /// and opens nothing.
    pub secret_hash: SecretHash,
    carried: Option<Record>,
    layer: &'l Layer,
}

impl Inspected<'_> {
    /// True if the record came with the request, so that [`record`](Inspected::record) asks no store.
    ///
    /// ```
    /// # use rocket::http::HeaderMap;
    /// # use rocket_session_layer::Layer;
    /// fn asks_no_store(layer: &Layer, headers: &HeaderMap<'_>) -> bool {
    ///     layer.inspect(headers).is_none_or(|inspected| inspected.is_carried())
    /// }
    /// ```
    pub fn is_carried(&self) -> bool {
        self.carried.is_some()
    }

    /// The record in that locker as it is now, expired or not, and whether or not the request's
    /// secret opens it. `None` if there is none. Looking changes nothing and counts as no use.
    ///
    /// # Errors
    ///
    /// The store does not answer.
    ///
    /// ```
    /// # use rocket::http::HeaderMap;
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn version(layer: &Layer, headers: &HeaderMap<'_>) -> Result<Option<i64>, Error> {
    ///     let Some(inspected) = layer.inspect(headers) else { return Ok(None) };
    ///     Ok(inspected.record().await?.map(|record| record.version))
    /// }
    /// ```
    pub async fn record(&self) -> Result<Option<Record>, Error> {
        match &self.layer.home {
            Home::Kept(store) => Ok(store.load(self.locker).await?),
            Home::Carried(_) => Ok(self.carried.clone()),
        }
    }
}

impl Layer {
    /// Opens the configured home, or takes the given store.
    pub(crate) fn open(
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
            config,
            home,
            clock,
            secure,
            warned_of_proxy: AtomicBool::new(false),
            queues: (0..QUEUES).map(|_| Mutex::default()).collect(),
        })
    }

    /// The configuration in force.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn cookie_name(layer: &Layer) -> &str {
    ///     &layer.config().cookie
    /// }
    /// ```
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The time as this layer sees it, in seconds since 1970.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn in_an_hour(layer: &Layer) -> i64 {
    ///     layer.now() + 3_600
    /// }
    /// ```
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The name of the store that keeps the sessions, your own store's included; `"cookie"` if
    /// their browsers carry them.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn greeting(layer: &Layer) -> String {
    ///     format!("Sessions live in: {}", layer.store_name())
    /// }
    /// ```
    pub fn store_name(&self) -> &'static str {
        match &self.home {
            Home::Kept(store) => store.name(),
            Home::Carried(_) => "cookie",
        }
    }

    /// The promises that hold with this store: whether a user's sessions can be listed and ended,
    /// among others.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn can_log_out_elsewhere(layer: &Layer) -> bool {
    ///     layer.capabilities().listable
    /// }
    /// ```
    pub fn capabilities(&self) -> Capabilities {
        match &self.home {
            Home::Kept(store) => store.capabilities(),
            Home::Carried(_) => Capabilities::CARRIED,
        }
    }

    /// The session that a request's headers name, for programs that show requests. `None` if they
    /// name none. The store is not asked before [`Inspected::record`].
    ///
    /// ```no_run
    /// # use rocket::http::HeaderMap;
    /// # use rocket_session_layer::{Error, Layer};
    /// # async fn show(layer: &Layer, headers: &HeaderMap<'_>) -> Result<(), Error> {
    /// if let Some(inspected) = layer.inspect(headers) {
    ///     println!("locker {}: {:?}", inspected.locker, inspected.record().await?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn inspect(&self, headers: &HeaderMap<'_>) -> Option<Inspected<'_>> {
        let inspected = |locker, secret_hash, carried| Inspected {
            locker,
            secret_hash,
            carried,
            layer: self,
        };
        match (
            cookie::ticket(headers, &self.config.cookie).ok()?,
            &self.home,
        ) {
            (Ticket::Id(id), Home::Kept(_)) => Some(inspected(id.locker, id.secret_hash(), None)),
            (Ticket::Sealed(value), Home::Carried(seal)) => {
                let record = seal.open(&value)?;
                Some(inspected(record.locker, record.secret_hash, Some(record)))
            }
            _ => None,
        }
    }

    /// The live sessions in which this user is logged in, the last used first.
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn last_use(layer: &Layer, user: &str) -> Result<Option<i64>, Error> {
    ///     let sessions = layer.sessions_of(user).await?;
    ///     Ok(sessions.first().map(|record| record.touched))
    /// }
    /// ```
    pub async fn sessions_of(&self, user: &str) -> Result<Vec<Record>, Error> {
        let now = self.clock.now();
        let mut records = self.store("list a user's sessions")?.of_user(user).await?;
        records.retain(|record| !lifetime::is_over(record, &self.config, now));
        Ok(records)
    }

    /// Ends one session, if it is this user's. Returns whether it was there.
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// # use rocket_session_layer::Locker;
    /// async fn log_out_there(layer: &Layer, locker: Locker) -> Result<bool, Error> {
    ///     layer.end_session("alice", locker).await
    /// }
    /// ```
    pub async fn end_session(&self, user: &str, locker: Locker) -> Result<bool, Error> {
        let store = self.store("end a session")?;
        let records = store.of_user(user).await?;
        if !records.iter().any(|record| record.locker == locker) {
            return Ok(false);
        }
        Ok(store.delete(locker, None).await? == Outcome::Done)
    }

    /// Ends all of a user's sessions, except the one in the locker `kept`. Returns their number.
    ///
    /// # Errors
    ///
    /// The store does not answer: some sessions may have been ended. Or the browsers carry them.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn after_a_new_password(layer: &Layer) -> Result<usize, Error> {
    ///     layer.end_sessions("alice", None).await
    /// }
    /// ```
    pub async fn end_sessions(&self, user: &str, kept: Option<Locker>) -> Result<usize, Error> {
        let store = self.store("end sessions")?;
        let mut ended = 0;
        for record in store.of_user(user).await? {
            if Some(record.locker) != kept
                && store.delete(record.locker, None).await? == Outcome::Done
            {
                ended += 1;
            }
        }
        Ok(ended)
    }

    /// Deletes all expired records and returns their number (Django's `clearsessions`).
    ///
    /// # Errors
    ///
    /// The store does not answer. Some records may have been deleted.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn every_night(layer: &Layer) -> Result<(), Error> {
    ///     println!("{} sessions were over", layer.purge().await?);
    ///     Ok(())
    /// }
    /// ```
    pub async fn purge(&self) -> Result<usize, Error> {
        let mut purged = 0;
        loop {
            let batch = self.purge_batch(PURGE_BATCH).await?;
            purged += batch;
            if batch < PURGE_BATCH as usize {
                return Ok(purged);
            }
        }
    }

    /// Deletes at most `most` expired records and returns their number. Between one batch and the
    /// next, others may write.
    ///
    /// # Errors
    ///
    /// The store does not answer. Some records may have been deleted.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn a_few(layer: &Layer) -> Result<usize, Error> {
    ///     layer.purge_batch(100).await
    /// }
    /// ```
    pub async fn purge_batch(&self, most: u32) -> Result<usize, Error> {
        match &self.home {
            Home::Kept(store) => Ok(store.purge(self.clock.now(), most).await?),
            Home::Carried(_) => Ok(0),
        }
    }

    /// The store, if there is one that can do this.
    fn store(&self, what: &'static str) -> Result<&dyn Store, Error> {
        match &self.home {
            Home::Kept(store) => Ok(&**store),
            Home::Carried(_) => Err(Error::NotSupported(what)),
        }
    }

    /// Waits until it is this session's turn, in order of arrival. Returns the turn, which is over
    /// when it is dropped, and whether there was a queue, so that the record that was read before is
    /// probably out of date.
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

    /// The bytes of JSON that a session may hold.
    pub(crate) fn max_size(&self) -> usize {
        match &self.home {
            Home::Kept(_) => self.config.max_size,
            // A sealed record takes a third more than its JSON. What a view sets is compared to
            // this at once, and the commit decides to the byte.
            Home::Carried(_) => self.config.max_size.min(LARGEST_COOKIE),
        }
    }
}
