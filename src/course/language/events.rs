//! Events of the session layer's trace, in the reader's language.

use serde_json::Value;

use crate::course::language::languages::Language;
use crate::session::Event;

/// Characters of a locker that are shown: enough to tell a few sessions apart, and to find
/// them in the browser's list of cookies.
const LOCKER_SHOWN: usize = 4;

/// The event in the words of one family of texts, its locker cut short: `event` has a few words for
/// the terminal, `did` a sentence for the X-ray.
pub fn words(event: &Event, family: &str, language: Language) -> String {
    let mut event = serde_json::to_value(event).unwrap_or_default();
    if let Some(Value::String(locker)) = event.get_mut("locker") {
        *locker = first_of(locker) + "…";
    }
    words_of(&event, family, language)
}

/// The part of a locker that is shown.
pub fn first_of(locker: &str) -> String {
    locker.chars().take(LOCKER_SHOWN).collect()
}

/// The same of an event in JSON, whose locker is already as it is to be shown.
///
/// Each kind of event has a text of its own, `event-found` say, and its fields are that text's
/// variables: an event that is new to the session layer needs a text and no code here.
pub fn words_of(event: &Value, family: &str, language: Language) -> String {
    let Value::Object(fields) = event else {
        return event.to_string();
    };
    let kind = fields
        .get("event")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let key = format!("{family}-{}", kind.replace('_', "-"));
    let variables: Vec<(&str, String)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), shown(value)))
        .collect();
    let variables: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    language.text_with(&key, &variables)
}

/// A field's value as a text's variable. Null is empty, so that a text can leave it out.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
