//! Lesson 04, from the signup view to the done view.

use insta::assert_snapshot;

use super::ALICE;
use super::rows::{only_row, rows};
use crate::common::story::Story;

const PASSWORD: &str = "three-tulips";

type Form<'f> = [(&'f str, &'f str); 5];

fn form<'f>(userid: &'f str, real_name: &'f str, email: &'f str) -> Form<'f> {
    [
        ("userid", userid),
        ("real_name", real_name),
        ("email", email),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ]
}

#[test]
fn what_the_signup_view_put_down_the_done_view_reads_back() {
    let story = Story::of("lesson04");
    let mut carol = story.visitor("carol", "en");
    carol.get("/signup");
    let answer = carol.post("/signup", &form("carol", "Carol Park", "carol@example.com"));
    assert_eq!(answer.sent_to(), Some("/signup/done"));
    let page = carol.follow(&answer);
    for value in ["`carol`", "Carol Park", "carol@example.com"] {
        assert!(page.main().contains(value), "{value}");
    }
    let row = only_row(&story.lesson);
    let stored =
        r#"{"success_email":"carol@example.com","success_id":"carol","success_name":"Carol Park"}"#;
    assert_eq!((row.data.as_str(), row.user), (stored, None));
    // The account is there: its owner can log in, and finds the three notes kept.
    carol.log_in("carol", PASSWORD);
    assert!(carol.get("/main").main().contains("Welcome back, carol!"));
    assert!(carol.get("/signup/done").main().contains("Carol Park"));
    assert_snapshot!(story.told());
}

#[test]
fn signing_up_works_in_korean_and_with_a_korean_user_id() {
    let story = Story::of("lesson04");
    let mut jimin = story.visitor("지민", "ko");
    let answer = jimin.post("/signup", &form("박지민", "박지민", "jimin@example.com"));
    let page = jimin.follow(&answer);
    assert!(page.main().contains("박지민님, 환영합니다!"));
    // Decomposed, as some keyboards type it: the same user ID all the same.
    let decomposed = "\u{1107}\u{1161}\u{11a8}\u{110c}\u{1175}\u{1106}\u{1175}\u{11ab}";
    jimin.log_in(decomposed, PASSWORD);
    assert!(
        jimin
            .get("/main")
            .main()
            .contains("박지민님, 다시 오신 것을 환영합니다!")
    );
    assert_snapshot!(story.told());
}

#[test]
fn a_stranger_at_the_done_view_is_sent_to_the_signup_view() {
    let story = Story::of("lesson04");
    let mut stranger = story.visitor("stranger", "en");
    let answer = stranger.get("/signup/done");
    assert_eq!(answer.sent_to(), Some("/signup"));
    assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    stranger.post("/login", &[("userid", "alice"), ("password", ALICE)]);
    // Nor does a login open it: the keys are what counts.
    assert_eq!(stranger.get("/signup/done").sent_to(), Some("/signup"));
}

#[test]
fn all_errors_come_at_once_each_beside_its_field_with_what_was_typed() {
    for (language, name) in [("en", "errors_in_english"), ("ko", "errors_in_korean")] {
        let story = Story::of("lesson04");
        let mut carol = story.visitor("carol", language);
        let wrong = [
            ("userid", "ca rol"),
            ("real_name", "Carol \"the\" Park"),
            ("email", "nowhere"),
            ("password1", "2468"),
            ("password2", "secret-other"),
        ];
        let answer = carol.post("/signup", &wrong);
        assert_eq!(answer.status, 422);
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
        for kept in ["[ca rol]", "[Carol \"the\" Park]", "[nowhere]"] {
            assert!(answer.main().contains(kept), "{kept}");
        }
        assert!(!answer.body.contains("2468") && !answer.body.contains("secret-other"));
        assert_eq!(rows(&story.lesson), []);
        assert_snapshot!(name, answer.main());
    }
}

/// Each rule of the form, broken alone.
#[test]
fn each_rule_of_the_form_is_kept() {
    let story = Story::of("lesson04");
    let mut carol = story.visitor("carol", "en");
    let long = "x".repeat(151);
    let breaks = [
        ("userid", "", "Please fill in this field."),
        (
            "userid",
            "<b>",
            "Only letters, digits and @ . + - _ can be used.",
        ),
        ("userid", &long, "At most 150 characters, please."),
        ("userid", "ALICE", "Somebody has this user ID already."),
        ("real_name", " ", "Please fill in this field."),
        ("email", "a@b", "This does not look like an email address."),
        ("password1", "short-7", "At least 8 characters, please."),
        ("password1", "82649017", "Digits alone are not enough."),
        ("password1", "carol-12", "Too similar to your user ID."),
        ("password1", "Carol Park", "Too similar to your"),
        (
            "password1",
            "password1",
            "Too many people use this password.",
        ),
        ("password2", "three-tulip", "The two passwords differ."),
        ("password2", "", "Please fill in this field."),
    ];
    for (field, value, says) in breaks {
        let mut form = form("carol", "Carol Park", "c.park@example.com");
        for (name, typed) in &mut form {
            let both = field == "password1" && *name == "password2";
            if *name == field || both {
                *typed = value;
            }
        }
        let answer = carol.post("/signup", &form);
        assert_eq!(answer.status, 422, "{field}={value}");
        assert!(
            answer.main().contains(says),
            "{field}={value}: {}",
            answer.main()
        );
    }
    let answer = carol.post(
        "/signup",
        &form("carol", "Carol Park", "c.park@example.com"),
    );
    assert_eq!(answer.status, 303, "the form without a fault");
}

#[test]
fn an_empty_form_misses_every_field() {
    let story = Story::of("lesson04");
    let mut carol = story.visitor("carol", "ko");
    let answer = carol.post("/signup", &[]);
    assert_eq!(answer.status, 422);
    // Once in the summary and once beside each of the five fields.
    assert_eq!(answer.main().matches("필수 항목입니다.").count(), 10);
}

#[test]
fn markup_in_a_name_stays_text() {
    let story = Story::of("lesson04");
    let name = "<script>alert(\"1\")</script> & Söhne";
    let mut mallory = story.visitor("mallory", "en");
    let answer = mallory.post("/signup", &form("mallory", name, "m@example.com"));
    let page = mallory.follow(&answer);
    assert!(!page.body.contains("<script>"));
    assert!(page.main().contains(name), "{}", page.main());
    let answer = mallory.post("/signup", &form("\"><script>", name, "\"><img src=x>@a.b"));
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("<script>") && !answer.body.contains("<img src=x"));
}

#[test]
fn signing_up_twice_shows_the_last_one_and_two_browsers_do_not_mix() {
    let story = Story::of("lesson04");
    let mut first = story.visitor("first", "en");
    let mut second = story.visitor("second", "en");
    first.post("/signup", &form("dora", "Dora One", "d@example.com"));
    second.post("/signup", &form("eric", "Eric Two", "e@example.com"));
    first.post("/signup", &form("finn", "Finn Three", "f@example.com"));
    let page = first.get("/signup/done").main();
    assert!(page.contains("Finn Three") && !page.contains("Dora") && !page.contains("Eric"));
    assert!(second.get("/signup/done").main().contains("Eric Two"));
}
