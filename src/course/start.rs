//! What a start needs, tried before Rocket does, and what to say where it is not there.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process;

use diesel::migration::{self, Migration, MigrationSource};
use diesel::sqlite::Sqlite;
use diesel_migrations::MigrationHarness;
use rocket::Config;
use rocket::config::LogLevel;
use rocket::figment::{self, Figment};

use super::languages::Language;
use super::log;
use super::terminal::printable;
use crate::accounts;
use crate::db::{Database, DatabaseError};
use crate::schema::{COURSE_MIGRATIONS, SESSION_MIGRATIONS};
use crate::session::{self, SetupError};

/// Why a lesson can't start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// `app()` was called with a number that is no lesson's.
    Lesson(String),
    /// `Rocket.toml` or a `ROCKET_…` variable has a value that can't be used.
    Configuration(Box<figment::Error>),
    /// The same, in the section that is the session layer's; the text says what.
    Session(SetupError),
    /// The strength of password hashes is out of range.
    Passwords(accounts::Error),
    /// The database can't be opened, or its tables can't be made.
    Database(DatabaseError),
    /// The database was made by a newer version of the course.
    NewerDatabase(PathBuf),
    /// The folder of templates is missing or empty.
    TemplateFolder {
        /// Where it was looked for.
        folder: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A template is missing that some page needs.
    TemplateMissing(PathBuf),
    /// A template can't be read.
    Template {
        /// Which one.
        file: PathBuf,
        /// What is wrong, and in which line.
        reason: String,
    },
    /// Another program listens on the port already.
    PortInUse(u16),
    /// The address can't be listened on for another reason.
    Address {
        /// The address and port.
        address: SocketAddr,
        /// What the system says.
        reason: String,
    },
}

impl StartError {
    /// What is wrong and what to do, in one line.
    pub fn line(&self, language: Language) -> String {
        let text = match self {
            StartError::Lesson(number) => language.text_with("start-lesson", &[("number", number)]),
            StartError::Configuration(error) => {
                let reasons: Vec<String> = error
                    .as_ref()
                    .clone()
                    .into_iter()
                    .map(|e| e.to_string())
                    .collect();
                language.text_with("start-configuration", &[("reason", &reasons.join("; "))])
            }
            StartError::Session(error) => {
                language.text_with("start-configuration", &[("reason", &error.to_string())])
            }
            StartError::Passwords(error) => {
                language.text_with("start-configuration", &[("reason", &error.to_string())])
            }
            StartError::Database(error) => {
                language.text_with("start-database", &[("reason", &error.to_string())])
            }
            StartError::NewerDatabase(file) => {
                let file = file.display().to_string();
                language.text_with("start-newer-database", &[("file", &file)])
            }
            StartError::TemplateFolder { folder, reason } => {
                let folder = folder.display().to_string();
                language.text_with(
                    "start-template-folder",
                    &[("folder", &folder), ("reason", reason)],
                )
            }
            StartError::TemplateMissing(file) => {
                let file = file.display().to_string();
                language.text_with("start-template-missing", &[("file", &file)])
            }
            StartError::Template { file, reason } => {
                let file = file.display().to_string();
                language.text_with("start-template", &[("file", &file), ("reason", reason)])
            }
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

/// The command that started this program, as a student would type it.
fn this_program() -> String {
    let file = std::env::current_exe().ok();
    let name = file.as_deref().and_then(|file| file.file_stem());
    let name = name.unwrap_or_default().to_string_lossy();
    format!("cargo run --bin {name}")
}

/// Says what is wrong and ends the program.
pub(crate) fn give_up(error: &StartError) -> ! {
    eprintln!("{}", error.line(Language::of_terminal()));
    process::exit(1)
}

/// Where the start fails later all the same, Rocket has said why, and then panics. Whoever reads
/// the terminal needs no trace of that.
pub(crate) fn exit_quietly_when_the_launch_fails() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let payload = panic.payload();
        let message = match payload.downcast_ref::<String>() {
            Some(message) => message.as_str(),
            None => payload.downcast_ref::<&str>().copied().unwrap_or_default(),
        };
        if message.starts_with("aborting due to") {
            process::exit(1);
        }
        usual(panic);
    }));
}

