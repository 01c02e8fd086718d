//! Rows and their changes.

use super::*;
use crate::session::{Contents, Data, SecretHash};

fn row(json: &str) -> ShownRow {
    ShownRow::of(&Record {
        locker: Locker::from_number(7),
        secret_hash: SecretHash::from_bytes(&[0x5e; 32]).unwrap(),
        previous_hash: SecretHash::from_bytes(&[0x5e; 32]),
        rotated: 0,
        version: 3,
        created: 0,
        touched: 86_399,
        expires: i64::MAX,
        contents: Contents {
            data: Data::from_json(json).unwrap(),
            ..Contents::default()
        },
    })
}

fn marks(before: Option<&ShownRow>, now: Option<&ShownRow>, created: bool) -> Vec<String> {
    let mark = |line: KeyChange| match line.mark {
        Some(mark) => format!("{} {mark:?}", line.key).to_lowercase(),
        None => format!("{} same", line.key),
    };
    let marks = changes(before, now, created).into_iter().map(mark);
    marks.collect()
}

#[test]
fn what_changed_is_marked() {
    let before = row(r#"{"cart":{"pencil":1},"seen":true,"user":"alice"}"#);
    let now = row(r#"{"cart":{"pencil":2},"next":"/cart","seen":true}"#);
    assert_eq!(
        marks(Some(&before), Some(&now), false),
        ["cart changed", "next new", "seen same", "user gone"]
    );
    let changed = &changes(Some(&before), Some(&now), false)[0];
    assert_eq!(changed.before.as_deref(), Some(r#"{"pencil":1}"#));
    assert_eq!(changed.value.as_deref(), Some(r#"{"pencil":2}"#));
    assert_eq!(marks(Some(&now), None, false).len(), 3);
}

#[test]
fn a_row_that_was_never_seen_before_is_new_only_if_it_was_just_made() {
    let now = row(r#"{"user":"alice"}"#);
    assert_eq!(marks(None, Some(&now), true), ["user new"]);
    assert_eq!(marks(None, Some(&now), false), ["user same"]);
}

#[test]
fn a_change_behind_the_end_of_the_line_is_seen() {
    let long = "x".repeat(500);
    let (before, now) = (
        format!(r#"{{"a":"{long}1"}}"#),
        format!(r#"{{"a":"{long}2"}}"#),
    );
    let (before, now) = (row(&before), row(&now));
    assert_eq!(marks(Some(&before), Some(&now), false), ["a changed"]);
    assert!(
        changes(None, Some(&now), false)[0]
            .value
            .as_ref()
            .unwrap()
            .len()
            < 300
    );
}

#[test]
fn what_a_key_calls_secret_is_not_kept() {
    let secret = r#"{"password":"hunter2","signup":{"apiKey":"hunter2"},"shipping":"sea"}"#;
    let (row, empty) = (row(secret), row("{}"));
    assert!(!format!("{row:?}").contains("hunter2"));
    let shown: Vec<_> = changes(Some(&row), Some(&empty), false)
        .into_iter()
        .map(|line| line.before.unwrap_or_default())
        .collect();
    assert_eq!(shown, [r#""•••""#, r#""sea""#, r#"{"apiKey":"•••"}"#]);
}

#[test]
fn data_is_the_same_however_it_is_spelled_and_however_long_it_is() {
    let claimed = |json: &str| ShownData::of(&serde_json::from_str(json).unwrap());
    let stored = row(r#"{"cart":{"mug":1,"cup":2},"user":"alice"}"#).data;
    assert_eq!(
        stored.text(),
        r#"{"cart": {"mug": 1, "cup": 2}, "user": "alice"}"#
    );
    assert_eq!(
        stored,
        claimed(r#"{"user":"alice","cart":{"cup":2,"mug":1}}"#)
    );
    assert_ne!(
        stored,
        claimed(r#"{"user":"alice","cart":{"cup":2,"mug":2}}"#)
    );
    let long = |end: &str| format!(r#"{{"pin":1,"a":"{}{end}"}}"#, "x".repeat(500));
    assert_eq!(row(&long("1")).data, claimed(&long("1")));
    assert_ne!(row(&long("1")).data, claimed(&long("2")));
}

#[test]
fn neither_secrets_nor_their_hashes_are_in_it() {
    let row = row("{}");
    let shown = format!("{row:?} {}", serde_json::to_string(&row).unwrap());
    assert!(!shown.contains("94, 94") && !shown.contains("5e5e"));
}
