//! What the session layer did for a request, in the reader's language.

use serde_json::Value;

use super::languages::Language;
use crate::session::Event;

/// How many characters of a locker are shown: enough to tell a few sessions apart, and to find
/// them in the browser's list of cookies.
const LOCKER_SHOWN: usize = 4;

/// The event in a few words.
///
/// Each kind of event has a text of its own, `event-found` say, and its fields are that text's
/// variables: an event that is new to the session layer needs a text and no code here.
pub(super) fn words(event: &Event, language: Language) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(event) else {
        return event.to_string();
    };
    let kind = fields
        .get("event")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let key = format!("event-{}", kind.replace('_', "-"));
    let variables: Vec<(&str, String)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), shown(name, value)))
        .collect();
    let variables: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    language.text_with(&key, &variables)
}

fn shown(name: &str, value: &Value) -> String {
    match value {
        Value::String(locker) if name == "locker" => locker.chars().take(LOCKER_SHOWN).collect(),
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
