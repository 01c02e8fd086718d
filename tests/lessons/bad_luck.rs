//! Pages for a session that can't be had, is too large or has changed: each provoked against a
//! running lesson. Nothing is lost by it, and as soon as the cause is gone the same server goes on.

use diesel::connection::SimpleConnection;

use super::rows::{database, only_row};
use super::{ALICE, BOB, cookie_of, log_in};
use crate::common::http::Request;
use crate::common::lesson::{Lesson, Start};

/// Title, what has happened and what to do, in both languages.
type Words = [(&'static str, [&'static str; 3]); 2];

const CHANGED: Words = [
    (
        "en",
        [
            "The session has changed",
            "somebody logged in or out in the same browser",
            "reload the page, and try again",
        ],
    ),
    (
        "ko",
        [
            "세션이 변경되었습니다",
            "같은 브라우저에서 로그인하거나 로그아웃했습니다",
            "페이지를 새로고침한 다음 다시 시도하세요",
        ],
    ),
];

const TOO_MUCH: Words = [
    (
        "en",
        ["Too much", "Nothing was changed", "put less into it"],
    ),
    (
        "ko",
        [
            "내용이 너무 큽니다",
            "변경된 내용은 없습니다",
            "내용을 줄여 주세요",
        ],
    ),
];

const NOT_NOW: Words = [
    (
        "en",
        [
            "Not just now",
            "What could not be stored was not changed",
            "Wait a few seconds",
        ],
    ),
    (
        "ko",
        [
            "잠시 후 다시 시도해 주세요",
            "저장하지 못한 내용은 변경되지 않았습니다",
            "몇 초 기다린 다음",
        ],
    ),
];

/// Sends a request in both languages. Each answer is the page for `status`, and the browser keeps
/// the cookie that it has.
fn sees(lesson: &Lesson, request: &Request, status: u16, words: &Words) {
    for (language, words) in words {
        let request = request.clone().header("Accept-Language", language);
        let answer = request.send(lesson.port);
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(answer.language(), *language);
        let page = answer.main();
        for word in words {
            assert!(page.contains(word), "{word}: {page}");
        }
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
        let wait = answer.one("Retry-After");
        assert_eq!(wait.is_some(), status == 503, "{wait:?}");
    }
}

fn add(item: &str) -> Request {
    Request::post("/cart/add", &[("item", item)])
}

/// A browser with a mug in its cart.
fn with_a_mug(lesson: &Lesson) -> String {
    cookie_of(&add("mug").send(lesson.port))
}

fn cart(lesson: &Lesson, cookie: &str) -> String {
    let answer = Request::get("/cart")
        .header("Cookie", cookie)
        .send(lesson.port);
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.main()
}

fn on(engine: &str) -> Start {
    let start = Start::of("lesson05");
    let (database, folder) = (start.folder().join("lessons.db"), start.folder());
    let folder = folder.join("sessions");
    let session = format!("{{engine={engine:?},database={database:?},folder={folder:?}}}");
    start.with("ROCKET_SESSION", &session)
}

#[test]
fn who_clicks_with_the_id_from_before_the_login_is_told_to_reload() {
    for engine in ["database", "cache", "file"] {
        let lesson = on(engine).begin();
        let old = with_a_mug(&lesson);
        let login = log_in("alice", ALICE).header("Cookie", &old);
        let new = cookie_of(&login.send(lesson.port));
        sees(
            &lesson,
            &add("pencil").header("Cookie", &old),
            409,
            &CHANGED,
        );
        let cart = cart(&lesson, &new);
        assert!(cart.contains("Mug") && !cart.contains("│ Pencil"), "{cart}");
    }
}

