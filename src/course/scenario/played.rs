//! The outcome of a step. Session IDs go by their names: `sid#1·a`.

use std::time::Duration;

use super::act::OtherOrigin;
use super::claim::CookieClaim;
use super::pipe::RowState;
use super::wire::HttpAnswer;
use crate::course::exchange::Exchange;
use crate::course::language::languages::Language;

/// The outcome of a step.
#[derive(Debug)]
pub struct Played {
    /// The request of the step, then those to which its redirects led.
    pub(crate) requests: Vec<PlayedRequest>,
    /// The change of the session cookie.
    pub cookie: CookieClaim,
    /// The session cookie that the browser has now, and the time for which it keeps it, if not only
    /// until it closes.
    pub kept: Option<(String, Option<Duration>)>,
    /// The session that this was about, and its row.
    pub(crate) row: Option<(String, RowState)>,
    /// True if there are no rows: then the row is the data in the browser's cookie.
    pub carried: bool,
    /// The claims of the step, true or not.
    pub claims: Vec<CheckedClaim>,
    /// The place among the known wrong outcomes of the step, if it is one of them.
    pub seen: Option<usize>,
}

/// A request as both ends know it.
#[derive(Debug)]
pub(crate) struct PlayedRequest {
    /// The place of the link or form, if it is on no page of this server.
    pub from: Option<OtherOrigin>,
    /// The response as the client received it.
    pub answer: HttpAnswer,
    /// The lesson's record. `None` if it went to Mallory's site.
    pub record: Option<Exchange>,
}

/// A claim that was judged. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedClaim {
    /// The field in the scenario.
    pub claim: &'static str,
    /// The claimed value.
    pub expected: String,
    /// The real value.
    pub found: String,
    /// True if the two are the same.
    pub holds: bool,
}

impl CheckedClaim {
    /// The name of what is claimed, for a reader.
    pub(crate) fn name(&self, language: Language) -> String {
        language.text(&format!("claim-{}", self.claim))
    }

    /// The claim in one line, for one that does not hold.
    pub fn line(&self, language: Language) -> String {
        let name = self.name(language);
        let variables = [
            ("claim", &*name),
            ("expected", &*self.expected),
            ("found", &*self.found),
        ];
        language.text_with("scenario-fails", &variables)
    }
}
