//! A record as the text of a file.
//!
//! JSON that a person can read. It needs no checksum: a file that ends early has no last brace, and
//! the zeros that a power cut can leave in one are no JSON anywhere.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::session::expiry::Expiry;
use crate::session::id::{Locker, SecretHash};
use crate::session::record::{Contents, Data, Record};

const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: u32,
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

/// Read alone, since a newer format may have other fields besides.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

pub(super) fn write(record: &Record) -> serde_json::Result<String> {
    let hex = |hash: &SecretHash| HEXLOWER.encode(hash.bytes());
    let contents = record.contents.clone();
    let written = Written {
        format: FORMAT,
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
    serde_json::to_string(&written)
}

/// The record of this locker, or why there is none in this text.
pub(super) fn read(locker: Locker, text: &[u8]) -> Result<Record, String> {
    let written: Written = match serde_json::from_slice(text) {
        Ok(written) => written,
        Err(error) => {
            return Err(match serde_json::from_slice(text) {
                Ok(Format { format }) if format != FORMAT => other_format(format),
                // Without what serde quotes: no part of a session belongs into a log.
                _ => format!("torn or foreign at column {}", error.column()),
            });
        }
    };
    if written.format != FORMAT {
        return Err(other_format(written.format));
    }
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

fn other_format(format: u32) -> String {
    format!("its format is {format}, known here is {FORMAT}")
}
