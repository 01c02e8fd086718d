//! Cookies that no honest browser sends.

use super::hostile::still_serves;
use super::rows::rows;
use super::{ALICE, BOB};
use crate::common::http::Request;
use crate::common::lesson::Lesson;
use crate::common::story::Story;

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
