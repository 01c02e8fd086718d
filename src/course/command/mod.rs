//! The `course` command: `cargo run` alone, or `cargo run -- check`.
//!
//! | file | what it does |
//! | --- | --- |
//! | `mod` | finds the subcommand, prints help and refusals, sets the exit code |
//! | `call` | arguments of a subcommand, and how it may end |
//! | `list` | the lessons and the student's progress |
//! | `lesson` | `diff` and `demo` |
//! | `exercise` | `start`, `hint`, `solution`, `reset` of an exercise |
//! | `checking` | `check` of an exercise, once or at each change |
//! | `check` | `check --course`: plays all scenarios |
//! | `reset` | deletes everything stored, and puts the exercises back |
//! | `report`, `seats` | a seat's progress; that of a room |
//! | `doctor` | does this seat work? |
//! | `sessions` | lists, ends and purges sessions |
//! | `arguments` | `--demo` and `--help` of a lesson's own program |
//!
//! Exit codes: 0 for success, 1 for a fault of the course or the machine, 2 for a command that was
//! not understood.

pub(crate) mod arguments;
mod call;
mod check;
mod checking;
mod doctor;
mod exercise;
mod lesson;
mod list;
mod report;
mod reset;
mod seats;
mod sessions;

use std::process::ExitCode;

use call::{Call, Done, Refusal};
use similar::{Algorithm, capture_diff_slices, get_diff_ratio};

use crate::course::language::languages::Language;
use crate::course::terminal::sheet::{Ink, Sheet, room};

/// A subcommand: its name, the operands that help shows after it, the text key of its description,
/// and its function.
type Subcommand = (&'static str, &'static str, &'static str, fn(&Call) -> Done);

/// All subcommands, in the order in which help lists them. A new one needs a line here and a text.
const SUBCOMMANDS: [Subcommand; 12] = [
    ("list", "", "command-list", list::list),
    ("diff", " 03", "command-diff", lesson::diff),
    ("demo", " 03 [--pace 2s]", "command-demo", lesson::demo),
    ("start", " 03", "command-start", exercise::start),
    (
        "check",
        " 03 [--watch] | --course",
        "command-check",
        check::check,
    ),
    ("hint", " 03", "command-hint", exercise::hint),
    ("solution", " 03", "command-solution", exercise::solution),
    ("reset", " [03] [--yes]", "command-reset", reset::reset),
    ("report", " [FILE…]", "command-report", report::report),
    ("doctor", "", "command-doctor", doctor::doctor),
    (
        "sessions",
        " [end --all]",
        "command-sessions",
        sessions::sessions,
    ),
    (
        "clearsessions",
        " [--ahead 1d]",
        "command-clearsessions",
        sessions::clear,
    ),
];

/// Runs the subcommand that the command line names, `list` if it names none, and prints to standard
/// error what went wrong.
///
/// `arguments` are those after the program's name.
pub fn run(mut arguments: Vec<String>) -> ExitCode {
    let language = Language::of_terminal();
    let name = if arguments.is_empty() {
        "list".to_owned()
    } else {
        arguments.remove(0)
    };
    // `--help` anywhere asks for help and does nothing: `reset --help` must not delete.
    if matches!(name.as_str(), "--help" | "-h" | "help")
        || arguments.iter().any(|it| it == "--help")
    {
        help(language);
        return ExitCode::SUCCESS;
    }
    let known = SUBCOMMANDS.iter().find(|(known, ..)| *known == name);
    let outcome = match known {
        Some((.., run)) => run(&Call {
            language,
            arguments,
        }),
        None => Err(Refusal::Misunderstood(unknown(&name, language))),
    };
    let (code, line) = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Refusal::Told(code)) => return ExitCode::from(code),
        Err(Refusal::Misunderstood(line)) => (2, line),
        Err(Refusal::Failed(line)) => (1, line),
    };
    eprintln!("{line}");
    ExitCode::from(code)
}

/// The line for a name that is no subcommand, with the one that may have been meant.
fn unknown(name: &str, language: Language) -> String {
    match meant(name) {
        Some(meant) => {
            let meant = format!("cargo run -- {meant}");
            language.text_with(
                "command-unknown-meant",
                &[("name", name), ("meant", &meant)],
            )
        }
        None => language.text_with("command-unknown", &[("name", name)]),
    }
}

/// The subcommand that may have been meant: the most alike, if at least 0.7 of the letters of both
/// are common and in the same order. Less, and `lesson03` would be told of `sessions`.
fn meant(name: &str) -> Option<&'static str> {
    let alike = |known: &str| {
        let (typed, known) = (name.as_bytes(), known.as_bytes());
        let changes = capture_diff_slices(Algorithm::Myers, typed, known);
        get_diff_ratio(&changes, typed.len(), known.len())
    };
    let near = SUBCOMMANDS.map(|(known, ..)| (alike(known), known));
    let nearest = near
        .into_iter()
        .max_by(|one, other| one.0.total_cmp(&other.0));
    nearest.and_then(|(alike, known)| (alike > 0.7).then_some(known))
}

/// Prints all subcommands, one a line.
fn help(language: Language) {
    let mut sheet = Sheet::of_terminal();
    sheet.line(0, Ink::Strong, &language.text("arguments-usage"));
    let ways = SUBCOMMANDS.map(|(name, operands, ..)| format!("cargo run -- {name}{operands}"));
    let room = room(ways.iter().map(String::as_str));
    for (way, (_, _, what, _)) in ways.iter().zip(&SUBCOMMANDS) {
        let what = language.text(what);
        sheet.labelled(2, (way, Ink::Out), room, Ink::Plain, &what);
    }
    sheet.print();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_told_what_it_may_have_meant() {
        for (typed, intended) in [
            ("chek", Some("check")),
            ("cehck", Some("check")),
            ("session", Some("sessions")),
            ("clear-sessions", Some("clearsessions")),
            ("rest", Some("reset")),
            ("lesson03", None),
            ("", None),
        ] {
            assert_eq!(meant(typed), intended, "{typed}");
        }
    }

    #[test]
    fn a_lesson_is_named_in_any_of_three_ways() {
        for (named, number) in [("3", "03"), ("03", "03"), ("lesson03", "03")] {
            let call = Call {
                language: Language::English,
                arguments: vec![named.to_owned()],
            };
            assert!(call.lesson().is_ok_and(|lesson| lesson.number == number));
        }
        for named in ["", "0", "99", "lesson", "ex03"] {
            let call = Call {
                language: Language::English,
                arguments: vec![named.to_owned()],
            };
            assert!(call.lesson().is_err(), "{named}");
        }
    }
}
