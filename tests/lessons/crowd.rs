//! More logins at the same moment than the server lets wait for bcrypt, all from one address; and a
//! user with the right password beside them.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::scope;

use super::address::send_from;
use super::rows::rows;
use super::{ALICE, BOB, cookie_of, log_in};
use crate::common::http::{Answer, Request};
use crate::common::lesson::Start;

const CROWD: usize = 300;

/// The number of passwords of one address that may be under way.
const SHARE: usize = 16;

/// A login takes some hundredths of a second of a core, far more than to refuse one: the whole
/// crowd is there long before those in line are through.
const COST: &str = "8";

/// Sends the request so often, each on a connection of its own, and then reads the answers. The
/// last bytes go out together, when the server has everything else of all of them: so the crowd
/// does not depend on how fast it can be brought together.
fn all_at_once(request: &Request, port: u16) -> Vec<Answer> {
    let bytes = request.bytes(port);
    let (last, others) = bytes.split_last().unwrap();
    let connect = |_| {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.write_all(others).unwrap();
        stream
    };
    let mut streams = Vec::from_iter((0..CROWD).map(connect));
    for stream in &mut streams {
        stream.write_all(&[*last]).unwrap();
    }
    let answers = streams.iter_mut().map(|stream| request.answer(stream));
    answers.map(|answer| answer.expect("an answer")).collect()
}

#[test]
fn of_a_crowd_that_logs_in_some_are_served_and_the_others_told_when_to_come_again() {
    let lesson = Start::of("lesson02")
        .with("ROCKET_PASSWORD_COST", COST)
        .begin();
    let login = log_in("alice", ALICE);

    let answers = all_at_once(&login, lesson.port);

    let (served, refused): (Vec<_>, Vec<_>) = answers
        .into_iter()
        .partition(|answer| answer.sent_to() == Some("/main"));
    assert!(served.len() >= SHARE, "only {} were served", served.len());
    assert!(!refused.is_empty(), "nobody was refused");
    for answer in &refused {
        assert_eq!(answer.status, 503, "{answer:?}");
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
        let seconds = answer.one("Retry-After").unwrap();
        assert!(seconds.parse::<u32>().is_ok(), "{seconds}");
        assert_eq!(answer.language(), "en");
        let page = answer.main();
        assert!(page.contains("Not just now"), "{page}");
        assert!(page.contains("Wait a few seconds"), "{page}");
    }
    // Each user who was served has a session of their own, and there is no other one.
    let cookies: BTreeSet<_> = served
        .iter()
        .map(|answer| answer.one("Set-Cookie"))
        .collect();
    assert_eq!(cookies.len(), served.len());
    assert_eq!(rows(&lesson).len(), served.len());

    assert_eq!(Request::get("/login").send(lesson.port).status, 200);
    let late = login.send(lesson.port);
    assert_eq!(late.sent_to(), Some("/main"), "{late:?}");
    let main = Request::get("/main").header("Cookie", cookie_of(&late));
    let main = main.send(lesson.port).main();
    assert!(main.contains("Welcome back, alice!"), "{main}");
}

/// Eighty connections send wrong logins, and each the next one as soon as it has an answer: some
/// for one userid, and seventy for another one each time, which no wait can hold off.
#[test]
fn somebody_with_the_right_password_gets_in_beside_a_crowd_with_wrong_ones() {
    let lesson = Start::of("lesson02")
        .with("ROCKET_PASSWORD_COST", "7")
        .begin();
    let port = lesson.port;
    let (over, sent) = (AtomicBool::new(false), AtomicUsize::new(0));
    scope(|scope| {
        for attacker in 0..80 {
            let (over, sent) = (&over, &sent);
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let number = sent.fetch_add(1, Ordering::Relaxed);
                    let userid = match attacker {
                        0..10 => "alice".to_owned(),
                        _ => format!("nobody{number}"),
                    };
                    let wrong = [("userid", &*userid), ("password", "wrong")];
                    let _ = Request::post("/login", &wrong).try_send(port);
                }
            });
        }
        while sent.load(Ordering::Relaxed) < 200 {
            std::thread::yield_now();
        }
        let elsewhere = send_from("127.0.0.2", &log_in("alice", ALICE), port);
        // From the crowd's own address it may take a second try, as the page for 503 says.
        let mut tries = (0..3).map(|_| log_in("bob", BOB).send(port));
        let beside = tries.find(|answer| answer.status != 503);
        over.store(true, Ordering::Relaxed);
        assert_eq!(elsewhere.sent_to(), Some("/main"), "{elsewhere:?}");
        let beside = beside.expect("more than a 503");
        assert_eq!(beside.sent_to(), Some("/main"), "{beside:?}");
    });
}
