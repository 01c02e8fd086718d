//! Change a session that its browser carries: the answer's cookie is all that is stored.

use crate::begin;
use crate::change::{Intent, applied, ended, is_over, next_version, vanished};
use crate::error::Error;
use crate::layer::Layer;
use crate::lifetime;
use crate::record::{Contents, Record};
use crate::seal::Seal;
use crate::state::{Committed, CookieDue, Lookup};
use crate::ticket;
use crate::trace::Event;

/// Changes the record that the request brought. It is sealed at its newest, and nothing can rotate:
/// the copy that an attacker has opens itself.
pub(crate) fn change(
    layer: &Layer,
    seal: &Seal,
    seen: &Record,
    intent: Intent<'_>,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Option<Committed>, Error> {
    if is_over(layer, seen) {
        return vanished(intent);
    }
    let contents = applied(layer, seen, seen, intent, &mut change)?;
    if intent.end && contents.data.is_empty() {
        return Ok(Some(ended(seen, true, false)));
    }
    if intent.end {
        let (record, ticket) = begin::first_record(layer, contents)?;
        return Ok(Some(begin::created(record, ticket, Some(seen))));
    }
    let version = next_version(seen)?;
    let mut record = Record {
        version,
        contents,
        ..*seen
    };
    if intent.login.is_some() {
        record.created = layer.now();
    }
    lifetime::touch(&mut record, &layer.config, layer.now());
    let ticket = ticket::sealed(layer, seal, &record, Some(seen))?;
    Ok(Some(Committed {
        lookup: Lookup::Known(record, Some(ticket)),
        cookie: Some(CookieDue::Send),
        events: vec![Event::Committed { version, tries: 1 }],
    }))
}
