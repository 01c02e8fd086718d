//! The fifteen common beliefs about sessions, and the predictions that meet each.

use std::collections::BTreeMap;

use session_lessons::course::scenario::Belief;

use super::questions::questions;

/// A belief, and the questions with a wrong answer for a reader who holds it, by lesson and step. If it is
/// met by none, the attack lesson that will.
const BELIEFS: [(u8, &str, Met); 15] = [
    (
        1,
        "cookie, session and sessionStorage are the same",
        Met::By(&[
            "02.4", "02.6", "03.5", "04.3", "05.7", "05.8", "06.3", "08.7", "09.2",
        ]),
    ),
    (
        2,
        "an answer's cookie is in the request that it answers",
        Met::By(&["02.6"]),
    ),
    (3, "signed is secret", Met::By(&["09.2"])),
    (
        4,
        "logging out ends the session everywhere",
        Met::By(&["03.5", "03.6", "09.9"]),
    ),
    (
        5,
        "a copy that was changed is saved by itself",
        Met::By(&["05.7"]),
    ),
    (
        6,
        "closing the browser ends the session",
        Met::By(&["02.9", "10.9"]),
    ),
    (7, "the cookie's expiry is the server's", Met::By(&["10.9"])),
    (
        8,
        "reading keeps a session alive without end",
        Met::By(&["10.10"]),
    ),
    (9, "rows that have expired vanish", Met::By(&["11.5"])),
    (10, "two tabs are two users", Met::By(&["05.6"])),
    (
        11,
        "deleting a cookie needs only its name",
        Met::By(&["05.8"]),
    ),
    (
        12,
        "ports separate cookies",
        Met::Later("foreign forms, and the cookie's flags"),
    ),
    (
        13,
        "HttpOnly and Secure make a session safe",
        Met::Later("theft and the cookie's flags"),
    ),
    (
        14,
        "POST, or SameSite, protects against CSRF",
        Met::Later("foreign forms"),
    ),
    (
        15,
        "the session ID may stay through a login",
        Met::By(&["03.7"]),
    ),
];

#[derive(Debug)]
enum Met {
    By(&'static [&'static str]),
    Later(&'static str),
}

/// The questions that meet each belief, as the scenarios say.
fn met() -> BTreeMap<u8, Vec<String>> {
    let mut met: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for (name, predict) in questions() {
        let mut beliefs: Vec<Belief> = predict.wrong.iter().filter_map(|w| w.belief).collect();
        beliefs.dedup();
        for belief in beliefs {
            met.entry(belief.number()).or_default().push(name.clone());
        }
    }
    met
}

#[test]
fn each_belief_is_met_by_its_predictions_or_by_a_later_lesson() {
    let mut met = met();
    let numbers: Vec<u8> = BELIEFS.iter().map(|(number, _, _)| *number).collect();
    assert_eq!(numbers, (1..=Belief::LAST).collect::<Vec<_>>());
    for (number, words, by) in BELIEFS {
        let found = met.remove(&number).unwrap_or_default();
        match by {
            Met::By(questions) => assert_eq!(found, questions, "{number}: {words}"),
            Met::Later(lesson) => {
                assert!(found.is_empty(), "{number}: {words} is met before {lesson}");
            }
        }
    }
}
