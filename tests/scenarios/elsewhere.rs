//! Requests that begin on a page of another server.

use session_lessons::course::scenario::{Scenario, ScenarioPlayer, Transcript};
use session_lessons::course::{Language, Sheet};

use crate::common::lesson::program;
use crate::common::sources::lessons;

/// `Strict` tells neighbours from other sites also where a link is followed.
const STRICT: &str = r#"{same_site="strict"}"#;

#[test]
fn a_neighbour_brings_the_cookie_and_another_site_does_not() {
    let step = |act: &str, claims: &str| {
        format!(
            "[[step]]\nwho = \"alice\"\nsend = \"{act}\nsay = {{ en = \"x\", ko = \"x\" }}\n{claims}\n"
        )
    };
    let source = [
        step(
            "POST /login\"\nform = { userid = \"alice\", password = \"$alice\" }",
            "cookie = \"new\"",
        ),
        step(
            "GET /main\"\nfrom = \"neighbour\"",
            "status = 200\nasking = \"alice\"",
        ),
        // The browser is led to /login and stays a stranger on the way.
        step(
            "GET /main\"\nfrom = \"another site\"",
            "status = 303\nplace = \"/login\"\nasking = false\ncookie = \"same\"",
        ),
        // The same site is not the same origin, which the server asks for.
        step(
            "POST /logout\"\nfrom = \"neighbour\"",
            "status = 403\ncookie = \"same\"\nrow = { user = \"alice\" }",
        ),
        step("GET /main\"", "asking = \"alice\""),
    ]
    .concat();
    let scenario =
        Scenario::parse("elsewhere.toml", &source).unwrap_or_else(|error| panic!("{error:?}"));
    let program = program(&lessons()[2].program);
    let mut player =
        ScenarioPlayer::new(STRICT, &scenario, &program, 0, Language::English).unwrap();
    let mut transcript = Transcript::new(Sheet::plain(), Language::English, true);
    let mut failed = Vec::new();
    for (place, step) in scenario.steps.iter().enumerate() {
        let played = player.play(place).unwrap();
        transcript.after(step, &played, None);
        failed.extend(played.claims.into_iter().filter(|claim| !claim.holds));
    }
    assert_eq!(failed, []);
    let transcript = transcript.sheet.take();
    let (_, rest) = transcript
        .split_once("(from a page of another site)")
        .unwrap();
    let (foreign, rest) = rest.split_once("POST /logout").unwrap();
    assert_eq!(foreign.matches("(no cookie)").count(), 2, "{transcript}");
    let (form, _) = rest.split_once("403").unwrap();
    assert!(
        form.contains("(from a page on another port)"),
        "{transcript}"
    );
    assert!(form.contains("sid#"), "{transcript}");
}
