//! The scenarios on every engine. The snapshot lists the steps in which one differs, and how.

use std::fmt::Write;

use session_lessons::course::Language;
use session_lessons::course::scenario::{Scenario, ScenarioPlayer};

use crate::common::engines::{Place, REDIS, engines, variable};
use crate::common::lesson::program;
use crate::common::sources::lessons;

/// Lesson 01 has no session layer, and later ones choose their engine themselves.
const RUN: [&str; 6] = ["02", "03", "04", "05", "06", "07"];

#[test]
fn every_claim_holds_on_every_engine_that_can_revoke() {
    let mut all = String::new();
    for engine in engines() {
        let mut differs = String::new();
        for lesson in lessons()
            .iter()
            .filter(|it| RUN.contains(&it.number.as_str()))
        {
            let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
            let place = Place::of(engine);
            let settings = variable(&place.settings);
            let program = program(&lesson.program);
            let player = ScenarioPlayer::new(&settings, &scenario, &program, 0, Language::English);
            let mut player = player.unwrap();
            for step in 0..scenario.steps.len() {
                let played = player.play(step).unwrap();
                for claim in played.claims.iter().filter(|claim| !claim.holds) {
                    let (number, step) = (&lesson.number, step + 1);
                    let line = claim.line(Language::English);
                    writeln!(differs, "  lesson {number} step {step}: {line}").unwrap();
                }
            }
        }
        if engine.name.starts_with("cookie") {
            assert_ne!(differs, "", "{}", engine.name);
        } else {
            assert_eq!(differs, "", "{}", engine.name);
        }
        // Redis is not always compiled.
        if engine.name != REDIS {
            write!(all, "{}\n{differs}", engine.name).unwrap();
        }
    }
    insta::assert_snapshot!("differences", all);
}
