//! Labels in bold, which a walk tells to press or to look at, stand so on a page.

use std::collections::BTreeSet;

use session_lessons::course::Language;
use session_lessons::course::scenario::Scenario;

use crate::common::sources::{lessons, read};

/// A tab of DevTools, which is no text of the course's.
const IN_DEVTOOLS: [&str; 3] = ["Console", "콘솔", "콘솔(Console)"];

/// The text with a mark in the place of numbers and variables.
fn without_numbers(text: &str) -> String {
    let is_variable = |c: char| c.is_ascii_digit() || "{}".contains(c);
    let pieces = text.split(is_variable);
    let pieces = pieces.filter(|piece| !piece.starts_with(" $") && !piece.is_empty());
    pieces.collect::<Vec<_>>().join("#")
}

/// The texts of the pages in this language.
fn texts(language: Language) -> BTreeSet<String> {
    let file = read(&format!(
        "src/course/language/texts/{}.ftl",
        language.code()
    ));
    let texts = file.lines().filter_map(|line| line.split_once(" = "));
    texts.map(|(_, text)| without_numbers(text)).collect()
}

#[test]
fn labels_in_bold_are_texts_of_a_page() {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        let mut known = texts(language);
        known.extend(IN_DEVTOOLS.map(str::to_owned));
        for lesson in lessons() {
            let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
            for (place, step) in scenario.steps.iter().enumerate() {
                let told = step.instruction.iter().map(|told| told.text(language));
                for text in told.chain([step.say.text(language)]) {
                    let labels = text.split("**").skip(1).step_by(2);
                    let unknown = labels.filter(|label| !known.contains(&without_numbers(label)));
                    wrong.extend(
                        unknown.map(|label| {
                            format!("{}, step {}: {label}", lesson.program, place + 1)
                        }),
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
