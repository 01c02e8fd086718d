//! `cargo run -- report`: what this seat has done, in lines that can be pasted. With the files into
//! which they were pasted, a room's: counts, and no names.

use std::path::Path;

use super::call::{Call, Done, Refusal};
use super::exercise::all;
use super::seats::{HEADER, Room, SeatLine};
use crate::course::exercise::attempt::{Attempt, Note};
use crate::course::guide::progress::Progress;
use crate::course::scenario::{Checklist, Scenario};
use crate::course::terminal::sheet::{Ink, Sheet};
use crate::course::terminal::text::{columns, padded};
use crate::course::xray::moves_in_this_build;

/// Prints the report of this seat, or adds up those in files.
///
/// # Errors
///
/// [`Refusal::Failed`] if the lessons or exercises can't be read, [`Refusal::Told`] with 1 if a file
/// can't.
pub(super) fn report(call: &Call) -> Done {
    match call.arguments.first() {
        None => seat(call),
        Some(argument) if argument.starts_with('-') => Err(call.unknown_argument(argument)),
        Some(_) => room(call),
    }
}

/// The lines of this seat.
fn seat(call: &Call) -> Done {
    let database = call.config()?.database();
    let progress = Progress::beside(&database);
    println!("{HEADER}");
    println!("# {}", call.language.text("report-paste"));
    for lesson in call.lessons()?.programs() {
        let scenario = Scenario::load(lesson);
        let scenario = scenario.map_err(|error| Refusal::Failed(error.line(call.language)))?;
        let steps = Checklist::new(&scenario, 0, moves_in_this_build()).doable();
        let done = progress.of(lesson).min(steps);
        let seat = SeatLine {
            done,
            steps,
            ..SeatLine::default()
        };
        println!("{}", seat.written(&lesson.program));
    }
    for exercise in all(call)? {
        let attempt = Attempt::at(&exercise, &database);
        let steps = exercise.steps().count();
        let seat = SeatLine {
            done: attempt.passed().unwrap_or(0).min(steps),
            steps,
            hints: attempt.noted(Note::Hints),
            solved: attempt.noted(Note::Solved) > 0,
            shown: attempt.noted(Note::Shown) > 0,
        };
        println!("{}", seat.written(&exercise.program));
    }
    Ok(())
}

/// The table of a room. A file that can't be used is a sentence, and the others are counted.
fn room(call: &Call) -> Done {
    let (language, mut room) = (call.language, Room::default());
    let mut is_whole = true;
    for file in &call.arguments {
        if let Err(line) = room.add(Path::new(file)) {
            is_whole = false;
            let line = line.to_string();
            let variables = [("file", file.as_str()), ("line", line.as_str())];
            eprintln!("{}", language.text_with("report-bad", &variables));
        }
    }
    let mut sheet = Sheet::of_terminal();
    let seats = language.text_counted("report-seats", room.seats as u64);
    sheet.line(0, Ink::Strong, &seats);
    let heads = [
        "report-begun",
        "report-done",
        "report-hints",
        "report-shown",
    ];
    let heads = heads.map(|key| language.text(key));
    let row = |cells: [&str; 4]| {
        let cells = cells.iter().zip(&heads);
        let cells = cells.map(|(cell, head)| padded(cell, columns(head) + 2));
        cells.collect::<String>().trim_end().to_owned()
    };
    if room.seats > 0 {
        let names = heads.each_ref().map(String::as_str);
        sheet.labelled(2, ("", Ink::Plain), 10, Ink::Quiet, &row(names));
    }
    let (lessons, exercises): (Vec<_>, Vec<_>) = room
        .lines
        .iter()
        .partition(|(program, _)| program.starts_with("lesson"));
    for (program, line) in lessons.into_iter().chain(exercises) {
        let counts = [line.begun, line.done, line.hints, line.shown].map(|it| it.to_string());
        let mut cells = counts.each_ref().map(String::as_str);
        // A lesson has no hints.
        if program.starts_with("lesson") {
            cells[2..].fill("");
        }
        sheet.labelled(2, (program, Ink::Strong), 10, Ink::Plain, &row(cells));
    }
    sheet.print();
    if is_whole {
        Ok(())
    } else {
        Err(Refusal::Told(1))
    }
}
