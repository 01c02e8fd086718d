//! Errors of a start, each with one line that says what to do.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use rocket::figment;

use super::second;
use crate::accounts;
use crate::course::language::languages::Language;
use crate::course::lessons::error::LessonError;
use crate::course::pages::templates::TemplateError;
use crate::course::terminal::shell::with_variable;
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
    /// A second server is to listen on the port after the last one there is.
    LastPort,
    /// The certificate for TLS can't be read or made.
    #[cfg(feature = "tls")]
    Certificate {
        /// The file that it would be in.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
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
            // A second server takes the port after the one that it is told.
            StartError::PortInUse(port) => {
                let less = u16::from(second::is_asked_for());
                let command = with_port(port.checked_add(1).map_or(8000, |next| next - less));
                language.text_with(
                    "start-port-in-use",
                    &[("port", &port.to_string()), ("command", &command)],
                )
            }
            StartError::LastPort => {
                language.text_with("start-last-port", &[("command", &with_port(8000))])
            }
            #[cfg(feature = "tls")]
            StartError::Certificate { path, reason } => language.text_with(
                "start-certificate",
                &[("file", &path.display().to_string()), ("reason", reason)],
            ),
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

/// The command that starts this program with another port, as a student would type it:
/// `ROCKET_PORT=8001 cargo run --bin lesson03`, or PowerShell's words for it.
fn with_port(port: u16) -> String {
    let file = std::env::current_exe().ok();
    let name = file.as_deref().and_then(|file| file.file_stem());
    let name = name.unwrap_or_default().to_string_lossy();
    let mut command = format!("cargo run --bin {name}");
    if second::is_asked_for() {
        command = format!("{command} -- {}", second::ARGUMENT);
    }
    with_variable("ROCKET_PORT", &port.to_string(), &command)
}
