//! Find the session · decide who it is: the request guards `&Session` and `&Layer`.

use std::sync::Arc;

use rocket::http::{Method, Status};
use rocket::outcome::IntoOutcome;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{Ignite, Rocket, Sentinel};

use crate::cookie::{self, Ticket};
use crate::error::{Error, StoreError};
use crate::handle::Session;
use crate::id::SessionId;
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::record::Record;
use crate::seal::Seal;
use crate::slot::{CookiesDropped, Slot};
use crate::state::Lookup;
use crate::target;
use crate::trace::{Event, Trace};

/// The time after a rotation, in seconds, in which a request with the old secret counts as sent
/// before the new cookie arrived. After it the browser never got the new cookie, so the old one is
/// removed; otherwise it would be locked out for good.
const ON_ITS_WAY: u64 = 60;

/// Asking for it loads the session, once a request; a request that does not ask costs no store
/// access.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Session {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let Some(layer) = request.rocket().state::<Arc<Layer>>() else {
            let error = StoreError::unavailable("Session::fairing() is not attached");
            return Outcome::Error((Status::InternalServerError, error.into()));
        };
        let load = async {
            let mut trace = Trace::new();
            let lookup = find(layer, request, &mut trace).await;
            let mut session = Session::new(layer.clone(), lookup, trace);
            session.for_head = is_for_head(request);
            session
        };
        let session = Slot::of(request).session_or_load(load).await;
        let usable = session.usable().map_err(Error::from);
        usable
            .map(|()| session)
            .or_error(Status::ServiceUnavailable)
    }
}

/// Written down at the beginning of a request: Rocket hands a HEAD to the view for GET as if it
/// were one.
pub(crate) struct ForHead(pub(crate) bool);

fn is_for_head(request: &Request<'_>) -> bool {
    // A fairing that asks before ours has run still sees the request's own method.
    request.method() == Method::Head || request.local_cache(|| ForHead(false)).0
}

impl Sentinel for &Session {
    /// Stops the start of an app in which a view asks for `&Session` and no layer is attached.
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        is_missing(rocket, "&Session")
    }
}

pub(crate) fn is_missing(rocket: &Rocket<Ignite>, guard: &str) -> bool {
    let missing = rocket.state::<Arc<Layer>>().is_none();
    if missing {
        log::error!(
            target: target::SETUP,
            "A view asks for {guard}, but the session layer is not attached: \
             add .attach(Session::fairing())."
        );
    }
    missing
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Layer {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let layer = request.rocket().state::<Arc<Layer>>();
        layer
            .map(|layer| &**layer)
            .or_error((Status::InternalServerError, ()))
    }
}

impl Sentinel for &Layer {
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        is_missing(rocket, "&Layer")
    }
}

/// Looks up the session that a request names, and writes into the trace what it found.
async fn find(layer: &Layer, request: &Request<'_>, trace: &mut Trace) -> Lookup {
    let lookup = match brought(layer, request) {
        Ok((ticket, others)) if others.is_empty() => open(layer, ticket, trace).await,
        Ok((ticket, others)) => open_one(layer, [vec![ticket], others].concat(), trace).await,
        Err(reason) => {
            trace.push(reason);
            Lookup::Nothing
        }
    };
    match &lookup {
        Lookup::Failed(error) => {
            error.log();
            let reason = error.to_string();
            trace.push(Event::Failed { reason });
        }
        lookup => trace.push(lookup.who()),
    }
    lookup
}

fn brought(layer: &Layer, request: &Request<'_>) -> Result<(Ticket, Vec<Ticket>), Event> {
    let (headers, name) = (request.headers(), &layer.config.cookie);
    match cookie::tickets(headers, name) {
        // Rocket's local client puts a test's cookies into the jar and sends no header. No request
        // from outside can do that: its jar is filled from the header.
        Err(Event::NoSessionId) if !headers.contains("Cookie") => {
            if request.local_cache(|| CookiesDropped(false)).0 {
                return Err(Event::CookiesDropped);
            }
            let cookie = request.cookies().get(name).ok_or(Event::NoSessionId)?;
            let ticket = Ticket::parse(cookie.value()).ok_or(Event::Foreign)?;
            Ok((ticket, Vec::new()))
        }
        tickets => tickets,
    }
}

