//! Change the session: apply a request's operations to the record as it is now.

use std::sync::Arc;

use crate::carry;
use crate::cookie::Ticket;
use crate::error::{Error, StoreError};
use crate::id::SessionId;
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::record::{Contents, Record};
use crate::store::{Outcome, Store};

/// The number of times a change is applied when other processes are always faster.
const MOST_TRIES: u32 = 20;

/// The things a request wants with its session as a whole, beside the change of its contents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Intent {
    /// End it; a key that is set afterwards belongs to a new one.
    pub(crate) end: bool,
    /// Give it a new secret.
    pub(crate) rotate: bool,
    /// The browser brought the session ID, so that this counts as a use.
    pub(crate) returned: bool,
    /// The view gets to see the stored data (`update`), and does not write without looking.
    pub(crate) shows: bool,
}

/// The result of a commit.
pub(crate) enum Committed {
    /// There was nothing to store and nothing to end.
    Nothing,
    /// A first record was stored.
    Created { record: Record, ticket: Ticket },
    /// The record was changed.
    Changed {
        record: Record,
        /// A new one, if the session was rotated or is itself in the cookie.
        ticket: Option<Ticket>,
        tries: u32,
        /// Whether the browser needs a cookie. `None`: it has another session ID by now, and a
        /// cookie from here would lock it out.
        send: Option<bool>,
    },
    /// The record was deleted. `no_cookie`: the browser has another session ID by now.
    Ended { no_cookie: bool },
    /// The record had been deleted elsewhere. It stays deleted.
    Vanished,
}

