//! A verdict as text: the steps that came out as claimed, the first that did not, and why, if that
//! is known.

use super::file::Exercise;
use super::verdict::{Stop, Verdict, panic_in};
use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::course::lessons::head::quoted;
use crate::course::scenario::{CheckedClaim, ScenarioStep};
use crate::course::terminal::sheet::{Ink, Sheet};
use crate::course::terminal::text::columns;

/// Columns before a step's sentence: mark and number.
const ROOM: usize = 6;

/// Writes a verdict. `hints` is the number of hints that were read. `warned` is the sentence about a
/// warning of the compiler: it is the reason of a miss, in place of what the step supposes.
pub(crate) fn write(
    sheet: &mut Sheet,
    exercise: &Exercise,
    verdict: &Verdict,
    hints: usize,
    warned: Option<String>,
    language: Language,
) {
    let steps = exercise.steps().count();
    let reached = verdict.passed(steps);
    passed(sheet, exercise, reached, language);
    let is_reached = !matches!(
        verdict,
        Verdict::Solved | Verdict::Stopped { place: None, .. }
    );
    if let Some(missed) = exercise.steps().nth(reached).filter(|_| is_reached) {
        line(sheet, ("✗", Ink::Bad), missed, language);
        // In a lesson's scenario its act is said first, and its outcome here.
        let (.., step) = missed;
        if step.instruction.is_some() {
            sheet.line(2 + ROOM, Ink::Plain, &told(&step.say, language));
        }
    }
    let mut below = |ink, text: &str| sheet.line(2 + ROOM, ink, text);
    match verdict {
        Verdict::Solved => {
            sheet.gap();
            sheet.line(2, Ink::Good, &language.text("exercise-solved"));
            sheet.line(2, Ink::Plain, exercise.head.explain.text(language));
            return;
        }
        Verdict::Missed {
            misses,
            seen,
            panicked,
            ..
        } => {
            for claim in misses {
                below(Ink::Bad, &miss(exercise, claim, language));
            }
            if let Some(panicked) = panicked {
                let variables = [("panic", panicked.as_str())];
                below(
                    Ink::Plain,
                    &language.text_with("exercise-panicked", &variables),
                );
            }
            let why = seen.as_ref().map(|(_, why)| why.text(language));
            if let Some(why) = warned.as_deref().or(why) {
                below(Ink::Plain, why);
            }
        }
        Verdict::Stopped { stop, said, .. } => {
            let key = match (panic_in(said), stop) {
                (Some(_), Stop::Ended) => "exercise-ended-in-panic",
                (None, Stop::Ended) => "exercise-ended",
                (_, Stop::Silent) => "exercise-silent",
                (_, Stop::Unstarted) => "exercise-unstarted",
            };
            let last = || said.trim().lines().last().unwrap_or_default().to_owned();
            let panic = panic_in(said).unwrap_or_else(last);
            let variables = [("panic", panic.as_str())];
            below(Ink::Bad, &language.text_with(key, &variables));
            if let Some(warned) = &warned {
                below(Ink::Plain, warned);
            }
        }
    }
    let mut rest = Vec::new();
    if reached + 1 < steps {
        let (from, to) = ((reached + 2).to_string(), steps.to_string());
        let left = (steps - reached - 1).to_string();
        let variables = [("from", &*from), ("to", &*to), ("number", &*left)];
        let is_lessons = exercise.parts.iter().any(|part| part.lesson.is_some());
        let key = if is_lessons {
            "exercise-rest"
        } else if from == to {
            "exercise-waits"
        } else {
            "exercise-wait"
        };
        rest.push(language.text_with(key, &variables));
    }
    rest.push(next_hint(exercise, hints, language));
    sheet.labelled(2, ("·", Ink::Quiet), 2, Ink::Quiet, &rest.join("   "));
}

/// The steps that came out as claimed. A lesson's whole scenario is one line.
fn passed(sheet: &mut Sheet, exercise: &Exercise, reached: usize, language: Language) {
    let mut before = 0;
    for part in &exercise.parts {
        let steps = part.scenario.steps.len();
        if let Some(lesson) = &part.lesson
            && before + steps <= reached
        {
            let steps = steps.to_string();
            let variables = [("lesson", lesson.as_str()), ("steps", steps.as_str())];
            let text = language.text_with("exercise-passed", &variables);
            sheet.labelled(2, ("✓", Ink::Good), ROOM, Ink::Plain, &text);
        } else {
            let these = exercise.steps().take(reached).skip(before).take(steps);
            these.for_each(|step| line(sheet, ("✓", Ink::Good), step, language));
        }
        before += steps;
    }
}

/// A step: its mark, its number, and what is done. `✗ 05.3` is the third of lesson 05.
fn line(
    sheet: &mut Sheet,
    (mark, ink): (&str, Ink),
    (lesson, number, step): (Option<&str>, usize, &ScenarioStep),
    language: Language,
) {
    let label = match lesson {
        Some(lesson) => format!("{mark} {lesson}.{number}"),
        None => format!("{mark} {number}"),
    };
    let say = step.instruction.as_ref().unwrap_or(&step.say);
    let room = ROOM.max(columns(&label) + 1);
    sheet.labelled(2, (&label, ink), room, Ink::Plain, &told(say, language));
}

/// A sentence without marks: those of lessons are written for a page.
fn told(say: &Say, language: Language) -> String {
    quoted(say.text(language), language)
}

/// The command for the next hint, or for the solution when all were read.
pub(crate) fn next_hint(exercise: &Exercise, hints: usize, language: Language) -> String {
    let (next, all) = ((hints + 1).to_string(), exercise.hints.len().to_string());
    let (key, name) = if hints < exercise.hints.len() {
        ("exercise-next-hint", "hint")
    } else {
        ("exercise-no-hint", "solution")
    };
    let command = exercise.command(name);
    let variables = [
        ("number", next.as_str()),
        ("all", all.as_str()),
        ("command", command.as_str()),
    ];
    language.text_with(key, &variables)
}

/// A claim that does not hold, as a sentence.
fn miss(exercise: &Exercise, claim: &CheckedClaim, language: Language) -> String {
    let variables = [
        ("expected", claim.expected.as_str()),
        ("found", claim.found.as_str()),
    ];
    let claim = match claim.claim {
        "text" if exercise.head.predicts => "predicted",
        claim => claim,
    };
    language.text_with(&format!("miss-{claim}"), &variables)
}
