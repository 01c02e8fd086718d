//! Records for the cases.

use super::promise::{Broken, Checked};
use crate::clock::Timestamp;
use crate::id::{Locker, SecretHash};
use crate::record::{Contents, Data, Expiry, Record};

pub(super) const START: Timestamp = 1_800_000_000;

/// A day in seconds.
const DAY: i64 = 86_400;

pub(super) fn locker(number: i64) -> Locker {
    Locker::from_number(number)
}

pub(super) fn data(json: &str) -> Checked<Data> {
    let unreadable = |error| Broken(format!("the case's own data is no JSON: {error}"));
    Data::from_json(json).map_err(unreadable)
}

fn hash(byte: u8) -> Option<SecretHash> {
    SecretHash::from_bytes(&[byte; 32])
}

/// A record in which every field has a value of its own, with version 3 and the user `앨리스`.
pub fn record(number: i64) -> Record {
    let user = Some("앨리스".to_owned());
    Record {
        locker: locker(number),
        secret_hash: hash(1).unwrap_or(SecretHash::NONE),
        previous_hash: hash(2),
        rotated: START + 1,
        version: 3,
        created: START,
        touched: START + 2,
        expires: START + DAY,
        contents: Contents {
            data: Data::from_json(r#"{"cart":{"pencil":2},"user":"앨리스"}"#).unwrap_or_default(),
            user: user.clone(),
            last_user: user,
            expiry: Some(Expiry::At(START + DAY)),
        },
    }
}

/// The same record after one change in every field that can change.
pub(super) fn changed(number: i64) -> Record {
    let before = record(number);
    Record {
        secret_hash: hash(9).unwrap_or(SecretHash::NONE),
        previous_hash: Some(before.secret_hash),
        rotated: START + 10,
        version: 4,
        touched: START + 11,
        expires: START + 12,
        contents: Contents {
            data: Data::from_json(r#"{"user":"bob"}"#).unwrap_or_default(),
            user: None,
            last_user: Some("bob".to_owned()),
            expiry: None,
        },
        ..before
    }
}

/// Everything in a record, as a text that can be compared and read.
pub fn shown(record: &Record) -> String {
    let Record {
        locker,
        secret_hash,
        previous_hash,
        rotated,
        version,
        created,
        touched,
        expires,
        contents,
    } = record;
    let Contents {
        data,
        user,
        last_user,
        expiry,
    } = contents;
    let hex = |hash: &SecretHash| data_encoding::HEXLOWER.encode(hash.bytes());
    let (secret, previous) = (hex(secret_hash), previous_hash.as_ref().map(hex));
    let data = data.to_json().unwrap_or_else(|error| error.to_string());
    format!(
        "locker {locker}, version {version}, secret {secret}, previous {previous:?}, \
         rotated {rotated}, created {created}, touched {touched}, expires {expires}, \
         user {user:?}, last user {last_user:?}, expiry {expiry:?}, data {data}"
    )
}
