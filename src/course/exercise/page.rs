//! The pages of an exercise. The first one, `GET /`, has the task, the hints that were read, the
//! pages to try and the commands; the tab beside every page has the task, with what the last check
//! found. The X-ray and the student's own changes stand beside every page, as in a lesson.

use std::path::PathBuf;

use rocket::fairing::AdHoc;
use rocket::{State, get, routes};
use rocket_dyn_templates::context;
use serde_json::{Value, json};

use super::attempt::{Attempt, Note};
use super::file::Exercise;
use crate::accounts::DEMO_USERS;
use crate::answer::{Answer, render};
use crate::course::guide::notes::to_html;
use crate::course::language::languages::Language;
use crate::course::pages::navigation::Running;
use crate::session::Config;

/// The running exercise.
struct RunningExercise {
    exercise: Exercise,
    database: PathBuf,
}

/// Mounts the pages.
pub(crate) fn stage(exercise: Exercise) -> AdHoc {
    AdHoc::on_ignite("Exercise", async move |rocket| {
        // A configuration that can't be used stops the start elsewhere.
        let config = Config::from_figment(rocket.figment()).unwrap_or_default();
        let database = config.database();
        rocket
            .manage(RunningExercise { exercise, database })
            .mount("/", routes![cover, beside])
    })
}

/// The page with everything that can be done.
#[get("/")]
fn cover(shown: &State<RunningExercise>, running: &State<Running>, language: Language) -> Answer {
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
    let exercise = &shown.exercise;
    let commands = commands
        .map(|(name, key)| context! { command: exercise.command(name), what: language.text(key) });
    let number = &exercise.number;
    let start = running.start();
    let task = shown.task(language);
    render(
        "exercise",
        context! { task, number, start, users, commands },
    )
}

/// The task alone, for the tab beside every page.
#[get("/beside/task")]
fn beside(shown: &State<RunningExercise>, language: Language) -> Answer {
    render("task", context! { task: shown.task(language) })
}

impl RunningExercise {
    /// The task as templates show it. Hints and progress are read anew each time: they change in
    /// the terminal, while this runs.
    fn task(&self, language: Language) -> Value {
        let exercise = &self.exercise;
        let attempt = Attempt::at(exercise, &self.database);
        let hints = exercise.hints.iter().take(attempt.noted(Note::Hints));
        let hints: Vec<String> = hints.map(|hint| to_html(hint.text(language))).collect();
        let progress = match attempt.passed() {
            None => {
                let check = exercise.command("check");
                language.text_with("exercise-unchecked", &[("command", &check)])
            }
            Some(passed) => {
                let numbers = [passed, exercise.steps().count()].map(|it| it.to_string());
                let variables = [("passed", &*numbers[0]), ("steps", &*numbers[1])];
                language.text_with("exercise-progress", &variables)
            }
        };
        json!({
            "file": exercise.source(),
            "views": exercise.head.edit.join(", "),
            "is_solved": attempt.noted(Note::Solved) > 0,
            "explain": to_html(exercise.head.explain.text(language)),
            "hints": hints,
            "progress": progress,
        })
    }
}
