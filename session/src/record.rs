//! One session as a store keeps it, and how long it asks to live.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::clock::Timestamp;
use crate::id::{Locker, SecretHash};
use crate::value;

/// One session as a store keeps it: a row, where the store is a database.
#[derive(Clone, Debug)]
pub struct Record {
    /// The public half of the session ID, and the record's own key.
    pub locker: Locker,
    /// The hash that a session ID's secret must have to open this session.
    pub secret_hash: SecretHash,
    /// The hash before the last rotation. A request that still brings that secret left the
    /// browser before the answer with the new one reached it.
    pub previous_hash: Option<SecretHash>,
    /// The moment at which the secret was last changed.
    pub rotated: Timestamp,
    /// Counts the changes. An update names the version it read, and fails if another came between.
    pub version: i64,
    /// The beginning of the session, or its last login; the absolute limit counts from here.
    pub created: Timestamp,
    /// Its last known use, to five minutes.
    pub touched: Timestamp,
    /// From this moment on it is as good as deleted.
    pub expires: Timestamp,
    /// The data, and whose it is.
    pub contents: Contents,
}

/// The part of a session that operations change.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The dictionary itself.
    pub data: Data,
    /// The user who is logged in: the value of the identity key as text. The number 7 and the
    /// string "7" name the same user.
    pub user: Option<String>,
    /// The user whose data this is. Stays when `user` is popped: the next one to log in may be
    /// another.
    pub last_user: Option<String>,
    /// The lifetime of this session, if one was set with `set_expiry`.
    pub expiry: Option<Expiry>,
}

impl Contents {
    /// Bytes that a store keeps of it: the data and the users' names, all as JSON.
    pub(crate) fn size(&self) -> usize {
        self.names() + self.data.size()
    }

    /// The size after this key is set to a value of `length` bytes.
    pub(crate) fn size_with(&self, key: &str, length: usize) -> usize {
        self.names() + self.data.size_with(key, length)
    }

    fn names(&self) -> usize {
        let names = [&self.user, &self.last_user].into_iter().flatten();
        names.map(|name| string_size(name)).sum()
    }
}

/// The lifetime of a session, as a view says it with `set_expiry` (Django's `set_expiry`).
///
/// ```
/// use std::time::Duration;
/// use rocket_session_layer::Expiry;
///
/// const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// // "Remember me" for ninety days, beyond the configured thirty.
/// let remembered = Expiry::Limits { idle: 30 * DAY, absolute: 90 * DAY };
/// # let _ = remembered;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Expiry {
    /// As the configuration says.
    Default,
    /// The browser forgets the cookie when it is closed. The server can't see that, and some
    /// browsers bring the cookie back with their windows: its own idle limit still counts.
    BrowserClose,
    /// After this long without use, but never later than the configured absolute limit.
    After(Duration),
    /// At this moment, used or not, but never later than the configured absolute limit.
    At(Timestamp),
    /// After `idle` without use and `absolute` after its beginning or its last login, in place of
    /// both configured limits. This is for sessions that may live longer than others.
    Limits {
        /// The longest time without use.
        idle: Duration,
        /// The longest time at all.
        absolute: Duration,
    },
}

impl Expiry {
    /// True if a session with it is over as soon as it begins.
    pub(crate) fn is_over_at(self, now: Timestamp) -> bool {
        match self {
            Expiry::Default | Expiry::BrowserClose => false,
            Expiry::After(idle) => idle.as_secs() == 0,
            Expiry::At(end) => end <= now,
            Expiry::Limits { idle, absolute } => idle.min(absolute).as_secs() == 0,
        }
    }
}

/// A dictionary of JSON values. Each value is kept as the text it has in the store: a request
/// parses only what it asks for, and a commit writes again only what it changed. Clones share
/// everything until one of them is changed: most requests only read.
///
/// ```
/// use rocket_session_layer::Data;
///
/// let data = Data::from_json(r#"{"user":"alice"}"#)?;
/// assert_eq!(data.get::<String>("user")?.as_deref(), Some("alice"));
/// assert_eq!(data.keys().collect::<Vec<_>>(), ["user"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Data(Arc<BTreeMap<String, Box<RawValue>>>);

