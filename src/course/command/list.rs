//! `cargo run`: the lessons by path, the student's progress in each, and the command to go on with.

use std::iter;

use super::call::{Call, Done};
use crate::course::exercise::Exercise;
use crate::course::guide::progress::Progress;
use crate::course::lessons::head::{Lesson, LessonPath};
use crate::course::lessons::registry::Lessons;
use crate::course::scenario::{Checklist, Scenario};
use crate::course::terminal::sheet::{Ink, Sheet, room};
use crate::course::terminal::text::padded;
use crate::course::xray::moves_in_this_build;

/// Prints the list.
///
/// # Errors
///
/// [`Refusal::Misunderstood`](super::call::Refusal::Misunderstood) for any argument,
/// [`Refusal::Failed`](super::call::Refusal::Failed) if the heads or the configuration can't be
/// read.
pub(super) fn list(call: &Call) -> Done {
    call.no_arguments()?;
    let language = call.language;
    let course = call.lessons()?;
    let lessons = course.all();
    // Progress lies beside the database, so a database of one's own has a progress of its own.
    let progress = Progress::beside(&call.config()?.database());
    let mut sheet = Sheet::of_terminal();
    sheet.line(0, Ink::Strong, &language.text("page-course"));
    // One width for both paths, so that minutes and states stand below each other.
    let titles: Vec<String> = lessons.iter().map(|it| it.title_in(language)).collect();
    let title_room = room(titles.iter().map(String::as_str));
    let mut next = None;
    for path in LessonPath::ALL {
        let on_it = lessons.iter().zip(&titles);
        let mut on_it = on_it.filter(|(lesson, _)| lesson.path == path).peekable();
        if on_it.peek().is_some() {
            sheet.gap();
            sheet.line(2, Ink::Quiet, &language.text(path.key()));
        }
        for (lesson, title) in on_it {
            let minutes = language.text_counted("command-minutes", lesson.minutes.into());
            let halves: Vec<&Lesson> = iter::once(lesson)
                .chain(course.other_half(lesson))
                .collect();
            let states: Vec<(bool, String)> = halves
                .iter()
                .map(|half| state(call, half, progress.of(half)))
                .collect();
            // The first program that is not done, in the order of the list, is the next one.
            let undone = states.iter().position(|(is_done, _)| !is_done);
            next = next.or(undone.map(|place| halves[place]));
            let ink = if undone.is_none() {
                Ink::Good
            } else {
                Ink::Plain
            };
            // Not wrapped within: a narrow terminal would part `15` from `min`.
            let minutes = minutes.replace(' ', "\u{a0}");
            let mut line = padded(title, title_room) + &padded(&minutes, 10);
            if let [(_, state)] = &states[..] {
                line += state;
            }
            if progress.named(&format!("ex{}-solved", lesson.in_course())) > 0 {
                line = padded(&line, title_room + 28) + &language.text("command-solved");
            }
            sheet.labelled(
                2,
                (lesson.in_course(), Ink::Strong),
                4,
                ink,
                line.trim_end(),
            );
            // A pair is one lesson with two programs, each with a state of its own.
            for (half, (is_done, state)) in halves.iter().zip(&states).filter(|_| halves.len() > 1)
            {
                let ink = if *is_done { Ink::Good } else { Ink::Plain };
                let line = padded(&half.command(), title_room + 10) + state;
                sheet.line(6, ink, &line);
            }
        }
    }
    closing(call, &mut sheet, &progress);
    sheet.gap();
    let next = next
        .map(Lesson::command)
        .or_else(|| open_exercise(&progress));
    // After all of it the first lesson again. There is at least one, see `Lessons`.
    let next = next.unwrap_or_else(|| lessons[0].command());
    let rows = [
        ("command-next", next.as_str()),
        ("command-more", "cargo run -- --help"),
    ];
    let labels = rows.map(|(key, _)| language.text(key));
    let label_room = room(labels.iter().map(String::as_str));
    for ((_, value), label) in rows.iter().zip(&labels) {
        sheet.labelled(2, (label, Ink::Quiet), label_room, Ink::Out, value);
    }
    sheet.print();
    Ok(())
}

/// The command that begins the first exercise that is not solved.
fn open_exercise(progress: &Progress) -> Option<String> {
    let exercises = Exercise::all().unwrap_or_default();
    let is_open = |it: &&Exercise| progress.named(&format!("{}-solved", it.program)) == 0;
    Some(exercises.iter().find(is_open)?.command("start"))
}

/// The exercise that belongs to no lesson, below all of them.
fn closing(call: &Call, sheet: &mut Sheet, progress: &Progress) {
    let lessons = call.lessons().map_or(&[][..], Lessons::all);
    // A file that can't be read is told by the commands about exercises.
    let exercises = Exercise::all().unwrap_or_default().into_iter();
    let is_lessons =
        |exercise: &Exercise| lessons.iter().any(|it| it.in_course() == exercise.number);
    for exercise in exercises.filter(|it| !is_lessons(it)) {
        let is_solved = progress.named(&format!("{}-solved", exercise.program)) > 0;
        let number = [("number", exercise.number.as_str())];
        let mut line = call.language.text_with("exercise-title", &number) + "  ";
        if is_solved {
            line += &call.language.text("command-solved");
        } else {
            line += &exercise.command("start");
        }
        sheet.gap();
        let ink = if is_solved { Ink::Good } else { Ink::Plain };
        sheet.labelled(2, (&exercise.number, Ink::Strong), 4, ink, &line);
    }
}

/// True once all of a lesson is done that can be done by hand, and its progress in words. A
/// scenario that can't be read is named in its lesson's line and keeps no other lesson out of the
/// list.
fn state(call: &Call, lesson: &Lesson, done: usize) -> (bool, String) {
    let scenario = match Scenario::load(lesson) {
        Ok(scenario) => scenario,
        Err(error) => return (false, error.line(call.language)),
    };
    let steps = Checklist::new(&scenario, 0, moves_in_this_build()).doable();
    // An earlier version of the lesson may have had more steps than this one.
    let (number, all) = (done.min(steps).to_string(), steps.to_string());
    match done {
        0 => (false, call.language.text("command-not-begun")),
        done if done >= steps => (true, call.language.text("command-done")),
        _ => {
            let variables = [("done", number.as_str()), ("steps", all.as_str())];
            (
                false,
                call.language.text_with("command-under-way", &variables),
            )
        }
    }
}
