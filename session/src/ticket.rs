//! Tickets of sessions that their browsers carry: the cookie with the record in it.

use crate::cookie::Ticket;
use crate::error::Error;
use crate::id::SecretHash;
use crate::layer::{LARGEST_COOKIE, Layer};
use crate::lifetime;
use crate::record::Record;
use crate::seal::Seal;

/// Makes a first record one that its browser carries, with its whole lifetime at once: no row is
/// left behind by a robot that never comes back.
pub(crate) fn first(layer: &Layer, seal: &Seal, record: &mut Record) -> Result<Ticket, Error> {
    record.secret_hash = SecretHash::NONE;
    lifetime::touch(record, &layer.config, layer.now());
    sealed(layer, seal, record, None)
}

/// The ticket with this record in it, which was `before` until now.
///
/// # Errors
///
/// [`Error::TooLarge`] if a browser need not take the cookie. A record that gets smaller is let
/// through all the same: a logout must not fail because the cookie has more attributes now.
pub(crate) fn sealed(
    layer: &Layer,
    seal: &Seal,
    record: &Record,
    before: Option<&Record>,
) -> Result<Ticket, Error> {
    let value = seal.close(record)?;
    let max_age = lifetime::max_age(record, &layer.config, layer.now());
    if layer.cookie.sent(&value, max_age).value.len() > LARGEST_COOKIE {
        let before = before.map(|before| seal.close(before)).transpose()?;
        if before.is_none_or(|before| value.len() >= before.len()) {
            let limit = LARGEST_COOKIE;
            return Err(Error::TooLarge { limit });
        }
    }
    Ok(Ticket::Sealed(value))
}
