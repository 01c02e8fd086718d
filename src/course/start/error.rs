//! Errors of a start, each with one line that says what to do.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use rocket::figment;

use crate::accounts;
use crate::course::language::languages::Language;
use crate::course::lessons::error::LessonError;
use crate::course::pages::templates::TemplateError;
use crate::course::terminal::text::printable;
use crate::db::DatabaseError;
use crate::session::SetupError;

/// The reason why a lesson can't start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The list of lessons can't be read.
    Lessons(LessonError),
    /// `app()` was called with a number that is no lesson's.
    Lesson(String),
    /// `Rocket.toml` or a `ROCKET_…` variable has a value that can't be used.
    Configuration(Box<figment::Error>),
    /// The same, in the section that is the session layer's; the text says what.
    Session(SetupError),
    /// The strength of password hashes is out of range.
    Passwords(accounts::AccountError),
    /// The database can't be opened, or its tables can't be made.
    Database(DatabaseError),
    /// The database was made by a newer version of the course.
    NewerDatabase(PathBuf),
    /// The folder of templates, or a template in it, can't be used.
    Templates(TemplateError),
    /// A program that has a hole on purpose was to listen on this address, which is not this machine
    /// alone.
    HoleForOthers(IpAddr),
    /// Another program listens on the port already.
    PortInUse(u16),
    /// The address can't be listened on for another reason.
    Address {
        /// The address and port.
        address: SocketAddr,
        /// The system's reason.
        reason: String,
    },
}

impl StartError {
    /// The fault and its remedy, in one line. Control characters are taken out: paths and settings
    /// come from outside.
    pub fn line(&self, language: Language) -> String {
        let configuration =
            |reason: String| language.text_with("start-configuration", &[("reason", &reason)]);
        let text = match self {
            StartError::Lessons(error) => error.line(language),
            StartError::Lesson(number) => language.text_with("start-lesson", &[("number", number)]),
            StartError::Configuration(error) => {
                let reasons: Vec<String> = error
                    .as_ref()
                    .clone()
                    .into_iter()
                    .map(|e| e.to_string())
                    .collect();
                configuration(reasons.join("; "))
            }
            StartError::Session(error) => configuration(error.to_string()),
            StartError::Passwords(error) => configuration(error.to_string()),
            StartError::Database(error) => {
                language.text_with("start-database", &[("reason", &error.to_string())])
            }
            StartError::NewerDatabase(file) => {
                let file = file.display().to_string();
                language.text_with("start-newer-database", &[("file", &file)])
            }
            StartError::Templates(error) => error.line(language),
            StartError::HoleForOthers(address) => {
                language.text_with("start-hole", &[("address", &address.to_string())])
            }
            // The next port, as a command to copy; after the last one there is Rocket's usual one.
            StartError::PortInUse(port) => {
                let other = port.checked_add(1).unwrap_or(8000).to_string();
                let command = format!("ROCKET_PORT={other} {}", this_program());
                language.text_with(
                    "start-port-in-use",
                    &[("port", &port.to_string()), ("command", &command)],
                )
            }
            StartError::Address { address, reason } => language.text_with(
                "start-address",
                &[("address", &address.to_string()), ("reason", reason)],
            ),
        };
        printable(&text)
    }
}

impl From<figment::Error> for StartError {
    fn from(error: figment::Error) -> Self {
        StartError::Configuration(Box::new(error))
    }
}

/// The command that started this program, as a student would type it: `cargo run --bin lesson03`.
fn this_program() -> String {
    let file = std::env::current_exe().ok();
    let name = file.as_deref().and_then(|file| file.file_stem());
    let name = name.unwrap_or_default().to_string_lossy();
    format!("cargo run --bin {name}")
}
