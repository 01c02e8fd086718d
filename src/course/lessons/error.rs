//! Errors of the list of lessons.

use super::toml_file::Misfit;
use crate::course::language::languages::Language;

/// The reason why the list of lessons can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonError {
    /// The file, and the line if it is known: `lessons/lesson03.toml:2`.
    pub place: String,
    /// The text key of the reason, and the value of its variable.
    reason: (&'static str, String),
}

impl LessonError {
    /// An error whose text has the key `key` and the variable `about`.
    pub(crate) fn new(place: &str, key: &'static str, about: &str) -> Self {
        LessonError {
            place: place.to_owned(),
            reason: (key, about.to_owned()),
        }
    }

    /// The error in one line.
    pub fn line(&self, language: Language) -> String {
        let (key, about) = &self.reason;
        let reason = language.text_with(key, &[("about", about)]);
        let variables = [("place", self.place.as_str()), ("reason", &reason)];
        language.text_with("lessons-broken", &variables)
    }
}

impl From<Misfit> for LessonError {
    fn from(misfit: Misfit) -> Self {
        // serde has no Korean. These two are what an author meets.
        let known = [
            ("missing field ", "lessons-field-missing"),
            ("unknown field ", "lessons-field-unknown"),
        ];
        let found = known.iter().find_map(|(words, key)| {
            let (before, field) = misfit.reason.split_once(words)?;
            let field = field.split(',').next().unwrap_or_default();
            Some((*key, format!("{before}{field}")))
        });
        let (key, about) = found.unwrap_or(("lessons-unreadable", misfit.reason));
        LessonError::new(&misfit.place, key, &about)
    }
}
