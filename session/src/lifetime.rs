//! The end of a session: one answer for the record and for the cookie.
//!
//! A use moves the end of a session, and to write that down costs a store access and a cookie. So
//! both are rationed, the cookie more than the row:
//!
//! - The row is written when five minutes (of short limits: a twentieth) have passed since the last
//!   recorded use.
//! - The browser is told when a new twentieth of the idle limit has begun, counted from the
//!   session's beginning: of two weeks, every 17 hours. Its cookie may then end a twentieth too
//!   early, never too late; and fewer cookies mean fewer that arrive late and overwrite a newer
//!   one.

use serde::Serialize;

use crate::clock::Timestamp;
use crate::config::Config;
use crate::record::{Expiry, Record};

/// The longest life of a user's new session whose session ID has not come back yet, in seconds: an
/// answer that was lost would otherwise leave a row that no request will ever ask for again.
const UNTIL_FIRST_RETURN: i64 = 24 * 60 * 60;

/// The same for a stranger's session, in seconds. Robots never send the ID back, and the session is
/// worth less than that of a user who has typed a password.
pub(crate) const UNTIL_A_STRANGER_RETURNS: i64 = 60 * 60;

/// The longest that a use may stay unrecorded, in seconds: fine enough to tell users that one of
/// their sessions was used in the last minutes.
const COARSEST_TOUCH: i64 = 5 * 60;

/// The idle limit is divided into this many parts; when a new one begins, the browser is told.
const PARTS: i64 = 20;

/// The moments in a stored session's life, as this request leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Lifetime {
    /// The moment of the request, by the server's clock like the others.
    pub now: Timestamp,
    /// The beginning of the session, or its last login.
    pub begun: Timestamp,
    /// Its last use before this one, to five minutes.
    pub touched: Timestamp,
    /// Its end, if it is not used again.
    pub ends: Timestamp,
    /// Its end, however often it is used.
    pub latest: Timestamp,
    /// The moment until which the browser keeps the cookie at least. `None` if it is to forget it
    /// as soon as it is closed.
    pub cookie: Option<Timestamp>,
}

impl Lifetime {
    /// The lifetime of this record, with the expiry that a request has set or left as it is, and as
    /// its login will begin it anew.
    pub(crate) fn of(
        record: &Record,
        expiry: Option<Expiry>,
        logs_in: bool,
        config: &Config,
        now: Timestamp,
    ) -> Self {
        // The row as it will be when the response is ready.
        let mut used = record.clone();
        used.contents.expiry = expiry;
        if logs_in {
            used.created = now;
        }
        if logs_in || expiry != record.contents.expiry || touch_due(record, config, now) {
            touch(&mut used, config, now);
        }
        // The browser was told in the twentieth of the last recorded use, at its beginning or
        // later.
        let part = part(&used, config, used.touched);
        let told = (used.created).saturating_add(part.saturating_mul(step(&used, config)));
        Lifetime {
            now,
            begun: used.created,
            touched: record.touched,
            ends: end(&used, config, used.touched),
            latest: absolute_end(&used, config),
            cookie: max_age(&used, config, told).map(|kept| told.saturating_add(kept)),
        }
    }
}

/// The policy in force: the session's own, or the configured one.
fn policy(record: &Record, config: &Config) -> Expiry {
    match record.contents.expiry {
        Some(Expiry::Default) | None if config.expire_at_browser_close => Expiry::BrowserClose,
        Some(expiry) => expiry,
        None => Expiry::Default,
    }
}

/// Seconds without use after which the session ends. `None` if use does not count.
fn idle_limit(record: &Record, config: &Config) -> Option<i64> {
    let seconds = |time: std::time::Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    match policy(record, config) {
        Expiry::Default | Expiry::BrowserClose => Some(config.idle_seconds()),
        Expiry::After(idle) | Expiry::Limits { idle, .. } => Some(seconds(idle)),
        Expiry::At(_) => None,
    }
}

/// The end of a session, however much it is used.
pub(crate) fn absolute_end(record: &Record, config: &Config) -> Timestamp {
    let limit = match record.contents.expiry {
        Some(Expiry::Limits { absolute, .. }) => {
            i64::try_from(absolute.as_secs()).unwrap_or(i64::MAX)
        }
        _ => config.absolute_seconds(),
    };
    record.created.saturating_add(limit)
}

