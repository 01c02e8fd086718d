//! What a claim needs of the engine. Where that is missing, the claim is left out, and said to be.

use serde::{Deserialize, Serialize};

use crate::course::language::languages::Language;
use crate::session::Capabilities;

/// One of the [`Capabilities`] of a store, as a scenario's file and the control word it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// No parallel change is lost.
    Atomic,
    /// What was ended or replaced opens nothing any more.
    Revocable,
    /// A user's sessions can be found.
    Listable,
    /// Several servers see the same sessions.
    Shared,
    /// Sessions outlive the server.
    Durable,
}

impl Need {
    const ALL: [Need; 5] = [
        Need::Atomic,
        Need::Revocable,
        Need::Listable,
        Need::Shared,
        Need::Durable,
    ];

    /// What an engine with these capabilities does not meet.
    pub(super) fn unmet(capabilities: Capabilities) -> Vec<Need> {
        let unmet = |need: &Need| !need.is_met(capabilities);
        Need::ALL.into_iter().filter(unmet).collect()
    }

    fn is_met(self, capabilities: Capabilities) -> bool {
        match self {
            Need::Atomic => capabilities.atomic,
            Need::Revocable => capabilities.revocable,
            Need::Listable => capabilities.listable,
            Need::Shared => capabilities.shared,
            Need::Durable => capabilities.durable,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Need::Atomic => "need-atomic",
            Need::Revocable => "need-revocable",
            Need::Listable => "need-listable",
            Need::Shared => "need-shared",
            Need::Durable => "need-durable",
        }
    }
}

/// A claim that was not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The field in the scenario.
    pub claim: &'static str,
    /// What the engine cannot do.
    pub needs: Need,
}

impl LeftOut {
    /// The claim in one line.
    pub fn line(&self, language: Language) -> String {
        let need = language.text(self.needs.key());
        let variables = [("claim", self.claim), ("need", need.as_str())];
        language.text_with("scenario-left-out", &variables)
    }
}
