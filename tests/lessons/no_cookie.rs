//! A browser that blocks cookies, or loses them for another reason.

use session_lessons::course::Language;

use super::{ALICE, BOB, cookie_of, log_in};
use crate::common::http::{Answer, Request};
use crate::common::lesson::Lesson;
use crate::common::story::Story;

fn says_so(answer: &Answer) -> bool {
    answer
        .body
        .contains(&Language::English.text("page-no-cookie"))
}

/// Follows redirects without ever bringing a cookie, and returns the page in which that ends.
fn forgetful(lesson: &Lesson, request: &Request) -> Answer {
    let mut answer = request.send(lesson.port);
    while let Some(place) = answer.sent_to() {
        answer = Request::get(place).send(lesson.port);
    }
    answer
}

#[test]
fn whoever_logs_in_and_brings_no_cookie_is_told_so() {
    for lesson in ["lesson02", "lesson03", "lesson06", "lesson09", "lesson10"] {
        let lesson = Lesson::start(lesson);
        let login_page = Request::get("/login").send(lesson.port);
        assert!(!says_so(&login_page));
        for _ in 0..2 {
            let page = forgetful(&lesson, &log_in("alice", ALICE));
            assert_eq!(page.status, 200);
            assert!(says_so(&page), "{}", page.body);
            assert!(page.body.contains(r#"action="/login""#));
        }
        // It is about that one login: no page says it later.
        for path in ["/", "/login", "/main"] {
            assert!(!says_so(&forgetful(&lesson, &Request::get(path))), "{path}");
        }
    }
}

#[test]
fn a_cookie_that_another_programs_bytes_hide_is_missed_too() {
    let lesson = Lesson::start("lesson02");
    let answer = log_in("alice", ALICE).send(lesson.port);
    let cookie = cookie_of(&answer);
    let hidden = [cookie.as_bytes(), b"; theirs=caf\xe9"].concat();
    let send = |path: &str| {
        Request::get(path)
            .header("Cookie", &hidden)
            .send(lesson.port)
    };
    assert_eq!(send("/main").sent_to(), Some("/login"));
    assert!(says_so(&send("/login")));
}

#[test]
fn a_strangers_cart_that_stays_empty_says_why() {
    let lesson = Lesson::start("lesson05");
    let page = forgetful(&lesson, &Request::post("/cart/add", &[("item", "mug")]));
    assert!(says_so(&page));
}

#[test]
fn nobody_else_is_told() {
    let story = Story::of("lesson05");
    let lesson = &story.lesson;
    // A stranger who clicks on a page for users.
    assert!(!says_so(&forgetful(lesson, &Request::get("/main"))));
    // Wrong passwords send no cookie.
    let wrong = log_in("alice", BOB);
    assert!(!says_so(&forgetful(lesson, &wrong)));
    // Another browser, between a login and the page to which that leads.
    let mut alice = story.visitor("alice", "en");
    let answer = alice.send(log_in("alice", ALICE).header("User-Agent", "one"));
    let other = Request::get("/main").header("User-Agent", "another");
    assert_eq!(other.send(lesson.port).sent_to(), Some("/login"));
    assert!(!says_so(
        &Request::get("/login")
            .header("User-Agent", "another")
            .send(lesson.port)
    ));
    lesson.next_line();
    lesson.next_line();
    // Alice brings her cookie, and logging out takes it from her.
    assert!(!says_so(&alice.follow(&answer)));
    let answer = alice.post("/logout", &[]);
    assert!(!says_so(&alice.follow(&answer)));
}

#[test]
fn a_lesson_that_sends_no_cookie_misses_none() {
    let lesson = Lesson::start("lesson01");
    assert!(!says_so(&forgetful(&lesson, &log_in("alice", ALICE))));
}