impl Data {
    /// Reads what [`to_json`](Data::to_json) wrote.
    ///
    /// # Errors
    ///
    /// The text is no JSON object.
    ///
    /// ```
    /// # use rocket_session_layer::Data;
    /// let data = Data::from_json(r#"{"n":7}"#)?;
    /// assert!(data.has("n"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// The whole dictionary as one JSON object.
    ///
    /// # Errors
    ///
    /// Those of serde_json. The values are JSON already, so none is known.
    ///
    /// ```
    /// # use rocket_session_layer::Data;
    /// let data = Data::from_json(r#"{"n":7}"#)?;
    /// assert_eq!(data.to_json()?, r#"{"n":7}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// The bytes that [`to_json`](Data::to_json) gives.
    ///
    /// ```
    /// # use rocket_session_layer::Data;
    /// let data = Data::from_json(r#"{"n":7}"#)?;
    /// assert_eq!(data.size(), 7);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn size(&self) -> usize {
        let entries = self
            .0
            .iter()
            .map(|(key, value)| entry_size(key, value.get().len()));
        1 + entries.sum::<usize>().max(1)
    }

    /// The size after this key is set to a value of `length` bytes.
    fn size_with(&self, key: &str, length: usize) -> usize {
        let others = self.0.iter().filter(|(other, _)| *other != key);
        let others = others.map(|(key, value)| entry_size(key, value.get().len()));
        1 + others.sum::<usize>() + entry_size(key, length)
    }

    /// True if there is no key at all.
    ///
    /// ```
    /// # use rocket_session_layer::Data;
    /// let data = Data::from_json(r#"{"n":7}"#)?;
    /// assert!(!data.is_empty() && Data::default().is_empty());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys, in alphabetical order.
    ///
    /// ```
    /// # use rocket_session_layer::Data;
    /// let data = Data::from_json(r#"{"n":7}"#)?;
    /// assert_eq!(data.keys().next(), Some("n"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// True if the key is there.
    ///
    /// ```
    /// # use rocket_session_layer::Data;
    /// let data = Data::from_json(r#"{"n":7}"#)?;
    /// assert!(data.has("n") && !data.has("m"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The value of a key. `None` if there is no such key.
    ///
    /// A `Value`, and a map or list of them, may hold maps with any keys. Inside another type a
    /// `Value` is read by serde_json, which takes a map that begins with one of its private keys
    /// (`$serde_json::private::…`) for the number or raw value that the key marks.
    ///
    /// # Errors
    ///
    /// The value is no `T`.
    ///
    /// ```
    /// # use rocket_session_layer::Data;
    /// let data = Data::from_json(r#"{"n":7}"#)?;
    /// assert_eq!(data.get::<u32>("n")?, Some(7));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn get<T: DeserializeOwned + 'static>(&self, key: &str) -> serde_json::Result<Option<T>> {
        let value = self.0.get(key);
        value.map(|json| value::read(json)).transpose()
    }

    pub(super) fn insert(&mut self, key: String, value: Box<RawValue>) {
        Arc::make_mut(&mut self.0).insert(key, value);
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Box<RawValue>> {
        Arc::make_mut(&mut self.0).remove(key)
    }

    pub(super) fn clear(&mut self) {
        *self = Data::default();
    }
}

/// A key and its value with a colon and a comma.
fn entry_size(key: &str, value_length: usize) -> usize {
    string_size(key) + value_length + 2
}

/// A string in JSON, as serde_json writes it: with quotation marks, and with the escapes of RFC
/// 8259, section 7, that can't be left out.
fn string_size(text: &str) -> usize {
    let size = |byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 2,
        0..0x20 => 6,
        _ => 1,
    };
    2 + text.bytes().map(size).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_owned()).unwrap()
    }

    #[test]
    fn the_size_is_that_of_the_json() {
        let mut data = Data::default();
        assert_eq!(data.size(), data.to_json().unwrap().len());
        for key in ["user", "cart", "x", "", "앨\"리스\\", "\u{2028}\u{0}\n"] {
            let value = raw("{\"pencil\":2}");
            let size = data.size_with(key, value.get().len());
            data.insert(key.to_owned(), value);
            assert_eq!(data.size(), data.to_json().unwrap().len());
            assert_eq!(data.size(), size);
        }
    }

    #[test]
    fn a_character_counts_as_it_is_written() {
        for character in '\0'..='\u{2fff}' {
            let text = character.to_string();
            let written = serde_json::to_string(&text).unwrap();
            assert_eq!(string_size(&text), written.len(), "{written}");
        }
    }

    #[test]
    fn values_come_back_as_they_were_written() {
        let json = r#"{"cart":{"pencil":2},"user":"앨리스"}"#;
        let data = Data::from_json(json).unwrap();
        assert_eq!(data.to_json().unwrap(), json);
        assert_eq!(data.get::<String>("user").unwrap().unwrap(), "앨리스");
        assert_eq!(data.get::<String>("nothing").unwrap(), None);
        assert!(data.get::<String>("cart").is_err());
    }

    #[test]
    fn json_that_is_no_object_is_refused() {
        for json in ["", "[]", "null", "{\"a\":", "{\"a\":1} x"] {
            assert!(Data::from_json(json).is_err(), "{json}");
        }
    }
}
