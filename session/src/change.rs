//! Change the session: the contents after a change, or the reason against it.

use crate::config::Config;
use crate::error::{Error, StoreError};
use crate::layer::Layer;
use crate::lifetime;
use crate::operation::Operations;
use crate::record::{Contents, Record};
use crate::state::{Committed, CookieDue, Lookup};
use crate::target;
use crate::trace::Event;

/// The things a request wants with its session as a whole, beside the change of its contents.
#[derive(Clone, Copy)]
pub(crate) struct Intent<'o> {
    /// End it; a key that is set afterwards belongs to a new one.
    pub(crate) end: bool,
    /// Give it a new secret.
    pub(crate) rotate: bool,
    /// Nobody but this request's browser is to have the session after it.
    pub(crate) alone: bool,
    /// Log in this user.
    pub(crate) login: Option<&'o str>,
    /// Store something that was not there.
    pub(crate) adds: bool,
    /// The browser brought the session ID, so that this counts as a use.
    pub(crate) used: bool,
    /// The view gets to see the stored data (`update`), and does not write without looking.
    pub(crate) shows: bool,
}

impl<'o> Intent<'o> {
    pub(crate) fn of(operations: &'o Operations, config: &Config, used: bool, shows: bool) -> Self {
        Intent {
            end: operations.ends_session(),
            rotate: operations.rotates(config.rotate_at_login),
            alone: operations.shuts_out(),
            login: operations.login(),
            adds: operations.adds() || shows,
            used,
            shows,
        }
    }
}

/// The contents after a change of `base`, the newest record there is, for a request that has seen
/// `seen`.
///
/// # Errors
///
/// Those of `change`; [`Error::Changed`] if the data is another user's now; or if the lock was
/// changed, and the request would see or replace what is behind it, or shut out others, or not as
/// the one who it was when it saw the session; [`Error::TooLarge`].
pub(crate) fn applied(
    layer: &Layer,
    base: &Record,
    seen: &Record,
    intent: Intent<'_>,
    change: &mut impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Contents, Error> {
    let (now, then) = (&base.contents, &seen.contents);
    let new_lock = base.secret_hash != seen.secret_hash;
    // The lock may have been changed for another person. A login behind it would let an attacker in
    // who knows the old ID and logs in at that moment. And the owner of its new ID can't be shut out:
    // that may be this browser.
    let asks = intent.shows || intent.login.is_some() || intent.alone;
    let shut_out = now.user != then.user || asks;
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

/// The version after this one. Only a damaged row counts so far that there is none.
pub(crate) fn next_version(record: &Record) -> Result<i64, StoreError> {
    record.version.checked_add(1).ok_or_else(|| {
        let locker = record.locker;
        log::warn!(
            target: target::STORE,
            "session: {locker} can't be changed: its version is the last there is"
        );
        StoreError::Corrupt(locker)
    })
}

pub(crate) fn ended(record: &Record, sealed: bool, no_cookie: bool) -> Committed {
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
pub(crate) fn vanished(intent: Intent<'_>) -> Result<Option<Committed>, Error> {
    if intent.adds {
        return Err(Error::Ended);
    }
    Ok(Some(Committed {
        lookup: Lookup::Vanished,
        cookie: Some(CookieDue::Nothing),
        events: vec![Event::Vanished],
    }))
}

pub(crate) fn is_over(layer: &Layer, seen: &Record) -> bool {
    lifetime::is_over(seen, &layer.config, layer.now())
}
