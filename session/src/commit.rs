//! Change the session: apply a request's operations to the record as it is now.

use crate::carry;
use crate::cookie::Ticket;
use crate::error::{Error, StoreError};
use crate::id::SessionId;
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::pending::{Committed, CookieDue, Lookup, Operations};
use crate::record::{Contents, Record};
use crate::seal::Seal;
use crate::store::{Outcome, Store, unless_slow};
use crate::trace::Event;

/// The number of times a change is applied when other processes are always faster.
const MOST_TRIES: u32 = 20;

/// The things a request wants with its session as a whole, beside the change of its contents.
#[derive(Clone, Copy)]
pub(crate) struct Intent {
    /// End it; a key that is set afterwards belongs to a new one.
    pub(crate) end: bool,
    /// Give it a new secret.
    pub(crate) rotate: bool,
    /// The browser brought the session ID, so that this counts as a use.
    pub(crate) used: bool,
    /// The view gets to see the stored data (`update`), and does not write without looking.
    pub(crate) shows: bool,
}

impl Intent {
    pub(crate) fn of(operations: &Operations, used: bool, shows: bool) -> Self {
        Intent {
            end: operations.ends_session(),
            rotate: operations.rotates(),
            used,
            shows,
        }
    }
}

/// Commits a change; for a visitor without a session, by storing a first record. `None` if there is
/// nothing to store and nothing to end.
///
/// `change` is applied to the contents that are stored at that moment, and again to newer ones
/// if another request was faster.
///
/// # Errors
///
/// Those of `change`; the store's; [`Error::Changed`] if another user has logged in.
pub(crate) async fn commit(
    layer: &Layer,
    seen: Option<&Record>,
    intent: Intent,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Option<Committed>, Error> {
    let Some(seen) = seen else {
        let mut contents = Contents::default();
        change(&mut contents)?;
        return create(layer, contents).await;
    };
    let store = match &layer.home {
        Home::Kept(store) => &**store,
        // There is no newer copy than this request's, so there is nothing to queue for.
        Home::Carried(seal) => return change_carried(layer, seal, seen, intent, change),
    };
    let (_turn, waited) = layer.turn(seen.locker).await;
    for tries in 1..=MOST_TRIES {
        // Without a queue the record that the request has read is most likely still the newest.
        let newer;
        let base = if tries == 1 && !waited {
            seen
        } else {
            newer = layer.load_live(store, seen.locker).await?;
            match &newer {
                Some(newer) => newer,
                None => return Ok(Some(vanished(seen))),
            }
        };
        let contents = applied(layer, base, seen, intent, &mut change)?;
        let no_cookie = base.secret_hash != seen.secret_hash;
        let committed = if intent.end {
            end(layer, store, base, contents, no_cookie).await?
        } else {
            update(layer, store, base, contents, intent, no_cookie, tries).await?
        };
        if committed.is_some() {
            return Ok(committed);
        }
    }
    Err(Error::Busy)
}

/// Changes the record that the request brought. It is sealed at its newest, and nothing can rotate:
/// the copy that an attacker has opens itself.
fn change_carried(
    layer: &Layer,
    seal: &Seal,
    seen: &Record,
    intent: Intent,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Option<Committed>, Error> {
    let contents = applied(layer, seen, seen, intent, &mut change)?;
    if intent.end && contents.data.is_empty() {
        return Ok(Some(ended(seen, true, false)));
    }
    if intent.end {
        let (record, ticket) = first_record(layer, contents)?;
        return Ok(Some(created(record, ticket, Some(seen))));
    }
    let version = next_version(seen)?;
    let mut record = Record {
        version,
        contents,
        ..*seen
    };
    lifetime::touch(&mut record, &layer.config, layer.now());
    let ticket = carry::sealed(layer, seal, &record, Some(seen))?;
    Ok(Some(Committed {
        lookup: Lookup::Known(record, Some(ticket)),
        cookie: Some(CookieDue::Send),
        events: vec![Event::Committed { version, tries: 1 }],
    }))
}

/// The contents after a change of `base`, the newest record there is, for a request that has seen
/// `seen`.
///
/// # Errors
///
/// Those of `change`; [`Error::Changed`] if another user has logged in, or if the request
/// would see or replace data behind a lock that was changed; [`Error::TooLarge`].
fn applied(
    layer: &Layer,
    base: &Record,
    seen: &Record,
    intent: Intent,
    change: &mut impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Contents, Error> {
    let new_lock = base.secret_hash != seen.secret_hash;
    let other_owner = base.contents.last_user != seen.contents.last_user;
    if other_owner || (new_lock && intent.shows) {
        return Err(Error::Changed);
    }
    let mut contents = base.contents.clone();
    change(&mut contents)?;
    // The lock may have been changed for another person. A login behind it would let an attacker in
    // who knows the old ID and logs in at that moment; and a session that begins anew needs a
    // cookie, which can't be sent from here.
    let logs_in = contents.user.is_some() && contents.user != base.contents.user;
    let begins_anew = intent.end && !contents.data.is_empty();
    if new_lock && (logs_in || begins_anew) {
        return Err(Error::Changed);
    }
    // Data that was stored under a larger limit may still shrink: a logout must not fail for it.
    if contents.data.size() > base.contents.data.size() {
        check_size(layer, &contents)?;
    }
    Ok(contents)
}

/// Stores the changed record. `None` if it has changed elsewhere. `no_cookie`: another response
/// carries the session ID that the browser has now, and a cookie from here would lock it out.
async fn update(
    layer: &Layer,
    store: &dyn Store,
    base: &Record,
    contents: Contents,
    intent: Intent,
    no_cookie: bool,
    tries: u32,
) -> Result<Option<Committed>, Error> {
    let (config, now) = (&layer.config, layer.now());
    let (locker, version) = (base.locker, next_version(base)?);
    let mut record = Record {
        version,
        contents,
        ..*base
    };
    let mut events = vec![Event::Committed { version, tries }];
    let mut ticket = None;
    if intent.rotate && !no_cookie {
        let id = SessionId::with_new_secret(locker)?;
        record.previous_hash = Some(base.secret_hash);
        record.secret_hash = id.secret_hash();
        record.rotated = now;
        ticket = Some(Ticket::Id(id));
        events.push(Event::Rotated { locker });
    }
    let new_lifetime = record.contents.expiry != base.contents.expiry;
    let new_cookie = ticket.is_some() || new_lifetime;
    if intent.used && (new_cookie || lifetime::touch_due(&record, config, now)) {
        lifetime::touch(&mut record, config, now);
    } else if !intent.used && new_lifetime {
        lifetime::change(&mut record, base, config);
    }
    if store.update(&record, base.version).await? == Outcome::Conflict {
        return Ok(None);
    }
    let due = new_cookie || lifetime::cookie_due(base, config, now);
    Ok(Some(Committed {
        lookup: Lookup::Known(record, ticket),
        cookie: if no_cookie {
            Some(CookieDue::Nothing)
        } else {
            due.then_some(CookieDue::Send)
        },
        events,
    }))
}

/// The version after this one. Only a damaged row counts so far that there is none.
fn next_version(record: &Record) -> Result<i64, StoreError> {
    record.version.checked_add(1).ok_or_else(|| {
        let locker = record.locker;
        log::warn!("session: {locker} can't be changed: its version is the last there is");
        StoreError::Corrupt(locker)
    })
}

/// Deletes the record and, if a key was set since, stores a new one in the same transaction. `None`
/// if the record has changed elsewhere.
async fn end(
    layer: &Layer,
    store: &dyn Store,
    base: &Record,
    successor: Contents,
    no_cookie: bool,
) -> Result<Option<Committed>, Error> {
    let (locker, version) = (base.locker, base.version);
    let (outcome, committed) = if successor.data.is_empty() {
        let outcome = store.delete(locker, Some(version)).await?;
        (outcome, ended(base, false, no_cookie))
    } else {
        let (record, ticket) = first_record(layer, successor)?;
        let outcome = store.replace(locker, version, &record).await?;
        (outcome, created(record, ticket, Some(base)))
    };
    Ok((outcome == Outcome::Done).then_some(committed))
}

async fn create(layer: &Layer, contents: Contents) -> Result<Option<Committed>, Error> {
    if contents.data.is_empty() {
        return Ok(None);
    }
    check_size(layer, &contents)?;
    let (record, ticket) = first_record(layer, contents)?;
    if let Home::Kept(store) = &layer.home
        && store.create(&record).await? == Outcome::Conflict
    {
        return Err(Error::Busy);
    }
    Ok(Some(created(record, ticket, None)))
}

/// The first record of a new session, and the ticket that opens it.
fn first_record(layer: &Layer, contents: Contents) -> Result<(Record, Ticket), Error> {
    let id = SessionId::random()?;
    let now = layer.now();
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
    match &layer.home {
        Home::Kept(_) => {
            lifetime::begin(&mut record, &layer.config);
            Ok((record, Ticket::Id(id)))
        }
        Home::Carried(seal) => {
            let ticket = carry::first(layer, seal, &mut record)?;
            Ok((record, ticket))
        }
    }
}

/// A new session, in place of the one that ended, if there was one.
fn created(record: Record, ticket: Ticket, ended: Option<&Record>) -> Committed {
    let (locker, sealed) = (record.locker, ticket.is_sealed());
    let end = ended.map(|ended| Event::Ended {
        locker: ended.locker,
        sealed,
    });
    let begin = Event::Created { locker, sealed };
    Committed {
        lookup: Lookup::Known(record, Some(ticket)),
        cookie: Some(CookieDue::Send),
        events: end.into_iter().chain([begin]).collect(),
    }
}

fn ended(record: &Record, sealed: bool, no_cookie: bool) -> Committed {
    let locker = record.locker;
    Committed {
        lookup: Lookup::Nothing,
        cookie: Some(if no_cookie {
            CookieDue::Nothing
        } else {
            CookieDue::Remove
        }),
        events: vec![Event::Ended { locker, sealed }],
    }
}

/// The record was deleted elsewhere. It stays deleted, and the browser may have a newer cookie.
fn vanished(seen: &Record) -> Committed {
    let locker = seen.locker;
    log::info!("session: {locker} was ended elsewhere, a late change is dropped");
    Committed {
        lookup: Lookup::Vanished,
        cookie: Some(CookieDue::Nothing),
        events: vec![Event::Vanished],
    }
}

fn check_size(layer: &Layer, contents: &Contents) -> Result<(), Error> {
    let limit = layer.max_size();
    if contents.data.size() > limit {
        return Err(Error::TooLarge { limit });
    }
    Ok(())
}

/// True if a request that only reads is to record that.
pub(crate) fn touch_due(layer: &Layer, seen: &Record) -> bool {
    let (config, now) = (&layer.config, layer.now());
    match &layer.home {
        Home::Kept(_) => lifetime::touch_due(seen, config, now),
        // A use that is not in the cookie is recorded nowhere.
        Home::Carried(_) => lifetime::new_part_begun(seen, config, now),
    }
}

/// Records that a session was only read. `None` if it has changed since: that change has also
/// recorded the use.
pub(crate) async fn touch(layer: &Layer, seen: &Record) -> Result<Option<Committed>, Error> {
    let (config, now) = (&layer.config, layer.now());
    let mut record = seen.clone();
    lifetime::touch(&mut record, config, now);
    let (mut ticket, mut event) = (None, Event::Touched);
    let outcome = match &layer.home {
        Home::Carried(seal) => {
            ticket = Some(carry::sealed(layer, seal, &record, Some(seen))?);
            Outcome::Done
        }
        Home::Kept(store) if record.created == seen.created => {
            if lifetime::is_first_return(seen, config) {
                event = Event::Returned;
            }
            unless_slow(store.touch(&record)).await?
        }
        Home::Kept(store) => {
            record.version = next_version(seen)?;
            unless_slow(store.update(&record, seen.version)).await?
        }
    };
    let due = ticket.is_some() || lifetime::cookie_due(seen, config, now);
    let committed = Committed {
        lookup: Lookup::Known(record, ticket),
        cookie: due.then_some(CookieDue::Send),
        events: vec![event],
    };
    Ok((outcome == Outcome::Done).then_some(committed))
}