/// The end of a session that is used now, and from now on left alone.
fn end(record: &Record, config: &Config, now: Timestamp) -> Timestamp {
    let end = match (policy(record, config), idle_limit(record, config)) {
        (Expiry::At(end), _) => end,
        (_, idle) => now.saturating_add(idle.unwrap_or(0)),
    };
    end.min(absolute_end(record, config))
}

/// True if the session is over, by its own account or by the limits of today's configuration.
pub(crate) fn is_over(record: &Record, config: &Config, now: Timestamp) -> bool {
    now >= record.expires.min(end(record, config, record.touched))
}

/// True if its session ID comes back for the first time: until then the row ends early.
pub(crate) fn is_first_return(record: &Record, config: &Config) -> bool {
    record.expires < end(record, config, record.touched)
}

/// True if this use is to be written into the row.
pub(crate) fn touch_due(record: &Record, config: &Config, now: Timestamp) -> bool {
    let due = now.saturating_sub(record.touched) >= step(record, config).min(COARSEST_TOUCH);
    // A session that began later than now began when a clock was wrong: it is put right once.
    due || is_first_return(record, config) || record.created > now
}

/// True if the browser is to be told of this use. Never of a session that it forgets when it
/// closes, since that cookie names no end.
pub(crate) fn cookie_due(record: &Record, config: &Config, now: Timestamp) -> bool {
    let names_an_end = policy(record, config) != Expiry::BrowserClose;
    names_an_end && new_part_begun(record, config, now)
}

/// True if a new twentieth of the idle limit has begun since the last recorded use.
pub(crate) fn new_part_begun(record: &Record, config: &Config, now: Timestamp) -> bool {
    record.created > now || part(record, config, now) > part(record, config, record.touched)
}

/// The number of the twentieth in which this moment lies, counted from the session's beginning.
fn part(record: &Record, config: &Config, moment: Timestamp) -> i64 {
    moment.saturating_sub(record.created) / step(record, config)
}

/// A twentieth of the idle limit, in seconds. Without such a limit no twentieth ever ends.
fn step(record: &Record, config: &Config) -> i64 {
    idle_limit(record, config).map_or(i64::MAX, |idle| (idle / PARTS).max(1))
}

/// Records that the session is used now. One from the future begins now: by its own account it
/// would live until that future is over.
pub(crate) fn touch(record: &mut Record, config: &Config, now: Timestamp) {
    record.created = record.created.min(now);
    record.touched = now;
    record.expires = end(record, config, now);
}

/// Sets the end of a session whose ID no browser has brought yet.
pub(crate) fn begin(record: &mut Record, config: &Config) {
    let until = if config.is_strangers(&record.contents) {
        UNTIL_A_STRANGER_RETURNS
    } else {
        UNTIL_FIRST_RETURN
    };
    let waits = record.touched.saturating_add(until);
    record.expires = end(record, config, record.touched).min(waits);
}

/// Sets the end of a session that a login leaves behind now. Its browser may never have got its
/// cookie, so it lives no longer than one whose ID has never come back.
pub(crate) fn leave(record: &mut Record, now: Timestamp) {
    record.expires = (record.expires).min(now.saturating_add(UNTIL_FIRST_RETURN));
}

/// Sets the end of a session whose lifetime was changed without a use, by a job for example. One
/// whose ID has never come back still waits for that.
pub(crate) fn change(record: &mut Record, before: &Record, config: &Config) {
    if is_first_return(before, config) {
        begin(record, config);
    } else {
        record.expires = end(record, config, record.touched);
    }
}

/// The cookie's Max-Age in seconds: until the moment at which the record ends. `None` for a cookie
/// that the browser is to forget when it closes.
pub(crate) fn max_age(record: &Record, config: &Config, now: Timestamp) -> Option<i64> {
    match policy(record, config) {
        Expiry::BrowserClose => None,
        _ => Some(end(record, config, now).saturating_sub(now).max(0)),
    }
}
