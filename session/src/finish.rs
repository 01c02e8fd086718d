//! Tell the browser: commit the pending changes when the response is ready, and choose its cookie.

use rocket::http::{Header, Status};

use crate::commit;
use crate::error::Error;
use crate::handle::Session;
use crate::lifetime;
use crate::pending::{CookieDue, Lookup, State};
use crate::record::{Contents, Record};
use crate::trace::Event;

/// Commits the pending changes, if the response is no server error, and returns the cookie that
/// goes with it. The cookie of an earlier `update` goes even with an error.
pub(crate) async fn finish(
    session: &Session,
    status: Status,
) -> (Option<Header<'static>>, Option<Error>) {
    let failed = commit_pending(session, status).await.err();
    let mut state = session.state();
    if let Some(error) = &failed {
        state.fail(error);
    }
    let refused = matches!(state.lookup, Lookup::Refused) && failed.is_none();
    let removal = refused && status.code < 500;
    let cookie = match state.cookie {
        CookieDue::Send => cookie(session, &mut state),
        CookieDue::Nothing if !removal => None,
        CookieDue::Nothing | CookieDue::Remove => {
            state.trace.push(Event::CookieRemoved);
            Some(session.layer.cookie.removed())
        }
    };
    (cookie, failed)
}

/// Commits the pending operations, or records the use if there are none.
pub(crate) async fn commit_pending(session: &Session, status: Status) -> Result<(), Error> {
    let layer = &session.layer;
    let (seen, operations, intent) = {
        let mut state = session.state();
        let operations = std::mem::take(&mut state.operations);
        if status.code >= 500 {
            if !operations.is_empty() {
                state.trace.push(Event::Dropped);
            }
            return Ok(());
        }
        if matches!(state.lookup, Lookup::Superseded) && !operations.is_empty() {
            return Err(Error::Superseded);
        }
        let intent = state.intent(&operations, false);
        // A request that only reads needs a copy of the record only if its use is to be recorded.
        let needed = |seen: &&Record| {
            !operations.is_empty() || (intent.returned && commit::touch_due(layer, seen))
        };
        let seen = state.lookup.record().filter(needed).cloned();
        (seen, operations, intent)
    };
    if operations.is_empty() {
        if let Some(seen) = seen {
            touch(session, seen).await;
        }
        return Ok(());
    }
    let apply = |contents: &mut Contents| {
        operations.apply(contents);
        Ok(())
    };
    let committed = commit::commit(layer, seen.as_ref(), intent, apply).await?;
    session.state().enter(committed);
    Ok(())
}

async fn touch(session: &Session, seen: Record) {
    let layer = &session.layer;
    match commit::touch(layer, &seen).await {
        Ok(Some((record, ticket))) => {
            let mut state = session.state();
            let first = ticket.is_none() && lifetime::is_first_return(&seen, &layer.config);
            state.trace.push(if first {
                Event::Returned
            } else {
                Event::Touched
            });
            if ticket.is_some() || lifetime::cookie_due(&seen, &layer.config, layer.now()) {
                state.cookie = CookieDue::Send;
            }
            if let Lookup::Known(known, current) = &mut state.lookup {
                *known = record;
                *current = ticket.or_else(|| current.take());
            }
        }
        Ok(None) => {}
        // The page is made and true. It would be wrong to withhold it because its session will end
        // a few minutes earlier.
        Err(error) => log::warn!("session: the lifetime was not extended: {error}"),
    }
}

fn cookie(session: &Session, state: &mut State) -> Option<Header<'static>> {
    let layer = &session.layer;
    let Lookup::Known(record, Some(ticket)) = &state.lookup else {
        return None;
    };
    let max_age = lifetime::max_age(record, &layer.config, layer.now());
    let (line, sealed) = (
        layer.cookie.sent(&ticket.value(), max_age),
        ticket.is_sealed(),
    );
    state.trace.push(Event::CookieSent { max_age, sealed });
    Some(line)
}
