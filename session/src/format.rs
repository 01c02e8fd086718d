//! The one written form of a record: a JSON object with full names. The engines `file`, `redis` and
//! `cookie` share it; the database has a column for each field instead.
//!
//! ```json
//! {"locker":"0000000000002","secret_hash":"0101…","version":3,"created":1700000000,
//!  "touched":1700000060,"rotated":1700000000,"expires":1701209660,"user":"alice","data":{"user":"alice"}}
//! ```
//!
//! A fact that a record does not have is left out: every byte of a cookie travels with every request.
//!
//! There is no number of the format in it. A field that is not known here makes the record
//! unreadable, so a version of this crate that gives a field another meaning must give it another
//! name. Then no version ever misreads the records of another.

use std::borrow::Cow;
use std::fmt;

use data_encoding::HEXLOWER;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Timestamp;
use crate::id::{Locker, SecretHash};
use crate::record::{Contents, Data, Expiry, Record};

/// A record on its way to or from JSON. Borrows from the record while it is written, so that large
/// data is not copied first.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordJson<'r> {
    #[serde(deserialize_with = "read_locker")]
    locker: Locker,
    /// `None` in a cookie, where the seal takes the place of the secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "write_hash", deserialize_with = "read_hash")]
    secret_hash: Option<SecretHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "write_hash", deserialize_with = "read_hash")]
    previous_hash: Option<SecretHash>,
    version: i64,
    created: Timestamp,
    touched: Timestamp,
    /// `None` in a cookie, like the secret that would rotate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rotated: Option<Timestamp>,
    expires: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expiry: Option<Expiry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<Cow<'r, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_user: Option<Cow<'r, str>>,
    data: Cow<'r, Data>,
}

/// The reason for which stored bytes are not read as a record, as the end of a sentence. It quotes
/// nothing of them: sessions hold what belongs into no log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unreadable(pub(crate) Cow<'static, str>);

