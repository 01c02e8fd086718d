//! The fifteen common beliefs about sessions: the questions that meet each, the column of the X-ray
//! (or the page) that shows the answer, and the exercise in which it is a known mistake.

use std::collections::BTreeMap;
use std::fmt::Write;

use session_lessons::course::exercise::Exercise;
use session_lessons::course::scenario::Belief;

use super::questions::questions;
use crate::common::lesson::project;

/// Each belief by its number, and its exercise.
const BELIEFS: [(&str, Exercised); 15] = [
    (
        "cookie, session and sessionStorage are the same",
        Exercised::By("ex08_memory"),
    ),
    (
        "an answer's cookie is in the request that it answers",
        Exercised::By("ex02_answer"),
    ),
    ("signed is secret", Exercised::By("ex09_encrypted")),
    (
        "logging out ends the session everywhere",
        Exercised::By("ex06_flush"),
    ),
    (
        "a copy that was changed is saved by itself",
        Exercised::By("ex05_copy"),
    ),
    (
        "closing the browser ends the session",
        Exercised::By("ex10_closed"),
    ),
    (
        "the cookie's expiry is the server's",
        Exercised::By("ex10_closed"),
    ),
    (
        "reading keeps a session alive without end",
        Exercised::By("ex10_after"),
    ),
    ("rows that have expired vanish", Exercised::By("ex11_twice")),
    ("two tabs are two users", Exercised::At("02", 3)),
    (
        "deleting a cookie needs only its name",
        Exercised::By("exend_path"),
    ),
    ("ports separate cookies", Exercised::By("ex14_ports")),
    (
        "HttpOnly and Secure make a session safe",
        Exercised::By("ex14_safe"),
    ),
    (
        "POST, or SameSite, protects against CSRF",
        Exercised::By("ex13_site"),
    ),
    (
        "the session ID may stay through a login",
        Exercised::By("ex12_clear"),
    ),
];

enum Exercised {
    /// A wrong solution, whose step has words about its mistake.
    By(&'static str),
    /// A step of an exercise that a program fails if it was written in this belief.
    At(&'static str, usize),
}

/// The questions with an answer for a reader who holds a belief, by its number: lesson and step, and
/// the column of the X-ray that shows the right one. Without a column it is the page itself.
fn asked() -> BTreeMap<u8, Vec<String>> {
    let mut asked: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for (name, predict) in questions() {
        let mut beliefs: Vec<Belief> = predict.wrong.iter().filter_map(|it| it.belief).collect();
        beliefs.dedup();
        for belief in beliefs {
            let shown = predict.look.map_or("page", |side| side.word());
            let asked = asked.entry(belief.number()).or_default();
            let question = format!("{name} ({shown})");
            // The halves of a pair have one scenario.
            if asked.last() != Some(&question) {
                asked.push(question);
            }
        }
    }
    asked
}

#[test]
fn each_belief_is_asked_shown_and_exercised() {
    let mut asked = asked();
    let mut table = String::new();
    for (number, (words, exercised)) in (1..=Belief::LAST).zip(BELIEFS) {
        let asked = asked.remove(&number).unwrap_or_default();
        let exercise = match exercised {
            Exercised::By(wrong) => {
                let file = project().join(format!("exercises/wrong/{wrong}.rs"));
                assert!(file.exists(), "{number}: there is no {}", file.display());
                wrong.to_owned()
            }
            Exercised::At(exercise, step) => {
                let steps = Exercise::read(exercise).unwrap().steps().count();
                assert!(steps >= step, "{number}: ex{exercise} has no step {step}");
                format!("ex{exercise}, step {step}")
            }
        };
        assert!(!asked.is_empty(), "{number}: no question asks for it");
        let asked = asked.join(", ");
        writeln!(
            table,
            "{number}. {words}\n   asked and shown: {asked}\n   exercised: {exercise}"
        )
        .unwrap();
    }
    insta::assert_snapshot!("beliefs", table);
}
