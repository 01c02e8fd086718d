//! Changes of a session that its browser carries: the answer's cookie is all that is stored.

use crate::commit::{Committed, Intent, applied, next_version};
use crate::cookie::Ticket;
use crate::error::Error;
use crate::id::{SecretHash, SessionId};
use crate::layer::{LARGEST_COOKIE, Layer};
use crate::lifetime;
use crate::record::{Contents, Record};
use crate::seal::Seal;

/// Changes the record that the request brought. It is sealed at its newest, and nothing can rotate:
/// the copy that an attacker has opens itself.
pub(crate) fn change(
    layer: &Layer,
    seal: &Seal,
    seen: &Record,
    intent: Intent,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Committed, Error> {
    let (contents, _) = applied(layer, seen, seen, intent, &mut change)?;
    if intent.end && contents.data.is_empty() {
        return Ok(Committed::Ended { no_cookie: false });
    }
    if intent.end {
        let (record, ticket) = first_record(layer, seal, contents)?;
        return Ok(Committed::Created { record, ticket });
    }
    let mut record = Record {
        version: next_version(seen)?,
        contents,
        ..*seen
    };
    lifetime::touch(&mut record, &layer.config, layer.clock.now());
    let ticket = Some(sealed(layer, seal, &record, Some(seen))?);
    Ok(Committed::Changed {
        record,
        ticket,
        tries: 1,
        send: Some(true),
    })
}

/// The first record of a new session, and the cookie that is it.
pub(crate) fn first_record(
    layer: &Layer,
    seal: &Seal,
    contents: Contents,
) -> Result<(Record, Ticket), Error> {
    let now = layer.clock.now();
    let mut record = Record {
        locker: SessionId::random()?.locker,
        secret_hash: SecretHash::NONE,
        previous_hash: None,
        rotated: now,
        version: 1,
        created: now,
        touched: now,
        expires: now,
        contents,
    };
    // Its whole lifetime at once: no row is left behind by a robot that never comes back.
    lifetime::touch(&mut record, &layer.config, now);
    let ticket = sealed(layer, seal, &record, None)?;
    Ok((record, ticket))
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
    let max_age = lifetime::max_age(record, &layer.config, layer.clock.now());
    if layer.cookie.sent(&value, max_age).value.len() > LARGEST_COOKIE {
        let before = before.map(|before| seal.close(before)).transpose()?;
        if before.is_none_or(|before| value.len() >= before.len()) {
            let limit = LARGEST_COOKIE;
            return Err(Error::TooLarge { limit });
        }
    }
    Ok(Ticket::Sealed(value))
}
