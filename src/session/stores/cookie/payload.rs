//! A record as the JSON that is sealed: with words that whoever reads a signed cookie understands,
//! and as a mere list where nobody reads it. There the words would be a third of what a browser sends
//! with every request.

use serde::{Deserialize, Serialize};

use crate::session::config::Config;
use crate::session::expiry::{Expiry, absolute_end};
use crate::session::id::{Locker, SecretHash};
use crate::session::record::{Contents, Data, Record};

/// Without what is empty: every byte counts. Serde reads it from a list as well, in this order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    locker: String,
    version: i64,
    created: i64,
    /// When this was sealed: the last use that is known.
    issued: i64,
    /// When it ends if it is not used any more.
    expires: i64,
    /// When it ends in any case. A server with a later limit gives no more than was promised.
    ends: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expiry: Option<Expiry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_user: Option<String>,
    data: Data,
}

/// The values alone, in the order of [`Payload`].
pub(super) fn list(record: &Record, config: &Config) -> serde_json::Result<String> {
    let contents = &record.contents;
    serde_json::to_string(&(
        record.locker,
        record.version,
        record.created,
        record.touched,
        record.expires,
        absolute_end(record, config),
        contents.expiry,
        &contents.user,
        &contents.last_user,
        &contents.data,
    ))
}

/// The values with their names.
pub(super) fn named(record: &Record, config: &Config) -> serde_json::Result<String> {
    let contents = record.contents.clone();
    serde_json::to_string(&Payload {
        locker: record.locker.to_string(),
        version: record.version,
        created: record.created,
        issued: record.touched,
        expires: record.expires,
        ends: absolute_end(record, config),
        expiry: contents.expiry,
        user: contents.user,
        last_user: contents.last_user,
        data: contents.data,
    })
}

/// The record in this JSON of either kind. None where it is neither, though one of our keys has
/// sealed it: then another program has that key too.
pub(super) fn read(json: &[u8]) -> Option<Record> {
    let payload: Payload = serde_json::from_slice(json).ok()?;
    Some(Record {
        locker: Locker::parse(&payload.locker)?,
        secret_hash: SecretHash::NONE,
        previous_hash: None,
        rotated: payload.created,
        version: payload.version,
        created: payload.created,
        touched: payload.issued,
        expires: payload.expires.min(payload.ends),
        contents: Contents {
            data: payload.data,
            user: payload.user,
            last_user: payload.last_user,
            expiry: payload.expiry,
        },
    })
}
