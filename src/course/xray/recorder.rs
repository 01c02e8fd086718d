//! Listens to every request and its response.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rocket::fairing::{Fairing, Info, Kind as When};
use rocket::http::{HeaderMap, Method};
use rocket::tokio::sync::watch;
use rocket::{Data, Request, Response, async_trait};

use super::cookies::{self, Cookie, Kind};
use super::exchange::Exchange;
use super::form::{self, Form, line};
use super::history::History;
use super::row::Row;
use super::ties::Tie;
use crate::course::protect::masking;
use crate::course::protect::own_paths::is_own;
use crate::session::{Config, Event, Inspected, Layer, Record, Session, Trace};

/// How long somebody who loaded the page without a script counts as still looking at it.
const LOOKED_FOR: Duration = Duration::from_secs(15);

/// More than a view does to its session; what a loop does beyond it is not kept.
const EVENTS: usize = 40;

/// The name under which a cookie of ours would be, in a lesson that reads none.
static USUAL_COOKIE: LazyLock<String> = LazyLock::new(|| Config::default().cookie);

/// Everything that is remembered, in managed state.
pub(super) struct Recorder {
    /// Tells one run of the server from the next.
    pub run: u64,
    history: Mutex<History>,
    /// The number of the last exchange, for those who wait for the next one.
    pub newest: watch::Sender<u64>,
    looked: Mutex<Option<Instant>>,
}

impl Recorder {
    pub(super) fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        Recorder {
            run: now.map_or(0, |since| since.as_millis() as u64),
            history: Mutex::default(),
            newest: watch::Sender::new(0),
            looked: Mutex::default(),
        }
    }

    pub(super) fn history(&self) -> MutexGuard<'_, History> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that somebody looks at the page.
    pub(super) fn look(&self) {
        *self.looked() = Some(Instant::now());
    }

    fn looked(&self) -> MutexGuard<'_, Option<Instant>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn somebody_watches(&self) -> bool {
        let lately = |looked: Instant| looked.elapsed() < LOOKED_FOR;
        self.newest.receiver_count() > 0 || self.looked().is_some_and(lately)
    }
}

/// What was heard of a request before its view ran.
#[derive(Clone)]
struct Heard {
    method: Method,
    target: String,
    form: Option<Form>,
    brought: Vec<Cookie>,
    browser: u64,
    listed: bool,
}

/// What a request's page shows. In the request's own cache.
#[derive(Default)]
pub(super) struct Shown(pub Option<Arc<Exchange>>);

