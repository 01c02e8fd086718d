//! The trace of one request: everything the layer did for it, and why. Logs, tests and pages that
//! show what happened all read this one list.

use std::fmt;

use serde::Serialize;

use crate::id::Locker;

/// The four things that every request with a session goes through, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subgoal {
    /// Find the session.
    Find,
    /// Decide who it is.
    Decide,
    /// Change the session.
    Change,
    /// Tell the browser.
    Tell,
}

/// One thing that the layer did or noticed. A secret is never in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "event")]
#[allow(missing_docs, reason = "the fields say by their names what they hold")]
#[non_exhaustive]
pub enum Event {
    /// The request brought no session ID.
    NoSessionId,
    /// The request brought two session cookies; neither counts.
    Doubled,
    /// The session cookie's value is not of our shape: another program's, left alone.
    Foreign,
    /// No session has this ID: it was ended, made up, or its secret is wrong.
    Unknown { locker: Locker },
    /// The sealed session in the cookie was changed, is not from here, is of an earlier version, or
    /// is for another engine.
    Unopened,
    /// The session is over.
    Expired { locker: Locker },
    /// The session ID was replaced a moment ago.
    Superseded { locker: Locker },
    /// The session was found.
    Found { locker: Locker, version: i64 },
    /// The session was in the cookie itself, sealed.
    Unsealed { locker: Locker, version: i64 },
    /// Nobody is logged in.
    Anonymous,
    /// This user is logged in.
    User { user: String },
    /// A key was set.
    Set { key: String },
    /// The identity key was set: somebody logged in.
    LoggedIn { user: String },
    /// A key was taken out.
    Popped { key: String },
    /// The identity key was taken out: nobody is logged in any more.
    LoggedOut { user: Option<String> },
    /// The data was emptied.
    Cleared,
    /// The end of the session was asked for.
    Flushed,
    /// A new secret was asked for.
    RotationAsked,
    /// A lifetime was set.
    ExpirySet,
    /// A key was read, changed and written back.
    Updated { key: String },
    /// The first record was stored.
    Created {
        locker: Locker,
        /// Whether its browser carries it, so that nothing is kept here.
        sealed: bool,
    },
    /// The record was changed at this try.
    Committed { version: i64, tries: u32 },
    /// The record got a new secret; the locker stays.
    Rotated { locker: Locker },
    /// The record was deleted.
    Ended {
        locker: Locker,
        /// Whether its browser carried it, so that a copy of the cookie still opens it.
        sealed: bool,
    },
    /// The session ID came back for the first time: the row is kept for its whole lifetime now.
    Returned,
    /// The record's lifetime was extended.
    Touched,
    /// The session was ended elsewhere: what this request changed is dropped.
    Vanished,
    /// The response is an error of the server: what was not yet committed is dropped.
    Dropped,
    /// Something failed; the sentence says what.
    Failed { reason: String },
    /// The cookie is sent.
    CookieSent {
        /// Its Max-Age in seconds. `None` for one that the browser forgets when it closes.
        max_age: Option<i64>,
        /// Whether the record itself is in it.
        sealed: bool,
    },
    /// The browser is told to forget the cookie.
    CookieRemoved,
}

impl Event {
    /// The subgoal that it belongs to.
    ///
    /// ```
    /// use rocket_session_layer::{Event, Subgoal};
    ///
    /// assert_eq!(Event::NoSessionId.subgoal(), Subgoal::Find);
    /// ```
    pub fn subgoal(&self) -> Subgoal {
        use Event::*;
        match self {
            NoSessionId | Doubled | Foreign | Unknown { .. } | Unopened => Subgoal::Find,
            Expired { .. } | Superseded { .. } => Subgoal::Find,
            Found { .. } | Unsealed { .. } => Subgoal::Find,
            Anonymous | User { .. } => Subgoal::Decide,
            CookieSent { .. } | CookieRemoved => Subgoal::Tell,
            _ => Subgoal::Change,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::NoSessionId => f.write_str("no session ID came"),
            Event::Doubled => f.write_str("two session IDs came: neither counts"),
            Event::Foreign => f.write_str("the cookie is another program's: left alone"),
            Event::Unknown { locker } => write!(f, "session {locker} is not known"),
            Event::Unopened => f.write_str("the sealed session does not open"),
            Event::Expired { locker } => write!(f, "session {locker} is over"),
            Event::Superseded { locker } => {
                write!(f, "the ID of session {locker} was replaced a moment ago")
            }
            Event::Found { locker, version } => {
                write!(f, "session {locker} found, version {version}")
            }
            Event::Unsealed { locker, version } => {
                write!(f, "session {locker} came in the cookie, version {version}")
            }
            Event::Anonymous => f.write_str("anonymous"),
            Event::User { user } => write!(f, "it is {user:?}"),
            Event::Set { key } => write!(f, "{key:?} set"),
            Event::LoggedIn { user } => write!(f, "{user:?} logged in"),
            Event::Popped { key } => write!(f, "{key:?} popped"),
            Event::LoggedOut { user: Some(user) } => write!(f, "{user:?} logged out"),
            Event::LoggedOut { user: None } => f.write_str("logged out"),
            Event::Cleared => f.write_str("cleared"),
            Event::Flushed => f.write_str("flushed"),
            Event::RotationAsked => f.write_str("new session ID asked for"),
            Event::ExpirySet => f.write_str("lifetime set"),
            Event::Updated { key } => write!(f, "{key:?} updated"),
            Event::Created { locker, .. } => write!(f, "session {locker} created"),
            Event::Committed { version, tries: 1 } => {
                write!(f, "committed as version {version} at the first try")
            }
            Event::Committed { version, tries } => {
                write!(f, "committed as version {version} at try {tries}")
            }
            Event::Rotated { locker } => write!(f, "new lock, same locker {locker}"),
            Event::Ended { locker, .. } => write!(f, "session {locker} ended"),
            Event::Returned => f.write_str("its ID came back: the session is kept"),
            Event::Touched => f.write_str("lifetime extended"),
            Event::Vanished => f.write_str("the session was ended elsewhere: change dropped"),
            Event::Dropped => f.write_str("the server failed: change dropped"),
            Event::Failed { reason } => f.write_str(reason),
            Event::CookieSent {
                max_age: Some(seconds),
                ..
            } => {
                write!(f, "cookie sent for {seconds} s")
            }
            Event::CookieSent { max_age: None, .. } => {
                f.write_str("cookie sent until the browser closes")
            }
            Event::CookieRemoved => f.write_str("cookie removed"),
        }
    }
}

/// The events of one request, in the order in which they happened. Empty if no view asked for the
/// session.
pub type Trace = Vec<Event>;