impl Unreadable {
    #[cfg(any(feature = "file", feature = "redis"))]
    pub(crate) const EARLIER: Self = Unreadable(Cow::Borrowed(
        "it has the format of an earlier version, which is not read any more",
    ));
    const MISPLACED: Self = Unreadable(Cow::Borrowed(
        "it is the record of another session or engine",
    ));
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The record as one line of JSON.
pub(crate) fn to_json(record: &Record) -> serde_json::Result<String> {
    let contents = &record.contents;
    let in_store = record.secret_hash != SecretHash::NONE;
    serde_json::to_string(&RecordJson {
        locker: record.locker,
        secret_hash: in_store.then_some(record.secret_hash),
        previous_hash: record.previous_hash,
        version: record.version,
        created: record.created,
        touched: record.touched,
        rotated: in_store.then_some(record.rotated),
        expires: record.expires,
        expiry: contents.expiry,
        user: contents.user.as_deref().map(Cow::Borrowed),
        last_user: contents.last_user.as_deref().map(Cow::Borrowed),
        data: Cow::Borrowed(&contents.data),
    })
}

/// The same values in the same order, but without their names, for a cookie that only the server can read:
/// the names would be a third of it, and every byte is decoded again with every request. Serde reads
/// [`RecordJson`] from such a list as well.
#[cfg(feature = "cookie")]
pub(crate) fn to_list(record: &Record) -> serde_json::Result<String> {
    let (contents, none) = (&record.contents, None::<()>);
    serde_json::to_string(&(
        record.locker,
        none,
        none,
        record.version,
        record.created,
        record.touched,
        none,
        record.expires,
        contents.expiry,
        &contents.user,
        &contents.last_user,
        &contents.data,
    ))
}

/// Reads what [`to_json`] wrote: the record that a store keeps in this locker or, for `None`, the
/// one that a cookie carries.
///
/// The locker is compared because a file or key under the wrong name, after a restored backup for
/// example, would otherwise open one user's session with another one's cookie.
pub(crate) fn from_json(locker: Option<Locker>, json: &[u8]) -> Result<Record, Unreadable> {
    let foreign = |error: serde_json::Error| {
        let column = error.column();
        Unreadable(format!("it is torn, foreign or of a later version, at column {column}").into())
    };
    let written: RecordJson<'_> = serde_json::from_slice(json).map_err(foreign)?;
    if locker.is_some_and(|locker| locker != written.locker) {
        return Err(Unreadable::MISPLACED);
    }
    let in_store = locker.is_some();
    let (secret_hash, rotated) = match (in_store, written.secret_hash, written.rotated) {
        (true, Some(hash), Some(rotated)) => (hash, rotated),
        (false, None, None) => (SecretHash::NONE, written.created),
        _ => return Err(Unreadable::MISPLACED),
    };
    Ok(Record {
        locker: written.locker,
        secret_hash,
        previous_hash: written.previous_hash,
        rotated,
        version: written.version,
        created: written.created,
        touched: written.touched,
        expires: written.expires,
        contents: Contents {
            data: written.data.into_owned(),
            user: written.user.map(Cow::into_owned),
            last_user: written.last_user.map(Cow::into_owned),
            expiry: written.expiry,
        },
    })
}

fn read_locker<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Locker, D::Error> {
    // Borrowed from the JSON, which spares an allocation: a locker has nothing to escape.
    let text = <&str>::deserialize(deserializer)?;
    Locker::parse(text).ok_or_else(|| D::Error::custom("no locker"))
}

fn write_hash<S: Serializer>(hash: &Option<SecretHash>, serializer: S) -> Result<S::Ok, S::Error> {
    let hex = hash.as_ref().map(|hash| HEXLOWER.encode(hash.bytes()));
    hex.serialize(serializer)
}

fn read_hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretHash>, D::Error> {
    let Some(hex) = Option::<&str>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let bytes = HEXLOWER.decode(hex.as_bytes()).ok();
    let hash = bytes.and_then(|bytes| SecretHash::from_bytes(&bytes));
    hash.map(Some).ok_or_else(|| D::Error::custom("no hash"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn locker() -> Locker {
        Locker::from_number(1)
    }

    fn kept() -> Record {
        let hash = |byte: u8| SecretHash::from_bytes(&[byte; 32]).unwrap();
        Record {
            locker: locker(),
            secret_hash: hash(1),
            previous_hash: Some(hash(2)),
            rotated: 11,
            version: 3,
            created: 10,
            touched: 12,
            expires: 99,
            contents: Contents {
                data: Data::from_json(r#"{"n":1.50,"user":"앨\"리스"}"#).unwrap(),
                user: Some("앨\"리스".to_owned()),
                last_user: Some("bob".to_owned()),
                expiry: Some(Expiry::At(99)),
            },
        }
    }

    fn carried() -> Record {
        Record {
            secret_hash: SecretHash::NONE,
            previous_hash: None,
            rotated: 10,
            contents: Contents {
                data: Data::from_json(r#"{"a":1}"#).unwrap(),
                ..Contents::default()
            },
            ..kept()
        }
    }

    /// All that is in a record. The hashes' Debug hides them.
    fn shown(record: &Record) -> String {
        let hash = record.secret_hash.bytes();
        let previous = record.previous_hash.map(|hash| *hash.bytes());
        format!("{record:?} {hash:?} {previous:?}")
    }

    #[test]
    fn a_record_comes_back_as_it_was_written() {
        for (record, place) in [(kept(), Some(locker())), (carried(), None)] {
            let json = to_json(&record).unwrap();
            let read = from_json(place, json.as_bytes()).unwrap();
            assert_eq!(shown(&read), shown(&record));
        }
    }

    #[cfg(feature = "cookie")]
    #[test]
    fn a_list_without_names_is_read_as_well() {
        let list = to_list(&carried()).unwrap();
        let written = r#"["0000000000002",null,null,3,10,12,null,99,null,null,null,{"a":1}]"#;
        assert_eq!(list, written);
        let read = from_json(None, list.as_bytes()).unwrap();
        assert_eq!(shown(&read), shown(&carried()));
        for torn in [&list[..list.len() - 9], "[]", r#"["0000000000002"]"#] {
            assert!(from_json(None, torn.as_bytes()).is_err());
        }
    }

    #[test]
    fn a_cookie_carries_nothing_that_its_record_does_not_have() {
        let written = concat!(
            r#"{"locker":"0000000000002","version":3,"created":10,"touched":12,"#,
            r#""expires":99,"data":{"a":1}}"#
        );
        assert_eq!(to_json(&carried()).unwrap(), written);
    }

    #[test]
    fn the_record_of_another_place_is_refused() {
        let misplaced = [
            (kept(), Some(Locker::from_number(2))),
            (kept(), None),
            (carried(), Some(locker())),
        ];
        for (record, place) in misplaced {
            let json = to_json(&record).unwrap();
            let refused = from_json(place, json.as_bytes()).unwrap_err();
            assert_eq!(refused, Unreadable::MISPLACED);
        }
    }

    #[test]
    fn anything_else_is_refused_and_not_quoted() {
        let json = to_json(&kept()).unwrap();
        let with = |field: &str, value: Value| {
            let mut whole: Value = serde_json::from_str(&json).unwrap();
            whole[field] = value;
            whole.to_string()
        };
        for other in [
            String::new(),
            "null".to_owned(),
            "geheim".to_owned(),
            json.replace("expires", "geheim"),
            format!("{json}geheim"),
            with("geheim", json!(1)),
            with("locker", json!("geheim")),
            with("locker", json!("000000000000A")),
            with("secret_hash", json!("geheim")),
            with("secret_hash", json!("00")),
            with("version", json!("geheim")),
            with("version", json!(1.5)),
            with("user", json!(7)),
            with("expiry", json!("geheim")),
            with("data", json!("geheim")),
            with("data", json!(null)),
        ] {
            let refused = from_json(Some(locker()), other.as_bytes()).unwrap_err();
            assert!(refused.0.contains("foreign"), "{other}: {refused}");
            assert!(!refused.0.contains("geheim"), "{other}: {refused}");
        }
        for length in 0..json.len() {
            let torn = &json.as_bytes()[..length];
            assert!(from_json(Some(locker()), torn).is_err(), "{length}");
        }
    }
}
