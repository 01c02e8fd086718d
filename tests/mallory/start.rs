//! Her program: what it prints, what it listens to, and how it gives up.

use std::net::TcpListener;

use crate::common::http::Request;
use crate::common::mallory::{Mallory, command, fail};

#[test]
fn one_line_names_both_ports() {
    let mut mallory = Mallory::start(8123);
    let address = format!(
        "http://localhost:{} (for the lesson on port 8123)",
        mallory.port
    );
    assert!(mallory.greeting.contains(&address), "{}", mallory.greeting);
    mallory.press("/note", "/12", "session_id=abc");
    assert_eq!(mallory.end(), "");
}

#[test]
fn no_variable_of_rockets_changes_it() {
    let mut command = command("8000");
    command
        .env("ROCKET_ADDRESS", "0.0.0.0")
        .env("ROCKET_PORT", "1")
        .env("ROCKET_LOG_LEVEL", "debug")
        .env("ROCKET_TEMPLATE_DIR", "/nowhere")
        .env("ROCKET_PROFILE", "nonsense")
        .current_dir(std::env::temp_dir());
    let mut mallory = Mallory::begin(command);
    assert_eq!(Request::get("/12").send(mallory.port).status, 200);
    assert_eq!(mallory.end(), "");
}

/// All of 127.0.0.0/8 is this machine on Linux, so that the address can be told from 0.0.0.0.
#[cfg(target_os = "linux")]
#[test]
fn it_listens_on_one_address() {
    let mallory = Mallory::start(8000);
    let other: std::net::IpAddr = [127, 0, 0, 2].into();
    assert!(std::net::TcpStream::connect((other, mallory.port)).is_err());
}

#[test]
fn a_port_in_use_is_one_sentence_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    for (language, words) in [("en", "is in use"), ("ko", "이미 쓰고 있습니다")] {
        let mut command = command("8000");
        command
            .env("MALLORY_PORT", port.to_string())
            .env("COURSE_LANG", language);
        let (status, said) = fail(command);
        assert_eq!(status.code(), Some(1));
        assert_eq!(said.lines().count(), 1, "{said}");
        let other = format!(
            "MALLORY_PORT={} cargo run --bin mallory",
            port.wrapping_add(1)
        );
        assert!(said.contains(words) && said.contains(&other), "{said}");
    }
}

#[test]
fn what_is_no_port_is_one_sentence() {
    for text in ["http://evil.example", "65536", "-1", "", "8000 "] {
        let (status, said) = fail(command(text));
        assert_eq!(status.code(), Some(2), "{text}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("cargo run --bin mallory -- 8001"), "{said}");
    }
    let mut wrong = command("8000");
    wrong.env("MALLORY_PORT", "many");
    assert_eq!(fail(wrong).0.code(), Some(2));
}
