//! `cargo run -- check`: plays all scenarios and says which claims do not hold.

use std::path::PathBuf;
use std::process::Command;
use std::{env, io};

use super::{Call, Outcome, Refusal};
use crate::course::languages::Language;
use crate::course::lessons::{LESSONS, Lesson};
use crate::course::scenario::{Player, Scenario};
use crate::course::sheet::{Ink, Sheet, room};

pub(super) fn check(call: &Call) -> Outcome {
    call.no_arguments()?;
    let built = cargo().args(["build", "--quiet", "--bins"]).status();
    if !built.map_err(|error| call.failed(error))?.success() {
        // Cargo has said what is wrong.
        return Err(Refusal::Told(1));
    }
    let language = call.language;
    let mut sheet = Sheet::of_terminal();
    let titles = LESSONS.each_ref().map(|lesson| language.text(lesson.title));
    let title_room = room(titles.iter().map(String::as_str));
    let mut broken = false;
    for (lesson, title) in LESSONS.iter().zip(&titles) {
        let (steps, claims, failed) = match play(lesson, language) {
            Ok(played) => played,
            Err(reason) => (0, 0, vec![reason]),
        };
        broken |= !failed.is_empty();
        let (ink, mark) = if failed.is_empty() {
            (Ink::Good, "✓")
        } else {
            (Ink::Bad, "✗")
        };
        let (steps, claims) = (steps.to_string(), claims.to_string());
        let variables = [("steps", steps.as_str()), ("claims", claims.as_str())];
        let text = language.text_with("command-checked", &variables);
        let gap = " ".repeat(title_room - crate::course::terminal::columns(title));
        let line = format!("{} {title}{gap}{text}", lesson.number);
        sheet.labelled(2, (mark, ink), 2, Ink::Plain, &line);
        for line in &failed {
            sheet.line(7, Ink::Bad, line);
        }
        sheet.print();
    }
    if broken {
        Err(Refusal::Told(1))
    } else {
        Ok(())
    }
}

/// The numbers of steps and claims, and a line for each claim that does not hold.
fn play(lesson: &Lesson, language: Language) -> Result<(usize, usize, Vec<String>), String> {
    let scenario = Scenario::load(lesson).map_err(|error| error.line(language))?;
    let program = program(lesson).map_err(|error| error.to_string())?;
    let mut player =
        Player::new(&scenario, &program, 0, language).map_err(|error| error.to_string())?;
    let (mut claims, mut failed) = (0, Vec::new());
    for place in 0..scenario.steps.len() {
        let played = player.play(place).map_err(|error| error.to_string())?;
        claims += played.claims.len();
        for claim in played.claims.iter().filter(|claim| !claim.holds()) {
            let (step, claim) = ((place + 1).to_string(), claim.line(language));
            let variables = [("step", step.as_str()), ("claim", claim.as_str())];
            failed.push(language.text_with("command-check-failed", &variables));
        }
    }
    Ok((scenario.steps.len(), claims, failed))
}

/// A lesson's program stands beside this one.
fn program(lesson: &Lesson) -> io::Result<PathBuf> {
    let name = format!("{}{}", lesson.program, env::consts::EXE_SUFFIX);
    Ok(env::current_exe()?.with_file_name(name))
}

/// The Cargo that has started this program.
pub(super) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
