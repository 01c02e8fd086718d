//! Records for tests that talk to a store without an app.

use session_lessons::session::{Contents, Data, Expiry, Locker, Record, SecretHash};

use super::app::{DAY, START};

pub fn locker(number: i64) -> Locker {
    Locker::from_number(number)
}

pub fn data(json: &str) -> Data {
    Data::from_json(json).unwrap()
}

/// A record in which every field has a value of its own.
pub fn record(number: i64) -> Record {
    let hash = |byte: u8| SecretHash::from_bytes(&[byte; 32]).unwrap();
    Record {
        locker: locker(number),
        secret_hash: hash(1),
        previous_hash: Some(hash(2)),
        rotated: START + 1,
        version: 3,
        created: START,
        touched: START + 2,
        expires: START + DAY,
        contents: Contents {
            data: data(r#"{"cart":{"pencil":2},"user":"앨리스"}"#),
            user: Some("앨리스".to_owned()),
            last_user: Some("앨리스".to_owned()),
            expiry: Some(Expiry::At(START + DAY)),
        },
    }
}

/// Everything in a record, as a text that can be compared.
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
    let previous = previous_hash.map(|hash| *hash.bytes());
    let Contents {
        data,
        user,
        last_user,
        expiry,
    } = contents;
    format!(
        "{locker} {:?} {previous:?} {rotated} {version} {created} {touched} {expires} \
         {} {user:?} {last_user:?} {expiry:?}",
        secret_hash.bytes(),
        data.to_json().unwrap(),
    )
}
