//! Lesson 02, a key named `user`.

use insta::assert_snapshot;

use super::rows::{holds, only_row, rows};
use super::{ALICE, BOB};
use crate::common::story::Story;

#[test]
fn the_browser_that_logged_in_is_greeted() {
    let story = Story::of("lesson02");
    let mut alice = story.visitor("alice", "en");
    let answer = alice.get("/main");
    alice.follow(&answer);
    let answer = alice.post("/login", &[("userid", "alice"), ("password", ALICE)]);
    assert_eq!(answer.sent_to(), Some("/main"));
    let page = alice.follow(&answer);
    assert!(page.main().contains("Welcome back, alice!"));
    assert_snapshot!(story.told());
}

#[test]
fn the_browser_that_logged_in_is_greeted_in_korean_too() {
    let story = Story::of("lesson02");
    let mut alice = story.visitor("앨리스", "ko-KR,ko;q=0.9,en;q=0.8");
    alice.log_in("alice", ALICE);
    let page = alice.get("/main");
    assert!(page.main().contains("alice님, 다시 오신 것을 환영합니다!"));
    assert_snapshot!(story.told());
}

#[test]
fn user_is_the_user_id_as_it_is_stored() {
    let story = Story::of("lesson02");
    for typed in ["ALICE", "Alice", " alice ", "ａｌｉｃｅ"] {
        let mut alice = story.visitor("alice", "en");
        alice.log_in(typed, ALICE);
        assert!(
            alice.get("/main").main().contains("Welcome back, alice!"),
            "{typed}"
        );
    }
    for row in rows(&story.lesson) {
        assert!(holds(&row, r#"{"user":"alice"}"#, Some("alice")), "{row:?}");
    }
}

#[test]
fn nothing_is_stored_or_sent_until_somebody_logs_in() {
    let story = Story::of("lesson02");
    let mut stranger = story.visitor("stranger", "en");
    let answers = [
        stranger.get("/"),
        stranger.get("/main"),
        stranger.get("/login"),
        stranger.post("/login", &[("userid", "alice")]),
        stranger.post("/login", &[("userid", "alice"), ("password", BOB)]),
    ];
    assert_eq!(answers[1].sent_to(), Some("/login"));
    for answer in answers {
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    }
    assert_eq!(rows(&story.lesson), []);
}

#[test]
fn the_cookie_is_safe_from_scripts_and_foreign_forms() {
    let story = Story::of("lesson02");
    let mut alice = story.visitor("alice", "en");
    let answer = alice.post("/login", &[("userid", "alice"), ("password", ALICE)]);
    let id = alice.session_id().unwrap();
    let whole = format!("session_id={id}; HttpOnly; SameSite=Lax; Path=/; Max-Age=1209600");
    assert_eq!(answer.one("Set-Cookie"), Some(whole.as_str()));
    assert_eq!(answer.one("Cache-Control"), Some("no-store"));
    assert!(answer.one("Vary").unwrap().contains("Cookie"));
}

#[test]
fn every_login_gives_a_new_session_id_and_the_old_one_opens_nothing() {
    let story = Story::of("lesson02");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    let mut thief = story.visitor("thief", "en");
    thief.cookies = alice.cookies.clone();
    alice.log_in("alice", ALICE);
    assert_ne!(alice.session_id(), thief.session_id());
    assert_eq!(thief.get("/main").sent_to(), Some("/login"));
    alice.log_in("bob", BOB);
    assert!(alice.get("/main").main().contains("Welcome back, bob!"));
    // One row all the time: the locker stays, the lock is new.
    let row = only_row(&story.lesson);
    assert!(holds(&row, r#"{"user":"bob"}"#, Some("bob")), "{row:?}");
    assert_snapshot!(story.told());
}

#[test]
fn a_session_id_that_somebody_planted_is_not_the_one_that_logs_in() {
    let story = Story::of("lesson02");
    let mut mallory = story.visitor("mallory", "en");
    mallory.log_in("bob", BOB);
    let mut alice = story.visitor("alice", "en");
    alice.cookies = mallory.cookies.clone();
    alice.log_in("alice", ALICE);
    assert_eq!(mallory.get("/main").sent_to(), Some("/login"));
    assert!(alice.get("/main").main().contains("Welcome back, alice!"));
}

#[test]
fn two_browsers_are_two_sessions() {
    let story = Story::of("lesson02");
    let mut alice = story.visitor("alice", "en");
    let mut bob = story.visitor("bob", "ko");
    alice.log_in("alice", ALICE);
    bob.log_in("bob", BOB);
    assert!(alice.get("/main").main().contains("Welcome back, alice!"));
    assert!(bob.get("/main").main().contains("bob님"));
    assert_eq!(rows(&story.lesson).len(), 2);
}
