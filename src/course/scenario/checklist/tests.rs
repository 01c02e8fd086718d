//! Ticks by meaning, and the questions that are asked meanwhile.

use serde_json::{Value, json};

use super::*;
use crate::course::Lessons;

/// A small walk: a login, a page, a closed browser, a page, weeks, a form of another site.
const WALK: &str = r#"
[[step]]
who = "alice"
send = "POST /login"
say = { en = "x", ko = "x" }
status = 303
place = "/main?a"
cookie = "new"
row = { user = "alice", cart = {} }

[[step]]
who = "alice"
send = "GET /main"
say = { en = "x", ko = "x" }
status = 200
asking = "alice"
cookie = "same"
predict = PREDICT

[[step]]
who = "alice"
close = true
say = { en = "x", ko = "x" }

[[step]]
who = "alice"
send = "GET /main"
say = { en = "x", ko = "x" }
status = 303
asking = false
cookie = "gone"
row = "none"
predict = PREDICT

[[step]]
who = "alice"
wait = "15 days"
say = { en = "x", ko = "x" }

[[step]]
who = "mallory"
at = "alice"
send = "POST /board/{post}/delete"
from = "another site"
say = { en = "x", ko = "x" }
status = 403
cookie = "same"
row = { user = "alice" }
"#;

const PREDICT: &str = "{ question = SAY, right = SAY, wrong = [\
    { answer = SAY, why = SAY }, { answer = SAY, why = SAY }] }";

/// The checklist of a scenario that lives as long as the test program.
fn list_of(source: &str, done: usize, movable: bool) -> Checklist<'static> {
    let scenario = Scenario::parse("x.toml", source).unwrap_or_else(|error| panic!("{error:?}"));
    Checklist::new(Box::leak(Box::new(scenario)), done, movable)
}

fn walk_with(done: usize, movable: bool) -> Checklist<'static> {
    let source = WALK.replace("PREDICT", PREDICT);
    let source = source.replace("SAY", "{ en = \"x\", ko = \"x\" }");
    list_of(&source, done, movable)
}

fn walk(done: usize) -> Checklist<'static> {
    walk_with(done, true)
}

/// A checklist of steps with these acts and nothing else.
fn acts(acts: &[&str]) -> Checklist<'static> {
    let step =
        |act| format!("[[step]]\nwho = \"bob\"\n{act}\nsay = {{ en = \"x\", ko = \"x\" }}\n");
    list_of(&acts.iter().map(step).collect::<String>(), 0, true)
}

