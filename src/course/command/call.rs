//! One call of a subcommand: its arguments, and how it may end.
//!
//! Every subcommand is a `fn(&Call) -> Done`. It prints its result itself and returns only what
//! went wrong, so that exit codes and standard error are decided in one place, `run`.

use std::env;
use std::fmt::Display;
use std::process::Command;

use rocket::figment::Figment;

use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::lessons::registry::Lessons;
use crate::session::Config;

/// A subcommand's input.
#[derive(Clone)]
pub struct Call {
    /// The terminal's language, in which everything is printed.
    pub language: Language,
    /// The arguments after the subcommand's name.
    pub arguments: Vec<String>,
}

/// The reason why a subcommand did not do its work.
pub enum Refusal {
    /// It was not understood; with the line to print. Exit code 2.
    Misunderstood(String),
    /// It failed; with the line to print. Exit code 1.
    Failed(String),
    /// Everything is printed already, for example a list of broken claims; with the exit code. Code
    /// 0 is a subcommand that had nothing to do and has said why.
    Told(u8),
}

/// The end of a subcommand.
pub type Done = Result<(), Refusal>;

impl Call {
    /// Refuses any argument: a typing error that is ignored looks like a success.
    ///
    /// # Errors
    ///
    /// [`Refusal::Misunderstood`], with the first argument.
    pub fn no_arguments(&self) -> Done {
        match self.arguments.first() {
            Some(argument) => Err(self.unknown_argument(argument)),
            None => Ok(()),
        }
    }

    /// The course's lessons.
    ///
    /// # Errors
    ///
    /// [`Refusal::Failed`] if a lesson's head can't be read.
    pub fn lessons(&self) -> Result<&'static Lessons, Refusal> {
        Lessons::of_project().map_err(|error| Refusal::Failed(error.line(self.language)))
    }

    /// The lesson that the first argument names: `3`, `03` or `lesson03`; of a pair `12a` and `12b`,
    /// and `12` is the open half. An exercise is none of them.
    ///
    /// # Errors
    ///
    /// [`Refusal::Misunderstood`], with the numbers to choose from.
    pub fn lesson(&self) -> Result<&'static Lesson, Refusal> {
        let named = self.arguments.first().map_or("", String::as_str);
        let number = named.strip_prefix("lesson").unwrap_or(named);
        let lessons = self.lessons()?;
        let found = lessons.programs().find(|lesson| {
            let short = lesson.number.trim_start_matches('0');
            [&lesson.number, short, lesson.in_course()].contains(&number)
        });
        found.ok_or_else(|| {
            let numbers: Vec<&str> = lessons
                .programs()
                .map(|lesson| lesson.number.as_str())
                .collect();
            let variables = [("named", named), ("numbers", &numbers.join(", "))];
            Refusal::Misunderstood(self.language.text_with("command-which-lesson", &variables))
        })
    }

    /// A refusal that names the argument, and the command that lists the right ones.
    pub fn unknown_argument(&self, argument: &str) -> Refusal {
        let variables = [("argument", argument), ("command", "cargo run --")];
        Refusal::Misunderstood(self.language.text_with("arguments-unknown", &variables))
    }

    /// A refusal that gives the reason of the system or a library, which is in English.
    pub fn failed(&self, reason: impl Display) -> Refusal {
        let reason = reason.to_string();
        Refusal::Failed(
            self.language
                .text_with("command-failed", &[("reason", &reason)]),
        )
    }

    /// The session layer's configuration, which says where everything is stored. It is read as a
    /// lesson reads it, from Rocket.toml and `ROCKET_…`, so that a subcommand looks where lessons
    /// write.
    ///
    /// # Errors
    ///
    /// [`Refusal::Failed`] if a setting has a value that can't be used.
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

/// The Cargo that has started this program, by the variable that it sets for `cargo run`: with
/// several installed, another one would build everything anew.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
