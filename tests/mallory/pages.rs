//! Her pages in both languages, their headers, and what they say of the lesson.

use session_lessons::course::{Language, Lessons};

use crate::common::http::Request;
use crate::common::lesson::Lesson;
use crate::common::mallory::Mallory;

const PAGES: [&str; 5] = ["/", "/12", "/13", "/14", "/15"];

#[test]
fn every_page_is_there_in_both_languages() {
    let mallory = Mallory::start(8000);
    for path in PAGES {
        for language in Language::ALL {
            let code = language.code();
            let asked = Request::get(path).header("Accept-Language", code);
            let chosen = Request::get(&format!("{path}?lang={code}"))
                .header("Accept-Language", if code == "ko" { "en" } else { "ko" });
            for request in [asked, chosen] {
                let answer = request.send(mallory.port);
                assert_eq!(answer.status, 200, "{path} {code}");
                assert_eq!(answer.language(), code, "{path}");
                // A text that is missing is shown by its key.
                assert!(!answer.body.contains("mallory-"), "{}", answer.body);
            }
        }
    }
}

#[test]
fn a_page_has_the_title_of_its_lesson() {
    let mallory = Mallory::start(8000);
    let plain = |text: &str| text.replace('’', "'");
    for number in ["12", "13", "14", "15"] {
        let lesson = Lessons::of_project()
            .unwrap()
            .find(&format!("{number}a"))
            .unwrap();
        for language in Language::ALL {
            let page = mallory
                .get(&format!("/{number}?lang={}", language.code()))
                .main();
            let title = lesson.title_in(language);
            let heading = page.lines().next().unwrap();
            assert!(
                plain(heading).ends_with(&plain(&title)),
                "{heading}: {title}"
            );
        }
    }
}

#[test]
fn the_lines_that_are_shown_are_those_of_the_page() {
    let mallory = Mallory::start(8000);
    for (path, forms) in [("/12", 2), ("/13", 1), ("/14", 3), ("/15", 2)] {
        let page = mallory.get(path).body;
        let mut found = 0;
        for form in page.split("<form ").skip(1) {
            let (form, _) = form.split_once("</form>").unwrap();
            let shown = format!("<form {form}</form>")
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\'', "&#x27;");
            assert!(page.contains(&shown), "{shown}\n{page}");
            found += 1;
        }
        assert_eq!(found, forms, "{path}");
    }
}

#[test]
fn her_pages_let_forms_go_to_her_and_to_the_lesson_only() {
    let mallory = Mallory::start(8000);
    let policy = |target: &str| {
        let answer = mallory.get(target);
        assert_eq!(answer.all("Set-Cookie"), [""; 0], "{target}");
        assert_eq!(answer.one("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(answer.one("Cache-Control"), Some("no-store"));
        // It would make browsers send `Origin: null` with the form of lesson 13.
        assert_eq!(answer.one("Referrer-Policy"), None);
        answer.one("Content-Security-Policy").unwrap().to_owned()
    };
    for path in PAGES
        .into_iter()
        .chain(["/style.css", "/nowhere", "/loot?x"])
    {
        let policy = policy(path);
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        let forms = "form-action 'self' http://localhost:8000;";
        assert!(policy.contains(forms), "{path}: {policy}");
    }
    assert!(policy("/13?port=8001").contains("form-action 'self' http://localhost:8001;"));
    let hostile = policy("/13?port=1;script-src%20*");
    assert!(
        hostile.contains("form-action 'self' http://localhost:8000;"),
        "{hostile}"
    );
}

#[test]
fn she_says_which_lesson_runs_and_the_lesson_notices_nothing() {
    let lesson = Lesson::start("lesson05");
    let mallory = Mallory::start(lesson.port);
    let port = lesson.port;
    let page = mallory.get("/").main();
    assert!(
        page.contains(&format!("Lesson 05 runs on port {port}.")),
        "{page}"
    );
    let page = mallory.get("/12").main();
    assert!(page.contains("this page is about lesson 12."), "{page}");
    assert!(page.contains("cargo run --bin lesson12a"), "{page}");
    let request = Request::get("/13").header("Accept-Language", "ko");
    let page = request.send(mallory.port).main();
    assert!(
        page.contains(&format!("포트 {port}번에서 레슨 05 실행 중")),
        "{page}"
    );
    // The first line in the lesson's terminal is that of the first request of somebody else.
    Request::get("/cart").send(port);
    let line = lesson.next_line();
    assert!(line.contains("/cart"), "{line}");
}

#[test]
fn she_says_that_no_lesson_runs() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let mallory = Mallory::start(8000);
    for path in PAGES {
        let page = mallory.get(&format!("{path}?port={port}")).main();
        let none = format!("No lesson answers on port {port}.");
        assert!(page.contains(&none), "{page}");
    }
    // Another program, here herself, is no lesson.
    let page = mallory.get(&format!("/?port={}", mallory.port)).main();
    assert!(page.contains("No lesson answers"), "{page}");
}

#[test]
fn she_says_where_an_attack_does_not_work() {
    let mallory = Mallory::start(8000);
    let page = |host: &str, path: &str| {
        let request = Request::get(path);
        let bytes = String::from_utf8(request.bytes(mallory.port)).unwrap();
        let bytes = bytes.replace("Host: localhost", &format!("Host: {host}"));
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", mallory.port)).unwrap();
        std::io::Write::write_all(&mut stream, bytes.as_bytes()).unwrap();
        request.answer(&mut stream).unwrap().main()
    };
    let wrong = |host: &str, path: &str| page(host, path).matches("this changes nothing").count();
    assert_eq!(wrong("localhost", "/12"), 0);
    // Once for both buttons.
    assert_eq!(wrong("127.0.0.1", "/12"), 1);
    assert_eq!(wrong("shop.localhost", "/15"), 1);
    assert_eq!(wrong("localhost", "/13"), 0);
    assert_eq!(wrong("127.0.0.1", "/13"), 0);
    assert_eq!(wrong("localhost", "/14"), 2);
    assert_eq!(wrong("evil.shop.localhost", "/14"), 1);
    assert_eq!(wrong("shop.localhost", "/14"), 0);
    let right = format!("http://localhost:{}/12", mallory.port);
    assert!(page("127.0.0.1", "/12").contains(&right));
    for (host, here) in [("localhost", "localhost"), ("127.0.0.1", "127.0.0.1")] {
        let page = page(host, "/13");
        let line = page.lines().find(|line| line.contains("You are here."));
        assert!(line.unwrap().contains(here), "{page}");
    }
}
