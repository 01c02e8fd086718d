//! Lesson 10: how long.

use insta::assert_snapshot;

use super::rows::rows;
use super::{ALICE, BOB, move_time};
use crate::common::http::Answer;
use crate::common::story::{Guest, Story};

fn log_in(visitor: &mut Guest<'_>, userid: &str, password: &str, remember: bool) -> Answer {
    let mut form = vec![("userid", userid), ("password", password)];
    form.extend(remember.then_some(("remember", "on")));
    let answer = visitor.post("/login", &form);
    assert_eq!(answer.sent_to(), Some("/main"));
    answer
}

/// The lifetime that a login's cookie has.
fn max_age(answer: &Answer) -> Option<String> {
    let cookies = answer.all("Set-Cookie");
    let cookie = cookies.first().unwrap();
    let age = cookie.split("Max-Age=").nth(1)?;
    Some(age.split(';').next().unwrap().to_owned())
}

/// Thirty days in seconds, less the little that has passed since the session began.
fn is_thirty_days(max_age: Option<String>) -> bool {
    let seconds: u32 = max_age.unwrap().parse().unwrap();
    (30 * 86_400 - 4_000..=30 * 86_400).contains(&seconds)
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "a release build's clock can't be moved"
)]
fn the_box_decides_how_long_the_browser_keeps_the_cookie() {
    let story = Story::of("lesson10");
    let mut alice = story.visitor("alice", "en");
    alice.get("/login");
    let forgotten = log_in(&mut alice, "alice", ALICE, false);
    assert_eq!(max_age(&forgotten), None);
    assert_snapshot!(story.told());
    let remembered = log_in(&mut alice, "alice", ALICE, true);
    assert!(is_thirty_days(max_age(&remembered)));
    // Later requests and the same user's next login go by what was said last. Within the hour the
    // browser need not be told anew.
    move_time(&story.lesson, "hour");
    assert!(alice.get("/main").all("Set-Cookie").is_empty());
    let forgotten = log_in(&mut alice, "alice", ALICE, false);
    assert_eq!(max_age(&forgotten), None);
    let another = log_in(&mut alice, "bob", BOB, true);
    assert!(is_thirty_days(max_age(&another)));
    let last = log_in(&mut alice, "alice", ALICE, false);
    assert_eq!(max_age(&last), None);
}

#[test]
fn the_box_keeps_its_tick_and_its_way_when_the_password_was_wrong() {
    let story = Story::of("lesson10");
    let mut alice = story.visitor("alice", "en");
    assert!(!alice.get("/login").body.contains("checked"));
    let form = [
        ("userid", "alice"),
        ("password", BOB),
        ("next", "/lifetime"),
        ("remember", "on"),
    ];
    let again = alice.post("/login", &form);
    assert_eq!(again.status, 422);
    assert!(again.body.contains(" checked") && again.body.contains("value=\"/lifetime\""));
    assert!(again.main().contains("Wrong user ID or password."));
    let without = alice.post("/login", &form[..3]);
    assert!(!without.body.contains(" checked"));
    for empty in [vec![], vec![("userid", "alice")], vec![("password", ALICE)]] {
        assert_eq!(alice.post("/login", &empty).status, 422);
    }
    let mut right = form;
    right[1].1 = ALICE;
    assert_eq!(alice.post("/login", &right).sent_to(), Some("/lifetime"));
    right[2].1 = "//evil.example";
    assert_eq!(alice.post("/login", &right).sent_to(), Some("/main"));
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "a release build's clock can't be moved"
)]
fn a_cookie_without_an_end_opens_nothing_after_two_weeks() {
    let story = Story::of("lesson10");
    let mut bob = story.visitor("bob", "en");
    log_in(&mut bob, "bob", BOB, false);
    bob.get("/main");
    move_time(&story.lesson, "day");
    assert_eq!(bob.get("/main").status, 200);
    move_time(&story.lesson, "weeks");
    let gone = bob.get("/main");
    assert_eq!(gone.sent_to(), Some("/login?next=/main"));
    assert!(gone.all("Set-Cookie")[0].contains("Max-Age=0"));
    assert_eq!(rows(&story.lesson).len(), 1, "the row is still there");
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "a release build's clock can't be moved"
)]
fn who_is_remembered_stays_for_thirty_days_and_no_longer() {
    let story = Story::of("lesson10");
    let mut alice = story.visitor("alice", "en");
    log_in(&mut alice, "alice", ALICE, true);
    alice.get("/main");
    move_time(&story.lesson, "weeks");
    move_time(&story.lesson, "weeks");
    let page = alice.get("/lifetime").main();
    assert!(page.contains("# Days left at most: 2"), "{page}");
    assert!(
        page.contains("28 days ago") && page.contains("in 2 days"),
        "{page}"
    );
    move_time(&story.lesson, "day");
    assert_eq!(alice.get("/main").status, 200);
    move_time(&story.lesson, "day");
    assert_eq!(alice.get("/main").sent_to(), Some("/login?next=/main"));
}

#[test]
fn the_page_says_how_long_in_both_languages_and_makes_no_session() {
    let story = Story::of("lesson10");
    let mut stranger = story.visitor("stranger", "en");
    let page = stranger.get("/lifetime");
    assert!(page.main().contains("There is nothing that could end."));
    assert!(page.all("Set-Cookie").is_empty() && rows(&story.lesson).is_empty());
    let mut bob = story.visitor("밥", "ko");
    log_in(&mut bob, "bob", BOB, false);
    let page = bob.get("/lifetime").main();
    for line in [
        "최대 30일 남았습니다",
        "14일 뒤",
        "30일 뒤",
        "브라우저 종료 시",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    log_in(&mut bob, "bob", BOB, true);
    let page = bob.get("/lifetime").main();
    assert!(
        !page.contains("브라우저 종료 시") && page.contains("30일 뒤"),
        "{page}"
    );
}
