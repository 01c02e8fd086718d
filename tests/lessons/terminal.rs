//! The lines that a lesson prints.

use insta::assert_snapshot;
use session_lessons::course::exchange::SessionNames;
use session_lessons::course::scenario::Scenario;
use session_lessons::course::{Language, LessonPath};
use session_lessons::session::Locker;

use super::ALICE;
use crate::common::http::Request;
use crate::common::lesson::{Lesson, Start};
use crate::common::sources::lessons;
use crate::common::story::named;

/// The greeting with its port named.
fn greeting(lesson: &Lesson) -> String {
    lesson.greeting.replace(&lesson.port.to_string(), "PORT")
}

fn greetings(language: &str) -> String {
    let greet = |lesson| greeting(&Start::of(lesson).with("COURSE_LANG", language).begin());
    ["lesson01", "lesson02", "ex03"].map(greet).concat()
}

#[test]
fn the_greeting_in_english() {
    assert_snapshot!(greetings("en"));
}

#[test]
fn the_greeting_in_korean() {
    assert_snapshot!(greetings("ko"));
}

/// The question that a lesson opens with.
fn question(lesson: &session_lessons::course::Lesson, language: Language) -> String {
    let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
    let first = &scenario.steps[scenario.first_question().unwrap()];
    first
        .predict
        .as_ref()
        .unwrap()
        .question
        .text(language)
        .to_owned()
}

#[test]
fn each_lesson_greets_with_its_question_and_what_its_head_says() {
    // The core path first, then the further lessons.
    let mut way: Vec<_> = lessons().iter().collect();
    way.sort_by_key(|lesson| LessonPath::ALL.iter().position(|path| *path == lesson.path));
    let next = |place: usize, language: Language| match way.get(place + 1) {
        Some(next) => next.command(),
        None => language.text("terminal-last"),
    };
    for (place, lesson) in way.iter().enumerate() {
        for language in Language::ALL {
            let start = Start::of(&lesson.program).with("COURSE_LANG", language.code());
            let greeting = start.begin().greeting.clone();
            for part in [
                &lesson.title_in(language),
                &question(lesson, language),
                &lesson.start.join("  →  "),
                &next(place, language),
            ] {
                assert!(greeting.contains(part), "{part}: {greeting}");
            }
            assert!(!greeting.contains(&lesson.idea_in(language)), "{greeting}");
        }
    }
}

#[test]
fn the_greeting_follows_the_locale() {
    for (variable, value, word) in [
        ("LANG", "ko_KR.UTF-8", "주소"),
        ("LC_ALL", "ko_KR.UTF-8", "주소"),
        ("LANG", "en_US.UTF-8", "Open"),
        ("LANG", "C", "Open"),
    ] {
        let unset = [
            ("COURSE_LANG", ""),
            ("LC_ALL", ""),
            ("LC_MESSAGES", ""),
            ("LANG", ""),
        ];
        let start = unset
            .into_iter()
            .fold(Start::of("lesson01"), |start, (name, empty)| {
                start.with(name, empty)
            });
        let lesson = start.with(variable, value).begin();
        assert!(lesson.greeting.contains(word), "{variable}={value}");
    }
}

#[test]
fn each_request_is_one_line_in_the_terminals_language() {
    for (language, name) in [("en", "lines_in_english"), ("ko", "lines_in_korean")] {
        let lesson = Start::of("lesson03").with("COURSE_LANG", language).begin();
        let send = |request: Request| {
            let answer = request.send(lesson.port);
            let line = lesson.next_line();
            let cookie = answer.one("Set-Cookie").unwrap_or_default();
            (cookie.split(';').next().unwrap().to_owned(), line)
        };
        let log_in = Request::post("/login", &[("userid", "alice"), ("password", ALICE)]);
        let (cookie, logged_in) = send(log_in);
        let with = |request: Request| request.header("Cookie", &cookie);
        let lines = [
            send(Request::get("/")).1,
            send(Request::get("/main")).1,
            logged_in,
            send(with(Request::get("/main"))).1,
            send(with(Request::post("/logout", &[]))).1,
            send(with(Request::get("/main"))).1,
            send(with(Request::get("/login"))).1,
            send(with(Request::get("/logout"))).1,
            send(with(Request::get("/login?next=/main"))).1,
        ];
        let mut names = SessionNames::default();
        names.session(Locker::in_cookie(&cookie["session_id=".len()..]).unwrap());
        assert_snapshot!(name, named(&names, &lines.join("\n")));
    }
}

#[test]
fn nothing_private_is_printed() {
    let lesson = Lesson::start("lesson04");
    let sign_up = [
        ("userid", "carol"),
        ("real_name", "Carol Park"),
        ("email", "c.park@example.com"),
        ("password1", "three-tulips"),
        ("password2", "three-tulips"),
    ];
    let log_in = [("userid", "carol"), ("password", "three-tulips")];
    let mut lines = String::new();
    let mut secrets = Vec::new();
    for request in [
        Request::post("/signup", &sign_up),
        Request::post("/login", &log_in),
        Request::get("/login?password=three-tulips"),
    ] {
        let answer = request.send(lesson.port);
        lines.push_str(&lesson.next_line());
        let secret = |cookie: &&str| cookie.split(['.', ';']).nth(1).unwrap().to_owned();
        secrets.extend(answer.all("Set-Cookie").iter().map(secret));
    }
    lines.push_str(&lesson.end());
    assert_eq!(secrets.len(), 2);
    for secret in secrets
        .iter()
        .map(String::as_str)
        .chain(["three-tulips", "c.park"])
    {
        assert!(!lines.contains(secret), "{secret}: {lines}");
    }
}

#[test]
fn neither_terminal_nor_x_ray_shows_the_secret_in_a_redirect() {
    let lesson = Lesson::start("lesson06");
    let answer = Request::get("/profile?pin=hidden-1&tab=shown").send(lesson.port);
    let place = answer.sent_to().unwrap().to_owned();
    assert!(place.contains("hidden-1"), "{place}");
    let line = lesson.next_line();
    assert!(
        line.contains("/login?next=/profile?pin=•••&tab=shown"),
        "{line}"
    );
    let login = [
        ("next", "/profile?otp=hidden-2"),
        ("oldPassword", "hidden-3"),
    ];
    Request::get(&place).send(lesson.port);
    Request::post("/login", &login).send(lesson.port);
    let page = Request::get("/xray").send(lesson.port).body;
    for shown in ["pin=•••", "otp=•••", "oldPassword=•••"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("hidden-") && !lesson.end().contains("hidden-"));
}

#[test]
fn a_request_can_not_write_into_the_terminal() {
    let lesson = Lesson::start("lesson01");
    for path in ["/%1b%5b2J%0aGET", "/%e2%80%ae", "/a%0d%0ab"] {
        Request::get(path).send(lesson.port);
        let line = lesson.next_line();
        assert!(line.starts_with("  GET"), "{line:?}");
        assert!(!line.contains(['\u{1b}', '\r', '\u{202e}']), "{line:?}");
    }
}

#[test]
fn what_stands_beside_a_lesson_is_no_line() {
    let lesson = Lesson::start("lesson02");
    for path in [
        "/assets/locker.svg",
        "/favicon.ico",
        "/beside/code",
        "/xray",
    ] {
        Request::get(path).send(lesson.port);
    }
    Request::get("/main").send(lesson.port);
    let line = lesson.next_line();
    assert!(line.starts_with("  GET     /main "), "{line}");
}
