//! A record as the text in a slot: a line of JSON that a person can read.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::session::expiry::Expiry;
use crate::session::id::{Locker, SecretHash};
use crate::session::record::{Contents, Data, Record};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    locker: String,
    secret_hash: String,
    previous_hash: Option<String>,
    version: i64,
    created: i64,
    touched: i64,
    rotated: i64,
    expires: i64,
    expiry: Option<Expiry>,
    user: Option<String>,
    last_user: Option<String>,
    data: Data,
}

pub(super) fn write(record: &Record) -> serde_json::Result<Vec<u8>> {
    let hex = |hash: &SecretHash| HEXLOWER.encode(hash.bytes());
    let contents = record.contents.clone();
    let written = Written {
        locker: record.locker.to_string(),
        secret_hash: hex(&record.secret_hash),
        previous_hash: record.previous_hash.as_ref().map(hex),
        version: record.version,
        created: record.created,
        touched: record.touched,
        rotated: record.rotated,
        expires: record.expires,
        expiry: contents.expiry,
        user: contents.user,
        last_user: contents.last_user,
        data: contents.data,
    };
    let mut text = serde_json::to_vec(&written)?;
    text.push(b'\n');
    Ok(text)
}

/// The record of this locker, or why there is none in this text.
pub(super) fn read(locker: Locker, text: &[u8]) -> Result<Record, String> {
    // Without what serde quotes: no part of a session belongs into a log.
    let foreign = |error: serde_json::Error| format!("foreign at column {}", error.column());
    let written: Written = serde_json::from_slice(text).map_err(foreign)?;
    if written.locker != locker.to_string() {
        return Err("it belongs to another locker".to_owned());
    }
    let hash = |hex: &String| {
        let bytes = HEXLOWER.decode(hex.as_bytes()).ok();
        let hash = bytes.and_then(|bytes| SecretHash::from_bytes(&bytes));
        hash.ok_or("it has a hash that is none")
    };
    Ok(Record {
        locker,
        secret_hash: hash(&written.secret_hash)?,
        previous_hash: written.previous_hash.as_ref().map(hash).transpose()?,
        rotated: written.rotated,
        version: written.version,
        created: written.created,
        touched: written.touched,
        expires: written.expires,
        contents: Contents {
            data: written.data,
            user: written.user,
            last_user: written.last_user,
            expiry: written.expiry,
        },
    })
}
