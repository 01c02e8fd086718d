//! Input that no honest browser sends. To all of it a page answers, nothing panics (each lesson
//! that ends having panicked fails its test), and the next visitor is served.

use session_lessons::answer::is_own_path;

use crate::common::http::{Answer, Request};
use crate::common::lesson::Lesson;

pub fn still_serves(lesson: &Lesson) {
    let answer = Request::get("/login").send(lesson.port);
    assert_eq!(answer.status, 200);
}

/// The answer is a page of ours, in the reader's language.
pub fn is_our_page(answer: &Answer, language: &str) {
    assert_eq!(answer.language(), language, "{answer:?}");
    assert!(answer.body.contains("</html>"));
}

#[test]
fn markup_stays_text_wherever_it_comes_from() {
    let lesson = Lesson::start("lesson05");
    let markup = "\"><script>alert(1)</script>";
    let encoded = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let answers = [
        Request::post("/login", &[("userid", markup), ("password", markup)]),
        Request::get(&format!("/{encoded}")),
        Request::get(&format!("/login?{encoded}")),
        Request::post(&format!("/{encoded}"), &[]),
        Request::post("/cart/add", &[("item", markup)]),
        Request::post("/language", &[("lang", markup), ("back", markup)]),
        Request::get("/main")
            .header("User-Agent", markup)
            .header("Referer", markup),
    ]
    .map(|request| request.send(lesson.port));
    for answer in answers {
        assert!(!answer.body.contains("<script>"), "{}", answer.body);
        assert!(!answer.body.contains(markup), "{}", answer.body);
    }
    still_serves(&lesson);
}

#[test]
fn no_link_of_a_page_leads_to_where_its_own_address_reads_like_another_site() {
    let lesson = Lesson::start("lesson06");
    for path in [
        "//evil.example/x",
        "//evil.example",
        "//evil.example/x?projector",
        "///evil.example",
        "//",
        "//login",
        "//beside/notes",
        "/%09/evil.example",
        "/%2f/evil.example",
        "/x//evil.example?projector",
        "/..//evil.example",
    ] {
        for request in [Request::get(path), Request::post(path, &[])] {
            let answer = request.send(lesson.port);
            let targets = [
                "href=\"",
                "action=\"",
                "name=\"back\" value=\"",
                "name=\"next\" value=\"",
            ];
            for found in targets
                .iter()
                .flat_map(|start| answer.body.split(start).skip(1))
            {
                let target = found.split('"').next().unwrap();
                let target = target.replace("&#x2f;", "/");
                // An empty `next` leads to where the view goes by itself.
                let nowhere = target.is_empty() || target.starts_with('#');
                let inside = nowhere || is_own_path(&target);
                assert!(inside, "{path}: {target}");
            }
            // A redirect to a login page must not carry it either.
            let sent_to = answer.sent_to().unwrap_or_default();
            assert!(
                !sent_to.starts_with("//") && !sent_to.contains("=//"),
                "{path}: {sent_to}"
            );
        }
    }
    still_serves(&lesson);
}

#[test]
fn a_method_that_no_view_answers_to_is_not_found() {
    let lesson = Lesson::start("lesson03");
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        for path in [
            "/",
            "/login",
            "/main",
            "/logout",
            "/assets/style.css",
            "/nowhere",
        ] {
            let answer = Request::new(method, path).send(lesson.port);
            assert_eq!(answer.status, 404, "{method} {path}");
            is_our_page(&answer, "en");
        }
    }
    for method in ["BREW", "get", "POSTX"] {
        let answer = Request::new(method, "/main").send(lesson.port);
        assert_eq!(answer.status, 400, "{method}");
        is_our_page(&answer, "en");
    }
    still_serves(&lesson);
}

#[test]
fn no_path_leads_out_of_the_assets() {
    let lesson = Lesson::start("lesson01");
    for path in [
        "/assets/../Cargo.toml",
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/Cargo.toml",
        "/assets/..%5c..%5cCargo.toml",
        "/assets//etc/passwd",
        "/assets/",
        "/assets/style.css%00.svg",
        "//etc/passwd",
        "/templates/main.html.j2",
        "/var/lessons.db",
    ] {
        let answer = Request::get(path).send(lesson.port);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("root:") && !answer.body.contains("[package]"));
    }
    still_serves(&lesson);
}

#[test]
fn a_huge_header_or_path_ends_in_an_error_or_is_ignored() {
    let lesson = Lesson::start("lesson02");
    let long = "x".repeat(60_000);
    let cookie = Request::get("/main").header("Cookie", format!("session_id={long}"));
    assert_eq!(cookie.send(lesson.port).sent_to(), Some("/login"));
    let languages = Request::get("/main").header("Accept-Language", "ko,".repeat(20_000));
    assert_eq!(languages.send(lesson.port).sent_to(), Some("/login"));
    let path = Request::get(&format!("/{long}"));
    assert_eq!(path.send(lesson.port).status, 404);
    // More than the server reads of any request's head.
    let endless = Request::get("/main").header("X-Long", "x".repeat(2_000_000));
    assert!([400, 431].contains(&endless.send(lesson.port).status));
    still_serves(&lesson);
}

#[test]
fn what_is_no_http_harms_nobody() {
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpStream};
    let lesson = Lesson::start("lesson01");
    let texts: [&[u8]; 6] = [
        b"",
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /main HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nuserid=a",
    ];
    for text in texts {
        let mut stream = TcpStream::connect(("127.0.0.1", lesson.port)).unwrap();
        stream.write_all(text).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    }
    still_serves(&lesson);
}
