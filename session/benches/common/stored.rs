//! Sessions whose record and cookie both follow from a number, so that a store can be filled without
//! a server and the bench still knows each cookie.

use data_encoding::BASE64URL_NOPAD;
use rocket::futures::future::join_all;
use rocket_session_layer::{Contents, Data, Locker, Record, SecretHash, Timestamp};
use rocket_session_layer::{Outcome, Store};
use sha2::{Digest, Sha256};

use super::Failure;

/// Their lifetime in seconds: the default of the configuration.
const IDLE: i64 = 14 * 24 * 60 * 60;

/// Sessions that are stored at once, so that they share commits.
const AT_ONCE: usize = 256;

/// The cookie that opens session `number`.
pub fn cookie(number: usize) -> String {
    let secret = BASE64URL_NOPAD.encode(&secret(number));
    format!("{}.{secret}", locker(number))
}

/// The record of session `number`: of a user who is logged in and has a cart.
///
/// # Errors
///
/// Never, as long as the layer reads the JSON that it writes.
pub fn record(number: usize, now: Timestamp) -> Result<Record, Failure> {
    let user = format!("user{number:07}");
    let json = format!(r#"{{"cart":{{"pencil":1}},"user":"{user}"}}"#);
    let hash = SecretHash::from_bytes(&Sha256::digest(secret(number)));
    Ok(Record {
        locker: locker(number),
        secret_hash: hash.ok_or("SHA-256 has 32 bytes")?,
        previous_hash: None,
        rotated: now,
        version: 1,
        created: now,
        touched: now,
        expires: now + IDLE,
        contents: Contents {
            data: Data::from_json(&json)?,
            user: Some(user.clone()),
            last_user: Some(user),
            expiry: None,
        },
    })
}

/// Stores the sessions of these numbers.
///
/// # Errors
///
/// The store does not answer, or has one of them already.
pub async fn fill(
    store: &dyn Store,
    numbers: std::ops::Range<usize>,
    now: Timestamp,
) -> Result<(), Failure> {
    let (mut first, end) = (numbers.start, numbers.end);
    while first < end {
        let last = (first + AT_ONCE).min(end);
        let creations = (first..last).map(|number| async move {
            match store.create(&record(number, now)?).await? {
                Outcome::Done => Ok::<_, Failure>(()),
                Outcome::Conflict => Err(format!("session {number} is there already").into()),
            }
        });
        for created in join_all(creations).await {
            created?;
        }
        first = last;
    }
    Ok(())
}

/// A locker scattered over all numbers, as the random ones of real sessions are.
fn locker(number: usize) -> Locker {
    let scattered = Sha256::digest(number.to_le_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&scattered[..8]);
    Locker::from_number((u64::from_le_bytes(bytes) >> 1) as i64)
}

fn secret(number: usize) -> [u8; 32] {
    Sha256::digest([&[7][..], &number.to_le_bytes()].concat()).into()
}
