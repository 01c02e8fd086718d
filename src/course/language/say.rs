//! A sentence in both languages, as the lessons' files have it.

use serde::Deserialize;

use crate::course::language::languages::Language;

/// A sentence in both languages. Both are required: a lesson that forgets one does not start.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a text in `en` and one in `ko`")]
pub struct Say {
    en: String,
    ko: String,
}

impl Say {
    /// The sentence in one language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Korean => &self.ko,
        }
    }
}
