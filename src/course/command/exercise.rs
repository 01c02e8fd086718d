//! The exercises: `start 03`, `check 03`, `hint 03`, `solution 03` and `reset 03`.

use std::env;
use std::time::Duration;

use super::call::{Call, Done, Refusal, cargo};
use crate::course::exercise::attempt::{Attempt, Note};
use crate::course::exercise::{Exercise, Verdict, compile, report};
use crate::course::guide::diff::{Change, Hunk};
use crate::course::scenario::LessonProgram;
use crate::course::terminal::sheet::{Ink, Sheet};

/// The time that a student's program may take to answer. An endless loop is ended after it.
const PATIENCE: Duration = Duration::from_secs(10);

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
    sheet.print();
    Ok(())
}

/// Builds the exercise, plays its steps and prints them up to the first miss.
///
/// # Errors
///
/// [`Refusal::Told`] with 1 if it is not solved.
pub(super) fn check(call: &Call) -> Done {
    let exercise = exercise(call)?;
    let (language, attempt) = (call.language, attempt(call, &exercise)?);
    let built = compile::build(cargo(), &exercise).map_err(|error| call.failed(error))?;
    let mut sheet = Sheet::of_terminal();
    if !built.succeeded {
        eprint!("{}", built.said);
        let sentence = if built.is_in(&exercise) {
            let known = built.sentence(language);
            known.unwrap_or_else(|| language.text("compile-other"))
        } else {
            language.text_with("compile-elsewhere", &[("file", &exercise.source())])
        };
        sheet.line(2, Ink::Plain, &sentence);
        sheet.print();
        return Err(Refusal::Told(1));
    }
    let folder = env::current_exe().map_err(|error| call.failed(error))?;
    let program = exercise.program_in(folder.parent().unwrap_or(&folder));
    let program = LessonProgram::of_student(&program, &[], PATIENCE);
    let verdict = exercise.judge(&program, language);
    let solved = matches!(verdict, Verdict::Solved);
    let hints = attempt.noted(Note::Hints);
    report::write(&mut sheet, &exercise, &verdict, hints, language);
    // Compiled, it only warns; at the first miss the warning is the reason.
    if let Some(sentence) = built.sentence(language).filter(|_| !solved) {
        sheet.line(2, Ink::Plain, &sentence);
    }
    if solved {
        // On a full disk it is solved all the same.
        if let Err(error) = attempt.note(Note::Solved, 1) {
            sheet.line(2, Ink::Quiet, &error.to_string());
        }
        if attempt.noted(Note::Shown) > 0 {
            sheet.line(2, Ink::Quiet, &language.text("exercise-was-shown"));
        }
    }
    sheet.print();
    if solved {
        Ok(())
    } else {
        Err(Refusal::Told(1))
    }
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
        .map_err(|error| call.failed(error))
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
        .map_err(|error| call.failed(error))
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
    for note in [Note::Hints, Note::Solved, Note::Shown] {
        attempt.note(note, 0).map_err(|error| call.failed(error))?;
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
    let number = named.strip_prefix("ex").unwrap_or(named);
    if let Some(argument) = call.arguments.get(1) {
        return Err(call.unknown_argument(argument));
    }
    let all = Exercise::all().map_err(|error| Refusal::Failed(error.line(call.language)))?;
    let numbers: Vec<String> = all.iter().map(|it| it.number.clone()).collect();
    let mut all = all.into_iter();
    let found = all.find(|it| it.number == number || it.number.strip_prefix('0') == Some(number));
    found.ok_or_else(|| {
        let variables = [("named", named), ("numbers", &numbers.join(", "))];
        Refusal::Misunderstood(call.language.text_with("exercise-which", &variables))
    })
}

fn attempt<'e>(call: &Call, exercise: &'e Exercise) -> Result<Attempt<'e>, Refusal> {
    Ok(Attempt::at(exercise, &call.config()?.database()))
}

/// Begins the file anew; the name under which an attempt was kept.
fn begun(call: &Call, exercise: &Exercise) -> Result<Option<String>, Refusal> {
    attempt(call, exercise)?
        .begin()
        .map_err(|error| call.failed(error))
}