/// Opens the one of several tickets that opens. A cookie of another path or a parent domain may
/// have been planted beside the browser's own. If two open, it can't be told which one that is.
async fn open_one(layer: &Layer, tickets: Vec<Ticket>, trace: &mut Trace) -> Lookup {
    // Of those that don't open, the one that keeps most from being done counts.
    let weight = |lookup: &Lookup| match lookup {
        Lookup::Refused(_) => 0,
        Lookup::Nothing | Lookup::Vanished => 1,
        Lookup::Superseded(_) => 2,
        Lookup::Known(..) => 3,
        Lookup::Failed(_) => 4,
    };
    let mut found = Lookup::Refused(None);
    for ticket in tickets {
        let lookup = open(layer, ticket, trace).await;
        if let (Lookup::Known(..), Lookup::Known(..)) = (&found, &lookup) {
            trace.push(Event::Doubled);
            return Lookup::Nothing;
        }
        if weight(&lookup) >= weight(&found) {
            found = lookup;
        }
    }
    found
}

async fn open(layer: &Layer, ticket: Ticket, trace: &mut Trace) -> Lookup {
    match ticket {
        Ticket::Id(id) => look_up(layer, id, trace).await,
        Ticket::Sealed(value) => unseal(layer, value, trace),
    }
}

async fn look_up(layer: &Layer, id: SessionId, trace: &mut Trace) -> Lookup {
    let locker = id.locker;
    let loaded = match &layer.home {
        Home::Kept(store) => store.load(locker).await,
        // The ID is from a time in which the server kept the sessions.
        Home::Carried(_) => Ok(None),
    };
    let record = match loaded {
        // It is left for a repair, and the cookie with it. The store has logged the reason.
        Err(StoreError::Corrupt(locker)) => {
            trace.push(Event::Unreadable { locker });
            return Lookup::Nothing;
        }
        Err(error) => return Lookup::Failed(error),
        Ok(None) => {
            trace.push(Event::Unknown { locker });
            return Lookup::Refused(None);
        }
        Ok(Some(record)) => record,
    };
    // An ID with a wrong secret learns nothing of the locker, not even whether it is in use.
    let hash = id.secret_hash();
    if hash != record.secret_hash {
        // Both ways, for a clock that was put back since.
        let on_its_way = layer.clock.now().abs_diff(record.rotated) < ON_ITS_WAY;
        if record.previous_hash == Some(hash) && on_its_way {
            trace.push(Event::Superseded { locker });
            return Lookup::Superseded(locker);
        }
        trace.push(Event::Unknown { locker });
        return Lookup::Refused((record.previous_hash == Some(hash)).then_some(locker));
    }
    let version = record.version;
    let found = Event::Found { locker, version };
    admit(layer, record, Ticket::Id(id), found, trace)
}

/// Opens the record that came in the cookie itself.
fn unseal(layer: &Layer, value: String, trace: &mut Trace) -> Lookup {
    let opened = match &layer.home {
        Home::Carried(seal) => seal.open(&value),
        Home::Kept(_) => None,
    };
    let Some(record) = opened else {
        // Looked at only now: nearly every value opens.
        if !Seal::can_have_written(&value) {
            trace.push(Event::Foreign);
            return Lookup::Nothing;
        }
        trace.push(Event::Unopened);
        return Lookup::Refused(None);
    };
    let (locker, version) = (record.locker, record.version);
    let found = Event::Unsealed { locker, version };
    admit(layer, record, Ticket::Sealed(value), found, trace)
}

fn admit(layer: &Layer, record: Record, ticket: Ticket, found: Event, trace: &mut Trace) -> Lookup {
    if lifetime::is_over(&record, &layer.config, layer.clock.now()) {
        let locker = record.locker;
        trace.push(Event::Expired { locker });
        return Lookup::Refused(None);
    }
    trace.push(found);
    Lookup::Known(record, Some(ticket))
}
