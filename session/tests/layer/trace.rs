//! Every request can be explained, and no explanation gives a secret away.

use rocket::http::Status;
use rocket_session_layer::{Event, Session, Subgoal};
use serde_json::Value;

use crate::common::app::{DAY, MINUTE};
use crate::common::fixtures::{CacheFixture, Fixture};
use crate::common::{Answer, App, Browser, Call, Fault};

/// The trace of a request, a line an event. Lockers are random: each is `L` here.
pub fn told(answer: &Answer, lockers: &[&Browser<'_>]) -> String {
    let mut text: Vec<String> = answer.trace.iter().map(Event::to_string).collect();
    for locker in lockers.iter().filter_map(|browser| browser.locker()) {
        text = text
            .iter()
            .map(|line| line.replace(&locker.to_string(), "L"))
            .collect();
    }
    text.join("\n")
}

pub async fn app() -> App {
    App::on(CacheFixture.open()).await
}

/// Alice's browser, and a twin that remembers its locker.
pub async fn alice(app: &App) -> (Browser<'_>, Browser<'_>) {
    let alice = app.browser();
    alice.set("user", "alice").await;
    alice.get("user").await;
    let twin = alice.twin();
    (alice, twin)
}

pub fn read(session: &Session) -> Result<Option<Value>, rocket_session_layer::Error> {
    session.get("user")
}

#[rocket::async_test]
async fn a_stranger_who_only_looks() {
    let app = app().await;
    let answer = app.browser().visit(read).await;
    insta::assert_snapshot!(told(&answer, &[]), @r"
    no session ID came
    anonymous
    ");
    assert!(app.browser().open("/plain").await.trace.is_empty());
}

#[rocket::async_test]
async fn a_login() {
    let app = app().await;
    let visitor = app.browser();
    let answer = visitor.set("user", "alice").await;
    insta::assert_snapshot!(told(&answer, &[&visitor]), @r#"
    no session ID came
    anonymous
    "alice" logged in
    session L created
    cookie sent for 1209600 s
    "#);
    let answer = visitor.set("user", "alice").await;
    insta::assert_snapshot!(told(&answer, &[&visitor]), @r#"
    session L found, version 1
    it is "alice"
    "alice" logged in
    committed as version 2 at the first try
    new lock, same locker L
    cookie sent for 1209600 s
    "#);
}

#[rocket::async_test]
async fn a_use_that_is_recorded() {
    let app = app().await;
    let (alice, _) = alice(&app).await;
    app.clock.advance(5 * MINUTE);
    let answer = alice.visit(read).await;
    insta::assert_snapshot!(told(&answer, &[&alice]), @r#"
    session L found, version 1
    it is "alice"
    lifetime extended
    "#);
    app.clock.advance(DAY);
    let answer = alice.visit(read).await;
    insta::assert_snapshot!(told(&answer, &[&alice]), @r#"
    session L found, version 1
    it is "alice"
    lifetime extended
    cookie sent for 1209600 s
    "#);
}

#[rocket::async_test]
async fn a_view_that_does_everything() {
    let app = app().await;
    let (alice, _) = alice(&app).await;
    let answer = alice
        .visit(|session| {
            session.set("a", 1)?;
            session.pop("a");
            session.pop("user");
            session.clear();
            session.rotate();
            session.set_expiry(rocket_session_layer::Expiry::BrowserClose)?;
            Ok(())
        })
        .await;
    insta::assert_snapshot!(told(&answer, &[&alice]), @r#"
    session L found, version 1
    it is "alice"
    "a" set
    "a" popped
    "alice" logged out
    cleared
    new session ID asked for
    lifetime set
    committed as version 2 at the first try
    new lock, same locker L
    cookie sent until the browser closes
    "#);
}

#[rocket::async_test]
async fn an_update_and_an_update_that_fails() {
    let app = app().await;
    let (alice, _) = alice(&app).await;
    let answer = alice.add_one("n").await;
    insta::assert_snapshot!(told(&answer, &[&alice]), @r#"
    session L found, version 1
    it is "alice"
    "n" updated
    committed as version 2 at the first try
    "#);
    let answer = alice.add_one("user").await;
    insta::assert_snapshot!(told(&answer, &[&alice]), @r#"
    session L found, version 2
    it is "alice"
    session key "user" says who is logged in: use set, not update
    "#);
}

#[rocket::async_test]
async fn the_end_of_a_session() {
    let app = app().await;
    let (alice, tab) = alice(&app).await;
    let late = tab.twin();
    let flush = |session: &Session| {
        session.flush();
        Ok(())
    };
    let (answer, ended) = late
        .visit_while(
            |_| Ok(()),
            alice.visit(flush),
            |session| session.set("a", 1),
        )
        .await;
    insta::assert_snapshot!(told(&ended, &[&tab]), @r#"
    session L found, version 1
    it is "alice"
    flushed
    session L ended
    cookie removed
    "#);
    insta::assert_snapshot!(told(&answer, &[&tab]), @r#"
    session L found, version 1
    it is "alice"
    "a" set
    the session was ended elsewhere: change dropped
    "#);
    insta::assert_snapshot!(told(&late.visit(read).await, &[&tab]), @r"
    session L is not known
    anonymous
    cookie removed
    ");
}

#[rocket::async_test]
async fn cookies_that_open_nothing() {
    let app = app().await;
    let (alice, old) = alice(&app).await;
    let cookie = alice.cookie().unwrap();
    let other = app.browser();
    other.set("a", 1).await;
    let lines = [format!(
        "session_id={cookie}; session_id={}",
        other.cookie().unwrap()
    )];
    let answer = app.browser().open_with(&lines).await;
    insta::assert_snapshot!(told(&answer, &[&alice, &other]), @r"
    session L found, version 1
    session L found, version 1
    several session IDs came: none counts
    anonymous
    ");
    let answer = app
        .browser()
        .open_with(&["session_id=theirs".to_owned()])
        .await;
    insta::assert_snapshot!(told(&answer, &[]), @r"
    the cookie is another program's: left alone
    anonymous
    ");
    alice.does(|session| session.rotate()).await;
    insta::assert_snapshot!(told(&old.set("a", 1).await, &[&alice]), @r#"
    the ID of session L was replaced a moment ago
    anonymous
    "a" set
    the session ID was replaced a moment ago; reload
    "#);
    app.clock.advance(30 * DAY);
    insta::assert_snapshot!(told(&alice.visit(read).await, &[&old]), @r"
    session L is over
    anonymous
    cookie removed
    ");
}

#[rocket::async_test]
async fn failures() {
    let app = app().await;
    let (alice, _) = alice(&app).await;
    let broken = Status::InternalServerError;
    let answer = alice
        .visit_ending(broken, |session| session.set("a", 1))
        .await;
    insta::assert_snapshot!(told(&answer, &[&alice]), @r#"
    session L found, version 1
    it is "alice"
    "a" set
    the answer is an error: change dropped
    "#);
    app.store().breaks(Call::Update, Fault::Fails);
    insta::assert_snapshot!(told(&alice.set("a", 1).await, &[&alice]), @r#"
    session L found, version 1
    it is "alice"
    "a" set
    the session store did not answer: the cable was pulled
    "#);
    app.store().breaks(Call::Load, Fault::Fails);
    insta::assert_snapshot!(told(&alice.visit(read).await, &[&alice]), @"the cable was pulled");
}

#[rocket::async_test]
async fn the_four_subgoals_come_in_their_order() {
    let app = app().await;
    let (alice, _) = alice(&app).await;
    let answer = alice.set("user", "bob").await;
    let mut subgoals: Vec<Subgoal> = answer.trace.iter().map(Event::subgoal).collect();
    assert!(subgoals.is_sorted(), "{subgoals:?}");
    subgoals.dedup();
    assert_eq!(
        subgoals,
        [
            Subgoal::Find,
            Subgoal::Decide,
            Subgoal::Change,
            Subgoal::Tell
        ]
    );
}
