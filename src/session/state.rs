//! What the layer knows of one request's session, from its first question to its answer.

use super::account::{Account, Event};
use super::change::Whole;
use super::commit::Committed;
use super::error::Error;
use super::find::{Found, Visitor};
use super::operation::{Operation, Operations};
use super::record::{Contents, Record};

pub(super) struct State {
    pub(super) visitor: Visitor,
    /// What the session holds, seen through this request's operations.
    pub(super) contents: Contents,
    /// What is still to be committed.
    pub(super) operations: Operations,
    /// Whether the browser brought the session ID itself, so that the session is really in use.
    returned: bool,
    /// What an `update` has already made necessary, whatever becomes of the response.
    pub(super) cookie: CookieDue,
    pub(super) account: Account,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CookieDue {
    Nothing,
    Send,
    Remove,
}

impl State {
    pub(super) fn new(visitor: Visitor, account: Account) -> Self {
        let contents = match &visitor {
            Visitor::Known(found) => found.record.contents.clone(),
            _ => Contents::default(),
        };
        State {
            returned: matches!(visitor, Visitor::Known(_)),
            visitor,
            contents,
            operations: Operations::default(),
            cookie: CookieDue::Nothing,
            account,
        }
    }

    /// What these operations do to the session as a whole. `looks`: whether the view gets to see
    /// what is stored by then.
    pub(super) fn whole(&self, operations: &Operations, looks: bool) -> Whole {
        Whole {
            end: operations.ends_session(),
            rotate: operations.rotates(),
            returned: self.returned,
            looks,
        }
    }

    pub(super) fn record(&self) -> Option<&Record> {
        match &self.visitor {
            Visitor::Known(found) => Some(&found.record),
            _ => None,
        }
    }

    pub(super) fn push(&mut self, operation: Operation, event: Event) {
        operation.apply(&mut self.contents);
        self.operations.push(operation);
        self.account.push(event);
    }

    /// Writes down why something failed.
    pub(super) fn fail(&mut self, error: &Error) {
        let reason = error.to_string();
        self.account.push(Event::Failed { reason });
        // The session has another ID by now, or none. What an earlier `update` made necessary
        // would give the browser the old one back.
        if let Error::Changed = error {
            self.cookie = CookieDue::Nothing;
        }
    }

    fn note_end(&mut self) {
        if let Some(ended) = self.record() {
            let (locker, sealed) = (ended.locker, ended.is_sealed());
            self.account.push(Event::Ended { locker, sealed });
        }
    }

    /// Takes over what a commit has stored.
    pub(super) fn enter(&mut self, committed: Committed) {
        match committed {
            Committed::Nothing => {}
            Committed::Created { record, ticket } => {
                self.note_end();
                let (locker, sealed) = (record.locker, record.is_sealed());
                self.account.push(Event::Created { locker, sealed });
                self.visitor = Visitor::Known(Box::new(Found { record, ticket }));
                self.returned = false;
                self.cookie = CookieDue::Send;
            }
            Committed::Changed {
                record,
                ticket,
                tries,
                silent,
            } => {
                let (locker, version) = (record.locker, record.version);
                self.account.push(Event::Committed { version, tries });
                let Visitor::Known(found) = &mut self.visitor else {
                    return;
                };
                // Both: the first return may come within the second in which the session began.
                let use_of = |record: &Record| (record.touched, record.expires);
                let touched = use_of(&found.record) != use_of(&record);
                let other_lifetime = found.record.contents.expiry != record.contents.expiry;
                let send = !silent && (touched || other_lifetime || ticket.is_some());
                if !silent && found.record.secret_hash != record.secret_hash {
                    self.account.push(Event::Rotated { locker });
                }
                found.record = record;
                if let Some(ticket) = ticket {
                    found.ticket = ticket;
                }
                if send {
                    self.cookie = CookieDue::Send;
                } else if silent {
                    // Nor what an earlier `update` made necessary: that ID is the old one now.
                    self.cookie = CookieDue::Nothing;
                }
            }
            Committed::Ended { silent } => {
                self.note_end();
                self.visitor = Visitor::Stranger;
                self.cookie = if silent {
                    CookieDue::Nothing
                } else {
                    CookieDue::Remove
                };
            }
            Committed::Vanished => {
                if let Some(record) = self.record() {
                    let locker = record.locker;
                    log::info!("session: {locker} was ended elsewhere, a late change is dropped");
                }
                self.account.push(Event::Vanished);
                self.cookie = CookieDue::Nothing;
            }
        }
        if let Some(record) = self.record() {
            self.contents = record.contents.clone();
            self.operations.apply(&mut self.contents);
        }
    }
}
