//! The exercises: `start 03`, `hint 03`, `solution 03` and `reset 03`.

use std::io;

use super::call::{Call, Done, Refusal};
use crate::course::exercise::attempt::{Attempt, Note};
use crate::course::exercise::{Exercise, report};
use crate::course::guide::diff::{Change, Hunk};
use crate::course::terminal::sheet::{Ink, Sheet};

/// Prints the task and the way to begin. An earlier attempt is kept and the file begun anew.
///
/// # Errors
///
/// [`Refusal::Misunderstood`] if there is no such exercise, [`Refusal::Failed`] if the file can't be
/// written.
pub(super) fn start(call: &Call) -> Done {
    let exercise = exercise(call)?;
    let kept = begun(call, &exercise)?;
    let (language, mut sheet) = (call.language, Sheet::of_terminal());
    let number = [("number", exercise.number.as_str())];
    let title = language.text_with("exercise-title", &number);
    let title = format!("{title} · {}", exercise.head.title.text(language));
    sheet.line(0, Ink::Strong, &title);
    sheet.line(0, Ink::Plain, exercise.head.task.text(language));
    sheet.gap();
    let views = exercise.head.edit.join(", ");
    let edit = [("file", &*exercise.source()), ("views", &*views)];
    sheet.line(2, Ink::Plain, &language.text_with("exercise-edit", &edit));
    if let Some(kept) = kept {
        sheet.line(
            2,
            Ink::Plain,
            &language.text_with("exercise-kept", &[("file", &kept)]),
        );
    }
    sheet.gap();
    let ways = [
        (
            format!("cargo run --bin {}", exercise.program),
            "exercise-serve",
        ),
        (exercise.command("check"), "exercise-check"),
        (exercise.command("hint"), "exercise-hint"),
    ];
    for (way, key) in ways {
        sheet.labelled(2, (&way, Ink::Out), 30, Ink::Plain, &language.text(key));
    }
    if let Err(error) = attempt(call, &exercise)?.note_turn(&all(call)?) {
        sheet.line(2, Ink::Quiet, &not_noted(call, &error));
    }
    sheet.print();
    Ok(())
}

/// Prints one hint more than the last time, with those before it.
///
/// # Errors
///
/// [`Refusal::Misunderstood`] if there is no such exercise.
pub(super) fn hint(call: &Call) -> Done {
    let exercise = exercise(call)?;
    let (language, attempt) = (call.language, attempt(call, &exercise)?);
    let read = (attempt.noted(Note::Hints) + 1).min(exercise.hints.len());
    let mut sheet = Sheet::of_terminal();
    for (place, hint) in exercise.hints.iter().take(read).enumerate() {
        let number = (place + 1).to_string();
        let label = language.text_with("exercise-hint-number", &[("number", &number)]);
        sheet.labelled(2, (&label, Ink::Strong), 9, Ink::Plain, hint.text(language));
    }
    sheet.gap();
    sheet.line(2, Ink::Quiet, &report::next_hint(&exercise, read, language));
    sheet.print();
    attempt
        .note(Note::Hints, read)
        .map_err(|error| Refusal::Failed(not_noted(call, &error)))
}

/// Prints the lines between the student's file and the solution.
///
/// # Errors
///
/// [`Refusal::Failed`] if a file can't be read.
pub(super) fn solution(call: &Call) -> Done {
    let exercise = exercise(call)?;
    let attempt = attempt(call, &exercise)?;
    let hunks = attempt.to_solution().map_err(|error| call.failed(error))?;
    let mut sheet = Sheet::of_terminal();
    if hunks.is_empty() {
        let same = call.language.text("exercise-same");
        sheet.line(2, Ink::Good, &same);
    }
    changes(&mut sheet, &exercise.source(), &hunks);
    sheet.gap();
    sheet.line(2, Ink::Plain, exercise.head.explain.text(call.language));
    sheet.print();
    attempt
        .note(Note::Shown, 1)
        .map_err(|error| Refusal::Failed(not_noted(call, &error)))
}

/// Begins an exercise anew, with its hints. The attempt is kept.
///
/// # Errors
///
/// See [`start`].
pub(super) fn reset(call: &Call) -> Done {
    let exercise = exercise(call)?;
    let attempt = attempt(call, &exercise)?;
    let kept = begun(call, &exercise)?;
    for note in [Note::Hints, Note::Solved, Note::Shown, Note::Steps] {
        let noted = attempt.note(note, 0);
        noted.map_err(|error| Refusal::Failed(not_noted(call, &error)))?;
    }
    let file = exercise.source();
    let line = call
        .language
        .text_with("exercise-reset", &[("file", &file)]);
    println!("{line}");
    if let Some(kept) = kept {
        println!(
            "{}",
            call.language.text_with("exercise-kept", &[("file", &kept)])
        );
    }
    Ok(())
}

/// Prints changed places, each under the line of the file where it begins.
pub(super) fn changes(sheet: &mut Sheet, file: &str, hunks: &[Hunk]) {
    for hunk in hunks {
        sheet.gap();
        sheet.line(0, Ink::Out, &format!("{file}:{}", hunk.starts.1));
        for line in &hunk.lines {
            let ink = match line.change {
                Change::Same => Ink::Quiet,
                Change::Removed => Ink::Bad,
                Change::Added => Ink::Good,
            };
            sheet.code(ink, &format!("{} {}", line.change.mark(), line.text));
        }
    }
}

/// The exercise that the one argument names: `3`, `03` or `ex03`.
fn exercise(call: &Call) -> Result<Exercise, Refusal> {
    let named = call.arguments.first().map_or("", String::as_str);
    if let Some(argument) = call.arguments.get(1) {
        return Err(call.unknown_argument(argument));
    }
    find(call, named)
}

/// The exercise of this name. Halves of a pair share one: `12a` and `12b` mean `12`.
///
/// # Errors
///
/// [`Refusal::Misunderstood`] with the numbers to choose from.
pub(super) fn find(call: &Call, named: &str) -> Result<Exercise, Refusal> {
    let number = named.strip_prefix("ex").unwrap_or(named);
    let number = number.strip_suffix(['a', 'b']).unwrap_or(number);
    let all = all(call)?;
    let numbers: Vec<String> = all.iter().map(|it| it.number.clone()).collect();
    let mut all = all.into_iter();
    let found = all.find(|it| it.number == number || it.number.strip_prefix('0') == Some(number));
    found.ok_or_else(|| {
        let variables = [("named", named), ("numbers", &numbers.join(", "))];
        Refusal::Misunderstood(call.language.text_with("exercise-which", &variables))
    })
}

/// All exercises.
pub(super) fn all(call: &Call) -> Result<Vec<Exercise>, Refusal> {
    Exercise::all().map_err(|error| Refusal::Failed(error.line(call.language)))
}

/// The attempt at this exercise.
pub(super) fn attempt<'e>(call: &Call, exercise: &'e Exercise) -> Result<Attempt<'e>, Refusal> {
    Ok(Attempt::at(exercise, &call.config()?.database()))
}

/// The sentence about a note that can't be written.
pub(super) fn not_noted(call: &Call, error: &io::Error) -> String {
    let reason = error.to_string();
    call.language
        .text_with("exercise-not-noted", &[("reason", &reason)])
}

/// Begins the file anew; the name under which an attempt was kept.
pub(super) fn begun(call: &Call, exercise: &Exercise) -> Result<Option<String>, Refusal> {
    attempt(call, exercise)?
        .begin()
        .map_err(|error| call.failed(format!("{}: {error}", exercise.source())))
}
