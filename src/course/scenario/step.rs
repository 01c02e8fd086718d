//! The things that a scenario says: who does what, and what must be true afterwards.

use std::time::Duration;

use rocket::http::Method;
use serde::Deserialize;

use super::claim::Claims;
use super::predict::{Predict, Say};
use crate::session::Engine;

/// What is done in a lesson, what to predict, and what must be true afterwards.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The steps in their order.
    #[serde(rename = "step")]
    pub steps: Vec<ScenarioStep>,
}

/// One step: somebody does something, and it has an outcome.
#[derive(Clone, Debug)]
pub struct ScenarioStep {
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
