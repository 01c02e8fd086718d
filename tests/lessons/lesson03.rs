//! Lesson 03, popping it on logout.

use insta::assert_snapshot;

use super::ALICE;
use super::rows::{holds, only_row};
use crate::common::http::Request;
use crate::common::story::Story;

#[test]
fn logging_out_pops_the_key_and_leaves_row_and_cookie() {
    let story = Story::of("lesson03");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    alice.get("/main");
    let logged_in = only_row(&story.lesson);
    assert!(holds(&logged_in, r#"{"user":"alice"}"#, Some("alice")));
    let held = alice.session_id().map(str::to_owned);

    let answer = alice.post("/logout", &[]);

    assert_eq!(answer.sent_to(), Some("/login"));
    // The same session ID once more, so that Back shows no page of alice's that the browser kept.
    assert_eq!(answer.all("Set-Cookie").len(), 1);
    assert_eq!(alice.session_id(), held.as_deref());
    let logged_out = only_row(&story.lesson);
    assert!(holds(&logged_out, "{}", None), "{logged_out:?}");
    assert_eq!(logged_out.locker, logged_in.locker);
    assert_eq!(alice.get("/main").sent_to(), Some("/login"));
    assert_snapshot!(story.told());
}

#[test]
fn logging_in_again_uses_the_same_row_with_a_new_session_id() {
    let story = Story::of("lesson03");
    let mut alice = story.visitor("앨리스", "ko");
    alice.log_in("alice", ALICE);
    alice.post("/logout", &[]);
    alice.log_in("alice", ALICE);
    alice.get("/main");
    only_row(&story.lesson);
    assert_snapshot!(story.told());
}

#[test]
fn a_link_logs_nobody_out() {
    let story = Story::of("lesson03");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    for link in [
        Request::get("/logout"),
        Request::new("HEAD", "/logout"),
        // As an image or a link on another site's page sends it.
        Request::get("/logout").header("Sec-Fetch-Site", "cross-site"),
    ] {
        let answer = alice.send(link);
        assert_eq!(answer.status, 404);
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    }
    assert!(alice.get("/main").main().contains("Welcome back, alice!"));
}

#[test]
fn a_form_on_another_site_logs_nobody_out() {
    let story = Story::of("lesson03");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    let port = story.lesson.port;
    let other_port = format!("http://localhost:{}", port ^ 1);
    let forms = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", &other_port),
    ];
    for (header, value) in forms {
        let answer = alice.send(Request::post("/logout", &[]).header(header, value));
        assert_eq!(answer.status, 403, "{header}: {value}");
        assert!(
            answer
                .main()
                .contains("This form came from a page of another server.")
        );
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    }
    assert!(alice.get("/main").main().contains("Welcome back, alice!"));
    let own = format!("http://localhost:{port}");
    let answer = alice.send(Request::post("/logout", &[]).header("Origin", own));
    assert_eq!(answer.sent_to(), Some("/login"));
}

#[test]
fn logging_out_where_nobody_is_logged_in_does_no_harm() {
    let story = Story::of("lesson03");
    let mut stranger = story.visitor("stranger", "en");
    let answer = stranger.post("/logout", &[]);
    assert_eq!(answer.sent_to(), Some("/login"));
    assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    assert_eq!(super::rows::rows(&story.lesson), []);
}
