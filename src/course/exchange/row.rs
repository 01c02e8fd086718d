//! The row after an exchange, and its changes since the exchange before.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::line::line;
use super::mark::Mark;
use crate::course::language::events::first_of;
use crate::course::protect::masking;
use crate::session::{Locker, Record, Timestamp};

/// More keys than any lesson sets.
const MOST: usize = 40;

/// The key of the user who is logged in.
const USER: &str = "user";

/// A row without its secrets: not even their hashes are here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ShownRow {
    /// The first characters of the locker.
    pub locker: String,
    pub version: i64,
    pub created: Timestamp,
    pub touched: Timestamp,
    pub expires: Timestamp,
    pub user: Option<String>,
    pub data: ShownData,
    /// The number of the locker: known where the record is made, and not beyond.
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
            created: record.created,
            touched: record.touched,
            expires: record.expires,
            user: record.contents.user.as_deref().map(line),
            data: ShownData(data.keys().take(MOST).filter_map(shown).collect()),
            number: record.locker.number(),
        }
    }

    /// The locker, where the record is made.
    pub(crate) fn locker(&self) -> Locker {
        Locker::from_number(self.number)
    }
}

impl ShownData {
    /// Data as a scenario claims it.
    pub(crate) fn of(data: &Map<String, Value>) -> Self {
        let shown = |(key, value): (&String, &Value)| ShownKey::of(key, &value.to_string());
        ShownData(data.iter().map(shown).collect())
    }

    /// True if it has every key of the other, and the same user.
    pub(crate) fn has_all_of(&self, other: &ShownData) -> bool {
        let mut keys = other.0.iter();
        self.get(USER) == other.get(USER) && keys.all(|shown| self.get(&shown.key).is_some())
    }

    /// True if somebody is logged in.
    pub(crate) fn names_a_user(&self) -> bool {
        self.get(USER).is_some()
    }

    fn get(&self, key: &str) -> Option<&ShownKey> {
        self.0.iter().find(|shown| shown.key == key)
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
mod tests;
