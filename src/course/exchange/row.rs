//! The row after an exchange, and what changed in it since the exchange before.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::line::line;
use super::mark::Mark;
use crate::course::language::duration::moment;
use crate::course::language::events::first_of;
use crate::course::protect::masking;
use crate::session::{Locker, Record};

/// More keys than any lesson sets.
const MOST: usize = 40;

/// A row without its secrets: not even their hashes are here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ShownRow {
    /// The first characters of the locker.
    pub locker: String,
    pub version: i64,
    pub created: String,
    pub touched: String,
    pub expires: String,
    pub user: Option<String>,
    pub data: ShownData,
    /// The whole locker.
    #[serde(skip)]
    number: i64,
}

/// The data of a row: its keys in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownData(Vec<ShownKey>);

/// A key with its value as JSON.
#[derive(Clone, Debug, Eq, Serialize, Deserialize)]
struct ShownKey {
    key: String,
    /// Without secrets, and no more of it than a line.
    value: String,
    /// Of the whole value.
    digest: u64,
}

/// One key as it is shown, and the value that it had before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyChange {
    pub key: String,
    pub value: Option<String>,
    pub before: Option<String>,
    pub mark: Option<Mark>,
}

impl ShownRow {
    pub(crate) fn of(record: &Record) -> Self {
        let data = &record.contents.data;
        let shown = |key: &str| {
            let json: Box<RawValue> = data.get(key).ok()??;
            Some(ShownKey::of(key, json.get()))
        };
        ShownRow {
            locker: first_of(&record.locker.to_string()),
            version: record.version,
            created: moment(record.created),
            touched: moment(record.touched),
            expires: moment(record.expires),
            user: record.contents.user.as_deref().map(line),
            data: ShownData(data.keys().take(MOST).filter_map(shown).collect()),
            number: record.locker.number(),
        }
    }

    /// True if the other one is this row at another time.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.number == other.number
    }

    /// True if this is the row in that locker.
    pub(crate) fn is_in(&self, locker: Locker) -> bool {
        self.number == locker.number()
    }
}

impl ShownData {
    /// Data as a scenario claims it.
    pub(crate) fn of(data: &Map<String, Value>) -> Self {
        let shown = |(key, value): (&String, &Value)| ShownKey::of(key, &value.to_string());
        ShownData(data.iter().map(shown).collect())
    }

    /// In one line, with gaps, so that a long one can be read and wrapped.
    pub(crate) fn text(&self) -> String {
        let gaps = |json: &str| json.replace("\":", "\": ").replace(",\"", ", \"");
        let keys = self.0.iter();
        let keys = keys.map(|shown| format!("\"{}\": {}", shown.key, gaps(&shown.value)));
        format!("{{{}}}", keys.collect::<Vec<_>>().join(", "))
    }
}

impl ShownKey {
    fn of(key: &str, json: &str) -> Self {
        // Two spellings of one value are the same value.
        let whole = serde_json::from_str(json)
            .unwrap_or(Value::Null)
            .to_string();
        let mut hasher = DefaultHasher::new();
        whole.hash(&mut hasher);
        ShownKey {
            key: line(key),
            value: line(&masking::json(key, json)),
            digest: hasher.finish(),
        }
    }
}

impl PartialEq for ShownKey {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, self.digest) == (&other.key, other.digest)
    }
}

/// The row's data beside what it was before. `created`: true if the row is new, so that all that it
/// holds is; of a row that was never seen before nothing can be said otherwise.
pub(crate) fn changes(
    before: Option<&ShownRow>,
    now: Option<&ShownRow>,
    created: bool,
) -> Vec<KeyChange> {
    let keys = |row: Option<&ShownRow>| row.map_or(Vec::new(), |row| row.data.0.clone());
    let (known, old, new) = (before.is_some() || created, keys(before), keys(now));
    let gone = old
        .iter()
        .filter(|old| new.iter().all(|e| e.key != old.key));
    let gone = gone.map(|old| KeyChange {
        key: old.key.clone(),
        value: None,
        before: Some(old.value.clone()),
        mark: Some(Mark::Gone),
    });
    let kept = new.iter().map(|now| {
        let old = old.iter().find(|old| old.key == now.key);
        let changed = old.filter(|old| *old != now);
        KeyChange {
            key: now.key.clone(),
            value: Some(now.value.clone()),
            before: changed.map(|old| old.value.clone()),
            mark: match (old, changed) {
                (None, _) if known => Some(Mark::New),
                (_, Some(_)) => Some(Mark::Changed),
                _ => None,
            },
        }
    });
    kept.chain(gone).collect()
}

#[cfg(test)]
mod tests {
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
        assert_eq!(row.touched, "1970-01-01 23:59:59 UTC");
        assert_eq!(row.expires, i64::MAX.to_string());
    }
}
