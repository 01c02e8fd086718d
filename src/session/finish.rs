//! Tell the browser: what becomes of a session when the response is ready.

use rocket::http::{Header, Status};

use super::account::Event;
use super::commit;
use super::cookie;
use super::error::Error;
use super::expiry;
use super::find::Visitor;
use super::handle::Session;
use super::record::{Contents, Record};
use super::state::{CookieDue, State};

impl Session {
    /// Commits what is pending, if the response is no server error, and says which cookie goes
    /// with it. A cookie that an earlier `update` made necessary goes even with an error.
    pub(super) async fn finish(&self, status: Status) -> (Option<Header<'static>>, Option<Error>) {
        let failed = self.commit_pending(status).await.err();
        let mut state = self.state();
        if let Some(error) = &failed {
            state.fail(error);
        }
        let refused = matches!(state.visitor, Visitor::Refused) && failed.is_none();
        let removal = refused && status.code < 500;
        let cookie = match state.cookie {
            CookieDue::Send => self.cookie(&mut state),
            CookieDue::Nothing if !removal => None,
            CookieDue::Nothing | CookieDue::Remove => {
                state.account.push(Event::CookieRemoved);
                Some(cookie::removed(&self.layer.config, self.layer.secure))
            }
        };
        (cookie, failed)
    }

    async fn commit_pending(&self, status: Status) -> Result<(), Error> {
        let (seen, operations, whole) = {
            let mut state = self.state();
            let operations = std::mem::take(&mut state.operations);
            if status.code >= 500 {
                if !operations.is_empty() {
                    state.account.push(Event::Dropped);
                }
                return Ok(());
            }
            if matches!(state.visitor, Visitor::Superseded) && !operations.is_empty() {
                return Err(Error::Superseded);
            }
            let whole = state.whole(&operations, false);
            (state.record().cloned(), operations, whole)
        };
        if operations.is_empty() {
            if let Some(seen) = seen.filter(|_| whole.returned) {
                self.touch(&seen).await;
            }
            return Ok(());
        }
        let apply = |contents: &mut Contents| {
            operations.apply(contents);
            Ok(())
        };
        let committed = commit::commit(&self.layer, seen.as_ref(), whole, apply).await?;
        self.state().enter(committed);
        Ok(())
    }

    async fn touch(&self, seen: &Record) {
        match commit::touch(&self.layer, seen).await {
            Ok(Some((record, ticket))) => {
                let mut state = self.state();
                state.account.push(Event::Touched);
                if let Visitor::Known(found) = &mut state.visitor {
                    found.record = record;
                    if let Some(ticket) = ticket {
                        found.ticket = ticket;
                    }
                }
                state.cookie = CookieDue::Send;
            }
            Ok(None) => {}
            // The page is made and true. It would be wrong to withhold it because its session will
            // end a minute earlier.
            Err(error) => log::warn!("session: the lifetime was not extended: {error}"),
        }
    }

    fn cookie(&self, state: &mut State) -> Option<Header<'static>> {
        let Visitor::Known(found) = &state.visitor else {
            return None;
        };
        let layer = &self.layer;
        let max_age = expiry::max_age(&found.record, &layer.config, layer.clock.now());
        let sent = cookie::sent(&layer.config, layer.secure, &found.ticket, max_age);
        let sealed = found.record.is_sealed();
        state.account.push(Event::CookieSent { max_age, sealed });
        Some(sent)
    }
}
