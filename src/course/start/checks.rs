//! Everything that a start needs, tried before Rocket does.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::process;

use diesel::migration::{self, Migration, MigrationSource, MigrationVersion};
use diesel::sqlite::Sqlite;
use diesel_migrations::MigrationHarness;
use rocket::Config;
use rocket::config::LogLevel;
use rocket::figment::Figment;

use super::error::StartError;
use crate::course::language::languages::Language;
use crate::course::terminal::log;
use crate::db::{Database, DatabaseError};
use crate::schema::{COURSE_MIGRATIONS, migrate};
use crate::session;

/// Prints the error in the terminal's language and exits with 1.
pub fn give_up(error: &StartError) -> ! {
    eprintln!("{}", error.line(Language::of_terminal()));
    process::exit(1)
}

/// Exits with 1 if the launch fails after these checks: Rocket logs the reason and panics, and a
/// backtrace would hide it. Other panics are reported as always.
pub fn exit_quietly_when_the_launch_fails() {
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

/// Rocket's configuration. From here on our log prints warnings and errors.
///
/// # Errors
///
/// [`StartError::Configuration`] if a setting has a value that can't be used.
pub fn usable_config(figment: &Figment) -> Result<Config, StartError> {
    let config: Config = figment.extract()?;
    // Rocket's own log, where it is asked for, has everything that ours has.
    if config.log_level == LogLevel::Off {
        log::install();
    }
    Ok(config)
}

/// The session layer's configuration. The layer itself would find the same, but only after Rocket
/// has begun to start, which then says in its own words that it failed.
///
/// # Errors
///
/// [`StartError::Session`] if a setting of the section `session` can't be used.
pub fn usable_sessions(figment: &Figment) -> Result<session::Config, StartError> {
    session::Config::from_figment(figment).map_err(StartError::Session)
}

/// The database, with the tables that all lessons share.
///
/// # Errors
///
/// [`StartError::Database`] if it can't be opened or migrated, [`StartError::NewerDatabase`] if a
/// newer version of the course has made it.
pub fn usable_database(sessions: &session::Config) -> Result<Database, StartError> {
    let database = Database::open(sessions.database(), sessions.synchronous);
    let database = database.map_err(StartError::Database)?;
    migrate(&database).map_err(StartError::Database)?;
    match is_newer(&database) {
        Ok(false) => Ok(database),
        Ok(true) => Err(StartError::NewerDatabase(database.path().to_owned())),
        Err(source) => Err(StartError::Database(DatabaseError::Open {
            path: database.path().to_owned(),
            source,
        })),
    }
}

/// The migration by which the session layer made its table, when it still had one. Files of that
/// time have it in their list.
const SESSIONS_OF_OLD: &str = "20261120000000";

/// Tells whether the file has seen a migration that is not known here. Then a later version of the
/// course has made its tables, and this one can't know what is in them.
fn is_newer(database: &Database) -> migration::Result<bool> {
    let migrations: Vec<Box<dyn Migration<Sqlite>>> = COURSE_MIGRATIONS.migrations()?;
    let known = migrations.iter().map(|known| known.name().version());
    let mut known: Vec<_> = known.map(|version| version.as_owned()).collect();
    known.push(MigrationVersion::from(SESSIONS_OF_OLD));
    let applied = database.connect()?.applied_migrations()?;
    Ok(applied.iter().any(|version| !known.contains(version)))
}

/// Makes sure that a program with a hole answers nobody else in the room.
///
/// # Errors
///
/// [`StartError::HoleForOthers`] for any address but loopback.
pub fn only_this_machine(config: &Config) -> Result<(), StartError> {
    if config.address.is_loopback() {
        Ok(())
    } else {
        Err(StartError::HoleForOthers(config.address))
    }
}

/// Tries that the port is free just now; port 0 takes any free one.
///
/// # Errors
///
/// [`StartError::PortInUse`], [`StartError::Address`] for an address that this machine lacks.
pub fn usable_port(config: &Config) -> Result<(), StartError> {
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