/// Commits a change; for a visitor without a session, by storing a first record.
///
/// `change` is applied to the contents that are stored at that moment, and again to newer ones
/// if another request was faster.
///
/// # Errors
///
/// Those of `change`; the store's; [`Error::Changed`] if another user is logged in by now.
pub(crate) async fn commit(
    layer: &Layer,
    seen: Option<&Record>,
    intent: Intent,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Committed, Error> {
    let Some(seen) = seen else {
        let mut contents = Contents::default();
        change(&mut contents)?;
        return create(layer, contents).await;
    };
    let store = match &layer.home {
        Home::Kept(store) => store,
        // There is no newer copy than this request's, so there is nothing to queue for.
        Home::Carried(seal) => return carry::change(layer, seal, seen, intent, change),
    };
    let (_turn, waited) = layer.turn(seen.locker).await;
    for tries in 1..=MOST_TRIES {
        // Without a queue the record that the request has read is most likely still the newest.
        let newer;
        let base = if tries == 1 && !waited {
            seen
        } else {
            newer = layer.load_live(&**store, seen.locker).await?;
            let Some(newer) = &newer else {
                return Ok(Committed::Vanished);
            };
            newer
        };
        let (contents, no_cookie) = applied(layer, base, seen, intent, &mut change)?;
        let committed = if intent.end {
            end(layer, store, base, contents, no_cookie).await?
        } else {
            update(layer, store, base, contents, intent, no_cookie, tries).await?
        };
        if let Some(committed) = committed {
            return Ok(committed);
        }
    }
    Err(Error::Busy)
}

/// The contents after a change of `base`, the newest record there is, for a request that has seen
/// `seen`; and whether the browser is told nothing, because another response carries the session ID
/// that it has now.
///
/// # Errors
///
/// Those of `change`; [`Error::Changed`] if another user is logged in by now, or if the request
/// would see or replace data behind a lock that was changed; [`Error::TooLarge`].
pub(crate) fn applied(
    layer: &Layer,
    base: &Record,
    seen: &Record,
    intent: Intent,
    change: &mut impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<(Contents, bool), Error> {
    let no_cookie = base.secret_hash != seen.secret_hash;
    let other_owner = base.contents.last_user != seen.contents.last_user;
    if other_owner || (no_cookie && intent.shows) {
        return Err(Error::Changed);
    }
    let mut contents = base.contents.clone();
    change(&mut contents)?;
    // The lock may have been changed for another person. A login behind it would let an attacker in
    // who knows the old ID and logs in at that moment; and a session that begins anew needs a
    // cookie, which can't be sent from here.
    let logs_in = contents.user.is_some() && contents.user != base.contents.user;
    let begins_anew = intent.end && !contents.data.is_empty();
    if no_cookie && (logs_in || begins_anew) {
        return Err(Error::Changed);
    }
    // Data that was stored under a larger limit may still shrink: a logout must not fail for it.
    if contents.data.size() > base.contents.data.size() {
        check_size(layer, &contents)?;
    }
    Ok((contents, no_cookie))
}

/// Stores the changed record. `None` if it has changed elsewhere.
async fn update(
    layer: &Layer,
    store: &Arc<dyn Store>,
    base: &Record,
    contents: Contents,
    intent: Intent,
    no_cookie: bool,
    tries: u32,
) -> Result<Option<Committed>, Error> {
    let (config, now) = (&layer.config, layer.clock.now());
    let mut record = Record {
        version: next_version(base)?,
        contents,
        ..*base
    };
    let mut ticket = None;
    if intent.rotate && !no_cookie {
        let id = SessionId::with_new_secret(base.locker)?;
        record.previous_hash = Some(base.secret_hash);
        record.secret_hash = id.secret_hash();
        record.rotated = now;
        ticket = Some(Ticket::Id(id));
    }
    let new_lifetime = record.contents.expiry != base.contents.expiry;
    let new_cookie = ticket.is_some() || new_lifetime;
    if intent.returned && (new_cookie || lifetime::touch_due(&record, config, now)) {
        lifetime::touch(&mut record, config, now);
    } else if !intent.returned && new_lifetime {
        lifetime::change(&mut record, base, config);
    }
    let send = new_cookie || lifetime::cookie_due(base, config, now);
    if store.update(&record, base.version).await? == Outcome::Conflict {
        return Ok(None);
    }
    Ok(Some(Committed::Changed {
        record,
        ticket,
        tries,
        send: (!no_cookie).then_some(send),
    }))
}

/// The version after this one. Only a damaged row counts so far that there is none.
pub(crate) fn next_version(record: &Record) -> Result<i64, StoreError> {
    let next = record.version.checked_add(1);
    next.ok_or(StoreError::Corrupt(record.locker))
}

/// Deletes the record and, if a key was set since, stores a new one in the same transaction. `None`
/// if the record has changed elsewhere.
async fn end(
    layer: &Layer,
    store: &Arc<dyn Store>,
    base: &Record,
    successor: Contents,
    no_cookie: bool,
) -> Result<Option<Committed>, Error> {
    let (locker, version) = (base.locker, base.version);
    if successor.data.is_empty() {
        let outcome = store.delete(locker, Some(version)).await?;
        return Ok((outcome == Outcome::Done).then_some(Committed::Ended { no_cookie }));
    }
    let (record, ticket) = first_record(layer, successor)?;
    let outcome = store.replace(locker, version, &record).await?;
    Ok((outcome == Outcome::Done).then_some(Committed::Created { record, ticket }))
}

async fn create(layer: &Layer, contents: Contents) -> Result<Committed, Error> {
    if contents.data.is_empty() {
        return Ok(Committed::Nothing);
    }
    check_size(layer, &contents)?;
    let (record, ticket) = match &layer.home {
        Home::Kept(store) => {
            let (record, ticket) = first_record(layer, contents)?;
            if store.create(&record).await? == Outcome::Conflict {
                return Err(Error::Busy);
            }
            (record, ticket)
        }
        Home::Carried(seal) => carry::first_record(layer, seal, contents)?,
    };
    Ok(Committed::Created { record, ticket })
}

/// The first record of a new session, and the ID that opens it.
fn first_record(layer: &Layer, contents: Contents) -> Result<(Record, Ticket), Error> {
    let id = SessionId::random()?;
    let now = layer.clock.now();
    let mut record = Record {
        locker: id.locker,
        secret_hash: id.secret_hash(),
        previous_hash: None,
        rotated: now,
        version: 1,
        created: now,
        touched: now,
        expires: now,
        contents,
    };
    lifetime::begin(&mut record, &layer.config, now);
    Ok((record, Ticket::Id(id)))
}

fn check_size(layer: &Layer, contents: &Contents) -> Result<(), Error> {
    let limit = layer.max_size();
    if contents.data.size() > limit {
        return Err(Error::TooLarge { limit });
    }
    Ok(())
}

/// Whether a request that only reads is to record that.
pub(crate) fn touch_due(layer: &Layer, seen: &Record) -> bool {
    let (config, now) = (&layer.config, layer.clock.now());
    match &layer.home {
        Home::Kept(_) => lifetime::touch_due(seen, config, now),
        // A use that is not in the cookie is recorded nowhere.
        Home::Carried(_) => lifetime::new_part_begun(seen, config, now),
    }
}

/// Records that a session was only read. Returns the record as it is stored now and, if it is in the
/// cookie, the new ticket. `None` if it has changed since: that change has also recorded the use.
pub(crate) async fn touch(
    layer: &Layer,
    seen: &Record,
) -> Result<Option<(Record, Option<Ticket>)>, Error> {
    let mut record = seen.clone();
    lifetime::touch(&mut record, &layer.config, layer.clock.now());
    let store = match &layer.home {
        Home::Kept(store) => store,
        Home::Carried(seal) => {
            let ticket = carry::sealed(layer, seal, &record, Some(seen))?;
            return Ok(Some((record, Some(ticket))));
        }
    };
    let outcome = if record.created == seen.created {
        store.touch(&record).await?
    } else {
        record.version = next_version(seen)?;
        store.update(&record, seen.version).await?
    };
    Ok((outcome == Outcome::Done).then_some((record, None)))
}
