//! The question that a lesson opens with: the first prediction of its scenario.

use serde_json::{Value, json};

use super::languages::Language;
use super::lessons::{LESSONS, Lesson};
use super::scenario::{Predict, Scenario};

/// The question as pages show it; null where the lesson asks none. A scenario that can't be read
/// says so in the question's place: the lesson itself goes on.
pub(super) fn of_lesson(lesson: &Lesson, language: Language) -> Value {
    // The playground has no scenario.
    if !LESSONS.contains(lesson) {
        return Value::Null;
    }
    match Scenario::load(lesson) {
        Err(error) => json!({ "broken": error.line(language) }),
        Ok(scenario) => {
            let first = scenario.steps.iter().find_map(|step| step.predict.as_ref());
            first.map_or(Value::Null, |predict| question(predict, language))
        }
    }
}

/// The answers in the order in which they are offered everywhere. The right one has no `why`.
fn question(predict: &Predict, language: Language) -> Value {
    let (answers, right) = predict.answers();
    let mut reasons = predict.wrong.iter();
    let answers = answers.iter().enumerate().map(|(place, answer)| {
        let reason = if place == right { None } else { reasons.next() };
        let why = reason.map(|wrong| wrong.why.text(language));
        json!({ "text": answer.text(language), "why": why })
    });
    json!({
        "question": predict.question.text(language),
        "answers": answers.collect::<Value>(),
    })
}
