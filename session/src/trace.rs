//! The trace of one request: everything the layer did for it, and why. Logs, tests and pages that
//! show what happened all read this one list.

use serde::{Deserialize, Serialize};

use crate::id::Locker;

/// The four things that every request with a session goes through, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// The request brought cookies, but Rocket could not read the header and dropped all of them.
    CookiesDropped,
    /// The request brought two session cookies that open, or more than are tried; none counts.
    Doubled,
    /// The session cookie's value is not of our shape: another program's, left alone.
    Foreign,
    /// No session has this ID: it was ended, made up, or its secret is wrong.
    Unknown { locker: Locker },
    /// The record in this locker can't be read: damaged, or of another version. It opens nothing.
    Unreadable { locker: Locker },
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
    /// No user is logged in.
    Anonymous,
    /// This user is logged in.
    User { user: String },
    /// A key was set.
    Set { key: String },
    /// The identity key was set: this user logged in.
    LoggedIn { user: String },
    /// A key was taken out.
    Popped { key: String },
    /// The identity key was taken out: this user logged out.
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
        /// True if its browser carries it, so that nothing is kept here.
        sealed: bool,
    },
    /// The record was changed at this try.
    Committed { version: i64, tries: u32 },
    /// The record got a new secret; the locker stays.
    Rotated { locker: Locker },
    /// The record was deleted.
    Ended {
        locker: Locker,
        /// True if its browser carried it, so that a copy of the cookie still opens it.
        sealed: bool,
    },
    /// The session ID came back for the first time: the row is kept for its whole lifetime now.
    Returned,
    /// The record's lifetime was extended.
    Touched,
    /// The session was ended elsewhere: what this request changed is dropped.
    Vanished,
    /// The response is an error of the server, or of a view that gave up halfway: what was not yet
    /// committed is dropped.
    Dropped,
    /// The request was a HEAD: what its view changed is dropped, and the browser is told nothing.
    Skipped,
    /// Something failed; the sentence says what.
    Failed { reason: String },
    /// The cookie is sent.
    CookieSent {
        /// Its Max-Age in seconds. `None` for one that the browser forgets when it closes.
        max_age: Option<i64>,
        /// True if the record itself is in it.
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
            NoSessionId
            | CookiesDropped
            | Doubled
            | Foreign
            | Unknown { .. }
            | Unreadable { .. }
            | Unopened => Subgoal::Find,
            Expired { .. } | Superseded { .. } => Subgoal::Find,
            Found { .. } | Unsealed { .. } => Subgoal::Find,
            Anonymous | User { .. } => Subgoal::Decide,
            CookieSent { .. } | CookieRemoved => Subgoal::Tell,
            _ => Subgoal::Change,
        }
    }
}

/// The events of one request, in the order in which they happened. Empty if no view asked for the
/// session.
pub type Trace = Vec<Event>;
