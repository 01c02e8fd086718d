//! A question of the scenario as pages show it.

use serde_json::{Value, json};

use crate::course::language::languages::Language;
use crate::course::scenario::Predict;

/// The question of the step at this place. Its answers are in the order in which they are offered
/// everywhere, so that page, demo and class talk of the same "b"; the right one has no `why`.
///
/// Once the step is `ticked`, the page tells what was predicted. `seen` makes the address of the
/// X-ray's column that shows it, if the X-ray still knows.
pub(super) fn question(
    predict: &Predict,
    (place, ticked): (usize, bool),
    seen: impl FnOnce(&str) -> Option<String>,
    language: Language,
) -> Value {
    let (answers, right) = predict.answers();
    let mut reasons = predict.wrong.iter();
    let answers = answers.iter().enumerate().map(|(place, answer)| {
        let reason = if place == right { None } else { reasons.next() };
        let why = reason.map(|wrong| wrong.why.text(language));
        json!({ "text": answer.text(language), "why": why })
    });
    let answers: Value = answers.collect();
    let side = predict.look.filter(|_| ticked).map(|side| side.word());
    let look = side.and_then(|side| {
        let address = seen(side)?;
        Some(json!({ "address": address, "column": format!("xray-{side}") }))
    });
    json!({
        "step": place + 1,
        "question": predict.question.text(language),
        "answers": answers,
        "ticked": ticked,
        "look": look,
    })
}
