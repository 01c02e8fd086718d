//! `cargo run -- check --course`: plays all scenarios and says which claims do not hold.
//!
//! It is the author's tool. The same runner plays the same scenarios in the tests, which also
//! compare the transcripts.

use std::path::PathBuf;
use std::{env, io};

use super::call::{Call, Done, Refusal, cargo};
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::scenario::{Scenario, ScenarioPlayer};
use crate::course::terminal::sheet::{Ink, Sheet, room};
use crate::course::terminal::text::padded;

/// Checks an exercise, or with `--course` all scenarios: builds all lessons, plays them one after
/// another and prints a line for each.
///
/// # Errors
///
/// [`Refusal::Told`] with 1 if a claim does not hold or a scenario can't be played.
pub(super) fn check(call: &Call) -> Done {
    match call.arguments.as_slice() {
        [course] if course == "--course" => {}
        _ => return super::checking::check(call),
    }
    let lessons: Vec<&Lesson> = call.lessons()?.programs().collect();
    // Built once for all: `cargo run` for each lesson would look through the whole project each
    // time.
    let built = cargo().args(["build", "--quiet", "--bins"]).status();
    if !built.map_err(|error| call.failed(error))?.success() {
        // Cargo has said what is wrong.
        return Err(Refusal::Told(1));
    }
    let language = call.language;
    let mut sheet = Sheet::of_terminal();
    let titles: Vec<String> = lessons.iter().map(|it| it.title_in(language)).collect();
    let title_room = room(titles.iter().map(String::as_str));
    let mut broken = false;
    for (lesson, title) in lessons.into_iter().zip(&titles) {
        // A lesson that can't be played is one more line, so that the others are checked too.
        let checked = play(lesson, language).unwrap_or_else(|reason| Report {
            failed: vec![reason],
            ..Report::default()
        });
        broken |= !checked.failed.is_empty();
        let (ink, mark) = if checked.failed.is_empty() {
            (Ink::Good, "✓")
        } else {
            (Ink::Bad, "✗")
        };
        let (steps, claims) = (checked.steps.to_string(), checked.claims.to_string());
        let variables = [("steps", steps.as_str()), ("claims", claims.as_str())];
        let text = language.text_with("command-checked", &variables);
        let number = padded(&lesson.number, 4);
        let line = format!("{number}{}{text}", padded(title, title_room));
        sheet.labelled(2, (mark, ink), 2, Ink::Plain, &line);
        for line in &checked.failed {
            sheet.line(8, Ink::Bad, line);
        }
        // Printed after each lesson: all of them take a while.
        sheet.print();
    }
    if broken {
        Err(Refusal::Told(1))
    } else {
        Ok(())
    }
}

/// The result of a scenario.
#[derive(Default)]
struct Report {
    steps: usize,
    /// The number of claims that were checked, also of those that do not hold.
    claims: usize,
    /// A line for each that does not hold.
    failed: Vec<String>,
}

/// Plays a lesson's scenario on a database of its own.
///
/// # Errors
///
/// The line to print: the scenario can't be read, or its program can't be started or reached.
fn play(lesson: &Lesson, language: Language) -> Result<Report, String> {
    let scenario = Scenario::load(lesson).map_err(|error| error.line(language))?;
    let program = program(lesson).map_err(|error| error.to_string())?;
    let session = env::var("ROCKET_SESSION").unwrap_or_default();
    let player = ScenarioPlayer::new(&session, &scenario, &program, 0, language);
    let mut player = player.map_err(|error| error.to_string())?;
    let mut checked = Report {
        steps: scenario.steps.len(),
        ..Report::default()
    };
    for place in 0..scenario.steps.len() {
        let played = player.play(place).map_err(|error| error.to_string())?;
        checked.claims += played.claims.len();
        // The step by its number in the file, since an author looks there next.
        let told = |claim: String| {
            let step = (place + 1).to_string();
            let variables = [("step", step.as_str()), ("claim", claim.as_str())];
            language.text_with("command-check-claim", &variables)
        };
        let failed = played.claims.iter().filter(|claim| !claim.holds);
        let failed = failed.map(|claim| told(claim.line(language)));
        checked.failed.extend(failed);
    }
    Ok(checked)
}

/// The lesson's program. It stands beside this one, because one `cargo build` made both.
fn program(lesson: &Lesson) -> io::Result<PathBuf> {
    let name = format!("{}{}", lesson.program, env::consts::EXE_SUFFIX);
    Ok(env::current_exe()?.with_file_name(name))
}
