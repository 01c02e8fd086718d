//! Input that no honest browser sends. Whatever comes: a page answers, nothing panics (each lesson
//! that ends having panicked fails its test), and the next visitor is served.

use super::rows::{holds, only_row, rows};
use super::{ALICE, BOB};
use crate::common::http::{Answer, Request};
use crate::common::lesson::Lesson;
use crate::common::story::Story;
use session_lessons::answer::is_own_path;

fn still_serves(lesson: &Lesson) {
    let answer = Request::get("/login").send(lesson.port);
    assert_eq!(answer.status, 200);
}

/// The answer is a page of ours, in the reader's language.
fn is_our_page(answer: &Answer, language: &str) {
    assert_eq!(answer.language(), language, "{answer:?}");
    assert!(answer.body.contains("</html>"));
}

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
        // What just fits is a form with a long password, which is wrong.
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
fn cookies_that_make_no_sense_are_strangers() {
    let lesson = Lesson::start("lesson02");
    let well_formed = "session_id=0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let removed = "session_id=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0";
    let ignored: [&[u8]; 8] = [
        b"session_id=\xff\xfe\xfd",
        b"session_id=",
        b"session_id",
        b"=;=;=;;;;",
        b"session_id=../../etc/passwd",
        b"session_id=' OR 1=1 --",
        b"lang=\xff; session_id=\xc3\x28",
        b"session_id=\"0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
    ];
    for cookie in ignored {
        let answer = Request::get("/main")
            .header("Cookie", cookie)
            .send(lesson.port);
        assert_eq!(answer.sent_to(), Some("/login"), "{cookie:?}");
        assert_eq!(
            answer.all("Set-Cookie"),
            [""; 0],
            "another program's: {cookie:?}"
        );
    }
    // Made up, but of our shape: the browser is told to forget it, and it is never adopted.
    let made_up = Request::get("/main")
        .header("Cookie", well_formed)
        .send(lesson.port);
    assert_eq!(made_up.sent_to(), Some("/login"));
    assert_eq!(made_up.one("Set-Cookie"), Some(removed));
    assert_eq!(rows(&lesson), []);
    still_serves(&lesson);
}

#[test]
fn of_two_session_cookies_the_one_that_opens_counts() {
    let story = Story::of("lesson02");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    // The first use of a session ID prolongs it; from then on nothing is due.
    alice.get("/main");
    let own = format!("session_id={}", alice.session_id().unwrap());
    let planted = "session_id=0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let ask = |cookies: &[String]| {
        let request = cookies
            .iter()
            .fold(Request::get("/main"), |request, cookie| {
                request.header("Cookie", cookie)
            });
        let answer = request.send(story.lesson.port);
        assert_eq!(answer.all("Set-Cookie"), [""; 0], "{cookies:?}");
        answer.status
    };
    assert_eq!(ask(std::slice::from_ref(&own)), 200);
    assert_eq!(ask(&[format!("{own}; {planted}")]), 200);
    assert_eq!(ask(&[format!("{planted}; {own}")]), 200);
    assert_eq!(ask(&[format!("session_id=abc; {own}; session_id=")]), 200);
    assert_eq!(ask(&[own.clone(), own.clone()]), 200);
    let mut bob = story.visitor("bob", "en");
    bob.log_in("bob", BOB);
    let planted = format!("session_id={}", bob.session_id().unwrap());
    assert_eq!(ask(&[format!("{own}; {planted}")]), 303);
    // Rocket's own jar would take these names for ours, and the last one would win.
    let planted = planted.trim_start_matches("session_id=");
    assert_eq!(ask(&[format!("session%5Fid={planted}; {own}")]), 200);
    assert_eq!(ask(&[format!("{own}; session%5fid=x")]), 200);
    assert_eq!(ask(&[own.replace("session_id", "session%5Fid")]), 303);
    assert_eq!(ask(&[own.replace("session_id", "Session_ID")]), 303);
    // The session itself has come to no harm.
    assert!(alice.get("/main").main().contains("Welcome back, alice!"));
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

#[test]
fn cookies_in_a_header_that_cannot_be_read_are_explained() {
    let story = Story::of("lesson02");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    let cookie = format!("session_id={}", alice.session_id().unwrap());
    let port = story.lesson.port;
    let header = [cookie.as_bytes(), b"; theirs=caf\xe9"].concat();
    for named in ["Cookie", "COOKIE"] {
        let answer = Request::get("/main").header(named, &header).send(port);
        assert_eq!(answer.sent_to(), Some("/login"), "{named}");
        assert_eq!(answer.all("Set-Cookie"), [""; 0], "{named}");
        let xray = Request::get("/xray").header("Accept-Language", "en");
        assert!(
            xray.send(port)
                .body
                .contains("in a header that is not UTF-8")
        );
    }
    // The next requests are read as ever, whichever thread they meet.
    for _ in 0..8 {
        let answer = Request::get("/main").header("Cookie", &cookie).send(port);
        assert_eq!(answer.status, 200);
    }
    assert_eq!(Request::get("/main").send(port).sent_to(), Some("/login"));
}
