//! A record as the fields of a hash, and as the arguments of the script that writes it.

use std::borrow::Cow;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::session::expiry::Expiry;
use crate::session::id::{Locker, SecretHash};
use crate::session::record::{Contents, Data, Record};

/// What a read asks for. The order is that of [`Stored`].
pub(super) const FIELDS: [&str; 6] = ["format", "version", "touched", "expires", "user", "record"];

/// The format that is written, and the only one that is read; `operations.lua` names it, too.
const FORMAT: &str = "1";

type Field = Option<Vec<u8>>;

pub(super) type Stored = (Field, Field, Field, Field, Field, Field);

/// What operations on the server's side need not look at.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rest<'r> {
    secret_hash: String,
    previous_hash: Option<String>,
    created: i64,
    rotated: i64,
    last_user: Option<Cow<'r, str>>,
    expiry: Option<Expiry>,
    data: Cow<'r, Data>,
}

/// For how long Redis keeps a record that is over, in seconds. It is the layer that decides when a
/// session ends, and the clocks of its servers may differ; whatever they read before a purge is as
/// it would be elsewhere.
const LEEWAY: i64 = 60;

/// Seconds after which Redis may delete the record, counted from its last touch.
///
/// Counted, since Redis' clock need not be ours. Whatever writes other moments into a record has
/// set `touched` to now.
pub(super) fn seconds(record: &Record) -> i64 {
    let left = record.expires.saturating_sub(record.touched);
    left.saturating_add(LEEWAY).clamp(1, u32::MAX.into())
}

/// The arguments that make up a record, in the order of `given` in `operations.lua`.
pub(super) fn write(record: &Record) -> serde_json::Result<Vec<Cow<'_, str>>> {
    let hash = |hash: &SecretHash| BASE64URL_NOPAD.encode(hash.bytes());
    let contents = &record.contents;
    let rest = Rest {
        secret_hash: hash(&record.secret_hash),
        previous_hash: record.previous_hash.as_ref().map(hash),
        created: record.created,
        rotated: record.rotated,
        last_user: contents.last_user.as_deref().map(Cow::Borrowed),
        expiry: contents.expiry,
        data: Cow::Borrowed(&contents.data),
    };
    let mut arguments: Vec<Cow<'_, str>> = vec![
        record.locker.to_string().into(),
        record.version.to_string().into(),
        record.touched.to_string().into(),
        record.expires.to_string().into(),
        seconds(record).to_string().into(),
        serde_json::to_string(&rest)?.into(),
    ];
    arguments.extend(contents.user.as_deref().map(Cow::Borrowed));
    Ok(arguments)
}

/// The record in these fields; none where there is nothing at all.
///
/// # Errors
///
/// Why they can't be read, without any part of what they say.
pub(super) fn read(locker: Locker, stored: Stored) -> Result<Option<Record>, &'static str> {
    let (format, version, touched, expires, user, rest) = match stored {
        (None, None, None, None, None, None) => return Ok(None),
        (Some(format), Some(version), Some(touched), Some(expires), user, Some(rest)) => {
            (format, version, touched, expires, user, rest)
        }
        _ => return Err("it lacks a field"),
    };
    if format != FORMAT.as_bytes() {
        return Err("it has another format than the one known here");
    }
    let number = |text: Vec<u8>| {
        let number = String::from_utf8(text)
            .ok()
            .and_then(|text| text.parse().ok());
        number.ok_or("it has a number that is none")
    };
    let hash = |text: &String| {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok();
        let hash = bytes.and_then(|bytes| SecretHash::from_bytes(&bytes));
        hash.ok_or("it has a hash that is none")
    };
    let user = user.map(String::from_utf8).transpose();
    let rest: Rest<'_> = serde_json::from_slice(&rest).map_err(|_| "it is torn or foreign")?;
    Ok(Some(Record {
        locker,
        secret_hash: hash(&rest.secret_hash)?,
        previous_hash: rest.previous_hash.as_ref().map(hash).transpose()?,
        rotated: rest.rotated,
        version: number(version)?,
        created: rest.created,
        touched: number(touched)?,
        expires: number(expires)?,
        contents: Contents {
            data: rest.data.into_owned(),
            user: user.map_err(|_| "its user is no text")?,
            last_user: rest.last_user.map(Cow::into_owned),
            expiry: rest.expiry,
        },
    }))
}
