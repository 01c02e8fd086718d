//! The state of one request's session, from its first question to its answer.

use rocket::http::Status;

use crate::cookie::Ticket;
use crate::error::{Error, StoreError};
use crate::id::Locker;
use crate::operation::{Operation, Operations};
use crate::record::{Contents, Record};
use crate::target;
use crate::trace::{Event, Trace};

/// The session that a request's cookie opened.
#[derive(Clone)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one a request, and it nearly always holds a record"
)]
pub(crate) enum Lookup {
    /// No cookie came that is ours.
    Nothing,
    /// A cookie of ours that opens nothing: the browser is told to forget it. With the locker that
    /// it opened before the last rotation, if it did.
    Refused(Option<Locker>),
    /// The ID from before the last rotation of this locker. The browser may already have the new
    /// one, so nothing is sent that could overwrite it, and nothing but a login can be stored.
    Superseded(Locker),
    /// The session was ended elsewhere while this request ran. Nothing but a login can be stored
    /// any more, and nothing is sent: the browser may already have a newer cookie.
    Vanished,
    /// The store did not answer.
    Failed(StoreError),
    /// A live session: its record as last read or written, and the ticket that opens it, to be sent
    /// again when the lifetime is extended. `None` outside a request.
    Known(Record, Option<Ticket>),
}

impl Lookup {
    pub(crate) fn record(&self) -> Option<&Record> {
        match self {
            Lookup::Known(record, _) => Some(record),
            _ => None,
        }
    }

    /// The user of that session, for the trace.
    pub(crate) fn who(&self) -> Event {
        match self
            .record()
            .and_then(|record| record.contents.user.clone())
        {
            Some(user) => Event::User { user },
            None => Event::Anonymous,
        }
    }
}

/// The news that the response has for the browser.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CookieDue {
    Nothing,
    Send,
    Remove,
}

/// The result of a commit.
pub(crate) struct Committed {
    /// The session that the request has from now on. Without a ticket it keeps the one it had.
    pub(crate) lookup: Lookup,
    /// `None` leaves it at the news of an earlier commit.
    pub(crate) cookie: Option<CookieDue>,
    pub(crate) events: Vec<Event>,
}

pub(crate) struct State {
    pub(crate) lookup: Lookup,
    /// The session whose ID the browser brought itself, so that it is really in use.
    brought: Option<Locker>,
    /// The session as the view sees it, with this request's operations. `None` until the first one:
    /// most requests only read, and then the record itself is what they see.
    changed: Option<Contents>,
    /// The operations that are still to be committed.
    pub(crate) operations: Operations,
    pub(crate) cookie: CookieDue,
    /// True once a call on the session has given its view an error.
    pub(crate) view_failed: bool,
    /// True once the browser has been told: what is set now could be stored nowhere.
    pub(crate) told: bool,
    pub(crate) trace: Trace,
}

impl State {
    pub(crate) fn new(lookup: Lookup, trace: Trace) -> Self {
        State {
            brought: match &lookup {
                Lookup::Known(record, Some(_)) => Some(record.locker),
                _ => None,
            },
            lookup,
            changed: None,
            operations: Operations::default(),
            cookie: CookieDue::Nothing,
            view_failed: false,
            told: false,
            trace,
        }
    }

    /// The session as the view sees it. `None` if nothing was found and nothing was set.
    pub(crate) fn contents(&self) -> Option<&Contents> {
        let stored = || self.lookup.record().map(|record| &record.contents);
        self.changed.as_ref().or_else(stored)
    }

    /// True if a commit now is a use of the session, and not only its beginning.
    pub(crate) fn is_used(&self) -> bool {
        let record = self.lookup.record();
        record.is_some_and(|record| self.brought == Some(record.locker))
    }

    /// # Errors
    ///
    /// [`Error::TooLate`] if the browser has been told already.
    pub(crate) fn push(&mut self, operation: Operation, event: Event) -> Result<(), Error> {
        if self.told {
            return Err(Error::TooLate);
        }
        let mut contents = match self.changed.take() {
            Some(changed) => changed,
            None => self.contents().cloned().unwrap_or_default(),
        };
        operation.apply(&mut contents);
        self.changed = Some(contents);
        self.operations.push(operation);
        self.trace.push(event);
        Ok(())
    }

    /// True if a response of this status commits nothing that is still pending: the server failed,
    /// or the view has got an error from its session and gave up halfway.
    pub(crate) fn drops(&self, status: Status) -> bool {
        status.code >= 500 || (status.code >= 400 && self.view_failed)
    }

    /// Writes down why something failed: in the trace and, if it is the server's fault, in the log.
    pub(crate) fn fail(&mut self, error: &Error) {
        match error {
            Error::Store(error) => error.log(),
            Error::Busy | Error::NoRandomness(_) => log::warn!(
                target: target::STORE,
                "session: {error}"
            ),
            _ => {}
        }
        // The session has another ID now, or none. The cookie of an earlier `update` would give the
        // browser the old one back.
        if let Error::Changed | Error::Ended = error {
            self.cookie = CookieDue::Nothing;
        }
        self.trace.push(match error {
            Error::Ended => {
                self.lookup = Lookup::Vanished;
                Event::Vanished
            }
            _ => Event::Failed {
                reason: error.to_string(),
            },
        });
    }

    /// Takes over the result of a commit.
    pub(crate) fn enter(&mut self, committed: Committed) {
        self.trace.extend(committed.events);
        let before = std::mem::replace(&mut self.lookup, committed.lookup);
        if let (Lookup::Known(_, ticket @ None), Lookup::Known(_, current)) =
            (&mut self.lookup, before)
        {
            *ticket = current;
        }
        self.cookie = committed.cookie.unwrap_or(self.cookie);
        // The operations that are still pending are seen on top of the newer record.
        self.changed = None;
        if !self.operations.is_empty() {
            let mut contents = self.contents().cloned().unwrap_or_default();
            self.operations.apply(&mut contents);
            self.changed = Some(contents);
        }
    }
}
