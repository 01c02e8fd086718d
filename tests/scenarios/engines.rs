//! The scenarios on every engine: what is claimed holds there too, or is left out because the
//! engine lacks what the claim needs.

use std::fmt::Write;

use session_lessons::course::scenario::{Player, Scenario};
use session_lessons::course::{LESSONS, Language, Lesson};

use super::program;
use crate::common::engines::ENGINES;

#[test]
fn every_claim_holds_on_every_engine_or_is_left_out_for_a_reason() {
    let mut left_out = String::new();
    for (engine, settings) in ENGINES {
        writeln!(left_out, "{engine}").unwrap();
        // Lesson 01 has no session layer, and what 08 and 09 are about are the engines themselves.
        let own = |lesson: &&Lesson| ["01", "08", "09"].contains(&lesson.number);
        for lesson in LESSONS.iter().filter(|lesson| !own(lesson)) {
            let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
            let settings = format!("{{{settings}}}");
            let program = program(lesson);
            let player = Player::with(&settings, &scenario, program, 0, Language::English);
            let mut player = player.unwrap();
            for place in 0..scenario.steps.len() {
                let played = player.play(place).unwrap();
                let step = place + 1;
                for claim in &played.claims {
                    let line = claim.line(Language::English);
                    let place = format!("{engine}, lesson {}, step {step}", lesson.number);
                    assert!(claim.holds(), "{place}: {line}");
                }
                for claim in &played.left_out {
                    let line = claim.line(Language::English);
                    writeln!(left_out, "  lesson {} step {step}: {line}", lesson.number).unwrap();
                }
            }
        }
    }
    insta::assert_snapshot!("left_out", left_out);
}
