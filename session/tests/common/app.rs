//! A small app on the session layer. Its view does whatever a test hands to it.

use std::sync::{Arc, Mutex};

use rocket::config::LogLevel;
use rocket::fairing::AdHoc;
use rocket::figment::Figment;
use rocket::futures::future::BoxFuture;
use rocket::http::{Header, Status};
use rocket::local::asynchronous::Client;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{Redirect, Responder};
use rocket::{Build, Rocket, catch, catchers, get, routes};
use rocket_session_layer::{Clock, Error, Layer, Outcome as Stored, Record, Session, Store};
use rocket_session_layer::{Timestamp, Trace};
use serde_json::{Value, json};

use super::browser::Browser;
use super::fixtures::Backend;
use super::log::listen;
use super::probe::{Call, Probe};

/// When every test begins.
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
            .attach(reporter())
            .mount(
                "/",
                routes![view, plain, moved, cached, varied, members, strangers],
            );
        if self.catchers {
            rocket = rocket.register("/", catchers![own_page, other_page]);
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
        assert_eq!(outcome, Ok(Stored::Done));
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

pub type View = Box<dyn for<'s> FnOnce(&'s Session) -> BoxFuture<'s, Result<Value, Error>> + Send>;

/// Errand of one request: the view that the test hands to it, and the trace that comes back.
pub struct Errand {
    pub view: Mutex<Option<View>>,
    pub status: Status,
    pub trace: Mutex<Trace>,
}

impl Errand {
    pub fn new(status: Status, view: Option<View>) -> Arc<Self> {
        Arc::new(Errand {
            view: Mutex::new(view),
            status,
            trace: Mutex::default(),
        })
    }

    fn of<'r>(request: &'r Request<'_>) -> &'r Arc<Errand> {
        request.local_cache(|| Errand::new(Status::Ok, None))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Errand {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Errand::of(request))
    }
}

/// Puts down what the layer says of the request when it is over. At an address with `late`, it
/// tries to set a key as well.
fn reporter() -> AdHoc {
    AdHoc::on_response("Reporter", |request, response| {
        let trace = Session::trace_of(request);
        Box::pin(async move {
            *Errand::of(request).trace.lock().unwrap() = trace;
            if request.uri().query().is_some_and(|query| query == "late")
                && let Outcome::Success(session) = request.guard::<&Session>().await
            {
                let set = session.set("late", 1);
                let popped = session.pop("a");
                let updated = session.update("late", |n: &mut u64| *n += 1).await;
                let ended = session.end_others().await;
                let all = format!("{set:?} {popped:?} {updated:?} {ended:?}");
                response.set_raw_header("Late", all);
            }
        })
    })
}

/// Does what the test says, and answers with the JSON of what came out.
#[get("/view")]
async fn view(session: &Session, errand: &Errand) -> Result<(Status, String), Error> {
    let view = errand.view.lock().unwrap().take().unwrap();
    Ok((errand.status, view(session).await?.to_string()))
}

#[get("/plain")]
fn plain() -> &'static str {
    "plain"
}

#[get("/moved")]
fn moved(_session: &Session) -> Redirect {
    Redirect::to("/plain")
}

#[derive(Responder)]
struct With(&'static str, Header<'static>);

#[derive(Responder)]
struct Cached(
    &'static str,
    Header<'static>,
    Header<'static>,
    Header<'static>,
);

#[get("/cached?<set>")]
fn cached(set: bool, session: &Session) -> Result<Cached, Error> {
    if set {
        session.set("a", 1)?;
    }
    let header = |name| Header::new(name, "private, max-age=60");
    let names = ["Cache-Control", "CDN-Cache-Control", "Surrogate-Control"];
    let [all, shared, surrogates] = names.map(header);
    Ok(Cached("cached", all, shared, surrogates))
}

#[get("/varied")]
fn varied(_session: &Session) -> With {
    With("varied", Header::new("Vary", "Accept-Language, cookie"))
}

/// A guard that asks for the session so that the view need not.
struct Member;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Member {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<&Session>().await {
            Outcome::Success(session) if session.has("user") => Outcome::Success(Member),
            _ => Outcome::Forward(Status::Unauthorized),
        }
    }
}

#[get("/members")]
fn members(_member: Member) -> &'static str {
    "members"
}

/// Answers strangers, whom the guard of the view before it does not let pass.
#[get("/members", rank = 2)]
fn strangers() -> &'static str {
    "strangers"
}

#[catch(503)]
fn own_page() -> &'static str {
    "The app's own page: come again later."
}

#[catch(default)]
fn other_page(status: Status, _: &Request<'_>) -> String {
    format!("The app's own page for {}.", status.code)
}
