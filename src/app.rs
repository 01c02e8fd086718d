//! The shared Rocket app that every lesson starts from.

use rocket::figment::Figment;
use rocket::{Build, Rocket};

use crate::accounts::{self, Accounts, Passwords};
use crate::board::Board;
use crate::course::command::arguments;
use crate::course::exercise::{self, Exercise};
use crate::course::guide::{afresh, beside, cover, reading, walk};
use crate::course::language::switch;
use crate::course::pages::{assets, navigation, no_cookie, status, templates};
use crate::course::protect::headers;
use crate::course::scenario::control;
#[cfg(feature = "tls")]
use crate::course::start::certificate;
use crate::course::start::{checks, second};
use crate::course::terminal::{lines, log};
use crate::course::{Lessons, StartError, xray};
#[cfg(feature = "tls")]
use crate::session::Clock;
use crate::session::SameOrigin;
use crate::shop::Shop;

/// The app for one lesson: `app("01").mount("/", routes![…])`.
///
/// `#[launch]` panics when the start fails, so everything that can be wrong with the machine is
/// tried here before: it then ends with one line that says what to do, and exit code 1. With
/// `--demo` on the command line it plays the lesson's scenario instead.
pub fn app(lesson: &str) -> Rocket<Build> {
    checks::exit_quietly_when_the_launch_fails();
    arguments::heed(lesson);
    let figment = second::configured(rocket::Config::figment());
    #[cfg(feature = "tls")]
    let figment = figment.and_then(|figment| {
        certificate::configured(lesson, control::is_wanted(), figment, Clock::System.now())
    });
    let started = figment.and_then(|figment| try_app(lesson, figment));
    match started.map(second::marked) {
        // Started for a scenario, its terminal is the scenario's runner.
        Ok(rocket) if control::is_wanted() => control::attach(rocket),
        Ok(rocket) => rocket.attach(lines::stage(second::is_wanted())),
        Err(error) => checks::give_up(&error),
    }
}

/// [`app`] without a terminal: nothing is printed, and what can't be used is an error. For tests.
///
/// # Errors
///
/// There is no such lesson, or what it needs to start is not there.
pub fn try_app(number: &str, figment: Figment) -> Result<Rocket<Build>, StartError> {
    let config = checks::usable_config(&figment)?;
    templates::check(&figment).map_err(StartError::Templates)?;
    let sessions = checks::usable_sessions(&figment)?;
    let lessons = Lessons::of_project().map_err(StartError::Lessons)?;
    let exercise = number.strip_prefix("ex").map(Exercise::read).transpose();
    let exercise = exercise.map_err(StartError::Lessons)?;
    let lesson = exercise
        .as_ref()
        .map_or_else(
            || lessons.find(number),
            |exercise| Some(exercise.as_lesson()),
        )
        .ok_or_else(|| StartError::Lesson(number.to_owned()))?;
    if lessons.has_hole(lesson) {
        checks::only_this_machine(&config)?;
    }
    let database = checks::usable_database(&sessions)?;
    let passwords = Passwords::from_figment(&figment).map_err(StartError::Passwords)?;
    let xray = xray::Enabled::configured(&figment).map_err(StartError::Configuration)?;
    checks::usable_port(&config)?;

    let rocket = rocket::custom(figment)
        .manage(xray)
        .manage(database.clone())
        .manage(Shop::new(database.clone()))
        .manage(Board::new(database.clone()))
        .attach(log::stage())
        // Before all routes, because it takes the routes there are for the lesson's own.
        .attach(navigation::stage(lessons, lesson))
        .attach(accounts::stage(Accounts::new(database, passwords)))
        .attach(SameOrigin::fairing())
        .attach(templates::stage())
        .attach(switch::stage())
        .attach(assets::stage())
        .attach(exercise.map_or_else(cover::stage, exercise::page::stage))
        .attach(afresh::stage())
        .attach(reading::stage())
        .attach(status::stage())
        .attach(xray::time_stage())
        .attach(xray::stage())
        // After the X-ray, whose record of a request answers a question.
        .attach(walk::stage(lessons, lesson))
        .attach(beside::stage())
        .attach(no_cookie::stage())
        .attach(headers::stage());
    Ok(rocket)
}
