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
    /// The column of the X-ray that shows it; `None` if the page itself does.
    pub look: Option<Side>,
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
    /// The belief behind it; `None` if it is none of the fifteen.
    pub belief: Option<Belief>,
}

/// A column of the X-ray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The cookies that the browser holds.
    Browser,
    /// The request and its answer.
    Wire,
    /// The row.
    Server,
}

impl Side {
    /// The word for it in files, and in the X-ray's names.
    pub fn word(self) -> &'static str {
        match self {
            Side::Browser => "browser",
            Side::Wire => "wire",
            Side::Server => "server",
        }
    }
}

/// One of the fifteen beliefs about sessions that are common and wrong:
///
/// 1. Cookie, session and sessionStorage are the same.
/// 2. An answer's cookie can be read by the request that it answers.
/// 3. Signed is secret.
/// 4. Logging out ends the session everywhere.
/// 5. A copy that was changed is saved by itself.
/// 6. Closing the browser ends the session.
/// 7. The cookie's expiry is the server's.
/// 8. Reading keeps a session alive without end.
/// 9. Rows that have expired vanish.
/// 10. Two tabs are two users.
/// 11. Deleting a cookie needs only its name.
/// 12. Ports separate cookies.
/// 13. HttpOnly and Secure make a session safe.
/// 14. POST, or SameSite, is protection against CSRF.
/// 15. The session ID may stay the same through a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "u8")]
pub struct Belief(u8);

impl Belief {
    /// The number of the last one.
    pub const LAST: u8 = 15;

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Belief {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1..=Belief::LAST => Ok(Belief(number)),
            _ => Err("`belief` is a number from 1 to 15"),
        }
    }
}

impl Predict {
    /// All answers in the order in which they are offered, the same one everywhere, and the place
    /// of the right one.
    pub fn answers(&self) -> (Vec<&Say>, usize) {
        let mut answers: Vec<&Say> = self.wrong.iter().map(|wrong| &wrong.answer).collect();
        // The question's letters decide: always the first place would be noticed, and chance would
        // move it when a course is walked through again.
        let letters = self.question.text(Language::English).bytes();
        let place = letters.map(usize::from).sum::<usize>() % (answers.len() + 1);
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
