//! What a change makes of a record, before anything is stored.

use super::clock::Timestamp;
use super::cookie::Ticket;
use super::error::Error;
use super::expiry;
use super::id::{Secret, SecretHash, SessionId};
use super::layer::Layer;
use super::record::{Contents, Record};

/// What is to happen to a session as a whole, besides what happens to its contents.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Whole {
    /// End it; what is set afterwards belongs to a new one.
    pub(super) end: bool,
    /// Give it a new secret.
    pub(super) rotate: bool,
    /// Whether the browser has brought the session ID, so that this counts as a use.
    pub(super) returned: bool,
    /// Whether the change shows the view what is stored now (`update`), rather than writing
    /// without looking.
    pub(super) looks: bool,
}

/// What became of a record.
pub(super) enum Applied {
    Changed(Changed),
    /// The session is to be ended; another one follows it where this is not empty.
    Over {
        successor: Contents,
        silent: bool,
    },
}

pub(super) struct Changed {
    pub(super) record: Record,
    /// What the browser needs for a new cookie, if it needs one.
    pub(super) ticket: Option<Ticket>,
    /// Whether the browser has another session ID by now, so that it is told nothing.
    pub(super) silent: bool,
}

/// Applies a change to `base`, the newest there is, for a request that has seen `seen`.
///
/// # Errors
///
/// Those of `change`; [`Error::Changed`] where somebody else is logged in by now, and where the
/// request would need to see or to replace what has another lock by now; [`Error::TooLarge`].
pub(super) fn apply(
    layer: &Layer,
    base: &Record,
    seen: &Record,
    whole: Whole,
    change: &mut impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Applied, Error> {
    let now = layer.clock.now();
    // Another response carries the new session ID. One from here would lock the browser out of
    // it: the change is made, and the browser told nothing.
    let silent = base.secret_hash != seen.secret_hash;
    let other_owner = base.contents.last_user != seen.contents.last_user;
    if other_owner || (silent && whole.looks) {
        return Err(Error::Changed);
    }
    let mut contents = base.contents.clone();
    change(&mut contents)?;
    // Whoever changed the lock may be somebody else. Nobody is logged in behind a lock that
    // was not changed for them: an attacker would only have to log in again at that moment.
    // And a session that begins anew would need a cookie, which can't be sent from here.
    let logs_in = contents.user.is_some() && contents.user != base.contents.user;
    let begins_anew = whole.end && !contents.data.is_empty();
    if silent && (logs_in || begins_anew) {
        return Err(Error::Changed);
    }
    // What was stored under a larger limit may still shrink: a logout must not fail for it.
    if contents.data.size() > base.contents.data.size() {
        check_size(layer, &contents)?;
    }
    if whole.end {
        let successor = contents;
        return Ok(Applied::Over { successor, silent });
    }
    let mut record = Record {
        version: base.version + 1,
        contents,
        ..*base
    };
    let rotated = match whole.rotate && !silent && !layer.travels() {
        true => Some(rotate_secret(&mut record, now)?),
        false => None,
    };
    let other_lifetime = record.contents.expiry != base.contents.expiry;
    let sends = rotated.is_some() || layer.travels() || other_lifetime;
    if sends || expiry::touch_due(&record, &layer.config, now) {
        let record_use = if whole.returned {
            expiry::touch
        } else {
            expiry::begin
        };
        record_use(&mut record, &layer.config, now);
    }
    let ticket = match rotated {
        Some(secret) => {
            let locker = record.locker;
            Some(Ticket::Id(SessionId { locker, secret }))
        }
        None => layer.sealed(&record, Some(base))?,
    };
    Ok(Applied::Changed(Changed {
        record,
        ticket,
        silent,
    }))
}

/// The first record of a new session, and what its cookie holds.
pub(super) fn first_record(layer: &Layer, contents: Contents) -> Result<(Record, Ticket), Error> {
    let id = SessionId::random()?;
    let now = layer.clock.now();
    let secret_hash = match layer.travels() {
        true => SecretHash::NONE,
        false => id.secret.hash(),
    };
    let mut record = Record {
        locker: id.locker,
        secret_hash,
        previous_hash: None,
        rotated: now,
        version: 1,
        created: now,
        touched: now,
        expires: now,
        contents,
    };
    expiry::begin(&mut record, &layer.config, now);
    let sealed = layer.sealed(&record, None)?;
    Ok((record, sealed.unwrap_or(Ticket::Id(id))))
}

fn rotate_secret(record: &mut Record, now: Timestamp) -> Result<Secret, Error> {
    let secret = Secret::random()?;
    record.previous_hash = Some(record.secret_hash);
    record.secret_hash = secret.hash();
    record.rotated = now;
    Ok(secret)
}

pub(super) fn check_size(layer: &Layer, contents: &Contents) -> Result<(), Error> {
    let limit = layer.max_size();
    match contents.data.size() > limit {
        true => Err(Error::TooLarge { limit }),
        false => Ok(()),
    }
}
