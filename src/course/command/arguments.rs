//! Arguments of a lesson's program: `cargo run --bin lesson03 -- --demo --pace 2s`.
//!
//! They are read by hand: there are four of them, and each error is a sentence in two languages,
//! which an argument parser would have to be taught.

use std::process;
use std::time::Duration;

use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::lessons::registry::Lessons;
use crate::course::scenario::demo;
use crate::course::start::second;
use crate::course::terminal::sheet::{Ink, Sheet, room};

/// The wish that the arguments express.
#[derive(Debug, PartialEq)]
enum Asked {
    /// The lesson starts. `app` looks itself if it is to be the second server.
    Lesson,
    /// The demo; a step at each Enter, or every so often.
    Demo(Option<Duration>),
    /// The ways to start this lesson, printed.
    Help,
}

/// An argument that is wrong: the text key of the reason, and the argument.
#[derive(Debug, PartialEq)]
struct Misunderstood(&'static str, String);

/// Does what the command line asks for and ends the program. Returns if it asks for nothing but the
/// lesson.
///
/// Exit codes are those of the `course` command; 2 for an argument that is not understood.
pub(crate) fn heed(number: &str) {
    // A list that can't be read stops the start right after.
    let lessons = Lessons::of_project().ok();
    let Some(lesson) = lessons.and_then(|lessons| lessons.find(number)) else {
        return;
    };
    // Another program that starts this lesson, a test say, has arguments of its own.
    let program = std::env::current_exe().unwrap_or_default();
    if program.file_stem() != Some(lesson.program.as_str().as_ref()) {
        return;
    }
    let language = Language::of_terminal();
    match parse(std::env::args().skip(1)) {
        Ok(Asked::Lesson) => {}
        Ok(Asked::Demo(pace)) => process::exit(demo::play(lesson, pace, language)),
        Ok(Asked::Help) => {
            help(lesson, language);
            process::exit(0)
        }
        Err(Misunderstood(key, argument)) => {
            let command = format!("{} --", lesson.command());
            let variables = [
                ("argument", argument.as_str()),
                ("command", command.as_str()),
            ];
            eprintln!("{}", language.text_with(key, &variables));
            process::exit(2)
        }
    }
}

/// Reads the arguments in any order.
///
/// # Errors
///
/// An unknown argument, a pace that is no time, a pace without a demo, or a demo as second server.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Asked, Misunderstood> {
    let mut asked = Asked::Lesson;
    let (mut pace, mut second) = (None, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => return Ok(Asked::Help),
            "--demo" => asked = Asked::Demo(None),
            second::ARGUMENT => second = Some(argument),
            "--pace" => {
                let time = arguments.next().unwrap_or_default();
                let wrong = || Misunderstood("arguments-pace", time.clone());
                pace = Some((seconds(&time).ok_or_else(wrong)?, argument));
            }
            _ => return Err(Misunderstood("arguments-unknown", argument)),
        }
    }
    match (asked, pace, second) {
        (Asked::Demo(_), pace, None) => Ok(Asked::Demo(pace.map(|(pace, _)| pace))),
        // A demo starts its servers itself, and without a demo there is nothing to pace.
        (Asked::Demo(_), _, Some(argument)) | (_, Some((_, argument)), _) => {
            Err(Misunderstood("arguments-unknown", argument))
        }
        (asked, None, _) => Ok(asked),
    }
}

/// `2s`, `0.5s` or `2` as a time. `None` for text, for a negative number and for `NaN`, which is a
/// number to `f64`.
fn seconds(text: &str) -> Option<Duration> {
    let number: f64 = text.strip_suffix('s').unwrap_or(text).parse().ok()?;
    Duration::try_from_secs_f64(number).ok()
}

/// Prints the ways to start this lesson, one a line.
fn help(lesson: &Lesson, language: Language) {
    let mut sheet = Sheet::of_terminal();
    sheet.line(0, Ink::Strong, &language.text("arguments-usage"));
    let command = lesson.command();
    let ways = [
        (command.clone(), "arguments-serve"),
        (format!("{command} -- --demo"), "arguments-demo"),
        (format!("{command} -- --demo --pace 2s"), "arguments-paced"),
        (format!("{command} -- --second"), "arguments-second"),
        (format!("{command} -- --help"), "arguments-help"),
    ];
    let room = room(ways.iter().map(|(way, _)| way.as_str()));
    for (way, key) in &ways {
        sheet.labelled(2, (way, Ink::Out), room, Ink::Plain, &language.text(key));
    }
    sheet.print();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Asked, Misunderstood> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_lesson_can_be_started_shown_and_explained() {
        let half = Some(Duration::from_millis(500));
        assert_eq!(parsed(""), Ok(Asked::Lesson));
        assert_eq!(parsed("--second"), Ok(Asked::Lesson));
        assert_eq!(parsed("--demo"), Ok(Asked::Demo(None)));
        assert_eq!(parsed("--demo --pace 0.5s"), Ok(Asked::Demo(half)));
        assert_eq!(parsed("--pace 0.5 --demo"), Ok(Asked::Demo(half)));
        assert_eq!(parsed("--demo -h"), Ok(Asked::Help));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, argument) in [
            ("--dmeo", "--dmeo"),
            ("--demo now", "now"),
            ("--demo --pace", ""),
            ("--demo --pace soon", "soon"),
            ("--demo --pace -2s", "-2s"),
            ("--demo --pace NaN", "NaN"),
            ("--pace 2s", "--pace"),
            ("--second --pace 2s", "--pace"),
            ("--second --demo", "--second"),
        ] {
            let Err(Misunderstood(_, named)) = parsed(line) else {
                panic!("{line}");
            };
            assert_eq!(named, argument, "{line}");
        }
    }
}
