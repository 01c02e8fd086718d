//! The questions of all scenarios: the look of an answer does not tell that it is right.

use std::collections::BTreeMap;

use session_lessons::course::Language;
use session_lessons::course::scenario::{Predict, Scenario};

use crate::common::sources::lessons;

/// Every question of the course, after its lesson and the number of its step: `02.4`.
pub fn questions() -> Vec<(String, Predict)> {
    let of_lesson = lessons().iter().flat_map(|lesson| {
        let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        let steps = scenario.steps.into_iter().enumerate();
        steps.filter_map(|(place, step)| {
            Some((
                format!("{}.{}", lesson.in_course(), place + 1),
                step.predict?,
            ))
        })
    });
    of_lesson.collect()
}

/// The lengths of the right answer and of the wrong ones.
fn lengths(predict: &Predict, language: Language) -> (usize, Vec<usize>) {
    let length = |text: &str| text.chars().count();
    let wrong = predict.wrong.iter();
    let wrong = wrong.map(|wrong| length(wrong.answer.text(language)));
    (length(predict.right.text(language)), wrong.collect())
}

#[test]
fn the_longest_answer_is_right_in_a_third_at_most() {
    let questions = questions();
    for language in Language::ALL {
        let longest = questions.iter().filter(|(_, predict)| {
            let (right, wrong) = lengths(predict, language);
            wrong.iter().all(|wrong| *wrong <= right)
        });
        let longest: Vec<&String> = longest.map(|(name, _)| name).collect();
        assert!(
            longest.len() * 3 <= questions.len(),
            "{language:?}: {longest:?}"
        );
    }
}

#[test]
fn answers_are_about_equally_long() {
    for (name, predict) in questions() {
        for language in Language::ALL {
            let (right, mut all) = lengths(&predict, language);
            all.push(right);
            let (shortest, longest) = (all.iter().min().unwrap(), all.iter().max().unwrap());
            assert!(
                longest * 2 <= shortest * 3,
                "{name} in {language:?}: {all:?}"
            );
        }
    }
}

#[test]
fn the_right_answer_stands_at_every_place_and_at_none_mostly() {
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let questions = questions();
    for (_, predict) in &questions {
        *places.entry(predict.answers().1).or_default() += 1;
    }
    assert!(places.len() >= 3, "{places:?}");
    assert!(
        places.values().all(|times| times * 2 < questions.len()),
        "{places:?}"
    );
}
