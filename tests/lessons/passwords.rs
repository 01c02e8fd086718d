//! Wrong passwords in a row, and passwords that were hashed at another cost.

use session_lessons::schema::users;

use diesel::prelude::*;

use super::address::send_from;
use super::rows::database;
use super::{ALICE, log_in, move_time};
use crate::common::lesson::{Lesson, Start};

#[test]
fn after_some_wrong_passwords_a_page_says_how_long_to_wait() {
    let lesson = Lesson::start("lesson01");
    let port = lesson.port;
    for userid in ["alice", "nosuchuser"] {
        for _ in 0..6 {
            assert_eq!(log_in(userid, "hunter2").send(port).status, 422);
        }
        for (language, words) in [
            (
                "en",
                [
                    "429 Too many wrong passwords",
                    "Wait ",
                    " seconds, then try again",
                ],
            ),
            (
                "ko",
                [
                    "429 비밀번호를 너무 많이 틀렸습니다",
                    "초 뒤에 다시 시도하세요.",
                    "또 틀리면 더 오래 기다려야 합니다.",
                ],
            ),
        ] {
            let again = log_in(userid, "hunter2").header("Accept-Language", language);
            let answer = again.send(port);
            assert_eq!((answer.status, answer.language()), (429, language));
            let seconds: u64 = answer.one("Retry-After").unwrap().parse().unwrap();
            assert!((1..=5).contains(&seconds), "{seconds}");
            for word in words {
                assert!(answer.main().contains(word), "{word}: {}", answer.main());
            }
            assert!(answer.body.contains("<a class=\"button\" href=\"/login\">"));
        }
    }
    // The right password has to wait as well, but only here.
    assert_eq!(log_in("alice", ALICE).send(port).status, 429);
    let elsewhere = send_from("127.0.0.2", &log_in("alice", ALICE), port);
    assert_eq!(elsewhere.sent_to(), Some("/main"));
    move_time(&lesson, "hour");
    assert_eq!(log_in("alice", ALICE).send(port).sent_to(), Some("/main"));

    let said = lesson.end();
    // A name that no user has may be a password in the wrong field.
    for whom in ["\"alice\"", "a user ID that nobody has"] {
        let line = format!("6 wrong passwords in a row for {whom} from 127.0.0.1");
        assert_eq!(said.matches(&line).count(), 1, "{said}");
    }
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(
        !said.contains("hunter2") && !said.contains("nosuchuser") && !said.contains(ALICE),
        "{said}"
    );
}

#[test]
fn after_the_cost_was_raised_a_login_gets_a_new_hash() {
    let first = Start::of("lesson01");
    let folder = first.folder().to_owned();
    let lesson = first.begin();
    let hash = |lesson: &Lesson| -> String {
        let hash = database(lesson).read(|connection| {
            let alice = users::table.filter(users::userid.eq("alice"));
            let hash = alice.select(users::password_hash).first(connection)?;
            Ok::<_, session_lessons::db::DatabaseError>(hash)
        });
        hash.unwrap()
    };
    let old = hash(&lesson);
    assert!(old.starts_with("$2b$04$"), "{old}");

    let session = format!("{{database={:?}}}", folder.join("lessons.db"));
    let raised = Start::of("lesson01")
        .with("ROCKET_SESSION", &session)
        .with("ROCKET_PASSWORD_COST", "6")
        .begin();
    assert_eq!(log_in("alice", "wrong").send(raised.port).status, 422);
    assert_eq!(hash(&lesson), old);
    for _ in 0..2 {
        assert_eq!(
            log_in("alice", ALICE).send(raised.port).sent_to(),
            Some("/main")
        );
        assert!(hash(&lesson).starts_with("$2b$06$"));
    }
    // It is the same password all the same.
    assert_eq!(
        log_in("alice", ALICE).send(lesson.port).sent_to(),
        Some("/main")
    );
}
