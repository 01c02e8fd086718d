//! Builds a student's program. Cargo's own message is shown as it is; below it stands one sentence
//! about the errors that everybody meets in the first week.

use std::io;
use std::io::IsTerminal;
use std::process::{Command, Output};

use super::file::Exercise;
use crate::course::language::languages::Language;

/// Error codes of rustc that have a sentence, and its text key. The forgotten `.await` comes first:
/// it has no code of its own and shows as one of the others.
/// <https://doc.rust-lang.org/error_codes/error-index.html>
const KNOWN: [(&str, &str); 8] = [
    ("consider `await`ing", "compile-await"),
    ("futures do nothing unless", "compile-await"),
    ("[E0308]", "compile-e0308"),
    ("[E0382]", "compile-e0382"),
    ("[E0425]", "compile-e0425"),
    ("[E0433]", "compile-e0425"),
    ("[E0277]", "compile-e0277"),
    ("[E0599]", "compile-e0599"),
];

/// The outcome of a build.
pub(crate) struct Built {
    /// True if there is a program now.
    pub succeeded: bool,
    /// What Cargo has said.
    pub said: String,
}

/// Builds the exercise with this Cargo.
///
/// # Errors
///
/// Cargo can't be started.
pub(crate) fn build(mut cargo: Command, exercise: &Exercise) -> io::Result<Built> {
    let colour = if io::stderr().is_terminal() {
        "always"
    } else {
        "never"
    };
    let Output { status, stderr, .. } = cargo
        .args([
            "build",
            "--quiet",
            "--color",
            colour,
            "--bin",
            &exercise.program,
        ])
        .output()?;
    Ok(Built {
        succeeded: status.success(),
        said: String::from_utf8_lossy(&stderr).into_owned(),
    })
}

impl Built {
    /// The sentence about the first error that has one.
    pub fn sentence(&self, language: Language) -> Option<String> {
        let known = KNOWN.iter().find(|(words, _)| self.said.contains(words));
        known.map(|(_, key)| language.text(key))
    }

    /// True if the error is in the student's file. Otherwise another file was changed.
    pub fn is_in(&self, exercise: &Exercise) -> bool {
        self.said.contains(&format!("{}.rs:", exercise.program))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_error_has_its_sentence_in_both_languages() {
        for language in Language::ALL {
            for (words, key) in KNOWN {
                let said = format!("error{words}: x\n --> exercises/ex03.rs:3:1\n");
                let built = Built {
                    succeeded: false,
                    said,
                };
                assert_ne!(built.sentence(language).unwrap(), key);
            }
        }
    }

    #[test]
    fn a_forgotten_await_is_told_before_the_error_that_it_shows_as() {
        let said = "error[E0277]: the `?` operator …\nhelp: consider `await`ing on the `Future`";
        let built = Built {
            succeeded: false,
            said: said.to_owned(),
        };
        let language = Language::English;
        assert_eq!(
            built.sentence(language),
            Some(language.text("compile-await"))
        );
    }
}
