//! One call of a subcommand: its arguments, and how it may end.

use std::fmt::Display;

use rocket::figment::Figment;

use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::lessons::registry::Lessons;
use crate::session::Config;

/// A subcommand's input.
pub struct Call {
    pub language: Language,
    pub arguments: Vec<String>,
}

/// The reason why a subcommand did not do its work.
pub enum Refusal {
    /// It was not understood; with the line to print.
    Misunderstood(String),
    /// It failed; with the line to print.
    Failed(String),
    /// Everything is printed already; with the exit code.
    Told(u8),
}

pub type Done = Result<(), Refusal>;

impl Call {
    /// Refuses any argument.
    pub fn no_arguments(&self) -> Done {
        match self.arguments.first() {
            Some(argument) => Err(self.unknown_argument(argument)),
            None => Ok(()),
        }
    }

    /// The course's lessons.
    pub fn lessons(&self) -> Result<&'static Lessons, Refusal> {
        Lessons::of_project().map_err(|error| Refusal::Failed(error.line(self.language)))
    }

    /// The lesson that the first argument names: `3`, `03` or `lesson03`.
    pub fn lesson(&self) -> Result<&'static Lesson, Refusal> {
        let named = self.arguments.first().map_or("", String::as_str);
        let number = named.strip_prefix("lesson").unwrap_or(named);
        let lessons = self.lessons()?.all();
        let found = lessons.iter().find(|lesson| {
            lesson.number == number || lesson.number.strip_prefix('0') == Some(number)
        });
        found.ok_or_else(|| {
            let numbers: Vec<&str> = lessons
                .iter()
                .map(|lesson| lesson.number.as_str())
                .collect();
            let variables = [("named", named), ("numbers", &numbers.join(", "))];
            Refusal::Misunderstood(self.language.text_with("command-which-lesson", &variables))
        })
    }

    pub fn unknown_argument(&self, argument: &str) -> Refusal {
        let variables = [("argument", argument), ("command", "cargo run --")];
        Refusal::Misunderstood(self.language.text_with("arguments-unknown", &variables))
    }

    pub fn failed(&self, reason: impl Display) -> Refusal {
        let reason = reason.to_string();
        Refusal::Failed(
            self.language
                .text_with("command-failed", &[("reason", &reason)]),
        )
    }

    /// The session layer's configuration, which says where everything is stored.
    pub fn config(&self) -> Result<Config, Refusal> {
        let figment: Figment = rocket::Config::figment();
        Config::from_figment(&figment).map_err(|error| {
            let reason = error.to_string();
            let text = self
                .language
                .text_with("start-configuration", &[("reason", &reason)]);
            Refusal::Failed(text)
        })
    }
}
