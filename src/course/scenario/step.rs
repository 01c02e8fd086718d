//! A scenario: its steps, by their actors, with claims about the outcome.

use std::mem;

use rocket::http::Method;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny};
use serde_json::Value;

use super::act::{Act, OtherOrigin, OtherServer};
use super::claim::Claims;
use super::named::Made;
use super::predict::Predict;
use crate::course::language::say::Say;

/// The script of a lesson: steps, predictions, claims.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The steps in their order: at least one, since a scenario without any would hold whatever the
    /// lesson does.
    #[serde(rename = "step", deserialize_with = "some_steps")]
    pub steps: Vec<ScenarioStep>,
    /// The host at which the lesson is asked; `None` for `localhost`. Mallory's site has a name below
    /// it then.
    pub host: Option<String>,
    /// The lesson's head, which the list of lessons reads. Named here because unknown fields are
    /// errors.
    #[serde(rename = "lesson")]
    _head: Option<IgnoredAny>,
}

impl Scenario {
    /// The scenario as it comes out on the closed half of a pair: without questions, whose answers
    /// are the open half's.
    pub fn closed(mut self) -> Self {
        for step in &mut self.steps {
            step.predict = None;
            if let Some(closed) = step.closed.take() {
                step.say = closed.say;
                step.claims = closed.claims.unwrap_or_else(|| mem::take(&mut step.claims));
            }
        }
        self
    }

    /// The host of Mallory's site for a request to this path of it: a neighbour of the lesson's, on
    /// another port or below its name. What is about the lesson's own cookie needs its own name.
    pub fn mallorys_host(&self, path: &str) -> String {
        match &self.host {
            Some(host) if ["/note", "/plant"].contains(&path) => host.clone(),
            Some(host) => format!("evil.{host}"),
            None => "localhost".to_owned(),
        }
    }

    /// True if it needs Mallory's site.
    pub fn has_mallory(&self) -> bool {
        self.steps.iter().any(|step| match &step.act {
            Act::Send(sent) => {
                sent.server == Some(OtherServer::Mallory)
                    || sent.from == Some(OtherOrigin::Neighbour)
            }
            Act::Steal => true,
            _ => false,
        })
    }

    /// The place of the first step that asks a question.
    pub fn first_question(&self) -> Option<usize> {
        self.steps.iter().position(|step| step.predict.is_some())
    }

    /// True if a step has this request, and values in its page that later steps name.
    pub(crate) fn makes_values(&self, method: Method, target: &str) -> bool {
        let mut makers = self.steps.iter().filter(|step| step.made.is_some());
        makers.any(|step| match &step.act {
            Act::Send(sent) => sent.method == method && sent.path == target,
            _ => false,
        })
    }
}

/// Reads the steps; none is an error of the file.
fn some_steps<'de, D: Deserializer<'de>>(steps: D) -> Result<Vec<ScenarioStep>, D::Error> {
    let steps = Vec::deserialize(steps)?;
    if steps.is_empty() {
        return Err(Error::custom("`step` is empty"));
    }
    Ok(steps)
}

/// One step: an act, and its outcome.
#[derive(Clone, Debug)]
pub struct ScenarioStep {
    /// The person who does it.
    pub who: Actor,
    /// The person in whose browser it is done. Mostly the same one.
    pub at: Actor,
    /// The act.
    pub act: Act,
    /// The number of times, if not once: each time in a browser that was never here.
    pub times: Option<u32>,
    /// The number of requests that are sent at the same time, if not one.
    pub parallel: Option<u32>,
    /// The instruction to somebody who does it by hand: what to click, type or paste.
    pub instruction: Option<Say>,
    /// The outcome in a sentence; without an instruction, the act.
    pub say: Say,
    /// The claims about the outcome.
    pub claims: Claims,
    /// The question that this step answers.
    pub predict: Option<Predict>,
    /// The values that the page has after it, for later steps to name.
    pub made: Option<Made>,
    /// Wrong outcomes that are known, in an exercise.
    pub seen: Vec<Seen>,
    /// The outcome on the closed half of a pair, if it is another one there.
    pub closed: Option<Closed>,
}

impl ScenarioStep {
    /// True if the lesson's server can see that somebody does it by hand. If not, it ticks with the
    /// next step.
    pub fn is_seen(&self) -> bool {
        match &self.act {
            Act::Close | Act::Steal => false,
            Act::Send(sent) if sent.script => self.claims.status.is_some(),
            Act::Send(sent) => sent.server != Some(OtherServer::Mallory),
            _ => true,
        }
    }
}

/// The outcome of a step on the closed half of a pair. Its claims can't all hold on the open half.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Value")]
pub struct Closed {
    /// The outcome in a sentence.
    pub say: Say,
    /// The claims about it, in place of the step's own. `None` if only the words differ.
    pub claims: Option<Claims>,
}

impl TryFrom<Value> for Closed {
    type Error = String;

    fn try_from(closed: Value) -> Result<Self, Self::Error> {
        let Value::Object(mut fields) = closed else {
            return Err("`closed` is a table with `say` and claims".to_owned());
        };
        let say = fields.remove("say").ok_or("`closed` needs `say`")?;
        let read = |error: serde_json::Error| format!("`closed`: {error}");
        Ok(Closed {
            say: serde_json::from_value(say).map_err(read)?,
            claims: if fields.is_empty() {
                None
            } else {
                Some(serde_json::from_value(fields.into()).map_err(read)?)
            },
        })
    }
}

/// A wrong outcome of an exercise's step that a known mistake has.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The outcome, as claims that hold then.
    pub found: Claims,
    /// The mistake.
    pub why: Say,
}

impl From<Vec<ScenarioStep>> for Scenario {
    fn from(steps: Vec<ScenarioStep>) -> Self {
        Scenario {
            steps,
            host: None,
            _head: None,
        }
    }
}

/// A person in a scenario. Each has a browser.
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
