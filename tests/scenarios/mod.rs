//! Each lesson's scenario, played against the lesson as students run it: all claims hold, and the
//! transcript is the lesson's snapshot.

mod engines;

use std::process::{Command, Output};

use session_lessons::course::scenario::{Checked, Player, Scenario, Transcript};
use session_lessons::course::{Language, Lesson, Sheet};

use crate::common::lesson::program;
use crate::common::sources::lessons;

/// The transcript, and the claims that do not hold with the numbers of their steps.
fn play(
    lesson: &Lesson,
    scenario: &Scenario,
    language: Language,
) -> (String, Vec<(usize, Checked)>) {
    play_on("", lesson, scenario, language)
}

fn play_on(
    session: &str,
    lesson: &Lesson,
    scenario: &Scenario,
    language: Language,
) -> (String, Vec<(usize, Checked)>) {
    let mut player =
        Player::with(session, scenario, &program(&lesson.program), 0, language).unwrap();
    let mut transcript =
        Transcript::new(Sheet::plain(), language, player.server().cookie().is_some());
    transcript.title(lesson);
    let mut failed = Vec::new();
    for (place, step) in scenario.steps.iter().enumerate() {
        transcript.before(scenario, place);
        let played = player.play(place).unwrap();
        transcript.after(step, &played, None);
        let claims = played.claims.into_iter().filter(|claim| !claim.holds());
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
    for lesson in lessons() {
        let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        let (transcript, failed) = play(lesson, &scenario, Language::English);
        assert_eq!(failed, [], "lesson {}", lesson.number);
        insta::assert_snapshot!(lesson.program.as_str(), transcript);
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
fn a_claim_that_the_engine_cannot_meet_is_left_out_and_said_to_be() {
    let source = r#"
[[step]]
who = "alice"
send = "POST /login"
form = { userid = "alice", password = "$alice" }
say = { en = "x", ko = "x" }
status = 303
row = { user = "nobody" }
needs = { status = "atomic", row = "durable" }
"#;
    let scenario =
        Scenario::parse("needs.toml", source).unwrap_or_else(|error| panic!("{error:?}"));
    let (transcript, failed) = play_on("", &lessons()[1], &scenario, Language::English);
    assert_eq!(failed.len(), 1);
    assert!(!transcript.contains("left out"), "{transcript}");
    let cache = r#"{engine="cache"}"#;
    for (language, line) in [
        (
            Language::English,
            "– row: left out, needs an engine that survives a restart",
        ),
        (
            Language::Korean,
            "– row: 건너뜀, 재시작해도 세션이 유지되는 저장소에서만 확인",
        ),
    ] {
        let (transcript, failed) = play_on(cache, &lessons()[1], &scenario, language);
        assert_eq!(failed, []);
        assert!(transcript.contains(line), "{transcript}");
        assert!(transcript.contains("status"), "{transcript}");
    }
}

#[test]
fn a_transcript_never_shows_a_secret() {
    for lesson in lessons() {
        let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        let (transcript, _) = play(lesson, &scenario, Language::Korean);
        for word in transcript.split([' ', '=', ';', '"', '\n']) {
            assert!(word.len() < 43 || !word.is_ascii(), "{word}");
        }
        for password in ["wonder-land-7", "tree-house-4", "letmein", "three-tulips"] {
            assert!(!transcript.contains(password), "{password}");
        }
    }
}

#[test]
fn a_transcript_masks_by_names_in_forms_addresses_and_redirects() {
    let source = r#"
[[step]]
who = "alice"
send = "GET /profile?pin=hidden-1&tab=shown-1"
say = { en = "x", ko = "x" }
place = "/elsewhere?token=hidden-5"

[[step]]
who = "alice"
send = "POST /login"
form = { userid = "alice", old_password = "hidden-2", PIN = "hidden-3", next = "/profile?api_key=hidden-4", shipping = "shown-2" }
say = { en = "x", ko = "x" }
"#;
    let scenario =
        Scenario::parse("masked.toml", source).unwrap_or_else(|error| panic!("{error:?}"));
    let (transcript, _) = play(&lessons()[5], &scenario, Language::English);
    assert!(!transcript.contains("hidden"), "{transcript}");
    for shown in [
        "GET /profile?pin=•••&tab=shown-1",
        "303 → /login?next=/profile?pin=•••&tab=shown-1",
        "expected /elsewhere?token=•••, found /login?next=/profile?pin=•••&tab=shown-1",
        "old_password=•••",
        "PIN=•••",
        "next=/profile?api_key=•••",
        "shipping=shown-2",
    ] {
        assert!(transcript.contains(shown), "{shown}: {transcript}");
    }
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
