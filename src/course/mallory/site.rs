//! The Rocket app.

use std::net::Ipv4Addr;

use rocket::config::{LogLevel, Shutdown};
use rocket::fairing::AdHoc;
use rocket::{Build, Config, Rocket};

use super::arrival::LessonPort;
use super::haul::Pocket;
use super::{attacks, pages};
use crate::course::terminal::log;
use crate::session::SameOrigin;

/// Mallory's site on this port of 127.0.0.1, for the lesson on that one. Port 0 takes any free one.
/// No configuration and no variable changes it, and it prints nothing.
///
/// ```no_run
/// # use session_lessons::course::mallory;
/// let rocket = mallory::site(9000, 8000);
/// # let _ = rocket;
/// ```
pub fn site(port: u16, lesson_port: u16) -> Rocket<Build> {
    let config = Config {
        address: Ipv4Addr::LOCALHOST.into(),
        port,
        log_level: LogLevel::Off,
        cli_colors: false,
        ip_header: None,
        // Nothing is kept that an end could lose: Ctrl+C ends it as it does any program.
        shutdown: Shutdown {
            ctrlc: false,
            #[cfg(unix)]
            signals: Default::default(),
            ..Shutdown::default()
        },
        ..Config::debug_default()
    };
    // Rocket's own log forgets that it is off whenever another app is made in this program, and would
    // print requests with the session IDs in them.
    log::install();
    rocket::custom(config)
        .manage(LessonPort(lesson_port))
        .manage(Pocket::default())
        // Pages from elsewhere can't press her buttons.
        .attach(SameOrigin::fairing())
        .mount("/", attacks::attacks())
        .mount("/", pages::pages())
        .register("/", pages::catchers())
        .attach(AdHoc::on_response("Headers", |request, response| {
            Box::pin(async move { pages::protect(request, response) })
        }))
}
