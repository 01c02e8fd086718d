//! Lesson 01, login with no session.

use diesel::prelude::*;
use insta::assert_snapshot;
use session_lessons::db::DatabaseError;

use super::{ALICE, BOB, rows};
use crate::common::http::{Answer, Request};
use crate::common::lesson::Lesson;
use crate::common::story::Story;

fn log_in(lesson: &Lesson, form: &[(&str, &str)], language: &str) -> Answer {
    let request = Request::post("/login", form).header("Accept-Language", language);
    request.send(lesson.port)
}

#[test]
fn who_logged_in_is_forgotten_at_the_next_request() {
    let story = Story::of("lesson01");
    let mut alice = story.visitor("alice", "en");
    alice.get("/");
    alice.get("/login");
    let answer = alice.post("/login", &[("userid", "alice"), ("password", ALICE)]);
    assert_eq!(answer.sent_to(), Some("/main"));
    let page = alice.follow(&answer);
    assert!(page.main().contains("Somebody asked for this page."));
    assert_snapshot!(story.told());
}

#[test]
fn who_logged_in_is_forgotten_in_korean_too() {
    let story = Story::of("lesson01");
    let mut alice = story.visitor("앨리스", "ko");
    alice.get("/");
    alice.post("/login", &[("userid", "alice"), ("password", "")]);
    alice.post("/login", &[("userid", "alice"), ("password", "틀림")]);
    let answer = alice.post("/login", &[("userid", "alice"), ("password", ALICE)]);
    let page = alice.follow(&answer);
    assert!(page.main().contains(
        "누가 요청했는지는 알 수 없습니다. 방금 로그인한 사용자도 로그인한 적 없는 사용자도 똑같은 요청을 보냅니다."
    ));
    assert_snapshot!(story.told());
}

#[test]
fn whoever_logged_in_and_whoever_never_did_send_the_same_bytes_and_get_the_same() {
    let lesson = Lesson::start("lesson01");
    let asks = Request::get("/main");
    let before = asks.send(lesson.port).timeless();
    let answer = log_in(&lesson, &[("userid", "bob"), ("password", BOB)], "en");
    // Bob's browser sends nothing along next, for it was given nothing.
    assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    let after = asks.send(lesson.port).timeless();
    assert_eq!(before.status, 200);
    assert_eq!(before, after);
}

#[test]
fn a_missing_field_shows_the_form_again() {
    let lesson = Lesson::start("lesson01");
    let forms: [&[(&str, &str)]; 6] = [
        &[],
        &[("userid", "alice")],
        &[("password", ALICE)],
        &[("userid", "alice"), ("password", "")],
        &[("userid", ""), ("password", ALICE)],
        &[("user", "alice"), ("pass", ALICE)],
    ];
    for form in forms {
        for (language, says) in [
            ("en", "Please fill in every field."),
            ("ko", "모든 항목을 입력해 주세요."),
        ] {
            let answer = log_in(&lesson, form, language);
            assert_eq!(answer.status, 422, "{form:?}");
            assert!(answer.main().contains(says), "{form:?}: {}", answer.main());
            assert!(answer.main().contains("sends POST /login"));
            // Behind it, the checklist names the password in its next step.
            let (form_again, _) = answer.body.split_once("</main>").unwrap();
            assert!(!form_again.contains(ALICE), "a password in the page");
        }
    }
}

#[test]
fn a_wrong_user_id_and_a_wrong_password_get_one_and_the_same_answer() {
    let lesson = Lesson::start("lesson01");
    for (language, says) in [
        ("en", "Wrong user ID or password."),
        ("ko", "아이디 또는 비밀번호가 올바르지 않습니다."),
    ] {
        let fails = |userid: &str, password: &str| {
            let form = [("userid", userid), ("password", password)];
            log_in(&lesson, &form, language).timeless()
        };
        let wrong_password = fails("alice", BOB);
        let mut wrong_userid = fails("craig", BOB);
        assert_eq!(wrong_password.status, 422);
        assert!(wrong_password.main().contains(says));
        assert!(!wrong_password.body.contains(BOB), "a password in the page");
        // The typed name stays, and is the only difference.
        assert!(wrong_userid.body.contains("value=\"craig\""));
        wrong_userid.body = wrong_userid.body.replace("craig", "alice");
        assert_eq!(wrong_password, wrong_userid);
    }
}

#[test]
fn capitals_in_a_user_id_do_not_matter_but_in_a_password_they_do() {
    let lesson = Lesson::start("lesson01");
    let answer = log_in(&lesson, &[("userid", "ALICE"), ("password", ALICE)], "en");
    assert_eq!(answer.sent_to(), Some("/main"));
    let capitals = ALICE.to_uppercase();
    let answer = log_in(
        &lesson,
        &[("userid", "alice"), ("password", &capitals)],
        "en",
    );
    assert_eq!(answer.status, 422);
}

#[test]
fn there_is_no_session_anywhere() {
    let story = Story::of("lesson01");
    let mut alice = story.visitor("alice", "en");
    alice
        .cookies
        .insert("session_id".to_owned(), "made.up".to_owned());
    let login = [("userid", "alice"), ("password", ALICE)];
    let answers = [
        alice.get("/"),
        alice.get("/login"),
        alice.post("/login", &[]),
        alice.post("/login", &login),
        alice.get("/main"),
        alice.get("/nowhere"),
        alice.post("/logout", &[]),
    ];
    for answer in &answers {
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    }
    let told = story.told();
    let lines = told.lines().filter(|line| line.starts_with("terminal:"));
    assert!(lines.clone().all(|line| line.ends_with("no session layer")));
    assert_eq!(lines.count(), answers.len());
    // Not even a table for them.
    let sessions = rows::database(&story.lesson).read(|connection| {
        let look = "SELECT 1 FROM sqlite_master WHERE name = 'sessions'";
        let found = diesel::sql_query(look).execute(connection)?;
        Ok::<_, DatabaseError>(found)
    });
    assert_eq!(sessions.unwrap(), 0);
}

#[test]
fn an_answer_has_these_headers_and_no_others() {
    let lesson = Lesson::start("lesson01");
    let answer = Request::get("/main").send(lesson.port).timeless();
    let headers = answer.headers.iter();
    let headers = headers.filter(|(name, _)| name != "content-length");
    let lines: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    assert_snapshot!(lines.join("\n"));
}
