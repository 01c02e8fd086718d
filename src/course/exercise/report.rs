//! A verdict as text: the steps that came out as claimed, the first that did not, and why, if that
//! is known.

use super::file::Exercise;
use super::verdict::{Stop, Verdict, panic_in};
use crate::course::language::languages::Language;
use crate::course::scenario::CheckedClaim;
use crate::course::terminal::sheet::{Ink, Sheet};

/// Columns before a step's sentence: mark and number.
const ROOM: usize = 6;

/// Writes a verdict. `hints` is the number of hints that were read.
pub(crate) fn write(
    sheet: &mut Sheet,
    exercise: &Exercise,
    verdict: &Verdict,
    hints: usize,
    language: Language,
) {
    let steps = &exercise.scenario.steps;
    let mut step = |mark: &str, ink, place: usize| {
        let label = format!("{mark} {}", place + 1);
        let say = steps[place].say.text(language);
        sheet.labelled(2, (&label, ink), ROOM, Ink::Plain, say);
    };
    let reached = match verdict {
        Verdict::Solved => steps.len(),
        Verdict::Missed { place, .. } => *place,
        Verdict::Stopped { place, .. } => place.unwrap_or(0),
    };
    (0..reached).for_each(|place| step("✓", Ink::Good, place));
    if !matches!(
        verdict,
        Verdict::Solved | Verdict::Stopped { place: None, .. }
    ) {
        step("✗", Ink::Bad, reached);
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
                below(Ink::Bad, &miss(claim, language));
            }
            if let Some(panicked) = panicked {
                let variables = [("panic", panicked.as_str())];
                below(
                    Ink::Plain,
                    &language.text_with("exercise-panicked", &variables),
                );
            }
            if let Some((_, why)) = seen {
                below(Ink::Plain, why.text(language));
            }
        }
        Verdict::Stopped { stop, said, .. } => {
            let key = match (panic_in(said), stop) {
                (Some(_), Stop::Ended) => "exercise-ended-in-panic",
                (None, Stop::Ended) => "exercise-ended",
                (_, Stop::Silent) => "exercise-silent",
            };
            let last = || said.trim().lines().last().unwrap_or_default().to_owned();
            let panic = panic_in(said).unwrap_or_else(last);
            let variables = [("panic", panic.as_str())];
            below(Ink::Bad, &language.text_with(key, &variables));
        }
    }
    let mut rest = Vec::new();
    if reached + 1 < steps.len() {
        let (from, to) = ((reached + 2).to_string(), steps.len().to_string());
        let variables = [("from", from.as_str()), ("to", to.as_str())];
        let key = if from == to {
            "exercise-waits"
        } else {
            "exercise-wait"
        };
        rest.push(language.text_with(key, &variables));
    }
    rest.push(next_hint(exercise, hints, language));
    sheet.labelled(2, ("·", Ink::Quiet), 2, Ink::Quiet, &rest.join("   "));
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
fn miss(claim: &CheckedClaim, language: Language) -> String {
    let variables = [
        ("expected", claim.expected.as_str()),
        ("found", claim.found.as_str()),
    ];
    language.text_with(&format!("miss-{}", claim.claim), &variables)
}
