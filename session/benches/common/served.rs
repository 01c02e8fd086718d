//! The programs that are measured: the bench's own file, started again with a word that says
//! which. So they are built with the same options as the bench, and end with it even if it is killed.

use std::io::Read;
use std::process::{Command, exit};

use rocket::{get, launch, routes};

use super::Failure;
use super::program::program;

#[path = "../../examples/plain_app.rs"]
mod plain_app;

/// `/plain` in a program without sessions. Compared with `plain_app` it shows what the fairing costs a
/// page that does not ask for the session.
mod without_sessions {
    use super::*;

    #[get("/plain")]
    fn plain() -> &'static str {
        "Hello!"
    }

    #[launch]
    pub fn rocket() -> _ {
        rocket::build().mount("/", routes![plain])
    }
}

const WORD: &str = "serve";

/// A program that a bench can start.
#[derive(Clone, Copy)]
pub enum Served {
    /// `examples/plain_app.rs`.
    PlainApp,
    /// Its page `/plain` without the session layer.
    WithoutSessions,
}

impl Served {
    /// The command that starts it.
    ///
    /// # Errors
    ///
    /// The system does not say where this program's file is.
    pub fn command(self) -> Result<Command, Failure> {
        let mut command = program(&std::env::current_exe()?);
        command
            .arg(WORD)
            .arg(match self {
                Served::PlainApp => "plain_app",
                Served::WithoutSessions => "without_sessions",
            })
            // Rocket then prints the port that it got, and nothing about requests.
            .env("ROCKET_LOG_LEVEL", "critical")
            .env("ROCKET_CLI_COLORS", "false");
        Ok(command)
    }
}

/// Serves, if this process was started for that; then it never returns.
pub fn serve_if_asked() {
    let mut words = std::env::args().skip(1);
    if words.next().as_deref() != Some(WORD) {
        return;
    }
    std::thread::spawn(|| {
        // The bench holds the other end and never writes: this returns when the bench has ended.
        let _ = std::io::stdin().read(&mut [0]);
        exit(0);
    });
    match words.next().as_deref() {
        Some("plain_app") => plain_app::main(),
        _ => without_sessions::main(),
    }
    exit(1);
}
