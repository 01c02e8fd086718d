//! The session layer as a fairing: it opens the store at the start, and tells the browser at the
//! end of each request.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rocket::fairing::{self, Fairing, Info, Kind};
use rocket::figment::Figment;
use rocket::http::{Header, Method, Status};
use rocket::{Build, Data, Orbit, Request, Response, Rocket};
use serde::Serialize;

use crate::catcher::caught;
use crate::clock::Clock;
use crate::config::{Config, Secure};
use crate::error::StoreError;
use crate::finish::finish;
use crate::guard::ForHead;
use crate::handle::Session;
use crate::layer::{Home, Layer};
use crate::purge::purge_now_and_then;
use crate::setup::SetupError;
use crate::slot::Slot;
use crate::store::Store;
#[cfg(feature = "sql")]
use crate::stores::{ConnectionPool, PooledStore};
use crate::target;

/// Opens a store that an app has handed in, with the settings that it needs.
type OpenStore = Box<dyn Fn(&Config) -> Arc<dyn Store> + Send + Sync>;

/// The session layer, as it is attached to an app.
///
/// ```
/// use rocket_session_layer::Session;
///
/// let rocket = rocket::build().attach(Session::fairing().by_default("idle", 3_600));
/// # let _ = rocket;
/// ```
#[derive(Default)]
pub struct SessionFairing {
    clock: Option<Clock>,
    store: Option<OpenStore>,
    defaults: Figment,
    without_purge: bool,
}

impl Session {
    /// Attaches the session layer to an app (Django's `SessionMiddleware`).
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// let rocket = rocket::build().attach(Session::fairing());
    /// # let _ = rocket;
    /// ```
    pub fn fairing() -> SessionFairing {
        SessionFairing::default()
    }
}

impl SessionFairing {
    /// Seconds that a visitor is told to wait when the store does not answer, unless the app's own
    /// page for 503 says otherwise (`Retry-After`, RFC 9110 section 10.2.3).
    ///
    /// ```
    /// use rocket_session_layer::SessionFairing;
    ///
    /// let advice = format!("Please try again in {} seconds.", SessionFairing::RETRY_AFTER);
    /// # assert_eq!(advice, "Please try again in 5 seconds.");
    /// ```
    pub const RETRY_AFTER: u64 = 5;

    /// Takes the time from `clock` rather than from the machine. Without this, a [`Clock`] in
    /// Rocket's managed state is taken, if there is one.
    ///
    /// ```
    /// # use rocket_session_layer::{Clock, Session};
    /// let clock = Clock::manual(1_800_000_000);
    /// let fairing = Session::fairing().with_clock(clock.clone());
    /// # let _ = fairing;
    /// ```
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Keeps sessions in `store` rather than in the configured engine.
    ///
    /// ```
    /// # use rocket_session_layer::{Session, stores::CacheStore};
    /// let megabyte = 1024 * 1024;
    /// let fairing = Session::fairing().with_store(CacheStore::new(8 * megabyte));
    /// # let _ = fairing;
    /// ```
    pub fn with_store(mut self, store: impl Store) -> Self {
        let store: Arc<dyn Store> = Arc::new(store);
        self.store = Some(Box::new(move |_| store.clone()));
        self
    }

    /// Keeps sessions in the database that the app's own pool leads to, SQLite or PostgreSQL, rather
    /// than in the configured engine. The settings `table` and `create_table` count.
    ///
    /// Diesel's own pool needs the crate's feature `r2d2`; any other pool implements
    /// [`ConnectionPool`](crate::stores::ConnectionPool).
    ///
    /// ```
    /// # #[cfg(all(feature = "r2d2", feature = "database"))] mod example {
    /// use diesel::SqliteConnection;
    /// use diesel::r2d2::{ConnectionManager, Pool};
    /// use rocket_session_layer::{Session, SessionFairing};
    ///
    /// fn in_my_database(pool: &Pool<ConnectionManager<SqliteConnection>>) -> SessionFairing {
    ///     Session::fairing().with_pool(pool.clone())
    /// }
    /// # }
    /// ```
    #[cfg(feature = "sql")]
    pub fn with_pool(mut self, pool: impl ConnectionPool) -> Self {
        let pool = Arc::new(pool);
        let open = move |config: &Config| Arc::new(PooledStore::new(pool.clone(), config)) as _;
        self.store = Some(Box::new(open));
        self
    }

    /// Default for a `session.*` setting that neither Rocket.toml nor the environment sets. An app
    /// can choose its engine this way and still be started with another.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// let fairing = Session::fairing().by_default("engine", "cookie");
    /// # let _ = fairing;
    /// ```
    pub fn by_default(mut self, setting: &str, value: impl Serialize) -> Self {
        let setting = (format!("session.{setting}"), value);
        self.defaults = self.defaults.merge(setting);
        self
    }

    /// Deletes no expired sessions in the background: the app calls [`Layer::purge`] itself.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// let fairing = Session::fairing().without_purge();
    /// # let _ = fairing;
    /// ```
    pub fn without_purge(mut self) -> Self {
        self.without_purge = true;
        self
    }

