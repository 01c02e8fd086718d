//! The trace as lines of the log, once a request or a job is over.

use log::Level;

use crate::state::State;
use crate::target;
use crate::trace::Event;

/// Writes what was done into the log, under the target `event`.
pub(crate) fn write(state: &State) {
    if !log::log_enabled!(target: target::EVENT, Level::Info) {
        return;
    }
    let record = state.lookup.record();
    let name = record.map_or("no session".to_owned(), |record| record.locker.to_string());
    let user = record.and_then(|record| record.contents.user.as_deref());
    let mut found: Option<&String> = None;
    for (at, event) in state.trace.iter().enumerate() {
        let level = match event {
            Event::LoggedIn { user: new } if user == Some(new) => told_if_stored(state, at),
            Event::LoggedOut { user: Some(old) } if found == Some(old) => told_if_stored(state, at),
            Event::User { user } => {
                found = Some(user);
                Level::Debug
            }
            Event::Ended { locker, .. } => {
                let whose = found.map_or("a stranger".to_owned(), |user| format!("{user:?}"));
                log::info!(target: target::EVENT, "{locker}: session of {whose} ended");
                continue;
            }
            _ => Level::Debug,
        };
        log::log!(target: target::EVENT, level, "{name}: {event}");
    }
}

/// The level of what a view did to its session at this place of the trace. Only what a later commit
/// has stored is true.
fn told_if_stored(state: &State, at: usize) -> Level {
    use Event::{Committed, Created, Ended};
    let stores = |event: &Event| matches!(event, Committed { .. } | Created { .. } | Ended { .. });
    if state.trace[at..].iter().any(stores) {
        Level::Info
    } else {
        Level::Debug
    }
}
