//! A question to the audience, in both languages.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::course::language::languages::Language;
use crate::course::language::say::Say;

/// A question that is asked before its step is done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predict {
    /// The question.
    pub question: Say,
    /// The right answer.
    pub right: Say,
    /// Two or three wrong ones: fewer are a coin toss, and more are not read.
    #[serde(deserialize_with = "two_or_three")]
    pub wrong: Vec<WrongAnswer>,
}

/// A wrong answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongAnswer {
    /// The answer.
    pub answer: Say,
    /// The reason why people believe it, and why it is not so.
    pub why: Say,
}

impl Predict {
    /// All answers in the order in which they are offered, the same one everywhere, and the place
    /// of the right one.
    pub fn answers(&self) -> (Vec<&Say>, usize) {
        let mut answers: Vec<&Say> = self.wrong.iter().map(|wrong| &wrong.answer).collect();
        // The question's length decides: always the first place would be noticed, and chance would
        // move it when a course is walked through again.
        let place = self.question.text(Language::English).len() % (answers.len() + 1);
        answers.insert(place, &self.right);
        (answers, place)
    }
}

/// Reads the wrong answers; any other number is an error of the file.
fn two_or_three<'de, D: Deserializer<'de>>(wrong: D) -> Result<Vec<WrongAnswer>, D::Error> {
    let wrong = Vec::deserialize(wrong)?;
    match wrong.len() {
        2 | 3 => Ok(wrong),
        _ => Err(Error::custom("`wrong` has two or three answers")),
    }
}