    async fn layer(&self, rocket: &Rocket<Build>) -> Result<Layer, SetupError> {
        let configured = rocket.figment().clone();
        let config = Config::from_figment(&configured.join(&self.defaults))?;
        let secure = config.secure.applies(rocket.figment());
        let clock = self.clock.as_ref().or_else(|| rocket.state());
        let clock = clock.cloned().unwrap_or_default();
        let store = self.store.as_ref().map(|open| open(&config));
        let layer = Layer::attached(config, store, clock, secure)?;
        if let Home::Kept(store) = &layer.home {
            match store.prepare().await {
                Err(error @ StoreError::Unusable(_)) => return Err(error.into()),
                prepared => prepared.unwrap_or_else(|error| error.log()),
            }
        }
        Ok(layer)
    }
}

#[rocket::async_trait]
impl Fairing for SessionFairing {
    fn info(&self) -> Info {
        let kind = Kind::Ignite | Kind::Liftoff | Kind::Request | Kind::Response | Kind::Singleton;
        Info {
            name: "Session",
            kind,
        }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        match self.layer(&rocket).await {
            Ok(layer) => Ok(rocket.manage(Arc::new(layer))),
            Err(error) => {
                log::error!(target: target::SETUP, "The session layer can't start: {error}.");
                Err(rocket)
            }
        }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        if let Some(layer) = rocket.state::<Arc<Layer>>() {
            if !layer.capabilities().durable {
                log::warn!(
                    target: target::SETUP,
                    "session: kept in memory only, a restart forgets all of them"
                );
            }
            warn_of_plain_http(layer, rocket.config());
            if !self.without_purge {
                rocket::tokio::spawn(purge_now_and_then(layer.clone(), rocket.shutdown()));
            }
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        if request.method() == Method::Head {
            request.local_cache(|| ForHead(true));
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(session) = Slot::of(request).session_to_tell() else {
            return;
        };
        let (cookie, failed) = finish(session, response.status()).await;
        if let Some(error) = failed {
            *response = caught(request, error.status()).await;
        }
        tell_caches(response, cookie.is_some());
        if let Some(cookie) = cookie {
            warn_of_proxy(&session.layer, request);
            response.adjoin_header(cookie);
        }
        if response.status() == Status::ServiceUnavailable
            && !response.headers().contains("Retry-After")
        {
            response.set_header(Header::new("Retry-After", Self::RETRY_AFTER.to_string()));
        }
    }
}

/// Headers that count more than `Cache-Control` for a shared cache: for all of them (RFC 9213), for one
/// vendor's, for those of the W3C's Edge Architecture, for nginx.
const FOR_SHARED_CACHES: [&str; 4] = [
    "CDN-Cache-Control",
    "Cloudflare-CDN-Cache-Control",
    "Surrogate-Control",
    "X-Accel-Expires",
];

/// Says at the start that the cookie has no `Secure`, unless the configuration wants it so or this is
/// for development, where browsers and server are on one machine.
fn warn_of_plain_http(layer: &Layer, config: &rocket::Config) {
    let is_released = config.profile != rocket::Config::DEBUG_PROFILE;
    if is_released && layer.config.secure == Secure::Auto && !layer.secure {
        log::warn!(
            target: target::SECURITY,
            "session: without TLS the session cookie has no Secure: behind a proxy that speaks TLS, \
             set session.secure = true; if nothing does, false says that this is meant"
        );
    }
}

/// Says once that a proxy speaks TLS, and the cookie would still go over an unencrypted connection.
fn warn_of_proxy(layer: &Layer, request: &Request<'_>) {
    let outermost = |line: &str| {
        let first = line.split(',').next();
        first.is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https"))
    };
    let spoken = request.headers().get_one("X-Forwarded-Proto");
    if layer.secure
        || !spoken.is_some_and(outermost)
        || layer.warned_of_proxy.swap(true, Ordering::Relaxed)
    {
        return;
    }
    log::warn!(
        target: target::SECURITY,
        "session: a proxy speaks TLS (X-Forwarded-Proto: https), but the session cookie has no \
         Secure: set session.secure = true"
    );
}

/// Says that the page may differ for another cookie, whether or not anything was found or set, and
/// that no cache may keep it unless the view says so. With a session cookie the view is not asked:
/// a cache that kept it would log its next visitors in.
fn tell_caches(response: &mut Response<'_>, with_cookie: bool) {
    let names_cookie = |line: &str| {
        let mut names = line.split(',').map(str::trim);
        names.any(|name| name == "*" || name.eq_ignore_ascii_case("cookie"))
    };
    let (mut varies, mut controlled) = (false, false);
    // One pass over the few headers there are costs less than a look-up of each of the two.
    for header in response.headers().iter() {
        varies |= header.name() == "Vary" && names_cookie(header.value());
        controlled |= header.name() == "Cache-Control";
    }
    if !varies {
        response.adjoin_header(Header::new("Vary", "Cookie"));
    }
    if with_cookie {
        for overriding in FOR_SHARED_CACHES {
            response.remove_header(overriding);
        }
    }
    if with_cookie || !controlled {
        response.set_header(Header::new("Cache-Control", "no-store"));
    }
}
