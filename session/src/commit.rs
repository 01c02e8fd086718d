//! Change the session: apply a request's operations to the record as it is now.

use crate::begin;
use crate::carried;
use crate::change::{Intent, applied, ended, is_over, next_version, vanished};
use crate::cookie::Ticket;
use crate::error::{Error, StoreError};
use crate::id::SessionId;
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::record::{Contents, Record};
use crate::state::{Committed, CookieDue, Lookup};
use crate::store::{Outcome, Store};
use crate::target;
use crate::trace::Event;

/// The number of times a change is applied when other processes are always faster.
const MOST_TRIES: u32 = 20;

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
            // The session would be left to somebody who was to be shut out of it.
            Err(Error::Changed) if intent.alone => return Err(Error::Changed),
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
        Home::Carried(seal) => return carried::change(layer, seal, seen, intent, change),
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
                    log::info!(
                        target: target::EVENT,
                        "session: {locker} was ended elsewhere, a late change is dropped"
                    );
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
    // A login begins the lifetime anew, also where it does not rotate.
    let new_cookie = ticket.is_some() || new_lifetime || logged_out || intent.login.is_some();
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
