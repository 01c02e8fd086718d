//! The session layer as a fairing: it opens the store at the start, and tells the browser what
//! became of its session at the end of each request.

use std::sync::Arc;

use rocket::fairing::{self, Fairing, Info, Kind};
use rocket::figment::Figment;
use rocket::http::uri::Origin;
use rocket::http::{Header, Status};
use rocket::{Build, Orbit, Request, Response, Rocket};
use serde::Serialize;

use super::clock::Clock;
use super::config::{Config, Secure};
use super::guard::Slot;
use super::layer::Layer;
use super::purge;
use super::stores::{self, Store};
use super::turns::Turns;

/// What a visitor is told to wait, in seconds, when the store does not answer.
const RETRY_AFTER: &str = "5";

/// The session layer, as it is attached to an app.
#[derive(Default)]
pub struct SessionFairing {
    clock: Option<Clock>,
    store: Option<Arc<dyn Store>>,
    defaults: Figment,
    /// Whether expired records are left to whoever calls `purge`.
    without_purge: bool,
}

impl SessionFairing {
    /// Takes the time from `clock` rather than from the machine. Without this, a [`Clock`] in
    /// Rocket's managed state is taken, if there is one.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Keeps sessions in `store` rather than in the configured engine.
    pub fn with_store(mut self, store: impl Store) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// What a setting of the section `session` is where the configuration, file and environment, is
    /// silent: an app may name the engine that it is made for, and whoever starts it another one.
    pub fn by_default(mut self, setting: &str, value: impl Serialize) -> Self {
        let setting = (format!("session.{setting}"), value);
        self.defaults = self.defaults.merge(setting);
        self
    }

    /// Deletes nothing in the background: that is left to [`Layer::purge`] and whoever calls it.
    pub fn without_purge(mut self) -> Self {
        self.without_purge = true;
        self
    }

    fn layer(&self, rocket: &Rocket<Build>) -> Result<Layer, String> {
        let configured = rocket.figment().clone();
        let config = Config::from(&configured.join(&self.defaults))?;
        let store = match &self.store {
            Some(store) => store.clone(),
            None => stores::open(&config)?,
        };
        let secure = match config.secure {
            Secure::Auto => {
                rocket::Config::try_from(rocket.figment()).is_ok_and(|config| config.tls_enabled())
            }
            Secure::Always => true,
            Secure::Never => false,
        };
        let clock = self.clock.as_ref().or_else(|| rocket.state());
        let (clock, turns) = (clock.cloned().unwrap_or_default(), Turns::new());
        Ok(Layer {
            config,
            store,
            clock,
            turns,
            secure,
        })
    }
}

#[rocket::async_trait]
impl Fairing for SessionFairing {
    fn info(&self) -> Info {
        let kind = Kind::Ignite | Kind::Liftoff | Kind::Response | Kind::Singleton;
        Info {
            name: "Session",
            kind,
        }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        match self.layer(&rocket) {
            Ok(layer) => Ok(rocket.manage(Arc::new(layer))),
            Err(reason) => {
                eprintln!("The session layer can't start: {reason}.");
                Err(rocket)
            }
        }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        if let Some(layer) = rocket.state::<Arc<Layer>>() {
            if !layer.store.capabilities().durable {
                log::warn!("session: kept in memory only, a restart forgets all of them");
            }
            if !self.without_purge {
                rocket::tokio::spawn(purge::now_and_then(layer.clone(), rocket.shutdown()));
            }
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(asked) = Slot::of(request).asked() else {
            return;
        };
        if let Ok(session) = asked {
            let (cookie, failed) = session.finish(response.status()).await;
            if let Some(error) = failed {
                if error.status().code >= 500 {
                    log::warn!("session: {error}");
                }
                *response = caught(request, error.status()).await;
            }
            if let Some(cookie) = cookie {
                response.adjoin_header(cookie);
            }
        }
        if response.status() == Status::ServiceUnavailable {
            set_unless_there(response, "Retry-After", RETRY_AFTER);
        }
        // The page may differ for another cookie, whether or not anything was found or set.
        vary_by_cookie(response);
        set_unless_there(response, "Cache-Control", "no-store");
    }
}

fn set_unless_there(response: &mut Response<'_>, name: &'static str, value: &'static str) {
    if !response.headers().contains(name) {
        response.set_header(Header::new(name, value));
    }
}

fn vary_by_cookie(response: &mut Response<'_>) {
    let named = |line: &str| {
        let mut names = line.split(',').map(str::trim);
        names.any(|name| name == "*" || name.eq_ignore_ascii_case("cookie"))
    };
    if !response.headers().get("Vary").any(named) {
        response.adjoin_header(Header::new("Vary", "Cookie"));
    }
}

/// The app's own page for a status: the catcher that Rocket would choose, or plain text where
/// there is none or it fails.
async fn caught<'r>(request: &'r Request<'_>, status: Status) -> Response<'r> {
    let depth = |base: &Origin<'_>| base.path().segments().len();
    let covers = |base: &Origin<'_>| {
        let mut path = request.uri().path().segments();
        base.path().segments().all(|part| path.next() == Some(part))
    };
    let catcher = request
        .rocket()
        .catchers()
        .filter(|catcher| catcher.code.is_none_or(|code| code == status.code))
        .filter(|catcher| covers(&catcher.base))
        .max_by_key(|catcher| (depth(&catcher.base), catcher.code.is_some()));
    if let Some(catcher) = catcher
        && let Ok(mut response) = catcher.handler.handle(status, request).await
    {
        response.set_status(status);
        return response;
    }
    let text = status.to_string();
    Response::build()
        .status(status)
        .raw_header("Content-Type", "text/plain; charset=utf-8")
        .sized_body(text.len(), std::io::Cursor::new(text))
        .finalize()
}
