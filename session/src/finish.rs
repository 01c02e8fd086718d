//! Tell the browser: commit the pending changes when the response is ready, and choose its cookie.

use rocket::http::{Header, Status};

use crate::change::Intent;
use crate::commit;
use crate::error::Error;
use crate::event_log;
use crate::handle::Session;
use crate::lifetime;
use crate::record::{Contents, Record};
use crate::state::{CookieDue, Lookup};
use crate::target;
use crate::touch;
use crate::trace::Event;

/// Commits the pending changes, unless the response is an error that drops them or the request is a
/// HEAD, and returns the cookie that goes with it. The cookie of an earlier `update` goes even with
/// an error.
pub(crate) async fn finish(
    session: &Session,
    status: Status,
) -> (Option<Header<'static>>, Option<Error>) {
    if session.for_head {
        let mut state = session.state();
        if !std::mem::take(&mut state.operations).is_empty() {
            state.trace.push(Event::Skipped);
        }
        state.told = true;
        event_log::write(&state);
        return (None, None);
    }
    let failed = commit_pending(session, status).await.err();
    let (mut state, layer) = (session.state(), &session.layer);
    if let Some(error) = &failed {
        state.fail(error);
    }
    if matches!(state.lookup, Lookup::Refused(_)) && failed.is_none() && !state.drops(status) {
        state.cookie = CookieDue::Remove;
    }
    state.told = true;
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
    event_log::write(&state);
    (cookie, failed)
}

/// Commits the pending operations, or records the use if there are none.
pub(crate) async fn commit_pending(session: &Session, status: Status) -> Result<(), Error> {
    let layer = &session.layer;
    let (found, operations, used) = {
        let mut state = session.state();
        let operations = std::mem::take(&mut state.operations);
        if state.drops(status) {
            if !operations.is_empty() {
                state.trace.push(Event::Dropped);
            }
            return Ok(());
        }
        let used = state.is_used();
        // A request that only reads needs a copy of the record only if its use is to be recorded.
        let touch_due = |seen: &Record| used && touch::is_due(layer, seen);
        if operations.is_empty() && !state.lookup.record().is_some_and(touch_due) {
            return Ok(());
        }
        (state.lookup.clone(), operations, used)
    };
    let committed = match &found {
        // The page is made and true. It would be wrong to withhold it because its session will end
        // a few minutes earlier.
        Lookup::Known(seen, _) if operations.is_empty() => {
            touch::touch(layer, seen).await.unwrap_or_else(|error| {
                log::warn!(
                    target: target::STORE,
                    "session: the lifetime was not extended: {error}"
                );
                None
            })
        }
        found => {
            let intent = Intent::of(&operations, &layer.config, used, false);
            let apply = |contents: &mut Contents| {
                operations.apply(contents);
                Ok(())
            };
            commit::commit(layer, found, intent, apply).await?
        }
    };
    if let Some(committed) = committed {
        session.state().enter(committed);
    }
    Ok(())
}