/// The record of a request: what is said of it, on top of one that has nothing.
fn exchange(facts: Value) -> Exchange {
    let mut record = serde_json::to_value(Exchange::default()).unwrap();
    record
        .as_object_mut()
        .unwrap()
        .extend(facts.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

fn by(user: Option<&str>) -> Value {
    json!([{ "subgoal": "decide", "event": { "event": "user", "user": user }, "session": null }])
}

/// A row with this data, made as the session layer's records are shown.
fn row(data: Value) -> Value {
    let data = serde_json::to_value(crate::course::exchange::ShownData::of(
        data.as_object().unwrap(),
    ));
    json!({ "locker": "1f2f", "version": 1, "created": 0, "touched": 0, "expires": 9, "user": null,
        "data": data.unwrap() })
}

fn session(name: &str) -> Value {
    json!({ "name": name, "locker": "1f2f" })
}

fn cookies() -> Value {
    json!([{ "name": "session_id", "value": "…", "kind": "session", "session": null }])
}

/// What comes of a request for the step after the first `done`.
fn compared(done: usize, target: &str, facts: Value) -> String {
    let mut list = walk(done);
    list.named.keep("post", 7);
    let (_, step) = list.next().unwrap();
    match list.compare(step, target, &exchange(facts)) {
        Compared::Done => "done".to_owned(),
        Compared::Missed(claim) => claim.claim.to_owned(),
        Compared::Other => "other".to_owned(),
    }
}

fn login(changed: Value) -> Value {
    let mut facts = json!({ "method": "POST", "status": 303, "location": "/main?b",
        "then": session("sid#1·a"), "trace": by(None),
        "row": row(json!({ "user": "alice", "cart": { "mug": 2 }, "seen": true })) });
    facts
        .as_object_mut()
        .unwrap()
        .extend(changed.as_object().unwrap().clone());
    facts
}

#[test]
fn a_step_ticks_by_its_meaning() {
    let table = [
        (json!({}), "done"),
        (json!({ "method": "GET" }), "other"),
        (json!({ "status": 422 }), "status"),
        (json!({ "location": "/cart" }), "place"),
        (json!({ "then": null }), "cookie"),
        (
            json!({ "row": row(json!({ "user": "bob", "cart": {} })) }),
            "row",
        ),
        (json!({ "row": row(json!({ "user": "alice" })) }), "row"),
        (json!({ "row": null }), "row"),
        // A view that asked for no session says nothing of the row.
        (json!({ "row": null, "trace": [] }), "done"),
    ];
    for (changed, expected) in table {
        assert_eq!(
            compared(0, "/login", login(changed.clone())),
            expected,
            "{changed}"
        );
    }
    assert_eq!(compared(0, "/login?next=/cart", login(json!({}))), "other");
}

#[test]
fn a_form_without_a_field_is_another_form() {
    let list = acts(&["send = \"POST /login\"\nform = { userid = \"bob\", remember = \"on\" }"]);
    let (_, step) = list.next().unwrap();
    let compared = |form: Value| {
        let compared = list.compare(
            step,
            "/login",
            &exchange(json!({ "method": "POST", "form": form })),
        );
        compared.is_done()
    };
    let field = |name| json!({ "name": name, "value": "x" });
    let (user, remember) = (field("userid"), field("remember"));
    assert!(compared(
        json!({ "fields": [user, remember], "cut": false })
    ));
    assert!(!compared(json!({ "fields": [user], "cut": false })));
    assert!(compared(json!({ "fields": [user], "cut": true })));
    assert!(!compared(Value::Null));
}

#[test]
fn the_user_is_the_scripts() {
    let page =
        |user| json!({ "method": "GET", "status": 200, "trace": by(user), "cookies": cookies() });
    assert_eq!(compared(1, "/main", page(Some("alice"))), "done");
    assert_eq!(compared(1, "/main", page(Some("bob"))), "asking");
    assert_eq!(compared(1, "/main", page(None)), "asking");
}

#[test]
fn a_cookie_that_is_not_brought_is_gone() {
    let gone = |facts: Value| {
        let mut all = json!({ "method": "GET", "status": 303, "trace": by(None) });
        all.as_object_mut()
            .unwrap()
            .extend(facts.as_object().unwrap().clone());
        compared(2, "/main", all)
    };
    assert_eq!(gone(json!({})), "done");
    assert_eq!(gone(json!({ "cookies": cookies() })), "cookie");
    assert_eq!(gone(json!({ "row": row(json!({ "seen": true })) })), "row");
}

#[test]
fn a_form_of_another_site_has_a_named_value_and_brings_nothing() {
    let refused = json!({ "method": "POST", "status": 403 });
    assert_eq!(compared(5, "/board/7/delete", refused.clone()), "done");
    assert_eq!(compared(5, "/board/8/delete", refused), "other");
}

#[test]
fn a_closed_browser_ticks_with_the_next_step() {
    let mut list = walk(2);
    list.tick();
    assert_eq!(list.done(), 4);
    assert!(matches!(
        list.next(),
        Some((
            4,
            ScenarioStep {
                act: Act::Wait(_),
                ..
            }
        ))
    ));
}

#[test]
fn where_time_stands_the_rest_is_for_the_demo() {
    let list = walk_with(4, false);
    assert_eq!(list.doable(), 4);
    assert!(!list.is_demo_only(3) && list.is_demo_only(4) && list.is_demo_only(5));
    assert!(list.next().is_none());
    assert_eq!(walk(4).doable(), 6);
}

#[test]
fn a_restart_ticks_at_the_start_with_its_engine() {
    let mut list = acts(&[
        "restart = true",
        "restart = { engine = \"file\" }",
        "restart = true",
    ]);
    assert!(list.started(Engine::Cache) && !list.started(Engine::Cache));
    assert!(list.started(Engine::File) && !list.started(Engine::Cache));
    assert!(list.started(Engine::File) && !list.started(Engine::File));
    assert_eq!((list.engine(0), list.engine(2)), (None, Some(Engine::File)));
}

#[test]
fn a_restart_ticks_behind_a_closed_browser() {
    let mut list = acts(&["close = true", "restart = true"]);
    assert!(list.started(Engine::Cache));
    assert_eq!(list.done(), 2);
}

#[test]
fn a_cookie_can_only_be_changed_by_a_tool() {
    let sent = "send = \"GET /main\"";
    let list = acts(&[sent, "devtools = \"copy\"", sent]);
    assert_eq!(list.doable(), 3);
    let without = Checklist {
        movable: false,
        ..list
    };
    assert_eq!(without.doable(), 1);
}

#[test]
fn a_lost_copy_is_made_again_by_its_last_step() {
    let sent = "send = \"GET /main\"";
    let mut list = acts(&[sent, "devtools = \"copy\"", sent, "devtools = \"paste\""]);
    assert_eq!(list.copy_again(), None);
    (0..3).for_each(|_| list.tick());
    assert_eq!((list.copy_again(), list.done()), (Some(1), 1));
}

#[test]
fn values_are_made_by_the_step_that_is_next_or_was_the_last_to_make_some() {
    let sent = "send = \"GET /board\"";
    let makes = "send = \"GET /board\"\nmade = { post = \"/board/*/delete\" }";
    let mut list = acts(&[sent, makes, sent]);
    assert!(list.maker().is_none());
    for _ in 0..3 {
        list.tick();
        assert_eq!(
            list.maker().map(|step| &step.made),
            Some(&list.steps()[1].made)
        );
    }
}

#[test]
fn a_question_is_asked_when_its_step_is_next_and_stays_until_the_one_after_it() {
    let asked = |done: usize| walk(done).asked();
    assert_eq!((asked(0), asked(1)), (vec![1], vec![1]));
    // The browser is closed before the step that asks next, which the server can't see.
    assert_eq!((asked(2), asked(4)), (vec![1, 3], vec![3]));
    let answered = [1, 3, 4].map(|place| walk(6).answered_by(place));
    assert_eq!(answered, [Some(1), Some(3), None]);
}

#[test]
fn a_restart_is_answered_by_the_request_after_it() {
    let eighth = Scenario::load(&Lessons::of_project().unwrap().all()[7])
        .unwrap_or_else(|error| panic!("{error:?}"));
    let restart = eighth
        .steps
        .iter()
        .position(|step| matches!(step.act, Act::Restart(_)));
    let restart = restart.unwrap();
    let list = Checklist::new(&eighth, restart, true);
    assert_eq!(
        (list.asked().last(), list.answered_by(restart + 1)),
        (Some(&restart), Some(restart))
    );
}

#[test]
fn more_done_than_there_is_counts_as_all() {
    assert_eq!(walk(99).done(), 6);
}
