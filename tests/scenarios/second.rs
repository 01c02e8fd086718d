//! Two servers of one lesson.

use session_lessons::course::Language;
use session_lessons::course::scenario::{Scenario, ScenarioPlayer};

use crate::common::lesson::program;
use crate::common::sources::lessons;

/// Two carts in the memory of the second server. One that never comes back is kept for an hour.
const STEPS: &str = r#"
[[step]]
who = "alice"
send = "POST /cart/add"
form = { item = "mug" }
server = "second"
say = { en = "x", ko = "x" }
cookie = "new"

[[step]]
who = "bob"
send = "POST /cart/add"
form = { item = "pencil" }
server = "second"
say = { en = "x", ko = "x" }
cookie = "new"

[[step]]
who = "bob"
wait = "20 minutes"
say = { en = "x", ko = "x" }

[[step]]
who = "bob"
send = "GET /cart"
server = "second"
say = { en = "x", ko = "x" }
cookie = "same"
row = { cart = { pencil = 1 } }

[[step]]
who = "bob"
wait = "2 hours"
say = { en = "x", ko = "x" }

[[step]]
who = "alice"
send = "GET /cart"
server = "second"
say = { en = "x", ko = "x" }
cookie = "gone"
row = "none"
"#;

#[test]
fn the_second_goes_on_when_time_passes() {
    let scenario = Scenario::parse("second.toml", STEPS);
    let scenario = scenario.unwrap_or_else(|error| panic!("{error:?}"));
    let program = program(&lessons()[4].program);
    let settings = r#"{engine="cache"}"#;
    let player = ScenarioPlayer::new(settings, &scenario, &program, 0, Language::English);
    let mut player = player.unwrap();
    for place in 0..scenario.steps.len() {
        let played = player.play(place).unwrap();
        let missed: Vec<_> = played.claims.iter().filter(|it| !it.holds).collect();
        assert!(missed.is_empty(), "step {}: {missed:?}", place + 1);
    }
}
