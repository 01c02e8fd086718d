//! `cargo run -- doctor` at seats that lack something.

use std::fs;
use std::net::TcpListener;

use super::seat::{Seat, ended};
use crate::common::lesson::Lesson;
use crate::common::mallory::Mallory;

/// Its words on a seat with this variable, and its exit code.
fn told(seat: &Seat, variable: &str, value: &str) -> (String, Option<i32>) {
    ended(
        seat.command("doctor")
            .env("ROCKET_PORT", "0")
            .env("MALLORY_PORT", "0")
            .env(variable, value),
    )
}

#[test]
fn a_seat_that_works_is_a_line_for_each_thing() {
    let (text, code) = told(&Seat::new(), "LANG", "C");
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("✓ Rust 1."), "{text}");
    assert!(!text.contains('✗'), "{text}");
    let marks = text
        .lines()
        .filter(|line| line.starts_with("  ✓") || line.starts_with("  ·"));
    assert_eq!(marks.count(), 8, "{text}");
    let (korean, _) = told(&Seat::new(), "COURSE_LANG", "ko");
    assert!(korean.contains("쓸 수 있습니다"), "{korean}");
}

#[test]
fn a_toolchain_that_is_too_old_or_none_stops_lessons() {
    let seat = Seat::new();
    seat.script("rustc", "echo 'rustc 1.70.0 (90c541806 2023-05-31)'");
    let old = seat.path("bin/rustc").display().to_string();
    let (text, code) = told(&seat, "RUSTC", &old);
    assert_eq!(code, Some(1));
    assert!(
        text.contains("✗ Rust 1.70.0") && text.contains("rustup update"),
        "{text}"
    );
    // Neither rustc nor a compiler of C nor a browser nor `df`.
    let (text, code) = told(&seat, "PATH", &seat.path("var").display().to_string());
    assert_eq!(code, Some(1));
    for words in [
        "✗ There is no rustc",
        "✗ There is no C compiler",
        "· No browser",
    ] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn the_one_who_has_the_port_is_named() {
    let seat = Seat::new();
    let lesson = Lesson::start("lesson03");
    let (text, code) = told(&seat, "ROCKET_PORT", &lesson.port.to_string());
    assert_eq!(code, Some(1));
    assert!(
        text.contains("by a lesson: “") && text.contains("Lesson 03"),
        "{text}"
    );
    // One that takes the connection and says nothing.
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let (text, code) = told(&seat, "ROCKET_PORT", &port);
    assert_eq!(code, Some(1));
    assert!(text.contains("by another program"), "{text}");
}

#[test]
fn the_port_of_mallorys_site_stops_no_lesson() {
    let seat = Seat::new();
    let (text, code) = told(&seat, "MALLORY_PORT", "0");
    assert_eq!(code, Some(0));
    assert!(text.contains("is free for Mallory’s site"), "{text}");
    let mallory = Mallory::start(8000);
    let port = mallory.port.to_string();
    let (text, code) = told(&seat, "MALLORY_PORT", &port);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains(&format!("· Port {port} is in use")), "{text}");
}

#[test]
fn a_folder_that_cant_be_written_is_named_and_none_is_left() {
    let seat = Seat::new();
    fs::write(seat.path("file"), "").unwrap();
    let below = seat.path("file/lessons.db");
    let (text, code) = told(&seat, "ROCKET_SESSION", &format!("{{database={below:?}}}"));
    assert_eq!(code, Some(1));
    assert!(text.contains("can’t be written"), "{text}");
    told(&seat, "LANG", "C");
    assert!(!seat.path("var").exists(), "looking makes no folder");
    let names = fs::read_dir(seat.path(".")).unwrap();
    let mut names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
    assert!(!names.any(|name| name.contains("doctor")));
}
