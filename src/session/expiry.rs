//! How long a session lives: one value for the record and for the cookie.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clock::Timestamp;
use super::config::Config;
use super::record::Record;

/// How long a session lives, as a view says it with `set_expiry` (Django's `set_expiry`).
///
/// The absolute limit of the configuration holds besides, whatever is said here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// As the configuration says.
    Default,
    /// The browser forgets the cookie when it is closed. The server can't see that, and some
    /// browsers bring the cookie back with their windows: its own idle limit still counts.
    BrowserClose,
    /// When it was not used for so long.
    After(Duration),
    /// At this moment, used or not.
    At(Timestamp),
}

/// A new session lives one day at most until its session ID has come back once: robots never send
/// it back, and would otherwise leave rows that nobody will ever ask for again.
const UNTIL_FIRST_RETURN: i64 = 24 * 60 * 60;

/// The longest that a use may stay unrecorded, in seconds: fine enough to tell a user that one of
/// their sessions was used three minutes ago.
const COARSEST_TOUCH: i64 = 60;

impl Expiry {
    fn of(record: &Record, config: &Config) -> Self {
        match record.contents.expiry {
            Some(Expiry::Default) | None if config.expire_at_browser_close => Expiry::BrowserClose,
            Some(expiry) => expiry,
            None => Expiry::Default,
        }
    }

    /// Seconds without use after which the session ends; none where use does not count.
    fn idle_limit(self, config: &Config) -> Option<i64> {
        match self {
            Expiry::Default | Expiry::BrowserClose => Some(config.idle_seconds()),
            Expiry::After(idle) => Some(i64::try_from(idle.as_secs()).unwrap_or(i64::MAX)),
            Expiry::At(_) => None,
        }
    }
}

/// The end of a session that is used now, and from now on left alone.
pub(super) fn end(record: &Record, config: &Config, now: Timestamp) -> Timestamp {
    let expiry = Expiry::of(record, config);
    let end = match (expiry, expiry.idle_limit(config)) {
        (Expiry::At(end), _) => end,
        (_, idle) => now.saturating_add(idle.unwrap_or(0)),
    };
    end.min(absolute_end(record, config))
}

/// When the session ends however much it is used.
pub(super) fn absolute_end(record: &Record, config: &Config) -> Timestamp {
    record.created.saturating_add(config.absolute_seconds())
}

/// Whether the session is over.
pub(super) fn is_over(record: &Record, config: &Config, now: Timestamp) -> bool {
    now >= record.expires.min(absolute_end(record, config))
}

/// Whether this use is to be recorded: a twentieth of the idle limit, at most a minute, has
/// passed since the last one that was. So reading rarely costs a write. And once where the session
/// began later than now, because the clock was wrong then or is now.
pub(super) fn touch_due(record: &Record, config: &Config, now: Timestamp) -> bool {
    let idle = Expiry::of(record, config).idle_limit(config);
    let step = idle.map_or(COARSEST_TOUCH, |idle| (idle / 20).min(COARSEST_TOUCH));
    // The first return makes the whole lifetime of the one day, however soon it comes.
    let first_return = record.expires < end(record, config, record.touched);
    let due = now.saturating_sub(record.touched) >= step.max(1);
    first_return || due || record.created > now
}

/// Records that the session is used now. One from the future begins now: by its own account it
/// would live until that future is over.
pub(super) fn touch(record: &mut Record, config: &Config, now: Timestamp) {
    record.created = record.created.min(now);
    record.touched = now;
    record.expires = end(record, config, now);
}

/// Sets the end of a session that begins now.
pub(super) fn begin(record: &mut Record, config: &Config, now: Timestamp) {
    touch(record, config, now);
    record.expires = record.expires.min(now.saturating_add(UNTIL_FIRST_RETURN));
}

/// The cookie's Max-Age in seconds: until the same moment at which the record ends; none for a
/// cookie that the browser is to forget when it closes.
pub(super) fn max_age(record: &Record, config: &Config, now: Timestamp) -> Option<i64> {
    match Expiry::of(record, config) {
        Expiry::BrowserClose => None,
        _ => Some(end(record, config, now).saturating_sub(now).max(0)),
    }
}
