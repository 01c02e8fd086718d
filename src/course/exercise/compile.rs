//! Builds a student's program. Cargo's own message is shown as it is; below it stands one sentence
//! about the errors that everybody meets in the first week.

use std::io::{self, ErrorKind, IsTerminal, Read};
use std::process::{Command, Stdio};
use std::sync::{PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::file::Exercise;
use crate::course::language::languages::Language;
use crate::course::scenario::stop::{self, StopSign};

/// The longest time for a build. It may wait for another Cargo that builds the whole project.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// The time after which a build looks for Ctrl+C.
const LOOK: Duration = Duration::from_millis(50);

/// Error codes of rustc that have a sentence, and its text key. The forgotten `.await` comes first:
/// it has no code of its own and shows as one of the others.
/// <https://doc.rust-lang.org/error_codes/error-index.html>
const KNOWN: [(&str, &str); 9] = [
    ("consider `await`ing", "compile-await"),
    ("futures do nothing unless", "compile-await"),
    ("[E0308]", "compile-e0308"),
    ("[E0382]", "compile-e0382"),
    ("[E0425]", "compile-e0425"),
    ("[E0433]", "compile-e0425"),
    ("[E0277]", "compile-e0277"),
    ("[E0369]", "compile-e0369"),
    ("[E0599]", "compile-e0599"),
];

/// The outcome of a build.
pub(crate) struct Built {
    /// True if there is a program now.
    pub succeeded: bool,
    /// Cargo's own messages.
    pub said: String,
}

/// Builds the exercise with this Cargo, which ends when the sign goes up.
///
/// # Errors
///
/// Cargo can't be started, takes longer than [`LONGEST`], or was ended: [`ErrorKind::Interrupted`].
pub(crate) fn build(mut cargo: Command, exercise: &Exercise, stop: &StopSign) -> io::Result<Built> {
    let is_terminal = io::stderr().is_terminal();
    let colour = if is_terminal { "always" } else { "never" };
    let arguments = ["build", "--quiet", "--color", colour, "--bin"];
    cargo.args(arguments).arg(&exercise.program);
    let building = stop.spawn(cargo.stderr(Stdio::piped()))?;
    let running = || building.lock().unwrap_or_else(PoisonError::into_inner);
    let mut stderr = running().stderr.take();
    let (send, said) = mpsc::channel();
    // Read on a thread of its own: a read can't be given up.
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stderr.as_mut().map(|stderr| stderr.read_to_end(&mut bytes));
        // Nobody waits for it any more if it took too long.
        let _ = send.send(read.transpose().map(|_| bytes));
    });
    let end = Instant::now() + LONGEST;
    let said = loop {
        match said.recv_timeout(LOOK) {
            Ok(said) => break said?,
            _ if stop.is_up() => return Err(ErrorKind::Interrupted.into()),
            Err(_) if Instant::now() < end => {}
            Err(_) => {
                stop::end(&building);
                let reason = format!("Cargo took longer than {} minutes", LONGEST.as_secs() / 60);
                return Err(io::Error::new(ErrorKind::TimedOut, reason));
            }
        }
    };
    let ended = running().wait()?;
    // Without a code a signal ended it: Ctrl+C, which reaches Cargo as soon as this program.
    if ended.code().is_none() {
        return Err(ErrorKind::Interrupted.into());
    }
    Ok(Built {
        said: String::from_utf8_lossy(&said).into_owned(),
        succeeded: ended.success(),
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
    use std::fs;

    use super::*;
    use crate::course::lessons::folder::project_folder;

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
    fn the_text_about_rust_has_a_chapter_for_every_known_error() {
        for (language, file) in Language::ALL.into_iter().zip(["RUST.md", "RUST.ko.md"]) {
            let text = fs::read_to_string(project_folder().join(file)).unwrap();
            let headings: Vec<&str> = text.lines().filter(|it| it.starts_with("### ")).collect();
            for (words, key) in KNOWN {
                let code = words.trim_matches(['[', ']']);
                let code = if code == words { ".await" } else { code };
                assert!(
                    headings.iter().any(|it| it.contains(code)),
                    "{file}: {code}"
                );
                assert!(language.text(key).contains(file), "{key}");
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
