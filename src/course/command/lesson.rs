//! Two commands about one lesson. `cargo run -- diff 03` prints the changes against its base,
//! `cargo run -- demo 03` plays its scenario.

use super::call::{Call, Done, Refusal, cargo};
use crate::course::guide::diff::Diff;
use crate::course::terminal::sheet::{Ink, Sheet};

/// Prints the changed places, each under the line of the lesson's file where it begins. The comment
/// among the new lines is the reason for the change, so nothing else is said.
///
/// # Errors
///
/// [`Refusal::Misunderstood`] for another argument than a lesson, [`Refusal::Failed`] if a file is
/// not there.
pub(super) fn diff(call: &Call) -> Done {
    let lesson = call.lesson()?;
    if let Some(argument) = call.arguments.get(1) {
        return Err(call.unknown_argument(argument));
    }
    let diff = Diff::of(lesson, call.lessons()?.base(lesson), call.language)
        .map_err(|error| call.failed(error))?;
    let mut sheet = Sheet::of_terminal();
    let title = match diff.base {
        Some(base) => {
            let variables = [("lesson", lesson.number.as_str()), ("base", &base.number)];
            call.language.text_with("command-diff-title", &variables)
        }
        None => call.language.text("command-diff-none"),
    };
    sheet.line(0, Ink::Strong, &title);
    let file = lesson.source_file(call.language);
    super::exercise::changes(&mut sheet, &file, &diff.hunks);
    sheet.print();
    Ok(())
}

/// Plays the demo by starting the lesson's program with `--demo`. The arguments after the lesson go
/// on to it, so `--pace 2s` is read in one place only.
///
/// # Errors
///
/// [`Refusal::Told`] with the program's own exit code: it has said what is wrong.
pub(super) fn demo(call: &Call) -> Done {
    let lesson = call.lesson()?;
    // `cargo run` builds the lesson first if it has changed.
    let played = cargo()
        .args(["run", "--quiet", "--bin", &lesson.program, "--", "--demo"])
        .args(&call.arguments[1..])
        .status()
        .map_err(|error| call.failed(error))?;
    match played.code() {
        Some(0) => Ok(()),
        // Without a code a signal ended it, Ctrl+C for example.
        code => Err(Refusal::Told(
            code.and_then(|code| code.try_into().ok()).unwrap_or(1),
        )),
    }
}
