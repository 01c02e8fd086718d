//! Failed starts: each reason is told in one line, with exit code 1.

use std::fs;
use std::net::TcpListener;

use crate::common::http::Request;
use crate::common::lesson::{Start, project};
use crate::common::sources::{copy_folder, programs};

/// Starts it, which must fail, and returns the one line that it says.
pub fn refused(start: Start) -> String {
    let (status, said) = start.fail();
    assert_eq!(status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains("panicked"));
    said.trim_end().to_owned()
}

/// The command with this port, as the shell here takes it.
fn with_port(port: u16, command: &str) -> String {
    if cfg!(windows) {
        format!("$env:ROCKET_PORT={port}; {command}")
    } else {
        format!("ROCKET_PORT={port} {command}")
    }
}

#[test]
fn a_port_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    for lesson in programs().map(|lesson| &lesson.program) {
        let said = refused(Start::of(lesson).with("ROCKET_PORT", &port.to_string()));
        let next = port.checked_add(1).unwrap_or(8000);
        let expected = format!(
            "Port {port} is in use. Is another lesson still running? Stop it with Ctrl+C, or take \
             another port: {}",
            with_port(next, &format!("cargo run --bin {lesson}"))
        );
        assert_eq!(said, expected);
    }
    let start = Start::of("lesson01").with("ROCKET_PORT", &port.to_string());
    let said = refused(start.with("COURSE_LANG", "ko"));
    assert!(
        said.starts_with(&format!("포트 {port}번을 이미 쓰고 있습니다.")),
        "{said}"
    );
}

#[test]
fn a_second_server_says_that_it_is_one() {
    let title = "Lesson 01 · Login with no session · second server";
    let by_hand = Start::of("lesson01").told("--second").begin();
    assert!(by_hand.greeting.contains(title), "{}", by_hand.greeting);
    let marked = Start::of("lesson01").with("LESSON_SERVER", "second");
    let marked = marked.begin();
    assert!(marked.greeting.contains(title), "{}", marked.greeting);
    let first = Start::of("lesson01").begin();
    assert!(!first.greeting.contains("second"), "{}", first.greeting);
}

#[test]
fn a_port_in_use_by_the_second_server() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let second = |port: u16| {
        let start = Start::of("lesson01").told("--second");
        refused(start.with("ROCKET_PORT", &port.to_string()))
    };
    let said = second(port - 1);
    let told = port.checked_add(1).map_or(8000, |_| port);
    let command = |port| with_port(port, "cargo run --bin lesson01 -- --second");
    let way_out = format!("take another port: {}", command(told));
    assert!(
        said.starts_with(&format!("Port {port} is in use.")),
        "{said}"
    );
    assert!(said.ends_with(&way_out), "{said}");
    let said = second(65535);
    assert!(said.contains("No port comes after 65535"), "{said}");
    assert!(said.ends_with(&command(8000)), "{said}");
}

#[test]
fn a_setting_that_can_not_be_used() {
    let settings = [
        ("ROCKET_PORT", "many", "PORT"),
        ("ROCKET_ADDRESS", "nowhere", "ADDRESS"),
        (
            "ROCKET_PASSWORD_COST",
            "99",
            "password_cost must be a number from 4 to 31, not 99",
        ),
        ("ROCKET_PASSWORD_COST", "strong", "password_cost"),
        (
            "ROCKET_SESSION",
            "{engine=\"nowhere\"}",
            "session.engine can't be \"nowhere\", only database or",
        ),
        (
            "ROCKET_SESSION",
            "{idle=0}",
            "session.idle: must be greater than zero",
        ),
        ("ROCKET_SESSION", "{idle=-1}", "session.idle"),
        ("ROCKET_SESSION", "{idel=60}", "idel"),
        (
            "ROCKET_SESSION",
            "{synchronous=\"maybe\"}",
            "session.synchronous can't be \"maybe\", only full or normal",
        ),
        (
            "ROCKET_SESSION",
            "{secure=\"perhaps\"}",
            "session.secure: expected true, false or",
        ),
        (
            "ROCKET_SESSION",
            "{cookie=\"a b\"}",
            "session.cookie: \"a b\" can't be a cookie's name",
        ),
        ("ROCKET_SESSION", "{database=5}", "session.database"),
        ("ROCKET_SESSION", "5", "session"),
    ];
    for (variable, value, names) in settings {
        let said = refused(Start::of("lesson02").with(variable, value));
        assert!(
            said.starts_with("The configuration can't be used: "),
            "{said}"
        );
        assert!(
            said.to_lowercase().contains(&names.to_lowercase()),
            "{value}: {said}"
        );
    }
}

