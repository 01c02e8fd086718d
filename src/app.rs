//! The shared Rocket app that every lesson starts from.

use rocket::figment::Figment;
use rocket::{Build, Rocket};

use crate::accounts::{self, Accounts, Passwords};
use crate::board::Board;
use crate::course::scenario::control;
use crate::course::{self, StartError};
use crate::session::SameOrigin;
use crate::shop::Shop;

/// The app for one lesson: `app("01").mount("/", routes![…])`.
///
/// `#[launch]` panics when the start fails, so everything that can be wrong with the machine is
/// tried here before: it then ends with one line that says what to do, and exit code 1. With
/// `--demo` on the command line it plays the lesson's scenario instead.
pub fn app(lesson: &str) -> Rocket<Build> {
    course::exit_quietly_when_the_launch_fails();
    course::heed_arguments(lesson);
    match try_app(lesson, rocket::Config::figment()) {
        // Started for a scenario, its terminal is the scenario's runner.
        Ok(rocket) if control::is_wanted() => control::attach(rocket),
        Ok(rocket) => rocket.attach(course::terminal_stage()),
        Err(error) => course::give_up(&error),
    }
}

/// [`app`] without a terminal: nothing is printed, and what can't be used is an error. For tests.
///
/// # Errors
///
/// There is no such lesson, or what it needs to start is not there.
pub fn try_app(lesson: &str, figment: Figment) -> Result<Rocket<Build>, StartError> {
    let lesson = course::find_lesson(lesson)?;
    let config = course::usable_config(&figment)?;
    course::usable_templates(&figment)?;
    let sessions = course::usable_sessions(&figment)?;
    let database = course::usable_database(&sessions)?;
    let passwords = Passwords::from_figment(&figment).map_err(StartError::Passwords)?;
    let xray = course::Xray::configured(&figment)?;
    course::usable_port(&config)?;

    let rocket = rocket::custom(figment)
        .manage(xray)
        .manage(database.clone())
        .manage(Shop::new(database.clone()))
        .manage(Board::new(database.clone()))
        .attach(course::dropped_cookies_stage())
        // Before all routes, because it takes the routes there are for the lesson's own.
        .attach(course::lesson_stage(lesson))
        .attach(accounts::stage(Accounts::new(database, passwords)))
        .attach(SameOrigin::fairing())
        .attach(course::templates_stage())
        .attach(course::language_stage())
        .attach(course::assets_stage())
        .attach(course::cover_stage())
        .attach(course::afresh_stage())
        .attach(course::reading_stage())
        .attach(course::status_pages_stage())
        .attach(course::guide_stage(lesson))
        .attach(course::time_stage())
        .attach(course::xray_stage())
        .attach(course::beside_stage())
        .attach(course::no_cookie_stage())
        .attach(course::headers_stage());
    Ok(rocket)
}
