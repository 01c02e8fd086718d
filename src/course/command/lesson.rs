//! `cargo run -- diff 03`: what a lesson changed. `cargo run -- demo 03`: its scenario, played.

use super::call::{Call, Done, Refusal};
use crate::course::guide::diff::{Change, Diff};
use crate::course::terminal::sheet::{Ink, Sheet};

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
    for hunk in &diff.hunks {
        sheet.gap();
        let place = format!("{file}:{}", hunk.starts.1);
        sheet.line(0, Ink::Out, &place);
        for line in &hunk.lines {
            let ink = match line.change {
                Change::Same => Ink::Quiet,
                Change::Removed => Ink::Bad,
                Change::Added => Ink::Good,
            };
            sheet.code(ink, &format!("{} {}", line.change.mark(), line.text));
        }
    }
    sheet.print();
    Ok(())
}

pub(super) fn demo(call: &Call) -> Done {
    let lesson = call.lesson()?;
    // Cargo builds the lesson first, where that is needed.
    let played = super::check::cargo()
        .args(["run", "--quiet", "--bin", &lesson.program, "--", "--demo"])
        .args(&call.arguments[1..])
        .status()
        .map_err(|error| call.failed(error))?;
    match played.code() {
        Some(0) => Ok(()),
        // Without a code a signal ended it.
        code => Err(Refusal::Told(
            code.and_then(|code| code.try_into().ok()).unwrap_or(1),
        )),
    }
}
