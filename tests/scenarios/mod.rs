//! Each lesson's scenario, played against the lesson as students run it: all claims hold, and the
//! transcript is the lesson's snapshot.

mod beliefs;
mod elsewhere;
mod engines;
mod labels;
mod masked;
mod questions;
mod second;

use std::collections::BTreeSet;
use std::process::{Command, Output};

use session_lessons::course::scenario::{
    Act, CheckedClaim, RowClaim, Scenario, ScenarioPlayer, ScenarioStep, Transcript,
};
use session_lessons::course::{Language, Lesson, Sheet};

use crate::common::http::Request;
use crate::common::lesson::program;
use crate::common::sources::{lessons, programs};

/// The transcript, and the claims that do not hold with the numbers of their steps.
fn play(
    lesson: &Lesson,
    scenario: &Scenario,
    language: Language,
) -> (String, Vec<(usize, CheckedClaim)>) {
    let program = program(&lesson.program);
    let mut player = ScenarioPlayer::new("", scenario, &program, 0, language).unwrap();
    let mut transcript =
        Transcript::new(Sheet::plain(), language, player.server().cookie().is_some());
    transcript.title(lesson);
    let mut failed = Vec::new();
    for (place, step) in scenario.steps.iter().enumerate() {
        transcript.before(scenario, place);
        let played = player.play(place).unwrap();
        transcript.after(step, &played, None);
        let claims = played.claims.into_iter().filter(|claim| !claim.holds);
        failed.extend(claims.map(|claim| (place + 1, claim)));
    }
    (transcript.sheet.take(), failed)
}

fn run(lesson: &Lesson, arguments: &[&str], language: &str) -> Output {
    Command::new(program(&lesson.program))
        .args(arguments)
        .env("COURSE_LANG", language)
        .env("ROCKET_PORT", "0")
        .env_remove("ROCKET_SESSION")
        .output()
        .unwrap()
}

#[test]
fn every_claim_holds_and_the_transcript_is_the_snapshot() {
    for lesson in programs() {
        let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        let (transcript, failed) = play(lesson, &scenario, Language::English);
        assert_eq!(failed, [], "lesson {}", lesson.number);
        let transcript = without_chance(&scenario, transcript);
        insta::assert_snapshot!(lesson.program.as_str(), transcript);
    }
}

/// The transcript without the numbers in rows, where a step claims only what its row is not: then
/// chance decides them.
fn without_chance(scenario: &Scenario, transcript: String) -> String {
    let by_chance = |step: &ScenarioStep| matches!(step.claims.row, Some(RowClaim::Not(_)));
    if !scenario.steps.iter().any(by_chance) {
        return transcript;
    }
    let lines = transcript.lines().map(|line| {
        let is_number = |c: char| c.is_ascii_digit();
        let values = line.split(": ").map(|it| it.trim_start_matches(is_number));
        match line.trim_start().starts_with("row ") {
            true => values.collect::<Vec<_>>().join(": "),
            false => line.to_owned(),
        }
    });
    lines.map(|line| line + "\n").collect()
}

#[test]
fn a_row_that_must_differ_holds_anything_else() {
    let source = r#"
[[step]]
who = "alice"
send = "POST /login"
form = { userid = "alice", password = "$alice" }
say = { en = "x", ko = "x" }
row = { not = { user = "bob" } }

[[step]]
who = "alice"
send = "GET /main"
say = { en = "x", ko = "x" }
row = { not = { user = "alice" } }

[[step]]
who = "stranger"
send = "GET /main"
say = { en = "x", ko = "x" }
row = { not = { user = "alice" } }
"#;
    let scenario = Scenario::parse("not.toml", source).unwrap_or_else(|error| panic!("{error:?}"));
    let (_, failed) = play(&lessons()[1], &scenario, Language::English);
    let told: Vec<String> = failed
        .iter()
        .map(|(step, claim)| format!("step {step}: {}", claim.line(Language::English)))
        .collect();
    assert_eq!(
        told,
        [
            r#"step 2: row: expected not {"user": "alice"}, found {"user": "alice"}"#,
            r#"step 3: row: expected not {"user": "alice"}, found none"#,
        ]
    );
}

/// The names of session IDs in a text, such as `1·a`.
fn session_names(text: &str) -> BTreeSet<String> {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || *c == '·';
    let names = text.split("sid#").skip(1);
    let names = names.map(|rest| rest.chars().take_while(is_part).collect::<String>());
    names.filter(|name| name.contains('·')).collect()
}

#[test]
fn transcript_and_xray_have_the_same_names_for_sessions_also_after_a_restart() {
    for number in [5, 8] {
        let lesson = &lessons()[number - 1];
        let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        let program = program(&lesson.program);
        let player = ScenarioPlayer::new("", &scenario, &program, 0, Language::English);
        let mut player = player.unwrap();
        let mut transcript = Transcript::new(Sheet::plain(), Language::English, true);
        for (place, step) in scenario.steps.iter().enumerate() {
            let played = player.play(place).unwrap();
            if matches!(step.act, Act::Restart(_)) {
                transcript.sheet.take();
            }
            transcript.after(step, &played, None);
        }
        let address = player.server().address("");
        let port = address.rsplit(':').next().unwrap().parse().unwrap();
        let told = session_names(&transcript.sheet.take());
        let shown = session_names(&Request::get("/xray").send(port).body);
        assert!(!shown.is_empty());
        assert_eq!(told, shown, "lesson {number}");
    }
}