#[test]
fn a_rocket_toml_that_can_not_be_used() {
    let templates = project().join("templates");
    for (text, names) in [
        ("[default]\nport = \"many\"\n", "port"),
        ("[default\n", "Rocket.toml"),
        (
            "[default.session]\nengine = \"nowhere\"\n",
            "session.engine",
        ),
    ] {
        let start = Start::of("lesson03").with("ROCKET_TEMPLATE_DIR", templates.to_str().unwrap());
        let folder = start.folder().to_owned();
        fs::write(folder.join("Rocket.toml"), text).unwrap();
        // Only the file is to decide.
        let start = ["ROCKET_PORT", "ROCKET_SESSION"]
            .into_iter()
            .fold(start, Start::without);
        let said = refused(start.in_folder(&folder));
        assert!(said.contains(names), "{text}: {said}");
    }
}

#[test]
fn a_database_that_can_not_be_used() {
    for lesson in ["lesson01", "lesson02"] {
        let start = Start::of(lesson);
        let no_database = start.folder().join("text.db");
        fs::write(
            &no_database,
            "This is a letter, not a database.".repeat(100),
        )
        .unwrap();
        let file = no_database.join("below/a-file.db");
        let folder = start.folder().to_owned();
        for path in [no_database, file, folder] {
            let start = Start::of(lesson).with("ROCKET_SESSION", &format!("{{database={path:?}}}"));
            let said = refused(start);
            let expected = format!("The lesson can't start: the database {}", path.display());
            assert!(said.starts_with(&expected), "{said}");
        }
    }
}

#[test]
fn templates_that_can_not_be_used() {
    let start = Start::of("lesson01");
    let folder = start.folder().to_owned();
    let missing = folder.join("nowhere");
    let said = refused(start.with("ROCKET_TEMPLATE_DIR", missing.to_str().unwrap()));
    assert!(said.starts_with("The folder of templates, "), "{said}");
    assert!(
        said.ends_with("Start the lesson in the project's folder."),
        "{said}"
    );

    let start = Start::of("lesson01");
    let folder = start.folder().to_owned();
    fs::write(folder.join("main.html.j2"), "{% if %}").unwrap();
    let said = refused(start.with("ROCKET_TEMPLATE_DIR", folder.to_str().unwrap()));
    assert!(
        said.starts_with("The template ") && said.contains("main.html.j2"),
        "{said}"
    );
}

/// Browsers look for `localhost` at [::1] first, and would show the other program.
#[test]
fn the_address_to_open_is_never_another_programs() {
    let Ok(other) = TcpListener::bind("[::1]:0") else {
        eprintln!("this machine has no [::1]");
        return;
    };
    let port = other.local_addr().unwrap().port();
    let lesson = Start::of("lesson01")
        .with("ROCKET_PORT", &port.to_string())
        .begin();
    let address = format!("http://127.0.0.1:{port}\n");
    assert!(lesson.greeting.contains(&address), "{}", lesson.greeting);
    assert_eq!(Request::get("/login").send(port).status, 200);
    drop((lesson, other));
    let lesson = Start::of("lesson01")
        .with("ROCKET_PORT", &port.to_string())
        .begin();
    let address = format!("http://localhost:{port}\n");
    assert!(lesson.greeting.contains(&address), "{}", lesson.greeting);
}

#[test]
fn a_missing_template_is_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let templates = folder.path().join("templates");
    copy_folder(&project().join("templates"), &templates);
    let start = || {
        let start = Start::of("lesson01");
        start.with("ROCKET_TEMPLATE_DIR", templates.to_str().unwrap())
    };
    drop(start().begin());
    fs::remove_file(templates.join("xray/row.html.j2")).unwrap();
    let (status, said) = start().fail();
    assert_eq!(status.code(), Some(1));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("xray/row.html.j2 is missing"), "{said}");
}
