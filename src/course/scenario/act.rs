//! The acts of a scenario's steps.

use std::time::Duration;

use rocket::http::Method;
use serde::Deserialize;

use super::restart::RestartWith;

/// The act of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The browser sends a request.
    Send(Sent),
    /// The browser is closed and opened again: session cookies are lost.
    Close,
    /// Time passes. Only a demo can do this.
    Wait(Duration),
    /// The lesson's program ends and is started again, with these settings from now on. Browsers
    /// don't notice.
    Restart(RestartWith),
    /// The session cookie is changed by hand.
    DevTools(DevTools),
    /// A script in the page that this browser shows sends Mallory all cookies that it can read.
    Steal,
}

impl Act {
    /// The seconds for which it waits, if it does.
    pub fn waits(&self) -> Option<i64> {
        match self {
            Act::Wait(time) => i64::try_from(time.as_secs()).ok(),
            _ => None,
        }
    }
}

/// A change of a cookie in a browser's DevTools. Each actor has a clipboard.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DevTools {
    /// Its value is copied.
    Copy,
    /// The value that was copied last becomes its value.
    Paste,
    /// Its readable text is changed: every `from` becomes `to`.
    Change {
        /// The text in it.
        from: String,
        /// The text afterwards.
        to: String,
    },
}

/// A request as the scenario words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// GET or POST.
    pub method: Method,
    /// The path on this server.
    pub path: String,
    /// The form's fields in the file's order. `$alice` and `$bob` stand for the demo passwords.
    pub form: Vec<(String, String)>,
    /// The place of the link or form, if it is on no page of this server.
    pub from: Option<OtherOrigin>,
    /// True if no page has such a form or link: by hand it is sent from the browser's console.
    pub console: bool,
    /// The server that it goes to, if it is not the lesson's own.
    pub server: Option<OtherServer>,
    /// True if a script in the page that this browser shows sends it. Without one it is not sent.
    pub script: bool,
}

/// A server beside the lesson's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OtherServer {
    /// The lesson's program once more, with the same files.
    Second,
    /// Mallory's own site.
    Mallory,
}

impl Sent {
    /// True if the link or form stands on another site's page.
    pub fn is_foreign(&self) -> bool {
        self.from == Some(OtherOrigin::AnotherSite)
    }
}

/// Another server with a page that leads here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OtherOrigin {
    /// On another machine.
    #[serde(rename = "another site")]
    AnotherSite,
    /// On another port of the same host: the same site, and yet not the same origin.
    Neighbour,
}

impl OtherOrigin {
    /// The text key of the remark in a transcript.
    pub(crate) fn remark(self) -> &'static str {
        match self {
            OtherOrigin::AnotherSite => "scenario-foreign",
            OtherOrigin::Neighbour => "scenario-neighbour",
        }
    }
}
