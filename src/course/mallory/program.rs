//! The site as a program: its port, its argument, and the line that it prints.

use std::net::Ipv4Addr;
use std::{env, process};

use rocket::fairing::AdHoc;
use rocket::{Build, Config, Rocket};

use super::site::site;
use crate::course::language::languages::Language;
use crate::course::start::checks::{exit_quietly_when_the_launch_fails, usable_port};
use crate::course::start::error::StartError;

/// The variable with another port for her site; 0 takes any free one.
const PORT_VARIABLE: &str = "MALLORY_PORT";

/// The port of her site where the variable names none.
const USUAL_PORT: u16 = 9000;

/// The port of a lesson where the argument names none.
const USUAL_LESSON: u16 = 8000;

/// The port of her site, as far as another program can know it: the one that `MALLORY_PORT` names,
/// else 9000. Lessons link to it.
pub fn port() -> u16 {
    let named = env::var(PORT_VARIABLE).ok();
    named
        .and_then(|port| port.parse().ok())
        .unwrap_or(USUAL_PORT)
}

/// The site on the port that `MALLORY_PORT` names, 9000 if it names none, for the lesson on the port
/// in the first argument, 8000 if there is none. It says its address when it has started.
///
/// Ends the program with one sentence if the port is in use (1), or if one of the two is no port (2).
pub fn program() -> Rocket<Build> {
    exit_quietly_when_the_launch_fails();
    let language = Language::of_terminal();
    let end = |code: i32, line: String| -> ! {
        eprintln!("{line}");
        process::exit(code)
    };
    let read = |text: Option<String>, usual: u16| match text.map(|text| (text.parse(), text)) {
        None => usual,
        Some((Ok(port), _)) => port,
        Some((Err(_), text)) => end(2, language.text_with("mallory-no-port", &[("text", &text)])),
    };
    let port = read(env::var(PORT_VARIABLE).ok(), USUAL_PORT);
    // An argument that is no text is no port either.
    let argument = env::args_os().nth(1);
    let argument = argument.map(|text| text.to_string_lossy().into_owned());
    let lesson_port = read(argument, USUAL_LESSON);
    let config = Config {
        address: Ipv4Addr::LOCALHOST.into(),
        port,
        ..Config::debug_default()
    };
    match usable_port(&config) {
        Ok(()) => {}
        Err(StartError::PortInUse(port)) => {
            let (port, other) = (port.to_string(), port.checked_add(1).unwrap_or(USUAL_PORT));
            let command = format!("{PORT_VARIABLE}={other} cargo run --bin mallory");
            let variables = [("port", &*port), ("command", &*command)];
            end(1, language.text_with("mallory-port-in-use", &variables))
        }
        Err(error) => end(1, error.line(language)),
    }
    site(port, lesson_port).attach(AdHoc::on_liftoff("Address", move |rocket| {
        Box::pin(async move {
            let address = format!("http://localhost:{}", rocket.config().port);
            let lesson = lesson_port.to_string();
            let variables = [("address", &*address), ("lesson", &*lesson)];
            println!("{}", language.text_with("mallory-address", &variables));
        })
    }))
}
