//! Requests that arrive at the same moment.

use std::sync::Barrier;
use std::thread;

use super::rows::{only_row, rows};
use super::{ALICE, BOB, cookie_of, log_in, move_time};
use crate::common::http::{Answer, Request};
use crate::common::lesson::Lesson;

/// Sends them all, each from a thread of its own, and not before every thread is ready.
fn at_once(lesson: &Lesson, requests: Vec<Request>) -> Vec<Answer> {
    let ready = Barrier::new(requests.len());
    thread::scope(|scope| {
        let sends = |request: Request| {
            let (ready, port) = (&ready, lesson.port);
            scope.spawn(move || {
                ready.wait();
                request.send(port)
            })
        };
        let threads: Vec<_> = requests.into_iter().map(sends).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

#[test]
fn a_hundred_clicks_at_once_are_a_hundred_pencils() {
    let lesson = Lesson::start("lesson05");
    let add = Request::post("/cart/add", &[("item", "pencil")]);
    let first = add.send(lesson.port);
    let empty = Request::post("/cart/remove", &[("item", "pencil")]);
    let cookie = cookie_of(&first);
    empty.header("Cookie", &cookie).send(lesson.port);

    let answers = at_once(&lesson, vec![add.header("Cookie", &cookie); 100]);

    assert!(
        answers
            .iter()
            .all(|answer| answer.sent_to() == Some("/cart"))
    );
    assert_eq!(only_row(&lesson).data, r#"{"cart":{"pencil":100}}"#);
}

#[test]
fn clicks_on_different_things_at_once_all_count() {
    let lesson = Lesson::start("lesson05");
    let add = |item| Request::post("/cart/add", &[("item", item)]);
    let cookie = cookie_of(&add("mug").send(lesson.port));
    let items = ["eraser", "mug", "pencil", "ruler"];
    let clicks = (0..40).map(|click| add(items[click % 4]).header("Cookie", &cookie));
    at_once(&lesson, clicks.collect());
    let data = r#"{"cart":{"eraser":10,"mug":11,"pencil":10,"ruler":10}}"#;
    assert_eq!(only_row(&lesson).data, data);
}

#[test]
fn of_signups_for_one_user_id_at_the_same_moment_one_wins() {
    let lesson = Lesson::start("lesson04");
    // Another userid each time: the same entries twice would be the same form sent twice.
    let sign_up = |(number, userid): (usize, &str)| {
        let real_name = format!("Carol the {number}th");
        let fields = [
            ("userid", userid),
            ("real_name", &real_name),
            ("email", "c.park@example.com"),
            ("password1", "three-tulips"),
            ("password2", "three-tulips"),
        ];
        Request::post("/signup", &fields)
    };
    let spellings = ["carol", "Carol", "CAROL", "ｃａｒｏｌ", " carol", "carol"];
    let sign_ups = spellings.into_iter().enumerate().map(sign_up);
    let answers = at_once(&lesson, sign_ups.collect());
    let (winners, others): (Vec<_>, Vec<_>) = answers
        .iter()
        .partition(|answer| answer.sent_to() == Some("/signup/done"));
    assert_eq!(winners.len(), 1);
    for other in others {
        assert_eq!(other.status, 422);
        assert!(other.main().contains("Somebody has this user ID already."));
        assert_eq!(other.all("Set-Cookie"), [""; 0]);
    }
    // Only the winner has anything to read at the done view.
    assert_eq!(rows(&lesson).len(), 1);
}

#[test]
fn of_two_clicks_on_sign_up_both_go_on_to_the_done_page() {
    let lesson = Lesson::start("lesson04");
    let fields = [
        ("userid", "carol"),
        ("real_name", "Carol Park"),
        ("email", "c.park@example.com"),
        ("password1", "three-tulips"),
        ("password2", "three-tulips"),
    ];
    let click = Request::post("/signup", &fields);
    let late = |answers: Vec<Answer>| {
        for answer in answers {
            assert_eq!(answer.sent_to(), Some("/signup/done"), "{answer:?}");
            // Either answer, whichever the browser goes by.
            let done = Request::get("/signup/done").header("Cookie", cookie_of(&answer));
            assert!(
                done.send(lesson.port)
                    .main()
                    .contains("Welcome, Carol Park!")
            );
        }
    };
    late(at_once(&lesson, vec![click.clone(), click.clone()]));
    late(vec![click.send(lesson.port)]);

    move_time(&lesson, "hour");
    let much_later = click.send(lesson.port);
    assert_eq!(much_later.status, 422);
    assert!(
        much_later
            .main()
            .contains("Somebody has this user ID already.")
    );
}

#[test]
fn logins_of_two_users_at_once_on_one_session_leave_one_of_them_whole() {
    let lesson = Lesson::start("lesson03");
    let cookie = cookie_of(&log_in("alice", ALICE).send(lesson.port));
    let logins = [("alice", ALICE), ("bob", BOB)]
        .map(|(userid, password)| log_in(userid, password).header("Cookie", &cookie));
    let answers = at_once(&lesson, logins.to_vec());
    // The one that came second held an ID that was no longer the newest.
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert!(
        statuses.iter().all(|status| [303, 409].contains(status)),
        "{statuses:?}"
    );
    assert!(statuses.contains(&303));
    for row in rows(&lesson) {
        let user = row.user.unwrap();
        assert_eq!(row.data, format!(r#"{{"user":"{user}"}}"#));
    }
}

#[test]
fn a_logout_beats_the_clicks_that_are_under_way() {
    let lesson = Lesson::start("lesson05");
    let cookie = cookie_of(&log_in("alice", ALICE).send(lesson.port));
    let click = Request::post("/cart/add", &[("item", "mug")]).header("Cookie", &cookie);
    let mut requests = vec![click; 20];
    requests.insert(10, Request::post("/logout", &[]).header("Cookie", &cookie));
    at_once(&lesson, requests);
    // A click that came too late may have begun a session of its own, of a stranger.
    let old = Request::get("/main")
        .header("Cookie", &cookie)
        .send(lesson.port);
    assert_eq!(old.sent_to(), Some("/login"));
    for row in rows(&lesson) {
        assert_eq!(row.user, None, "{row:?}");
        assert!(!row.data.contains("user"), "{row:?}");
    }
}
