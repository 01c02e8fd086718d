//! Lesson 06: who is asking.

use diesel::prelude::*;
use insta::assert_snapshot;
use session_lessons::db::DatabaseError;
use session_lessons::schema::users;

use super::rows::{database, holds, only_row, rows};
use super::{ALICE, BOB};
use crate::common::http::Answer;
use crate::common::story::{Guest, Story};

fn log_in_for(visitor: &mut Guest<'_>, next: &str) -> Answer {
    let form = [("userid", "alice"), ("password", ALICE), ("next", next)];
    visitor.post("/login", &form)
}

/// Deletes an account as an administrator would, beside the running lesson.
fn delete_account(story: &Story, userid: &str) {
    let deleted = database(&story.lesson).read(|connection| {
        let user = users::table.filter(users::userid.eq(userid));
        Ok::<_, DatabaseError>(diesel::delete(user).execute(connection)?)
    });
    assert_eq!(deleted.unwrap(), 1);
}

#[test]
fn a_stranger_is_sent_to_log_in_and_back_to_the_page_that_was_wanted() {
    let story = Story::of("lesson06");
    let mut alice = story.visitor("alice", "en");
    alice.get("/who");
    let sent_away = alice.get("/profile");
    assert_eq!(sent_away.status, 303);
    let form = alice.follow(&sent_away).main();
    assert!(form.contains("next=/profile"), "{form}");
    assert_eq!(rows(&story.lesson), []);
    // A mistake does not lose the way.
    let wrong = [("userid", "alice"), ("password", "?"), ("next", "/profile")];
    let again = alice.post("/login", &wrong);
    assert_eq!(again.status, 422);
    assert!(again.main().contains("next=/profile"));
    let logged_in = log_in_for(&mut alice, "/profile");
    assert_eq!(logged_in.sent_to(), Some("/profile"));
    assert!(
        alice
            .follow(&logged_in)
            .main()
            .contains("alice@example.com")
    );
    alice.get("/who");
    assert!(holds(
        &only_row(&story.lesson),
        r#"{"browser":{},"user":"alice"}"#,
        Some("alice")
    ));
    assert_snapshot!(story.told());
}

#[test]
fn the_pages_are_there_in_korean_too() {
    let story = Story::of("lesson06");
    let mut alice = story.visitor("앨리스", "ko");
    let nobody = alice.get("/who").main();
    log_in_for(&mut alice, "");
    let somebody = alice.get("/who").main();
    let profile = alice.get("/profile").main();
    assert_snapshot!([nobody, somebody, profile].join("\n"));
}

#[test]
fn who_is_deleted_while_logged_in_is_anonymous_from_the_next_request_on() {
    let story = Story::of("lesson06");
    let mut alice = story.visitor("alice", "en");
    let mut bob = story.visitor("bob", "en");
    alice.log_in("alice", ALICE);
    bob.log_in("bob", BOB);
    assert_eq!(alice.get("/profile").status, 200);

    delete_account(&story, "alice");

    let page = alice.get("/who").main();
    // The session says what it said before.
    assert!(
        page.contains("│ `session.get(\"user\")` │ `Some(\"alice\")` │"),
        "{page}"
    );
    assert!(
        page.contains("│ `visitor.is_anonymous()` │ `true` │"),
        "{page}"
    );
    assert!(page.contains("│ `visitor.username()` │ `\"\"` │"), "{page}");
    for page in ["/main", "/profile"] {
        let place = format!("/login?next={page}");
        assert_eq!(alice.get(page).sent_to(), Some(place.as_str()));
    }
    assert!(bob.get("/main").main().contains("Welcome back, bob!"));
    // Neither can she log out of what she is not in, nor does that hurt.
    assert_eq!(alice.post("/logout", &[]).sent_to(), Some("/login"));
    assert!(alice.get("/who").main().contains("│ `None` │"));
}

#[test]
fn the_button_deletes_the_user_who_asks_and_no_session_and_starting_afresh_makes_a_new_one() {
    let story = Story::of("lesson06");
    let mut alice = story.visitor("alice", "en");
    let mut phone = story.visitor("phone", "en");
    let mut bob = story.visitor("bob", "en");
    assert!(!alice.get("/who").main().contains("Delete this user"));
    assert_eq!(alice.post("/who/delete", &[]).status, 303);
    alice.log_in("alice", ALICE);
    phone.log_in("alice", ALICE);
    bob.log_in("bob", BOB);
    assert!(alice.get("/who").main().contains("Delete this user"));
    let before = rows(&story.lesson);

    assert_eq!(alice.post("/who/delete", &[]).sent_to(), Some("/who"));

    assert_eq!(rows(&story.lesson), before);
    for visitor in [&mut alice, &mut phone] {
        let page = visitor.get("/who").main();
        assert!(page.contains("there is no user of that name"), "{page}");
    }
    assert_eq!(log_in_for(&mut phone, "").status, 422);
    assert!(bob.get("/main").main().contains("Welcome back, bob!"));

    assert_eq!(alice.post("/afresh", &[]).sent_to(), Some("/"));
    // The session that nobody has ended names the new user.
    assert!(phone.get("/main").main().contains("Welcome back, alice!"));
    assert!(alice.get("/who").main().contains("│ `None` │"));
    assert_eq!(log_in_for(&mut alice, "").sent_to(), Some("/main"));
}

#[test]
fn next_never_leads_to_another_site() {
    let story = Story::of("lesson06");
    let mut alice = story.visitor("alice", "en");
    for next in [
        "",
        "//evil.example/main",
        "///evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/main\r\nSet-Cookie: a=b",
        "profile",
    ] {
        let answer = log_in_for(&mut alice, next);
        assert_eq!(answer.sent_to(), Some("/main"), "{next:?}");
    }
    for next in ["/profile", "/who?a=b&c=%2F%2Fd"] {
        assert_eq!(log_in_for(&mut alice, next).sent_to(), Some(next));
    }
    // The page shows it without its coming alive.
    let page = alice.get("/login?next=%22%3E%3Cscript%3E").body;
    assert!(!page.contains("<script>\""), "{page}");
    assert!(page.contains("&quot;&gt;&lt;script&gt;"), "{page}");
}

#[test]
fn the_wanted_page_comes_back_with_its_query() {
    let story = Story::of("lesson06");
    let mut alice = story.visitor("alice", "en");
    let sent_away = alice.get("/profile?a=1&b=%26%20x");
    let place = sent_away.sent_to().unwrap().to_owned();
    assert!(!place.contains('&'), "{place}");
    let form = alice.get(&place).main();
    assert!(form.contains("next=/profile?a=1&b=%26%20x"), "{form}");
}

#[test]
fn a_name_in_the_address_or_in_a_cookie_makes_nobody_a_user() {
    let story = Story::of("lesson06");
    let mut mallory = story.visitor("mallory", "en");
    mallory
        .cookies
        .insert("user".to_owned(), "alice".to_owned());
    let answer = mallory.get("/main?user=alice");
    assert_eq!(answer.sent_to(), Some("/login?next=/main%3Fuser%3Dalice"));
    assert_eq!(rows(&story.lesson), []);
}