#[test]
fn every_scenario_has_two_actors_and_a_prediction_and_is_short() {
    for lesson in lessons() {
        let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        let steps = &scenario.steps;
        assert!((6..=15).contains(&steps.len()), "{}", lesson.number);
        assert!(steps.iter().any(|step| step.predict.is_some()));
        assert!(steps.iter().any(|step| step.who != steps[0].who));
    }
}

#[test]
fn a_wrong_claim_is_told_with_step_claim_expectation_and_finding() {
    let source = r#"
[[step]]
who = "alice"
send = "GET /main"
say = { en = "x", ko = "x" }
status = 303

[[step]]
who = "alice"
send = "POST /login"
form = { userid = "alice", password = "$alice" }
say = { en = "x", ko = "x" }
status = 200
place = "/cart"
asking = "bob"
cookie = "same"
row = { user = "bob" }
text = "login-wrong"
"#;
    let scenario =
        Scenario::parse("wrong.toml", source).unwrap_or_else(|error| panic!("{error:?}"));
    let (transcript, failed) = play(&lessons()[1], &scenario, Language::English);
    let told: Vec<String> = failed
        .iter()
        .map(|(step, claim)| format!("step {step}: {}", claim.line(Language::English)))
        .collect();
    assert_eq!(
        told,
        [
            "step 2: status: expected 200, found 303",
            "step 2: place: expected /cart, found /main",
            "step 2: text: expected Wrong user ID or password., found Welcome back, alice!",
            "step 2: asking: expected bob, found nobody",
            "step 2: cookie: expected same, found new",
            r#"step 2: row: expected {"user": "bob"}, found {"user": "alice"}"#,
        ]
    );
    assert!(transcript.contains("✗ status: expected 200, found 303"));
}

#[test]
fn closing_the_browser_and_time_are_steps() {
    let source = r#"
[[step]]
who = "alice"
send = "POST /login"
form = { userid = "alice", password = "$alice" }
say = { en = "x", ko = "x" }
[[step]]
who = "alice"
close = true
say = { en = "x", ko = "x" }
cookie = "same"
[[step]]
who = "alice"
wait = "13 days"
say = { en = "x", ko = "x" }
row = { user = "alice" }
[[step]]
who = "alice"
wait = "1 day"
say = { en = "x", ko = "x" }
cookie = "gone"
row = "none"
"#;
    let scenario = Scenario::parse("time.toml", source).unwrap_or_else(|error| panic!("{error:?}"));
    let (_, failed) = play(&lessons()[1], &scenario, Language::Korean);
    assert_eq!(failed, []);
}

#[test]
fn a_restart_keeps_files_address_cookies_and_time_and_may_change_the_engine() {
    let step = |act: &str, claims: &str| {
        format!("[[step]]\nwho = \"alice\"\n{act}\nsay = {{ en = \"x\", ko = \"x\" }}\n{claims}\n")
    };
    let log_in = "send = \"POST /login\"\nform = { userid = \"alice\", password = \"$alice\" }";
    let (here, gone) = (
        "cookie = \"same\"\nrow = { user = \"alice\" }",
        "row = \"none\"",
    );
    let source: String = [
        step(log_in, "cookie = \"new\""),
        step("wait = \"13 days\"", here),
        step("restart = true", here),
        step("wait = \"1 day\"", gone),
        step(log_in, "cookie = \"new\""),
        step("restart = { engine = \"cache\" }", gone),
        step("send = \"GET /main\"", "status = 303\ncookie = \"gone\""),
        step(log_in, "cookie = \"new\""),
        step("restart = true", gone),
        step("restart = { engine = \"file\" }", ""),
        step(log_in, "cookie = \"new\""),
        step("restart = true", here),
    ]
    .concat();
    let scenario = Scenario::parse("x.toml", &source).unwrap_or_else(|error| panic!("{error:?}"));
    let (transcript, failed) = play(&lessons()[1], &scenario, Language::English);
    assert_eq!(failed, [], "{transcript}");
    assert!(transcript.contains("started again, now with engine = \"file\""));
}

#[test]
fn a_piped_demo_reads_like_the_transcript() {
    let output = run(&lessons()[0], &["--demo"], "ko");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("레슨 01 · 세션 없는 로그인"));
    assert!(!text.contains('\u{1b}'));
    let scenario = Scenario::load(&lessons()[0]).unwrap_or_else(|error| panic!("{error:?}"));
    let (transcript, _) = play(&lessons()[0], &scenario, Language::Korean);
    let steps = transcript.split_once("\n\n").unwrap().1;
    assert!(text.contains(steps), "{text}");
}

#[test]
fn a_demo_tells_the_idea_after_the_first_answer() {
    let lesson = &lessons()[0];
    let output = run(lesson, &["--demo"], "en");
    let text = String::from_utf8(output.stdout).unwrap();
    // Lines are broken where the terminal ends.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let idea = lesson.idea_in(Language::English);
    let (before, after) = text.split_once(&idea).unwrap();
    assert!(before.contains("What does the main page say to her?"));
    assert!(before.contains(&Language::English.text("scenario-right")));
    assert!(!after.contains(&idea), "{after}");
}

#[test]
fn a_lesson_says_what_it_can_be_told() {
    let output = run(&lessons()[2], &["--dmeo"], "en");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 1);
    assert!(told.contains("--dmeo") && told.contains("cargo run --bin lesson03 -- --help"));
    let help = run(&lessons()[2], &["--help"], "en");
    assert!(help.status.success());
    assert!(
        String::from_utf8(help.stdout)
            .unwrap()
            .contains("--demo --pace 2s")
    );
}