#[test]
fn a_session_that_would_be_too_large_stays_as_it_was() {
    let start = Start::of("lesson05");
    let database = start.folder().join("lessons.db");
    let session = format!("{{database={database:?},max_size=40}}");
    let lesson = start.with("ROCKET_SESSION", &session).begin();
    let cookie = with_a_mug(&lesson);
    let add = add("pencil").header("Cookie", &cookie);
    // {"cart":{"mug":1,"pencil":1}} just goes in, and a name would be too much.
    assert_eq!(add.send(lesson.port).sent_to(), Some("/cart"));
    let before = only_row(&lesson);
    let login = log_in("bob", BOB).header("Cookie", &cookie);
    sees(&lesson, &login, 413, &TOO_MUCH);
    assert_eq!(only_row(&lesson), before);
    assert!(cart(&lesson, &cookie).contains("Mug"));
}

/// The lesson's engine does not answer between these two.
fn stops_and_goes_on(lesson: &Lesson, stop: impl Fn(), go_on: impl Fn()) {
    let mug = with_a_mug(lesson);
    let read = Request::get("/cart").header("Cookie", &mug);
    let write = add("pencil").header("Cookie", &mug);
    stop();
    sees(lesson, &read, 503, &NOT_NOW);
    sees(lesson, &write, 503, &NOT_NOW);
    sees(lesson, &add("umbrella"), 503, &NOT_NOW);
    sees(lesson, &log_in("alice", ALICE), 503, &NOT_NOW);
    // No visitor is taken for another, and a page that needs no session is served.
    let cover = Request::get("/").header("Cookie", &mug).send(lesson.port);
    assert_eq!(cover.status, 200);
    go_on();
    let page = cart(lesson, &mug);
    assert!(page.contains("Mug") && !page.contains("│ Pencil"), "{page}");
    assert_eq!(write.send(lesson.port).sent_to(), Some("/cart"));
    assert!(cart(lesson, &mug).contains("│ Pencil"));
}

#[test]
fn a_database_without_its_table_is_no_empty_one() {
    let lesson = on("database").begin();
    let rename = |from: &str, to: &str| {
        let mut connection = database(&lesson).connect().unwrap();
        let query = format!("ALTER TABLE {from} RENAME TO {to}");
        connection.batch_execute(&query).unwrap();
    };
    stops_and_goes_on(
        &lesson,
        || rename("sessions", "elsewhere"),
        || rename("elsewhere", "sessions"),
    );
}

// No test as root can make a folder unreadable. A file in its place does. Windows moves no folder
// in which a file is open.
#[cfg(unix)]
#[test]
fn a_folder_that_is_none_any_more_is_no_empty_one() {
    use std::fs;

    let start = on("file");
    let folder = start.folder().join("sessions");
    let elsewhere = start.folder().join("elsewhere");
    let lesson = start.begin();
    stops_and_goes_on(
        &lesson,
        || {
            fs::rename(&folder, &elsewhere).unwrap();
            fs::write(&folder, "").unwrap();
        },
        || {
            fs::remove_file(&folder).unwrap();
            fs::rename(&elsewhere, &folder).unwrap();
        },
    );
}

/// Files may not grow beyond this many bytes: to a program that is a full disk, and it needs no
/// disk of its own.
#[cfg(unix)]
const FULL: u64 = 200 * 1024;

#[cfg(unix)]
#[test]
fn on_a_full_disk_what_was_answered_is_stored_and_nothing_else() {
    let start = on("database").with("COURSE_LANG", "en");
    let mut lesson = start.files_at_most(FULL).begin();
    let mug = with_a_mug(&lesson);
    let add = add("pencil").header("Cookie", &mug);
    let mut stored = 0;
    while add.send(lesson.port).sent_to() == Some("/cart") {
        stored += 1;
        assert!(stored < 1_000, "the disk is never full");
    }
    sees(&lesson, &add, 503, &NOT_NOW);
    let shown = format!("│ Pencil │ {stored} │");
    assert!(cart(&lesson, &mug).contains(&shown), "{stored}");
    // There is room again, and the same files.
    lesson.restart();
    assert!(cart(&lesson, &mug).contains(&shown), "{stored}");
    assert_eq!(add.send(lesson.port).sent_to(), Some("/cart"));
}
