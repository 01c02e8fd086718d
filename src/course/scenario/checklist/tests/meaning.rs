//! Steps tick by their meaning.

use serde_json::{Value, json};

use super::super::*;
use super::{acts, walk};

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

/// The judgement of a request for the step after the first `done`.
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
