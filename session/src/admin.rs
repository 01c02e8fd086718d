//! Everything about an app's sessions that is not about the session of the request at hand: looking
//! at them, ending them, deleting those that are over, beginning and changing them outside a
//! request.

use std::sync::Arc;
use std::time::Duration;

use rocket::Shutdown;
use rocket::http::{Cookie, HeaderMap, Status};
use rocket::tokio::{select, time};
use serde::Serialize;

use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::cookie::{self, Ticket};
use crate::error::Error;
use crate::finish::commit_pending;
use crate::handle::Session;
use crate::id::{Locker, SecretHash};
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::record::Record;
use crate::setup::SetupError;
use crate::state::Lookup;
use crate::store::{Capabilities, Outcome, Store};
use crate::trace::{Event, Trace};

/// Records in one batch of a purge. Deleting half a million at once would block writers for
/// seconds.
const PURGE_BATCH: u32 = 1_000;

impl Layer {
    /// A layer beside the server: for a command or a job that looks through the sessions of a store
    /// that a running server may use at the same time.
    ///
    /// # Errors
    ///
    /// The store can't be opened. The folder or database is made if it is missing.
    ///
    /// ```no_run
    /// use rocket_session_layer::{Clock, Config, Layer, SetupError};
    ///
    /// fn beside_the_server() -> Result<Layer, SetupError> {
    ///     let config = Config::from_figment(&rocket::Config::figment())?;
    ///     Layer::open(config, Clock::System)
    /// }
    /// ```
    pub fn open(config: Config, clock: Clock) -> Result<Layer, SetupError> {
        Layer::attached(config, None, clock, false)
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
        let (ticket, others) = cookie::tickets(headers, &self.config.cookie).ok()?;
        match (ticket, &self.home) {
            // The one that opens can't be told without asking the store.
            _ if !others.is_empty() => None,
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
    /// A copy of that one's cookie goes on: in a request, [`Session::end_others`] shuts it out.
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

    /// The lockers of at most `most` sessions, expired ones too, in ascending order, of those after
    /// `after`: page by page through all there are. To read each: [`record`](Layer::record).
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn count(layer: &Layer) -> Result<usize, Error> {
    ///     let (mut count, mut last) = (0, None);
    ///     loop {
    ///         let page = layer.lockers(last, 1_000).await?;
    ///         let Some(locker) = page.last() else {
    ///             return Ok(count);
    ///         };
    ///         (count, last) = (count + page.len(), Some(*locker));
    ///     }
    /// }
    /// ```
    pub async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, Error> {
        Ok(self
            .store("list all sessions")?
            .lockers(after, most)
            .await?)
    }

    /// The record in this locker, expired or not. `None` if there is none.
    ///
    /// # Errors
    ///
    /// The store does not answer or the record can't be read; or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer, Locker};
    /// async fn last_use(layer: &Layer, locker: Locker) -> Result<Option<i64>, Error> {
    ///     let record = layer.record(locker).await?;
    ///     Ok(record.map(|record| record.touched))
    /// }
    /// ```
    pub async fn record(&self, locker: Locker) -> Result<Option<Record>, Error> {
        Ok(self.store("read a session")?.load(locker).await?)
    }

    /// Ends every session of every visitor, and returns their number: after a backup was restored,
    /// which brings ended sessions back.
    ///
    /// # Errors
    ///
    /// The store does not answer: some sessions may have been ended. Or the browsers carry them;
    /// then it takes a new key.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn after_a_restore(layer: &Layer) -> Result<(), Error> {
    ///     println!("{} sessions ended", layer.end_all_sessions().await?);
    ///     Ok(())
    /// }
    /// ```
    pub async fn end_all_sessions(&self) -> Result<usize, Error> {
        let store = self.store("end all sessions")?;
        let mut ended = 0;
        loop {
            match store.purge(Timestamp::MAX, PURGE_BATCH).await? {
                0 => return Ok(ended),
                batch => ended += batch,
            }
        }
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

    /// The layer that is attached to an app. `None` if there is none, or if the app has not
    /// ignited.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use rocket::{Orbit, Rocket};
    /// # use rocket_session_layer::Layer;
    /// fn for_a_job(rocket: &Rocket<Orbit>) -> Option<Arc<Layer>> {
    ///     Layer::of(rocket).cloned()
    /// }
    /// ```
    pub fn of<P: rocket::Phase>(rocket: &rocket::Rocket<P>) -> Option<&Arc<Layer>> {
        rocket.state()
    }

    /// Begins a session in which this user is logged in, and returns the cookie that opens it.
    /// Tests of an app need no login page with it. `fill` sets further keys.
    ///
    /// # Errors
    ///
    /// Those of [`Session::set`] and of `fill`, and the store's; [`Error::NotAnIdentity`] if the
    /// configuration names no identity key.
    ///
    /// ```
    /// # use rocket::{get, local::asynchronous::Client, routes};
    /// # use rocket_session_layer::{Clock, Error, Layer, Session};
    /// # #[get("/")]
    /// # fn home(session: &Session) -> Result<String, Error> {
    /// #     Ok(format!("Welcome back, {}!", session.get::<String>("user")?.unwrap_or_default()))
    /// # }
    /// # rocket::async_test(async {
    /// # let figment = rocket::Config::figment().merge(("session.engine", "cache")).merge(("log_level", "off"));
    /// # let rocket = rocket::custom(figment).attach(Session::fairing()).mount("/", routes![home]);
    /// let client = Client::tracked(rocket).await.expect("the app starts");
    /// let layer = Layer::of(client.rocket()).expect("the layer is attached");
    /// let cookie = layer.begin("alice", |session| session.set("cart", ["pencil"])).await?;
    /// let home = client.get("/").cookie(cookie).dispatch().await;
    /// assert_eq!(home.into_string().await.as_deref(), Some("Welcome back, alice!"));
    /// # Ok::<(), Error>(())
    /// # }).unwrap();
    /// ```
    pub async fn begin(
        self: &Arc<Self>,
        user: impl Serialize,
        fill: impl FnOnce(&Session) -> Result<(), Error>,
    ) -> Result<Cookie<'static>, Error> {
        let session = Session::new(self.clone(), Lookup::Nothing, Trace::new());
        let key = &self.config.identity_key;
        if key.is_empty() {
            return Err(Error::NotAnIdentity { key: key.clone() });
        }
        session.set(key, user)?;
        fill(&session)?;
        commit_pending(&session, Status::Ok).await?;
        let name = self.config.cookie.clone();
        match &session.state().lookup {
            Lookup::Known(_, Some(ticket)) => Ok(Cookie::new(name, ticket.value().into_owned())),
            // `fill` has taken everything out again.
            _ => Err(Error::Ended),
        }
    }

    /// Changes a session outside a request, as a background job does: its operations are committed
    /// together when `change` is done. Returns the value that `change` returns. `None` if there is
    /// no live session in that locker.
    ///
    /// # Errors
    ///
    /// Those of `change`: then nothing is changed. The store's. [`Error::OutsideRequest`] if it
    /// asks for a new session ID (a login, `rotate`, a key that is set after `flush`): no response
    /// is there to bring it to the browser. [`Error::NotSupported`] if the browsers carry the
    /// sessions.
    ///
    /// ```no_run
    /// # use std::sync::Arc;
    /// # use rocket_session_layer::{Error, Layer};
    /// # async fn job(layer: Arc<Layer>) -> Result<(), Error> {
    /// for record in layer.sessions_of("alice").await? {
    ///     layer.change(record.locker, |session| session.set("notice", "Your order is on its way.")).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn change<T>(
        self: &Arc<Self>,
        locker: Locker,
        change: impl FnOnce(&Session) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let Home::Kept(store) = &self.home else {
            return Err(Error::NotSupported("change a session outside its requests"));
        };
        let Some(record) = self.load_live(&**store, locker).await? else {
            return Ok(None);
        };
        let session = Session::new(self.clone(), Lookup::Known(record, None), Trace::new());
        let changed = change(&session)?;
        {
            let state = session.state();
            let begins_anew = state.operations.ends_session()
                && state
                    .contents()
                    .is_some_and(|contents| !contents.data.is_empty());
            if state.operations.rotates() || begins_anew {
                return Err(Error::OutsideRequest);
            }
        }
        match commit_pending(&session, Status::Ok).await {
            Err(Error::Ended) => return Ok(None),
            committed => committed?,
        }
        let vanished = session.state().trace.contains(&Event::Vanished);
        Ok((!vanished).then_some(changed))
    }

    /// The store, if there is one that can do this.
    fn store(&self, what: &'static str) -> Result<&dyn Store, Error> {
        match &self.home {
            Home::Kept(store) => Ok(&**store),
            Home::Carried(_) => Err(Error::NotSupported(what)),
        }
    }
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
    /// True if the record came with the request, so that [`record`](Inspected::record) asks no
    /// store.
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

/// Purges at once and then at each interval, until the server shuts down. A failed purge is only
/// logged: the next one tries again.
pub(crate) async fn purge_now_and_then(layer: Arc<Layer>, mut shutdown: Shutdown) {
    let mut interval = time::interval(Duration::from_secs(layer.config.purge_every.into()));
    loop {
        select! {
            _ = &mut shutdown => return,
            _ = interval.tick() => {}
        }
        match layer.purge().await {
            Ok(0) => {}
            Ok(purged) => log::info!("session: {purged} expired sessions deleted"),
            Err(error) => log::warn!("session: expired sessions were not deleted: {error}"),
        }
    }
}
