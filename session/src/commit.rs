//! Change the session: apply a request's operations to the record as it is now.

use crate::begin;
use crate::carry;
use crate::cookie::Ticket;
use crate::error::{Error, StoreError};
use crate::id::SessionId;
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::pending::{Committed, CookieDue, Lookup, Operations};
use crate::record::{Contents, Record};
use crate::seal::Seal;
use crate::store::{Outcome, Store};
use crate::trace::Event;

/// The number of times a change is applied when other processes are always faster.
const MOST_TRIES: u32 = 20;

/// The things a request wants with its session as a whole, beside the change of its contents.
#[derive(Clone, Copy)]
pub(crate) struct Intent<'o> {
    /// End it; a key that is set afterwards belongs to a new one.
    end: bool,
    /// Give it a new secret.
    rotate: bool,
    /// Log in this user.
    login: Option<&'o str>,
    /// Store something that was not there.
    adds: bool,
    /// The browser brought the session ID, so that this counts as a use.
    used: bool,
    /// The view gets to see the stored data (`update`), and does not write without looking.
    shows: bool,
}

impl<'o> Intent<'o> {
    pub(crate) fn of(operations: &'o Operations, used: bool, shows: bool) -> Self {
        Intent {
            end: operations.ends_session(),
            rotate: operations.rotates(),
            login: operations.login(),
            adds: operations.adds() || shows,
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
/// **A login never ends without a session and its cookie:** the request says itself who it is. If
/// its session ID was replaced while it ran, or its session ended, it begins a session of its own.
/// So a double click on *Log in*, a *Stop* while it runs and a lost answer lock no user out. To
/// rotate the same session once more would not do: the other answer's cookie would be dead, and it
/// is chance which of the two the browser keeps. A visitor who knows an old session ID and logs in
/// as another user gets nothing of the session that it once opened.
///
/// # Errors
///
/// Those of `change`; the store's; and for a request that does not log in, [`Error::Changed`] if
/// another user has logged in, [`Error::Superseded`] and [`Error::Ended`].
pub(crate) async fn commit(
    layer: &Layer,
    found: &Lookup,
    intent: Intent<'_>,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Option<Committed>, Error> {
    let logs_in = intent.login.is_some();
    let left = match found {
        Lookup::Known(seen, _) => match change_known(layer, seen, intent, &mut change).await {
            Err(Error::Changed | Error::Ended) if logs_in => Some(seen.locker),
            // It is left for a repair.
            Err(Error::Store(StoreError::Corrupt(_))) if logs_in => None,
            changed => return changed,
        },
        Lookup::Superseded(locker) if logs_in => Some(*locker),
        Lookup::Superseded(_) => return Err(Error::Superseded),
        Lookup::Vanished if !logs_in => return vanished(intent),
        Lookup::Refused(earlier) => *earlier,
        Lookup::Nothing | Lookup::Vanished | Lookup::Failed(_) => None,
    };
    let mut contents = match (left, intent.login) {
        (Some(left), Some(user)) => begin::leave(layer, left, user).await?,
        _ => Contents::default(),
    };
    let left = contents.size();
    change(&mut contents)?;
    begin::create(layer, contents, left).await
}

/// Changes a session that was found.
///
/// # Errors
///
/// As of [`commit`], for a login as well.
async fn change_known(
    layer: &Layer,
    seen: &Record,
    intent: Intent<'_>,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Option<Committed>, Error> {
    let store = match &layer.home {
        Home::Kept(store) => &**store,
        // There is no newer copy than this request's, so there is nothing to queue for.
        Home::Carried(seal) => return change_carried(layer, seal, seen, intent, change),
    };
    let (_turn, waited) = layer.turn(seen.locker).await;
    for tries in 1..=MOST_TRIES {
        // Without a queue the record that the request has read is most likely still the newest. One
        // that has ended since is as good as deleted, unless another request has used it.
        let newer;
        let base = if tries == 1 && !waited && !is_over(layer, seen) {
            seen
        } else {
            newer = layer.load_live(store, seen.locker).await?;
            match &newer {
                Some(newer) => newer,
                None => {
                    let locker = seen.locker;
                    log::info!("session: {locker} was ended elsewhere, a late change is dropped");
                    return vanished(intent);
                }
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
    intent: Intent<'_>,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Option<Committed>, Error> {
    if is_over(layer, seen) {
        return vanished(intent);
    }
    let contents = applied(layer, seen, seen, intent, &mut change)?;
    if intent.end && contents.data.is_empty() {
        return Ok(Some(ended(seen, true, false)));
    }
    if intent.end {
        let (record, ticket) = begin::first_record(layer, contents)?;
        return Ok(Some(begin::created(record, ticket, Some(seen))));
    }
    let version = next_version(seen)?;
    let mut record = Record {
        version,
        contents,
        ..*seen
    };
    if intent.login.is_some() {
        record.created = layer.now();
    }
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
/// Those of `change`; [`Error::Changed`] if the data is another user's now; or if the lock was
/// changed, and the request would see or replace what is behind it, or not as the one who it was
/// when it saw the session; [`Error::TooLarge`].
fn applied(
    layer: &Layer,
    base: &Record,
    seen: &Record,
    intent: Intent<'_>,
    change: &mut impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Contents, Error> {
    let (now, then) = (&base.contents, &seen.contents);
    let new_lock = base.secret_hash != seen.secret_hash;
    // The lock may have been changed for another person. A login behind it would let an attacker in
    // who knows the old ID and logs in at that moment.
    let shut_out = now.user != then.user || intent.shows || intent.login.is_some();
    if now.last_user != then.last_user || (new_lock && shut_out) {
        return Err(Error::Changed);
    }
    let mut contents = base.contents.clone();
    change(&mut contents)?;
    // A session that begins anew needs a cookie, which can't be sent from here.
    if new_lock && intent.end && !contents.data.is_empty() {
        return Err(Error::Changed);
    }
    // Data that was stored under a larger limit may still shrink: a logout must not fail for it.
    if contents.size() > base.contents.size() {
        layer.check_size(&contents)?;
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
    intent: Intent<'_>,
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
    // A login begins the absolute limit anew (NIST SP 800-63B-4 §5.2): the time that a stranger has
    // spent here before is not part of the user's.
    if intent.login.is_some() {
        record.created = now;
    }
    if intent.rotate && !no_cookie {
        let id = SessionId::with_new_secret(locker)?;
        record.previous_hash = Some(base.secret_hash);
        record.secret_hash = id.secret_hash();
        record.rotated = now;
        ticket = Some(Ticket::Id(id));
        events.push(Event::Rotated { locker });
    }
    let new_lifetime = record.contents.expiry != base.contents.expiry;
    // The same ID once more: Chromium shows a page on Back that it has kept, `no-store` or not,
    // unless a cookie was set since. That page still greets the user who has logged out.
    let logged_out = base.contents.user.is_some() && record.contents.user.is_none();
    let new_cookie = ticket.is_some() || new_lifetime || logged_out;
    if intent.used && (new_cookie || lifetime::touch_due(&record, config, now)) {
        lifetime::touch(&mut record, config, now);
    } else if !intent.used && (new_lifetime || intent.login.is_some()) {
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
pub(crate) fn next_version(record: &Record) -> Result<i64, StoreError> {
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
        let (record, ticket) = begin::first_record(layer, successor)?;
        let outcome = store.replace(locker, version, &record).await?;
        (outcome, begin::created(record, ticket, Some(base)))
    };
    Ok((outcome == Outcome::Done).then_some(committed))
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
///
/// # Errors
///
/// [`Error::Ended`] if something was to be added: its visitor would believe it stored.
fn vanished(intent: Intent<'_>) -> Result<Option<Committed>, Error> {
    if intent.adds {
        return Err(Error::Ended);
    }
    Ok(Some(Committed {
        lookup: Lookup::Vanished,
        cookie: Some(CookieDue::Nothing),
        events: vec![Event::Vanished],
    }))
}

fn is_over(layer: &Layer, seen: &Record) -> bool {
    lifetime::is_over(seen, &layer.config, layer.now())
}
