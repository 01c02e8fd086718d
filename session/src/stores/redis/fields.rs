//! A record as the fields of a hash, and as the arguments of the script that writes it.

use redis::ToRedisArgs;

use crate::error::StoreError;
use crate::format::{Unreadable, from_json, to_json};
use crate::id::Locker;
use crate::record::Record;

/// The number of this layout, which `operations.lua` writes and expects too. Number 1 had other JSON.
const FORMAT: &str = "2";

/// The fields that a read asks for. `user` is left out, which the script keeps for itself.
pub(super) const FIELDS: [&str; 5] = ["format", "version", "touched", "expires", "record"];

/// Their values, `None` for one that is missing.
pub(super) type HashFields = [Option<Vec<u8>>; FIELDS.len()];

/// Seconds that Redis keeps a record after its end. The layer decides when a session ends, and its
/// servers' clocks may differ: a record must not be gone for one that is slow.
const LEEWAY: i64 = 60;

/// Seconds after which Redis may delete the record, counted from its last touch.
///
/// A duration and not a moment, since Redis' clock need not be ours. Every change of a moment in a
/// record has also set `touched` to now.
pub(super) fn seconds(record: &Record) -> i64 {
    let left = record.expires.saturating_sub(record.touched);
    left.saturating_add(LEEWAY).clamp(1, u32::MAX.into())
}

/// The arguments that make up a record, in the order of `given` in `operations.lua`.
pub(super) fn write(record: &Record) -> Result<impl ToRedisArgs, StoreError> {
    Ok((
        record.locker.to_string(),
        record.version,
        record.touched,
        record.expires,
        seconds(record),
        to_json(record).map_err(StoreError::unavailable)?,
        &record.contents.user,
    ))
}

/// The record in these fields. `None` if there are no fields at all, so no session.
pub(super) fn read(locker: Locker, fields: HashFields) -> Result<Option<Record>, Unreadable> {
    if fields.iter().all(Option::is_none) {
        return Ok(None);
    }
    let [format, version, touched, expires, json] = fields;
    match format.as_deref() {
        Some(format) if format == FORMAT.as_bytes() => {}
        Some(b"1") => return Err(Unreadable::EARLIER),
        _ => return Err(Unreadable("it has no format that is known here".into())),
    }
    let mut record = from_json(Some(locker), &json.unwrap_or_default())?;
    // A touch writes the fields and leaves the JSON as it is.
    record.version = number(version)?;
    record.touched = number(touched)?;
    record.expires = number(expires)?;
    Ok(Some(record))
}

fn number(field: Option<Vec<u8>>) -> Result<i64, Unreadable> {
    let text = field.and_then(|bytes| String::from_utf8(bytes).ok());
    let number = text.and_then(|text| text.parse().ok());
    number.ok_or(Unreadable("a number is missing or none".into()))
}
