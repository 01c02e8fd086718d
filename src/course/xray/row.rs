//! The row after an exchange, and what changed in it since the exchange before.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::form::line;
use crate::course::language::events::first_of;
use crate::course::protect::masking;
use crate::session::{Locker, Record, Timestamp};

/// More keys than any lesson sets.
const MOST: usize = 40;

/// A row without its secrets: not even their hashes are here.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    #[serde(serialize_with = "first")]
    pub locker: Locker,
    pub version: i64,
    pub created: Timestamp,
    pub touched: Timestamp,
    pub expires: Timestamp,
    pub user: Option<String>,
    #[serde(skip)]
    entries: Vec<Entry>,
}

/// A key with its value as JSON.
#[derive(Clone, Debug)]
struct Entry {
    key: String,
    value: String,
    /// Of the whole value, of which only a line is kept.
    digest: u64,
}

/// One key as it is shown: what it holds, what it held before, and a text key that says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    pub key: String,
    pub value: Option<String>,
    pub before: Option<String>,
    pub mark: Option<&'static str>,
}

impl Row {
    pub(super) fn of(record: &Record) -> Self {
        let data = &record.contents.data;
        let entry = |key: &str| {
            let value: Option<Box<RawValue>> = data.get(key).ok()?;
            let value = value?;
            let mut hasher = DefaultHasher::new();
            value.get().hash(&mut hasher);
            Some(Entry {
                key: line(key),
                value: line(&masking::json(key, value.get())),
                digest: hasher.finish(),
            })
        };
        Row {
            locker: record.locker,
            version: record.version,
            created: record.created,
            touched: record.touched,
            expires: record.expires,
            user: record.contents.user.as_deref().map(line),
            entries: data.keys().take(MOST).filter_map(entry).collect(),
        }
    }
}

/// What the row holds beside what it held before. `created`: whether it is new, so that all that
/// it holds is; of a row that nobody has seen before nothing can be said otherwise.
pub(super) fn lines(before: Option<&Row>, now: Option<&Row>, created: bool) -> Vec<Line> {
    let entries = |row: Option<&Row>| row.map(|row| row.entries.clone()).unwrap_or_default();
    let (known, old) = (before.is_some() || created, entries(before));
    let new = entries(now);
    let gone = old
        .iter()
        .filter(|old| new.iter().all(|e| e.key != old.key));
    let gone = gone.map(|old| Line {
        key: old.key.clone(),
        value: None,
        before: Some(old.value.clone()),
        mark: Some("xray-mark-gone"),
    });
    let kept = new.iter().map(|entry| {
        let old = old.iter().find(|old| old.key == entry.key);
        let changed = old.filter(|old| old.digest != entry.digest);
        Line {
            key: entry.key.clone(),
            value: Some(entry.value.clone()),
            before: changed.map(|old| old.value.clone()),
            mark: match (old, changed) {
                (None, _) if known => Some("xray-mark-new"),
                (_, Some(_)) => Some("xray-mark-changed"),
                _ => None,
            },
        }
    });
    kept.chain(gone).collect()
}

fn first<S: Serializer>(locker: &Locker, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&first_of(&locker.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Contents, Data, SecretHash};

    fn row(json: &str) -> Row {
        Row::of(&Record {
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

    fn marks(before: Option<&Row>, now: Option<&Row>, created: bool) -> Vec<String> {
        let mark = |line: Line| format!("{} {}", line.key, line.mark.unwrap_or("same"));
        let marks = lines(before, now, created).into_iter().map(mark);
        marks.map(|text| text.replace("xray-mark-", "")).collect()
    }

    #[test]
    fn what_changed_is_marked() {
        let before = row(r#"{"cart":{"pencil":1},"seen":true,"user":"alice"}"#);
        let now = row(r#"{"cart":{"pencil":2},"next":"/cart","seen":true}"#);
        assert_eq!(
            marks(Some(&before), Some(&now), false),
            ["cart changed", "next new", "seen same", "user gone"]
        );
        let changed = &lines(Some(&before), Some(&now), false)[0];
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
            lines(None, Some(&now), false)[0]
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
        let shown: Vec<_> = lines(Some(&row), Some(&empty), false)
            .into_iter()
            .map(|line| line.before.unwrap_or_default())
            .collect();
        assert_eq!(shown, [r#""•••""#, r#""sea""#, r#"{"apiKey":"•••"}"#]);
    }

    #[test]
    fn neither_secrets_nor_their_hashes_are_in_it() {
        let row = row("{}");
        let shown = format!("{row:?} {}", serde_json::to_string(&row).unwrap());
        assert!(!shown.contains("94, 94") && !shown.contains("5e5e"));
    }
}
