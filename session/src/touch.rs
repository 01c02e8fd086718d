//! Change the session: record that it was used.

use crate::change;
use crate::error::Error;
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::record::Record;
use crate::state::{Committed, CookieDue, Lookup};
use crate::store::{Outcome, unless_slow};
use crate::ticket;
use crate::trace::Event;

/// True if a request that only reads is to record that.
pub(crate) fn is_due(layer: &Layer, seen: &Record) -> bool {
    let (config, now) = (&layer.config, layer.now());
    match &layer.home {
        Home::Kept(_) => lifetime::touch_due(seen, config, now),
        // A use that is not in the cookie is recorded nowhere.
        Home::Carried(_) => lifetime::new_part_begun(seen, config, now),
    }
}

/// Records that a session was only read. `None` if it has ended since, or has changed: that change
/// has also recorded the use.
pub(crate) async fn touch(layer: &Layer, seen: &Record) -> Result<Option<Committed>, Error> {
    if lifetime::is_over(seen, &layer.config, layer.now()) {
        return Ok(None);
    }
    let (config, now) = (&layer.config, layer.now());
    let mut record = seen.clone();
    lifetime::touch(&mut record, config, now);
    let (mut ticket, mut event) = (None, Event::Touched);
    let outcome = match &layer.home {
        Home::Carried(seal) => {
            ticket = Some(ticket::sealed(layer, seal, &record, Some(seen))?);
            Outcome::Done
        }
        Home::Kept(store) if record.created == seen.created => {
            if lifetime::is_first_return(seen, config) {
                event = Event::Returned;
            }
            unless_slow(store.touch(&record)).await?
        }
        Home::Kept(store) => {
            record.version = change::next_version(seen)?;
            unless_slow(store.update(&record, seen.version)).await?
        }
    };
    let due = ticket.is_some() || lifetime::cookie_due(seen, config, now);
    let committed = Committed {
        lookup: Lookup::Known(record, ticket),
        cookie: due.then_some(CookieDue::Send),
        events: vec![event],
    };
    Ok((outcome == Outcome::Done).then_some(committed))
}
