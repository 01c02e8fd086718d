//! Listens to every request and its response. A fairing, so that lessons need not know of it: what
//! the body held is read before the view runs, and the rest when its answer leaves.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rocket::fairing::{Fairing, Info, Kind as When};
use rocket::http::HeaderMap;
use rocket::tokio::sync::watch;
use rocket::{Data, Request, Response, async_trait};

use super::history::ExchangeHistory;
use super::looked::{RowNote, asked, looked_up};
use super::ties::Tie;
use crate::accounts::{Visitor, found_by_a_guard};
use crate::course::exchange::{
    CookieKind, Exchange, Memory, ShownForm, ShownRequest, ShownResponse, ShownRow,
};
use crate::course::protect::own_paths::is_own;
use crate::session::{Config, Layer, Record, Session};

/// The time for which a page that was loaded without a script counts as watched. With one, its open
/// stream counts.
const LOOKED_FOR: Duration = Duration::from_secs(15);

/// More events than a view causes; those of a loop beyond it are not kept.
const EVENTS: usize = 40;

/// The name of the cookie that another lesson may have left, in one that reads none.
static USUAL_COOKIE: LazyLock<String> = LazyLock::new(|| Config::default().cookie);

/// Everything that is remembered, in managed state.
pub struct Recorder {
    /// Tells one run of the server from the next.
    pub(super) run: u64,
    history: Mutex<ExchangeHistory>,
    /// The number of the last exchange, for streams that wait for the next one.
    pub(super) newest: watch::Sender<u64>,
    /// The last time that the page was loaded.
    looked: Mutex<Option<Instant>>,
}

impl Recorder {
    /// An empty one. Its run is the time of its start in milliseconds, which no later run has.
    pub(super) fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        Recorder {
            run: now.map_or(0, |since| since.as_millis() as u64),
            history: Mutex::default(),
            newest: watch::Sender::new(0),
            looked: Mutex::default(),
        }
    }

    /// The history, locked. A panic in another request must not end the X-ray.
    pub(super) fn history(&self) -> MutexGuard<'_, ExchangeHistory> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The record of the request that is answered here. `None` if it is none of the lesson's.
    pub fn exchange_of(request: &Request<'_>) -> Option<Arc<Exchange>> {
        let recorded: &Recorded = request.local_cache(Recorded::default);
        recorded.0.clone()
    }

    /// Works on the names that were given so far, and on what else is remembered.
    pub fn with_memory<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        work(&mut self.history().memory)
    }

    /// Notes that the page was loaded.
    pub(super) fn look(&self) {
        *self.looked() = Some(Instant::now());
    }

    fn looked(&self) -> MutexGuard<'_, Option<Instant>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True if an X-ray is open in some browser.
    fn is_watched(&self) -> bool {
        let lately = |looked: Instant| looked.elapsed() < LOOKED_FOR;
        self.newest.receiver_count() > 0 || self.looked().is_some_and(lately)
    }
}

/// A request before its view ran.
#[derive(Clone)]
struct Heard {
    request: ShownRequest,
    /// A digest of the peer's address and `User-Agent`.
    browser: u64,
    /// False for a page fetched ahead of a click: it is answered, but a list of what was clicked
    /// must not have it.
    listed: bool,
}

/// The record of a request, in the request's own cache.
#[derive(Default)]
struct Recorded(Option<Arc<Exchange>>);

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
        let form = ShownForm::in_body(request, data).await;
        let (headers, target) = (request.headers(), request.uri().to_string());
        let peer = request.remote().map(|peer| peer.ip());
        let heard = Heard {
            request: ShownRequest::new(
                (request.method().as_str(), &target),
                form,
                headers.get("Cookie"),
                session_cookie(request),
            )
            .sent_with(headers),
            browser: digest(&(peer, headers.get_one("User-Agent"))),
            listed: !is_ahead_of_time(headers),
        };
        request.local_cache(|| Some(heard));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let (status, headers) = (response.status(), response.headers());
        let location = headers.get_one("Location");
        let answer = ShownResponse::new(
            (status.code, status.reason().unwrap_or_default()),
            location,
            headers.get("Set-Cookie"),
            session_cookie(request),
        );
        let heard: &Option<Heard> = request.local_cache(|| None);
        let Some(heard) = heard.clone() else {
            self.with_memory(|memory| memory.note(&answer.set_cookies));
            return;
        };
        let layer = request.rocket().state::<Arc<Layer>>();
        let inspected = layer.and_then(|layer| layer.inspect(request.headers()));
        let before = inspected
            .as_ref()
            .map(|found| (found.locker, found.secret_hash));
        let mut trace = Session::trace_of(request);
        let (record, note): (Option<Record>, RowNote) = match layer {
            None => (None, Some("xray-no-layer")),
            Some(_) if !trace.is_empty() => asked(request, &trace).await,
            Some(layer) => looked_up(layer, inspected, || self.is_watched()).await,
        };
        trace.truncate(EVENTS);
        // The session ID that the browser has from now on: the last session cookie sent, or the one
        // it came with.
        let mut sent = answer.set_cookies.iter();
        let sent = sent.rfind(|sent| sent.cookie.kind == CookieKind::Session);
        let after = match sent {
            Some(sent) if sent.removal => None,
            Some(_) => record
                .as_ref()
                .map(|record| (record.locker, record.secret_hash)),
            None => before,
        };
        let redirect = location.filter(|_| status.class().is_redirection());
        let tie = Tie {
            browser: heard.browser,
            target: digest(&request.uri().to_string()),
            before,
            after,
            leads_to: redirect.map(|to| digest(&to.split('#').next().unwrap_or(to))),
        };
        let exchange = Exchange {
            request: heard.request,
            response: answer,
            engine: layer.map(|layer| layer.config().engine),
            note: note.map(Cow::Borrowed),
            row: record.as_ref().map(ShownRow::of),
            no_user: found_by_a_guard(request).is_some_and(Visitor::is_anonymous),
            ..Exchange::default()
        };
        let recorded = self.history().record(exchange, &trace, tie, heard.listed);
        if heard.listed {
            self.newest.send_replace(recorded.number);
        }
        request.local_cache(|| Recorded(Some(recorded)));
    }
}

/// The name of the session cookie; the usual one in a lesson without a session layer, whose cookies
/// the X-ray still has to hide.
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

/// A number that stands for a value as long as this program runs. Equality is all that is asked of
/// it.
fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
