//! Find the session · decide who it is: from a request's headers to what its view may see.

use rocket::http::HeaderMap;

use super::account::{Account, Event};
use super::clock::Timestamp;
use super::cookie::{self, Brought, Ticket};
use super::expiry;
use super::id::SessionId;
use super::layer::Layer;
use super::record::Record;
use super::stores::StoreError;

/// For so long after a rotation, in seconds, a request with the old secret counts as one that was
/// on its way. Later it can only be a browser that the answer with the new one never reached: to
/// leave it with a cookie that opens nothing would lock it out for good.
const ON_ITS_WAY: u64 = 60;

/// What a request brought.
#[derive(Debug)]
pub(super) enum Visitor {
    /// Nothing that concerns us.
    Stranger,
    /// A cookie of ours that opens nothing: the browser is told to forget it.
    Refused,
    /// The ID from before the last rotation. The browser may already have the new one, so nothing
    /// is sent that could overwrite it, and nothing can be stored.
    Superseded,
    /// What opens a live session.
    Known(Box<Found>),
}

#[derive(Debug)]
pub(super) struct Found {
    /// The record as it was read.
    pub(super) record: Record,
    /// What opens it, to be sent again when the lifetime is extended.
    pub(super) ticket: Ticket,
}

/// Looks up the session ID that came with a request, and writes down what it found.
pub(super) async fn find(
    layer: &Layer,
    headers: &HeaderMap<'_>,
    account: &mut Account,
) -> Result<Visitor, StoreError> {
    let visitor = match cookie::brought(headers, &layer.config.cookie) {
        Brought::Nothing => {
            account.push(Event::NoSessionId);
            Visitor::Stranger
        }
        Brought::Doubled => {
            account.push(Event::Doubled);
            Visitor::Stranger
        }
        Brought::Foreign => {
            account.push(Event::Foreign);
            Visitor::Stranger
        }
        Brought::Id(id) => look_up(layer, id, account).await?,
        Brought::Sealed(ticket) => unseal(layer, ticket, account),
    };
    account.push(match &visitor {
        Visitor::Known(found) => match &found.record.contents.user {
            Some(user) => Event::User { user: user.clone() },
            None => Event::Anonymous,
        },
        _ => Event::Anonymous,
    });
    Ok(visitor)
}

async fn look_up(
    layer: &Layer,
    id: SessionId,
    account: &mut Account,
) -> Result<Visitor, StoreError> {
    let (locker, now) = (id.locker, layer.clock.now());
    let stored = match layer.travels() {
        // The ID is from a time when they did not.
        true => None,
        false => layer.store.load(locker).await?,
    };
    let Some(record) = stored else {
        account.push(Event::Unknown { locker });
        return Ok(Visitor::Refused);
    };
    // An ID with a wrong secret learns nothing of the locker, not even whether it is in use.
    let hash = id.secret.hash();
    if hash != record.secret_hash {
        if record.previous_hash == Some(hash) && is_on_its_way(&record, now) {
            account.push(Event::Superseded { locker });
            return Ok(Visitor::Superseded);
        }
        account.push(Event::Unknown { locker });
        return Ok(Visitor::Refused);
    }
    Ok(admit(layer, record, Ticket::Id(id), account))
}

/// Opens the record that came in the cookie itself.
fn unseal(layer: &Layer, ticket: Ticket, account: &mut Account) -> Visitor {
    match layer.opened(&ticket) {
        Some(record) => admit(layer, record, ticket, account),
        None => {
            account.push(Event::Unopened);
            Visitor::Refused
        }
    }
}

fn admit(layer: &Layer, record: Record, ticket: Ticket, account: &mut Account) -> Visitor {
    let (locker, version) = (record.locker, record.version);
    if expiry::is_over(&record, &layer.config, layer.clock.now()) {
        account.push(Event::Expired { locker });
        return Visitor::Refused;
    }
    account.push(match layer.travels() {
        true => Event::Unsealed { locker, version },
        false => Event::Found { locker, version },
    });
    Visitor::Known(Box::new(Found { record, ticket }))
}

fn is_on_its_way(record: &Record, now: Timestamp) -> bool {
    // Both ways, for a clock that was put back since.
    now.abs_diff(record.rotated) < ON_ITS_WAY
}
