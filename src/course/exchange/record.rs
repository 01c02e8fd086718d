//! One request with its response, as it is shown.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::browser::BrowserCookie;
use super::messages::{ShownRequest, ShownResponse};
use super::names::SessionName;
use super::noticed::Noticed;
use super::row::{KeyChange, ShownRow};
use crate::session::Engine;

/// One request with its response. It is kept for the pages that show it, and goes to the scenario
/// that plays it, so no password and no secret is ever in it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Exchange {
    /// Counted from the server's start; 0 if it is not to be listed.
    pub number: u64,
    /// The number of the first one in a chain of redirects: of itself, mostly.
    pub chain: u64,
    #[serde(flatten)]
    pub request: ShownRequest,
    #[serde(flatten)]
    pub response: ShownResponse,
    /// The place where sessions live; `None` if there is no session layer.
    pub engine: Option<Engine>,
    /// The session that the request found.
    pub who: Option<SessionName>,
    /// The session that the browser has afterwards, if it is another one or has another ID.
    pub then: Option<SessionName>,
    pub browser: Vec<BrowserCookie>,
    /// A text key: the reason why no row is shown, or a remark on the one that is.
    pub note: Option<Cow<'static, str>>,
    pub row: Option<ShownRow>,
    pub lines: Vec<KeyChange>,
    pub trace: Vec<Noticed>,
    /// True if a guard of the lesson found no user, whatever the session says.
    #[serde(skip)]
    pub no_user: bool,
}

impl Exchange {
    /// The user that the server thought had sent the request; `None` if no user was logged in.
    pub(crate) fn asking(&self) -> Option<&str> {
        let mut events = self.trace.iter().map(|noticed| &noticed.event);
        let user = events.find(|event| event["event"] == "user")?;
        user["user"].as_str()
    }
}
