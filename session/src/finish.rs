//! Tell the browser: commit the pending changes when the response is ready, and choose its cookie.

use rocket::http::{Header, Status};

use crate::commit::{self, Intent};
use crate::error::Error;
use crate::handle::Session;
use crate::lifetime;
use crate::pending::{CookieDue, Lookup};
use crate::record::{Contents, Record};
use crate::trace::Event;

/// Commits the pending changes, if the response is no server error and the request no HEAD, and returns the cookie that
/// goes with it. The cookie of an earlier `update` goes even with an error.
pub(crate) async fn finish(
    session: &Session,
    status: Status,
) -> (Option<Header<'static>>, Option<Error>) {
    if session.for_head {
        let mut state = session.state();
        if !std::mem::take(&mut state.operations).is_empty() {
            state.trace.push(Event::Skipped);
        }
        return (None, None);
    }
    let failed = commit_pending(session, status).await.err();
    let (mut state, layer) = (session.state(), &session.layer);
    if let Some(error) = &failed {
        state.fail(error);
    }
    if matches!(state.lookup, Lookup::Refused) && failed.is_none() && status.code < 500 {
        state.cookie = CookieDue::Remove;
    }
    let cookie = match (state.cookie, &state.lookup) {
        (CookieDue::Send, Lookup::Known(record, Some(ticket))) => {
            let max_age = lifetime::max_age(record, &layer.config, layer.now());
            let line = layer.cookie.sent(&ticket.value(), max_age);
            let sealed = ticket.is_sealed();
            state.trace.push(Event::CookieSent { max_age, sealed });
            Some(line)
        }
        (CookieDue::Remove, _) => {
            state.trace.push(Event::CookieRemoved);
            Some(layer.cookie.removed())
        }
        _ => None,
    };
    (cookie, failed)
}

/// Commits the pending operations, or records the use if there are none.
pub(crate) async fn commit_pending(session: &Session, status: Status) -> Result<(), Error> {
    let layer = &session.layer;
    let (seen, operations, used) = {
        let mut state = session.state();
        let operations = std::mem::take(&mut state.operations);
        if status.code >= 500 {
            if !operations.is_empty() {
                state.trace.push(Event::Dropped);
            }
            return Ok(());
        }
        match state.lookup {
            Lookup::Superseded if !operations.is_empty() => return Err(Error::Superseded),
            // An `update` has found out and said so: what is left is dropped as well.
            Lookup::Vanished => return Ok(()),
            _ => {}
        }
        let used = state.is_used();
        // A request that only reads needs a copy of the record only if its use is to be recorded.
        let needed =
            |seen: &&Record| !operations.is_empty() || (used && commit::touch_due(layer, seen));
        let seen = state.lookup.record().filter(needed).cloned();
        (seen, operations, used)
    };
    let committed = if operations.is_empty() {
        let Some(seen) = seen else {
            return Ok(());
        };
        // The page is made and true. It would be wrong to withhold it because its session will end
        // a few minutes earlier.
        commit::touch(layer, &seen).await.unwrap_or_else(|error| {
            log::warn!("session: the lifetime was not extended: {error}");
            None
        })
    } else {
        let intent = Intent::of(&operations, used, false);
        let apply = |contents: &mut Contents| {
            operations.apply(contents);
            Ok(())
        };
        commit::commit(layer, seen.as_ref(), intent, apply).await?
    };
    if let Some(committed) = committed {
        session.state().enter(committed);
    }
    Ok(())
}
