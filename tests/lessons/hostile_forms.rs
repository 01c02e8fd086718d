//! Forms that no honest browser sends.

use super::ALICE;
use super::hostile::{is_our_page, still_serves};
use super::rows::{holds, only_row, rows};
use crate::common::http::Request;
use crate::common::lesson::Lesson;
use crate::common::story::Story;

#[test]
fn a_form_that_is_too_large_is_refused_before_anything_is_done() {
    let lesson = Lesson::start("lesson04");
    let field = |length| {
        let mut body = b"userid=alice&password=".to_vec();
        body.resize(length, b'x');
        body
    };
    for path in ["/login", "/signup"] {
        for length in [32 * 1024 + 1, 100_000, 5_000_000] {
            let answer = Request::post_bytes(path, field(length)).send(lesson.port);
            assert_eq!(answer.status, 413, "{path} {length}");
            assert!(
                answer
                    .main()
                    .contains("What was sent is larger than this server accepts.")
            );
        }
        // The longest form that fits is one with a long password, which is wrong.
        let answer = Request::post_bytes(path, field(32 * 1024)).send(lesson.port);
        assert_eq!(answer.status, 422, "{path}");
    }
    assert_eq!(rows(&lesson), []);
    still_serves(&lesson);
}

#[test]
fn a_form_with_very_many_fields_is_read_or_refused() {
    let lesson = Lesson::start("lesson04");
    for body in [
        "userid=a&".repeat(3_000),
        "&".repeat(30_000),
        "a.b.c[d]=e&".repeat(2_000),
    ] {
        let answer = Request::post_bytes("/signup", body.into_bytes()).send(lesson.port);
        assert_eq!(answer.status, 422);
        is_our_page(&answer, "en");
    }
    still_serves(&lesson);
}

#[test]
fn bytes_that_are_no_text_in_a_form_get_a_page() {
    let lesson = Lesson::start("lesson05");
    let bodies: [&[u8]; 5] = [
        b"userid=\xff\xfe&password=x",
        b"\xc3\x28=1",
        b"userid=%ff%fe&password=%c3%28",
        b"\0\0\0",
        b"%%%&&&===",
    ];
    for path in ["/login", "/cart/add", "/language", "/logout"] {
        for body in bodies {
            let answer = Request::post_bytes(path, body.to_vec()).send(lesson.port);
            assert!(
                [303, 400, 422].contains(&answer.status),
                "{path}: {}",
                answer.status_line
            );
            assert_eq!(answer.all("Set-Cookie"), [""; 0], "{path}");
        }
    }
    assert_eq!(rows(&lesson), []);
    still_serves(&lesson);
}

#[test]
fn no_form_of_another_site_reaches_its_view() {
    let story = Story::of("lesson05");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    let row = only_row(&story.lesson);
    let paths = [
        "/login",
        "/logout",
        "/cart/add",
        "/cart/remove",
        "/cart/empty",
        "/language",
        "/nowhere",
        "/",
    ];
    for path in paths {
        let form = [("item", "mug"), ("userid", "bob"), ("lang", "ko")];
        for (header, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Origin", "https://evil.example"),
        ] {
            let answer = alice.send(Request::post(path, &form).header(header, value));
            assert_eq!(answer.status, 403, "{path} {header}");
            assert_eq!(answer.all("Set-Cookie"), [""; 0]);
        }
    }
    assert_eq!(only_row(&story.lesson), row);
    assert!(holds(&row, r#"{"user":"alice"}"#, Some("alice")));
}
