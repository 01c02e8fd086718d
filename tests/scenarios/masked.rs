//! Values that are masked in one view of an exchange are masked in all of them.

use std::fs;
use std::process::Command;

use session_lessons::course::scenario::{Scenario, ScenarioPlayer, Transcript};
use session_lessons::course::{Language, Sheet};

use super::play;
use crate::common::http::Request;
use crate::common::lesson::{program, project};
use crate::common::sources::{copy_folder, lessons, programs};
use crate::common::story::Story;

#[test]
fn a_transcript_never_shows_a_secret() {
    for lesson in programs() {
        let mut scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        // An instruction says which password to type.
        for step in &mut scenario.steps {
            step.instruction = None;
        }
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

/// One request whose form and address hold secrets.
const STEP: &str = r#"
[[step]]
who = "alice"
send = "POST /login?token=leaked-1&tab=shown-1"
form = { userid = "alice", old_password = "leaked-2", CardNumber = "leaked-3", "비밀번호" = "leaked-4", next = "/who?api_key=leaked-5", shipping = "shown-2" }
say = { en = "x", ko = "x" }
"#;

/// The same for a client.
const TARGET: &str = "/login?token=leaked-1&tab=shown-1";
const FORM: [(&str, &str); 6] = [
    ("userid", "alice"),
    ("old_password", "leaked-2"),
    ("CardNumber", "leaked-3"),
    ("비밀번호", "leaked-4"),
    ("next", "/who?api_key=leaked-5"),
    ("shipping", "shown-2"),
];

/// Transcript, X-ray and demo of the step in lesson 06.
fn views_of_the_step() -> Vec<(&'static str, String)> {
    let lesson = &lessons()[5];
    let scenario = Scenario::parse("masked.toml", STEP).unwrap_or_else(|e| panic!("{e:?}"));
    let (program, language) = (program(&lesson.program), Language::English);
    let player = ScenarioPlayer::new("", &scenario, &program, 0, language);
    let mut player = player.unwrap();
    let mut transcript = Transcript::new(Sheet::plain(), language, true);
    transcript.before(&scenario, 0);
    let played = player.play(0).unwrap();
    transcript.after(&scenario.steps[0], &played, None);
    let address = player.server().address("");
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    let xray = Request::get("/xray").send(port).body;

    let folder = tempfile::tempdir().unwrap();
    copy_folder(&project().join("lessons"), &folder.path().join("lessons"));
    let file = format!("lessons/{}.toml", lesson.program);
    let source = fs::read_to_string(project().join(&file)).unwrap();
    let (head, _) = source.split_once("[[step]]").unwrap();
    fs::write(folder.path().join(file), format!("{head}{STEP}")).unwrap();
    fs::write(folder.path().join("Rocket.toml"), "").unwrap();
    let demo = Command::new(program)
        .arg("--demo")
        .current_dir(folder.path())
        .env("COURSE_LANG", "en")
        .env("ROCKET_PORT", "0")
        .env("ROCKET_TEMPLATE_DIR", project().join("templates"))
        .env_remove("ROCKET_SESSION")
        .output()
        .unwrap();
    let demo = String::from_utf8(demo.stdout).unwrap();
    vec![
        ("transcript", transcript.sheet.take()),
        ("X-ray", xray),
        ("demo", demo),
    ]
}

#[test]
fn a_secret_is_in_no_view_of_its_request() {
    let story = Story::of("lesson06");
    let answer = story.visitor("alice", "en").post(TARGET, &FORM);
    let (_, panel) = answer.body.split_once("<aside class=\"xray\"").unwrap();
    let mut views = views_of_the_step();
    views.push(("panel", panel.to_owned()));
    views.push(("story", story.told()));
    for (view, text) in views {
        assert!(!text.contains("leaked"), "{view}: {text}");
        for shown in [
            "tab=shown-1",
            "old_password=•••",
            "api_key=•••",
            "shipping=shown-2",
        ] {
            assert!(text.contains(shown), "{view} lacks {shown}: {text}");
        }
    }
}
