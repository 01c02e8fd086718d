//! A lesson's scenario, `lessons/lessonNN.toml`: demo, checklist and snapshot test at once.
//!
//! | file | what it does |
//! | --- | --- |
//! | `mod` | what a scenario says |
//! | `file`, `written` | read it, and say in one line what is wrong with it |
//! | `server`, `control` | the lesson's program with its clock in our hands, seen from both sides |
//! | `browser` | the model browser of each actor |
//! | `clipboard` | what somebody does to a cookie by hand |
//! | `wire` | a request and its answer over HTTP |
//! | `runner`, `played`, `claims` | play it and compare |
//! | `needs` | leave out what an engine cannot do |
//! | `transcript`, `prediction`, `demo` | show it in the terminal |
//! | `checklist` | tick its steps as somebody does them by hand |

mod browser;
mod checklist;
mod claims;
mod clipboard;
pub(crate) mod control;
pub(crate) mod demo;
mod file;
mod needs;
mod played;
mod prediction;
mod runner;
mod server;
mod transcript;
mod wire;
mod written;

use std::collections::BTreeMap;
use std::time::Duration;

use rocket::http::Method;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::session::Engine;

pub use browser::{Browser, Going, Kept};
pub use checklist::Checklist;
pub use claims::Checked;
pub use file::ScenarioError;
pub use needs::{LeftOut, Need};
pub use played::{Exchange, Played, Row};
pub use runner::Player;
pub use server::Server;
pub use transcript::Transcript;

/// What is done in a lesson, what to predict, and what must be true afterwards.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The steps in their order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// The list of lessons reads it.
    #[serde(rename = "lesson")]
    _head: Option<IgnoredAny>,
}

/// One step: somebody does something, and it has an outcome.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "written::Step")]
pub struct Step {
    /// Who does it.
    pub who: Actor,
    /// Whose browser it is done in. Mostly the actor's own.
    pub at: Actor,
    /// What is done.
    pub act: Act,
    /// How often, where not once: each time in a browser that was never here.
    pub times: Option<u32>,
    /// The same in a sentence.
    pub say: Say,
    /// What must be true afterwards.
    pub claims: Claims,
    /// The question that this step answers.
    pub predict: Option<Predict>,
}

/// Who acts. Each has a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Actor {
    /// Has an account.
    Alice,
    /// Has an account too.
    Bob,
    /// Attacks.
    Mallory,
    /// Has no account.
    Stranger,
}

impl Actor {
    /// The text key of the name.
    pub fn name(self) -> &'static str {
        match self {
            Actor::Alice => "actor-alice",
            Actor::Bob => "actor-bob",
            Actor::Mallory => "actor-mallory",
            Actor::Stranger => "actor-stranger",
        }
    }
}

/// What is done in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The browser sends a request.
    Send(Sent),
    /// The browser is closed and opened again: session cookies are lost.
    Close,
    /// Time passes. Only a demo can do this.
    Wait(Duration),
    /// The lesson's program ends and is started again, with this engine from now on, if one is
    /// named. Browsers don't notice.
    Restart(Option<Engine>),
    /// Somebody does something to the session cookie by hand.
    DevTools(DevTools),
}

/// What can be done to a cookie in a browser's DevTools. Each actor has a clipboard.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DevTools {
    /// Its value is copied.
    Copy,
    /// What was copied last becomes its value.
    Paste,
    /// What can be read in it is changed: every `from` becomes `to`.
    Change {
        /// What stands there.
        from: String,
        /// What stands there afterwards.
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
    /// Whether the link or form stands on another site's page.
    pub foreign: bool,
}

/// What must be true after a step. What is `None` is not claimed.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// The answer's status.
    pub status: Option<u16>,
    /// Where the answer redirects to (`Location`).
    pub place: Option<String>,
    /// What the page must show; where redirects were followed, the last page.
    pub text: Option<TextClaim>,
    /// Who the server thinks has sent the request: a userid, or `nobody`.
    pub asking: Option<String>,
    /// What became of the session cookie in this browser.
    pub cookie: Option<CookieClaim>,
    /// What the session's row holds, in JSON; `none` where there must be no row.
    pub row: Option<String>,
    /// What of this needs an engine that can do it, by its field.
    pub needs: BTreeMap<String, Need>,
}

/// A text from `texts/*.ftl` with the values of its variables.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct TextClaim {
    key: String,
    variables: Vec<(String, String)>,
}

/// What became of the session cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CookieClaim {
    /// The browser has one that it did not have before.
    New,
    /// The browser still has the one it had.
    Same,
    /// The browser had one and has none now.
    Gone,
    /// The browser had none and has none.
    None,
}

/// A question that is asked before its step is done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predict {
    /// The question.
    pub question: Say,
    /// The right answer.
    pub right: Say,
    /// Two or three wrong ones.
    #[serde(deserialize_with = "written::two_or_three")]
    pub wrong: Vec<Wrong>,
}

/// A wrong answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// The answer.
    pub answer: Say,
    /// Why people believe it, and why it is not so.
    pub why: Say,
}

impl Predict {
    /// All answers in the order in which they are offered, the same one everywhere, and the place
    /// of the right one.
    pub fn answers(&self) -> (Vec<&Say>, usize) {
        let mut answers: Vec<&Say> = self.wrong.iter().map(|wrong| &wrong.answer).collect();
        // Neither always the first nor by chance: a course is walked through more than once.
        let place = self.question.text(Language::English).len() % (answers.len() + 1);
        answers.insert(place, &self.right);
        (answers, place)
    }
}
