//! The scenarios on every engine: what is claimed holds there too, or is left out because the
//! engine lacks what the claim needs.

use std::fmt::Write;

use session_lessons::course::Language;
use session_lessons::course::scenario::{Player, Scenario};

use crate::common::engines::{Place, REDIS, engines, variable};
use crate::common::lesson::program;
use crate::common::sources::lessons;

/// Lesson 01 has no session layer, and later ones choose their engine themselves.
const RUN: [&str; 6] = ["02", "03", "04", "05", "06", "07"];

#[test]
fn every_claim_holds_on_every_engine_or_is_left_out_for_a_reason() {
    let mut all = String::new();
    for engine in engines() {
        let mut left_out = String::new();
        for lesson in lessons()
            .iter()
            .filter(|it| RUN.contains(&it.number.as_str()))
        {
            let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
            let place = Place::of(engine);
            let settings = variable(&place.settings);
            let program = program(&lesson.program);
            let player = Player::with(&settings, &scenario, &program, 0, Language::English);
            let mut player = player.unwrap();
            for step in 0..scenario.steps.len() {
                let played = player.play(step).unwrap();
                let step = format!("lesson {} step {}", lesson.number, step + 1);
                for claim in &played.claims {
                    let line = claim.line(Language::English);
                    assert!(claim.holds(), "{}, {step}: {line}", engine.name);
                }
                for claim in &played.left_out {
                    let line = claim.line(Language::English);
                    writeln!(left_out, "  {step}: {line}").unwrap();
                }
            }
        }
        // Not everybody compiles it, and it can do everything.
        match engine.name == REDIS {
            true => assert_eq!(left_out, ""),
            false => write!(all, "{}\n{left_out}", engine.name).unwrap(),
        }
    }
    insta::assert_snapshot!("left_out", all);
}
