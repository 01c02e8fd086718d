//! The lines that go between a scenario and the lesson that plays along, one JSON value each: the
//! lesson's greeting, then questions and answers. An answer is a `Result`, whose error is a
//! sentence.

use serde::{Deserialize, Serialize};

use crate::course::exchange::{Memory, ShownRow};
use crate::session::Timestamp;

/// The environment variable that starts a lesson for a scenario. Its value is the time, in seconds
/// since 1970: the clock stands there until it is moved.
pub(super) const VARIABLE: &str = "COURSE_CONTROL";

/// The `User-Agent` of model browsers, which tells them from a person who watches beside them.
pub(super) const MODEL_BROWSER: &str = "model-browser";

/// The lesson's first line.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Greeting {
    /// The port that it really has, if it was started with 0.
    pub port: u16,
    /// The name of the session cookie; `None` if there is no session layer.
    pub cookie: Option<String>,
    /// True if browsers carry their sessions, so that there are no rows.
    pub carried: bool,
}

/// A question to the lesson.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PipeQuestion {
    /// Moves the clock, by seconds: `{"advance":60}`.
    Advance(Timestamp),
    /// Asks for the record of a model browser's last request.
    Exchange,
    /// Asks for the session that a cookie of this value names.
    Opens(String),
    /// Asks for the names that were given.
    Memory,
    /// Hands over the names that an earlier run of the lesson has given.
    Remember(Memory),
}

/// The session that a cookie names.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Opened {
    /// The name of its session ID, if it is one that the lesson knows.
    pub name: Option<String>,
    /// Its session, and the row.
    pub row: Option<(String, RowState)>,
}

/// The content of a locker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum RowState {
    /// A row.
    Live(ShownRow),
    /// A row whose time is over: as good as none.
    Over,
    /// Nothing.
    Gone,
}
