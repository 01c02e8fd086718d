//! An event of the session layer's trace, as it is shown.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::names::SessionNames;
use crate::course::language::events::{first_of, words_of};
use crate::course::language::languages::Language;
use crate::session::{Event, Locker, Subgoal};

/// An event. Its session has two handles: the locker is found in the browser's list of cookies, and
/// the name is the same at every run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Noticed {
    pub subgoal: Subgoal,
    /// The event in JSON, its locker cut short.
    pub event: Value,
    /// The name of the session in that locker: `sid#1`.
    session: Option<String>,
}

impl Noticed {
    pub(crate) fn of(event: &Event, names: &mut SessionNames) -> Self {
        let subgoal = event.subgoal();
        let mut event = serde_json::to_value(event).unwrap_or_default();
        let mut session = None;
        if let Some(Value::String(locker)) = event.get_mut("locker") {
            session = Locker::parse(locker).map(|locker| names.session(locker));
            *locker = first_of(locker) + "…";
        }
        Noticed {
            subgoal,
            event,
            session,
        }
    }

    /// Turns the user whom the session names into one who is not there.
    pub(crate) fn deny_user(&mut self) {
        if self.event["event"] == "user" {
            self.event["event"] = "user_gone".into();
        }
    }

    /// True if the row was written at the first try, which should be the rule.
    pub(crate) fn is_first_try(&self) -> bool {
        self.event["event"] == "committed" && self.event["tries"] == 1
    }

    /// In the words of one family of texts, the session by its locker.
    pub(crate) fn words(&self, family: &str, language: Language) -> String {
        words_of(&self.event, family, language)
    }

    /// The same with the session by its name.
    pub(crate) fn words_by_name(&self, family: &str, language: Language) -> String {
        let mut event = self.event.clone();
        if let (Some(locker), Some(session)) = (event.get_mut("locker"), &self.session) {
            *locker = session.as_str().into();
        }
        words_of(&event, family, language)
    }
}