#[async_trait]
impl Fairing for Recorder {
    fn info(&self) -> Info {
        Info {
            name: "X-ray",
            kind: When::Request | When::Response,
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        if is_own(request.uri().path().as_str()) {
            return;
        }
        let form = form::form(request, data).await;
        let agent = request.headers().get_one("User-Agent");
        let heard = Heard {
            method: request.method(),
            target: line(&masking::address(&request.uri().to_string())),
            form,
            brought: cookies::brought(request.headers(), session_cookie(request)),
            browser: digest(&(request.remote().map(|peer| peer.ip()), agent)),
            listed: !is_ahead_of_time(request.headers()),
        };
        request.local_cache(|| Some(heard));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let told = cookies::told(response.headers(), session_cookie(request));
        let heard: &Option<Heard> = request.local_cache(|| None);
        let Some(heard) = heard.clone() else {
            if !told.is_empty() {
                self.history().remember(&told);
            }
            return;
        };
        let layer = request.rocket().state::<Arc<Layer>>();
        let inspected = layer.and_then(|layer| layer.inspect(request.headers()));
        let came = inspected
            .as_ref()
            .map(|found| (found.locker, found.secret_hash));
        let mut trace = Session::trace_of(request);
        let (record, note) = match layer {
            None => (None, Some("xray-no-layer")),
            Some(_) if !trace.is_empty() => asked(request, &trace).await,
            Some(layer) => self.look_into(layer, inspected).await,
        };
        trace.truncate(EVENTS);
        let sent = told.iter().rfind(|told| told.cookie.kind == Kind::Session);
        let left = match sent {
            Some(told) if told.removal => None,
            Some(_) => record
                .as_ref()
                .map(|record| (record.locker, record.secret_hash)),
            None => came,
        };
        let location = response.headers().get_one("Location");
        let redirect = location.filter(|_| response.status().class().is_redirection());
        let tie = Tie {
            browser: heard.browser,
            target: digest(&request.uri().to_string()),
            came,
            left,
            leads_to: redirect.map(|to| digest(&to.split('#').next().unwrap_or(to))),
        };
        let exchange = Exchange {
            number: 0,
            chain: 0,
            method: heard.method,
            target: heard.target,
            form: heard.form,
            brought: heard.brought,
            status: response.status().code,
            reason: response.status().reason().unwrap_or_default(),
            location: location.map(|place| line(&masking::address(place))),
            told,
            engine: layer.map(|layer| layer.config().engine),
            who: None,
            then: None,
            browser: Vec::new(),
            note,
            row: record.as_ref().map(Row::of),
            lines: Vec::new(),
            trace,
        };
        let exchange = self.history().record(exchange, tie, heard.listed);
        if heard.listed {
            self.newest.send_replace(exchange.number);
        }
        request.local_cache(|| Shown(Some(exchange)));
    }
}

impl Recorder {
    /// The row of a session that the view did not ask for. The store is made to look it up only
    /// while somebody watches; a record that the browser carries came with the request.
    async fn look_into(
        &self,
        layer: &Layer,
        inspected: Option<Inspected<'_>>,
    ) -> (Option<Record>, Note) {
        let Some(inspected) = inspected else {
            return (None, Some("xray-row-none"));
        };
        if !inspected.is_carried() && !self.somebody_watches() {
            return (None, Some("xray-not-looked"));
        }
        let live = |record: &Record| layer.now() < record.expires;
        match inspected.record().await {
            Ok(Some(record)) if record.secret_hash != inspected.secret_hash => {
                (None, Some("xray-opens-none"))
            }
            Ok(Some(record)) if live(&record) && inspected.is_carried() => (Some(record), None),
            Ok(Some(record)) if live(&record) => (Some(record), Some("xray-looked-itself")),
            Ok(Some(_)) => (None, Some("xray-row-over")),
            Ok(None) => (None, Some("xray-opens-none")),
            Err(_) => (None, Some("xray-no-answer")),
        }
    }
}

/// A text key: what is to be said of the row.
type Note = Option<&'static str>;

/// The row as the session that the view asked for last saw it.
async fn asked(request: &Request<'_>, trace: &Trace) -> (Option<Record>, Note) {
    let Some(session) = request.guard::<&Session>().await.succeeded() else {
        return (None, Some("xray-no-answer"));
    };
    let over = |event: &Event| matches!(event, Event::Expired { .. });
    let ended = trace.iter().find_map(|event| match event {
        Event::Ended { sealed, .. } => Some(*sealed),
        _ => None,
    });
    let record = session.record();
    let note = match (&record, ended) {
        (Some(_), _) => None,
        (None, Some(true)) => Some("xray-only-forgotten"),
        (None, Some(false)) => Some("xray-row-gone"),
        (None, None) if trace.iter().any(over) => Some("xray-row-over"),
        (None, None) => Some("xray-row-none"),
    };
    (record, note)
}

fn session_cookie<'r>(request: &'r Request<'_>) -> &'r str {
    let layer = request.rocket().state::<Arc<Layer>>();
    layer.map_or(&USUAL_COOKIE, |layer| &layer.config().cookie)
}

/// True if a browser fetches a page ahead of the click on it.
fn is_ahead_of_time(headers: &HeaderMap<'_>) -> bool {
    let purposes = headers.get("Sec-Purpose").chain(headers.get("Purpose"));
    purposes
        .into_iter()
        .any(|purpose| purpose.contains("prefetch"))
}

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
