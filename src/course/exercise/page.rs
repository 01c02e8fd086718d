//! The first page of an exercise, `GET /`: the task, the hints that were read, the pages to try and
//! the commands. The X-ray and the student's own changes stand beside every page, as in a lesson.

use std::path::PathBuf;

use rocket::fairing::AdHoc;
use rocket::{State, get, routes};
use rocket_dyn_templates::context;

use super::attempt::{Attempt, Note};
use super::file::Exercise;
use crate::accounts::DEMO_USERS;
use crate::answer::{Answer, render};
use crate::course::language::languages::Language;
use crate::course::lessons::head::quoted;
use crate::course::pages::navigation::Running;
use crate::session::Config;

/// The running exercise.
struct RunningExercise {
    exercise: Exercise,
    database: PathBuf,
}

/// Mounts the page.
pub(crate) fn stage(exercise: Exercise) -> AdHoc {
    AdHoc::on_ignite("Exercise", async move |rocket| {
        // A configuration that can't be used stops the start elsewhere.
        let config = Config::from_figment(rocket.figment()).unwrap_or_default();
        let database = config.database();
        rocket
            .manage(RunningExercise { exercise, database })
            .mount("/", routes![task])
    })
}

/// The hints are read anew each time: they are asked for in the terminal, while this runs.
#[get("/")]
fn task(shown: &State<RunningExercise>, running: &State<Running>, language: Language) -> Answer {
    let exercise = &shown.exercise;
    let attempt = Attempt::at(exercise, &shown.database);
    let hints = exercise.hints.iter().take(attempt.noted(Note::Hints));
    let hints: Vec<String> = hints
        .map(|hint| quoted(hint.text(language), language))
        .collect();
    let users: Vec<_> = DEMO_USERS
        .iter()
        .map(|user| context! { userid: user.userid, password: user.password })
        .collect();
    let commands = [
        ("check", "exercise-check"),
        ("hint", "exercise-hint"),
        ("solution", "command-solution"),
        ("reset", "exercise-anew"),
    ];
    let commands = commands
        .map(|(name, key)| context! { command: exercise.command(name), what: language.text(key) });
    render(
        "exercise",
        context! {
            number: &exercise.number,
            file: exercise.source(),
            views: exercise.head.edit.join(", "),
            is_solved: attempt.noted(Note::Solved) > 0,
            explain: quoted(exercise.head.explain.text(language), language),
            start: running.start(),
            hints, users, commands,
        },
    )
}
