//! Requests that no browser sends: bytes that are no text, and headers beyond measure.

use crate::common::program::Program;

/// The answer's head to a request for the cart with this `Cookie` header.
fn answer(program: &Program, cookie: &[u8]) -> String {
    let head = b"GET /cart HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: ";
    program.exchange(&[head, cookie, b"\r\n\r\n"].concat())
}

#[test]
fn bytes_that_are_no_text_are_another_programs_cookie() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    for cookie in [
        &b"session_id=\xff\xfe"[..],
        b"session_id=\x80; a=b",
        b"\xff=\xff; session_id=0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\xe9",
        b"session_id\xff=0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let head = answer(&program, cookie);
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert!(!head.to_lowercase().contains("set-cookie"), "{head}");
    }
}

#[test]
fn a_neighbours_cookie_that_is_no_text_hides_ours_and_removes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    let mut visitor = program.connect(None);
    assert!(visitor.add_pencil());
    let ours = visitor.cookie.clone().unwrap();
    // Rocket drops a header that is no text before anyone sees it.
    let answer = answer(&program, &[b"theirs=\xff; ", ours.as_bytes()].concat());
    assert!(answer.ends_with("\r\n\r\n{}"), "{answer}");
    assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
    assert_eq!(visitor.pencils(), 1);
}

#[test]
fn headers_beyond_measure_do_not_stop_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    answer(&program, &b"session_id=x; ".repeat(100_000));
    let head = answer(&program, &b"session_id=x; ".repeat(100));
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
}

#[test]
fn a_name_that_rockets_jar_would_decode_to_ours_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    let mut visitor = program.connect(None);
    assert!(visitor.add_pencil());
    let ours = visitor.cookie.clone().unwrap();
    assert!(answer(&program, ours.as_bytes()).ends_with("{\"pencil\":1}"));
    for name in ["session%5Fid", "%73ession_id", "session_i%64"] {
        let forged = ours.replacen("session_id", name, 1);
        let answer = answer(&program, forged.as_bytes());
        assert!(answer.ends_with("\r\n\r\n{}"), "{answer}");
        assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
    }
}

#[test]
fn the_example_logs_nobody_in_under_a_name_that_nobody_sees() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    for blank in ["", "+", "%09", "%E3%80%80"] {
        let form = format!("userid={blank}");
        let answer = program.exchange(
            format!(
                "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
                form.len()
            )
            .as_bytes(),
        );
        assert!(answer.starts_with("HTTP/1.1 422 "), "{blank}: {answer}");
        assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
    }
}
