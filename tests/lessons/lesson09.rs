//! Lesson 09: the session in the cookie.

use std::fs;

use data_encoding::BASE64URL_NOPAD;
use insta::assert_snapshot;

use super::rows::rows;
use super::{ALICE, BOB};
use crate::common::http::{Answer, Request};
use crate::common::lesson::Start;
use crate::common::story::{Guest, Story};

const COOKIE: &str = "session_id";

fn fill(visitor: &mut Guest<'_>, letters: usize) -> Answer {
    let letters = letters.to_string();
    visitor.post("/cookie/fill", &[("letters", &letters)])
}

/// A signed cookie with another text and the signature that it had.
fn forged(cookie: &str, from: &str, to: &str) -> String {
    let parts: Vec<&str> = cookie.split('.').collect();
    let text = BASE64URL_NOPAD.decode(parts[1].as_bytes()).unwrap();
    let text = String::from_utf8(text).unwrap().replace(from, to);
    let text = BASE64URL_NOPAD.encode(text.as_bytes());
    format!("{}.{text}.{}", parts[0], parts[2])
}

#[test]
fn whoever_has_the_cookie_can_read_it_and_the_server_keeps_nothing() {
    let story = Story::of("lesson09");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    let page = alice.get("/cookie").main();
    assert!(page.contains(r#""user":"alice"}}"#), "{page}");
    assert!(page.contains("This stands in the cookie"), "{page}");
    // Not even the table.
    let text = fs::read(story.lesson.database()).unwrap();
    assert!(!String::from_utf8_lossy(&text).contains("sessions"));
    assert!(!story.lesson.database().with_file_name("sessions").exists());
}

#[test]
fn the_pages_are_there_in_korean_too() {
    let story = Story::of("lesson09");
    let mut alice = story.visitor("앨리스", "ko");
    let none = alice.get("/cookie").main();
    fill(&mut alice, 2_000);
    let full = fill(&mut alice, 1_000).main();
    assert_snapshot!([none, full].join("\n"));
}

#[test]
fn a_changed_cookie_is_nobodys_and_is_removed() {
    let story = Story::of("lesson09");
    let mut mallory = story.visitor("mallory", "en");
    mallory.log_in("alice", ALICE);
    let cookie = mallory.session_id().unwrap().to_owned();
    for (from, to) in [("alice", "bob"), ("\"expires\":1", "\"expires\":9")] {
        let forged = forged(&cookie, from, to);
        assert_ne!(forged, cookie);
        mallory.cookies.insert(COOKIE.to_owned(), forged);
        let page = mallory.get("/cookie").main();
        assert!(page.contains("Nobody the server knows."), "{page}");
        assert_eq!(mallory.session_id(), None);
    }
}

#[test]
fn a_copy_is_alive_after_the_logout_signed_or_encrypted() {
    for seal in ["signed", "encrypted"] {
        let start = Start::of("lesson09").with_setting(&format!("seal={seal:?}"));
        let story = Story::in_lesson(start.begin());
        let mut alice = story.visitor("alice", "en");
        alice.log_in("alice", ALICE);
        let copy = alice.session_id().unwrap().to_owned();
        let readable = alice.get("/cookie").main();
        let readable = readable.contains("This stands in the cookie");
        assert_eq!(readable, seal == "signed", "{seal}");
        alice.post("/logout", &[]);
        assert_eq!(alice.session_id(), None);
        assert_eq!(alice.get("/main").sent_to(), Some("/login?next=/main"));

        let mut mallory = story.visitor("mallory", "en");
        mallory.cookies.insert(COOKIE.to_owned(), copy);
        let page = mallory.get("/main").main();
        assert!(page.contains("Welcome back, alice!"), "{seal}: {page}");
    }
}

#[test]
fn what_no_browser_would_keep_is_refused_with_a_page_and_nothing_is_lost() {
    let story = Story::of("lesson09");
    let mut bob = story.visitor("bob", "en");
    bob.log_in("bob", BOB);
    assert_eq!(fill(&mut bob, 1_000).sent_to(), Some("/cookie"));
    let kept = bob.session_id().unwrap().to_owned();
    for letters in [2_000, 3_000, 65_535] {
        let refused = fill(&mut bob, letters);
        assert_eq!(refused.status, 413);
        assert!(refused.main().contains("The session would become larger"));
        assert_eq!(bob.session_id(), Some(kept.as_str()));
    }
    assert!(bob.get("/main").main().contains("Welcome back, bob!"));
    // From a full session there is a way out.
    bob.post("/logout", &[]);
    assert_eq!(bob.session_id(), None);
    for form in [&[("letters", "many")][..], &[("letters", "-1")], &[]] {
        assert!(bob.post("/cookie/fill", form).status < 500);
    }
}

#[test]
fn the_environment_counts_more_than_the_lesson() {
    let story = Story::in_lesson(Start::of("lesson09").on("database").begin());
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    assert_eq!(rows(&story.lesson).len(), 1);
    let page = alice.get("/cookie").main();
    assert!(page.contains("no text in this cookie"), "{page}");
}

/// The cookie has the same name in all lessons, and a browser sends it to all ports of a host.
#[test]
fn a_cookie_opens_nothing_in_another_lesson_that_has_the_same_key() {
    for seal in ["signed", "encrypted"] {
        let start = |lesson: &str| {
            let key = "Tm90IGEgc2VjcmV0OiBhbiBleGFtcGxlLCAzMiBieXQ=";
            let settings = format!("engine=\"cookie\",seal={seal:?},keys=[{key:?}]");
            Start::of(lesson).with_setting(&settings).begin()
        };
        let login = Request::post("/login", &[("userid", "alice"), ("password", ALICE)]);
        let (lesson, again, other) = (start("lesson09"), start("lesson09"), start("lesson10"));
        let answer = login.send(lesson.port);
        let cookie = answer.one("Set-Cookie").unwrap().split(';').next().unwrap();
        let main = Request::get("/main").header("Cookie", cookie);
        assert_eq!(main.send(lesson.port).status, 200, "{seal}");
        assert_eq!(main.send(again.port).status, 200, "{seal}");
        assert_eq!(
            main.send(other.port).sent_to().map(path),
            Some("/login"),
            "{seal}"
        );
    }
}

fn path(place: &str) -> &str {
    place.split('?').next().unwrap_or(place)
}
