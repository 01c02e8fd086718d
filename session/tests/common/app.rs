//! A small app on the session layer, with a clock of its own and a watched store.

use std::sync::Arc;

use rocket::config::LogLevel;
use rocket::figment::Figment;
use rocket::local::asynchronous::Client;
use rocket::{Build, Rocket};
use rocket_session_layer::{Clock, Layer, Outcome, Record, Session, Store, Timestamp};
use serde_json::{Value, json};

use super::browser::Browser;
use super::fixtures::Backend;
use super::log::listen;
use super::pages;
use super::probe::{Call, Probe};

/// The moment at which every test begins.
pub const START: Timestamp = 1_800_000_000;

pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// An app with a clock of its own, whose store is watched.
pub struct App {
    client: Client,
    pub clock: Clock,
    /// `None`: the engine keeps no records.
    store: Option<Probe>,
}

/// Settings of an app that is to be started.
pub struct Setup {
    settings: Value,
    clock: Clock,
    catchers: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Setup::configured(json!({}))
    }
}

impl Setup {
    /// Settings of the section `session`.
    pub fn configured(settings: Value) -> Self {
        let clock = Clock::manual(START);
        Setup {
            settings,
            clock,
            catchers: true,
        }
    }

    /// The app has no error pages of its own.
    pub fn without_catchers(mut self) -> Self {
        self.catchers = false;
        self
    }

    /// Two apps with one clock, as two processes on one machine have it.
    pub fn at_the_time_of(mut self, other: &App) -> Self {
        self.clock = other.clock.clone();
        self
    }

    pub async fn on(self, backend: impl Into<Backend>) -> App {
        let Backend { settings, store } = backend.into();
        let (clock, store) = (self.clock, store.map(Probe::new));
        let mut fairing = Session::fairing().with_clock(clock.clone());
        if let Some(store) = &store {
            fairing = fairing.with_store(store.clone());
        }
        let mut rocket = unattached(merged(settings, self.settings))
            .attach(fairing)
            .attach(pages::reporter())
            .mount("/", pages::views());
        if self.catchers {
            rocket = rocket.register("/", pages::error_pages());
        }
        let client = Client::untracked(rocket).await.unwrap();
        // The first purge comes with the start. It must not meet what a test lets expire.
        if let Some(store) = &store {
            store.purged().await;
        }
        App {
            client,
            clock,
            store,
        }
    }
}

/// Settings, and others on top of them.
fn merged(mut settings: Value, more: Value) -> Value {
    let (Value::Object(all), Value::Object(more)) = (&mut settings, more) else {
        panic!("settings are an object");
    };
    all.extend(more);
    settings
}

/// An app without the session layer, its settings only these.
pub fn unattached(settings: Value) -> Rocket<Build> {
    listen();
    let quiet = rocket::Config {
        log_level: LogLevel::Off,
        ..rocket::Config::debug_default()
    };
    rocket::custom(Figment::from(quiet).merge(("session", settings)))
}

impl App {
    pub async fn on(backend: impl Into<Backend>) -> App {
        Setup::default().on(backend).await
    }

    /// The watched store.
    pub fn store(&self) -> &Probe {
        self.store
            .as_ref()
            .expect("this engine should have a store")
    }

    /// True: its engine keeps records. False: they are carried in cookies.
    pub fn keeps_records(&self) -> bool {
        self.store.is_some()
    }

    /// Everything asked of the store since this was last called.
    pub fn calls(&self) -> Vec<Call> {
        self.store.as_ref().map(Probe::calls).unwrap_or_default()
    }

    /// These calls if there is a store, and none without one.
    pub fn needed<const N: usize>(&self, calls: [Call; N]) -> Vec<Call> {
        let asked = if self.keeps_records() { N } else { 0 };
        calls[..asked].to_vec()
    }

    /// A browser that was never here.
    pub fn browser(&self) -> Browser<'_> {
        Browser::new(&self.client)
    }

    /// Writes a record of the store past the layer, over the one that is there.
    pub async fn overwrite(&self, record: &Record) {
        let store = self.store();
        let stored = store.load(record.locker).await.unwrap().unwrap();
        let outcome = store.update(record, stored.version).await;
        assert_eq!(outcome, Ok(Outcome::Done));
        self.calls();
    }

    pub fn layer(&self) -> &Arc<Layer> {
        Layer::of(self.client.rocket()).unwrap()
    }

    /// The stored session that this browser's cookie names, or the one that is in it.
    pub async fn row(&self, browser: &Browser<'_>) -> Option<Record> {
        let headers = browser.headers();
        let inspected = self.layer().inspect(&headers)?;
        let record = inspected.record().await.unwrap();
        self.calls();
        record
    }

    /// The data of that row, or null where there is no row.
    pub async fn data(&self, browser: &Browser<'_>) -> Value {
        let record = self.row(browser).await;
        let json = record.map(|record| record.contents.data.to_json().unwrap());
        json.map_or(Value::Null, |json| serde_json::from_str(&json).unwrap())
    }
}
