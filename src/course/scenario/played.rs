//! What came of a step. Session IDs go by their names: `sid#1·a`.

use std::time::Duration;

use serde_json::Value;

use super::claims::Checked;
use super::{CookieClaim, LeftOut, Sent};

/// What came of a step.
#[derive(Debug)]
pub struct Played {
    /// The request of the step, then those to which its redirects led.
    pub exchanges: Vec<Exchange>,
    /// What became of the session cookie.
    pub cookie: CookieClaim,
    /// The session cookie that the browser has now, and for how long, if not only until it closes.
    pub kept: Option<(String, Option<Duration>)>,
    /// The session that this was about, and its row.
    pub row: Option<(String, Row)>,
    /// Whether there are no rows: then this is what the browser's cookie opens.
    pub carried: bool,
    /// The claims of the step, true or not.
    pub claims: Vec<Checked>,
    /// Its claims that this engine cannot meet.
    pub left_out: Vec<LeftOut>,
}

/// What a locker holds.
#[derive(Debug)]
pub enum Row {
    /// A row with this data.
    Live(String),
    /// A row whose time is over: as good as none.
    Over,
    /// Nothing.
    None,
}

/// A request and its answer.
#[derive(Debug)]
pub struct Exchange {
    /// What was sent, with the form as it was filled in.
    pub sent: Sent,
    /// The `Cookie` header.
    pub cookie: Option<String>,
    /// The answer's status.
    pub status: u16,
    /// Where the answer redirects to.
    pub place: Option<String>,
    /// The answer's `Set-Cookie` headers.
    pub set_cookies: Vec<String>,
    /// What the session layer did: events with their subgoals, in JSON.
    pub told: Vec<Value>,
    /// The page.
    pub page: String,
}

impl Exchange {
    /// Who the server thought had sent the request: a userid, or nobody.
    pub fn asking(&self) -> Option<&str> {
        let mut events = self.told.iter().map(|told| &told["event"]);
        let user = events.find(|event| event["event"] == "user");
        user.and_then(|event| event["user"].as_str())
    }
}