/// Rocket's configuration.
pub(crate) fn usable_config(figment: &Figment) -> Result<Config, StartError> {
    let config: Config = figment.extract()?;
    // Rocket's own log, where it is asked for, has everything that ours has.
    if config.log_level == LogLevel::Off {
        log::install();
    }
    Ok(config)
}

/// The session layer's configuration. The layer itself would find the same, but only after Rocket
/// has begun to start, which then says in its own words that it failed.
pub(crate) fn usable_sessions(figment: &Figment) -> Result<session::Config, StartError> {
    session::Config::from_figment(figment).map_err(StartError::Session)
}

/// The database, with the tables that all lessons share.
pub(crate) fn usable_database(sessions: &session::Config) -> Result<Database, StartError> {
    let database = Database::open(sessions.database(), sessions.synchronous);
    let database = database.map_err(StartError::Database)?;
    let migrated = database.migrate(COURSE_MIGRATIONS);
    migrated.map_err(StartError::Database)?;
    match is_newer(&database) {
        Ok(false) => Ok(database),
        Ok(true) => Err(StartError::NewerDatabase(database.path().to_owned())),
        Err(source) => Err(StartError::Database(DatabaseError::Open {
            path: database.path().to_owned(),
            source,
        })),
    }
}

/// Tells whether the file has seen a migration that is not known here. Then a later version of the
/// course has made its tables, and this one can't know what is in them.
fn is_newer(database: &Database) -> migration::Result<bool> {
    let mut known = Vec::new();
    for source in [COURSE_MIGRATIONS, SESSION_MIGRATIONS] {
        let migrations: Vec<Box<dyn Migration<Sqlite>>> = source.migrations()?;
        known.extend(
            migrations
                .iter()
                .map(|found| found.name().version().as_owned()),
        );
    }
    let applied = database.connect()?.applied_migrations()?;
    Ok(applied.iter().any(|version| !known.contains(version)))
}

/// Whether the port is free just now. Port 0 takes any free one.
pub(crate) fn usable_port(config: &Config) -> Result<(), StartError> {
    let address = SocketAddr::new(config.address, config.port);
    if address.port() == 0 {
        return Ok(());
    }
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Err(StartError::PortInUse(address.port()))
        }
        Err(error) => Err(StartError::Address {
            address,
            reason: error.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;

    #[test]
    fn a_port_in_use_is_named_with_the_way_out() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let config = Config {
            port: taken.local_addr().unwrap().port(),
            ..Config::default()
        };
        let error = usable_port(&config).unwrap_err();
        let line = error.line(Language::English);
        assert!(line.contains("is in use"), "{line}");
        assert!(line.contains("ROCKET_PORT="), "{line}");
        assert_eq!(line.lines().count(), 1);
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let figment = Config::figment().merge(("port", "many"));
        let error = usable_config(&figment).unwrap_err();
        let line = error.line(Language::English);
        assert!(line.contains("port"), "{line}");
    }

    #[test]
    fn a_database_of_a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let figment = Figment::new().merge(("session.database", folder.path().join("new.db")));
        let sessions = usable_sessions(&figment).unwrap();
        let database = usable_database(&sessions).unwrap();
        let query = "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')";
        let seen = database.connect().unwrap().batch_execute(query);
        assert!(seen.is_ok());
        let tried = usable_database(&sessions).map(drop);
        assert!(matches!(tried, Err(StartError::NewerDatabase(_))));
        let line = tried.unwrap_err().line(Language::English);
        assert!(line.contains("newer version"), "{line}");
    }

    #[test]
    fn a_database_that_is_none_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let figment = Figment::new().merge(("session.database", folder.path()));
        let sessions = usable_sessions(&figment).unwrap();
        let tried = usable_database(&sessions).map(drop);
        assert!(matches!(tried, Err(StartError::Database(_))));
    }
}
