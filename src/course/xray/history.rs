//! The last exchanges: numbered, named, tied together, each beside what it changed.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use super::cookies::{Cookie, Fingerprint, Kind, Told};
use super::exchange::{Exchange, Id, Name, kept};
use super::row;
use super::ties::{Tie, Ties};
use crate::course::SessionNames;
use crate::course::events::first_of;
use crate::session::{Event, Locker};

/// How many exchanges are remembered.
pub(super) const KEPT: usize = 200;

/// How many sessions get names. Whoever makes more than a class can look at gets none.
const NAMED: usize = 1_000;

/// What is remembered of the time since the server's start.
#[derive(Default)]
pub(super) struct History {
    exchanges: VecDeque<Arc<Exchange>>,
    last: u64,
    ties: Ties,
    names: SessionNames,
    given: HashMap<Id, String>,
    /// The attributes of the cookies that were sent last.
    sent: VecDeque<(Fingerprint, String)>,
}

impl History {
    /// Takes an exchange in and completes it by what only the history knows. One that is not to
    /// be listed is only completed.
    pub(super) fn record(&mut self, mut new: Exchange, tie: Tie, listed: bool) -> Arc<Exchange> {
        if listed {
            self.last += 1;
            new.number = self.last;
            new.chain = self.ties.chain(tie.clone(), new.number, Instant::now());
        }
        let (came, left) = (self.name(tie.came), self.name(tie.left));
        new.who = came.clone().filter(|_| !refused(&new));
        new.then = left.clone().filter(|left| Some(left) != came.as_ref());
        let attributes = |cookie: &Cookie| self.attributes(cookie);
        new.browser = kept(&new.brought, &new.told, attributes);
        for cookie in &mut new.browser {
            if cookie.kind == Kind::Session && new.layer {
                let gone = cookie.mark == Some("xray-mark-gone");
                cookie.session = if gone { came.clone() } else { left.clone() };
            }
        }
        let before = match (&new.row, tie.came) {
            (Some(row), _) => self.row_before(row.locker),
            (None, Some((locker, _))) if ended(&new, locker) => self.row_before(locker),
            _ => None,
        };
        let created = new.account.iter().any(
            |event| matches!((event, &new.row), (Event::Created { locker }, Some(row)) if *locker == row.locker),
        );
        new.lines = row::lines(
            before.as_deref().and_then(|before| before.row.as_ref()),
            new.row.as_ref(),
            created,
        );
        self.remember(&new.told);
        let new = Arc::new(new);
        if listed {
            if self.exchanges.len() == KEPT {
                self.exchanges.pop_front();
            }
            self.exchanges.push_back(new.clone());
        }
        new
    }

    /// Notes the attributes with which cookies were sent: browsers never send them back.
    pub(super) fn remember(&mut self, told: &[Told]) {
        for told in told.iter().filter(|told| !told.removal) {
            let fingerprint = told.cookie.fingerprint;
            self.sent.retain(|(sent, _)| *sent != fingerprint);
            if self.sent.len() == KEPT {
                self.sent.pop_front();
            }
            self.sent.push_back((fingerprint, told.attributes.clone()));
        }
    }

    /// The number of the last exchange.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// The exchanges after this number, at most `most` of them: the last ones, in their order.
    pub(super) fn after(&self, number: u64, most: usize) -> Vec<Arc<Exchange>> {
        let new = |exchange: &&Arc<Exchange>| exchange.number > number;
        let newest_first = self.exchanges.iter().rev().take_while(new).take(most);
        let mut new: Vec<_> = newest_first.cloned().collect();
        new.reverse();
        new
    }

    /// An exchange with the redirects before it.
    pub(super) fn chain(&self, end: &Arc<Exchange>) -> Vec<Arc<Exchange>> {
        let earlier = self.exchanges.iter();
        let earlier = earlier.filter(|e| e.chain == end.chain && e.number < end.number);
        earlier.chain([end]).cloned().collect()
    }

    fn name(&mut self, id: Option<Id>) -> Option<Name> {
        let (locker, hash) = id?;
        let number = locker.to_string();
        let room = self.given.len() < NAMED;
        let name = match self.given.get(&(locker, hash)) {
            Some(name) => name.clone(),
            None if room => {
                let name = self.names.name(&number, hash.bytes());
                self.given.insert((locker, hash), name.clone());
                name
            }
            None => "sid#…".to_owned(),
        };
        let locker = first_of(&number);
        Some(Name { name, locker })
    }

    fn attributes(&self, cookie: &Cookie) -> Option<String> {
        let mut sent = self.sent.iter();
        let known = sent.find(|(sent, _)| *sent == cookie.fingerprint)?;
        Some(known.1.clone())
    }

    fn row_before(&self, locker: Locker) -> Option<Arc<Exchange>> {
        let holds = |exchange: &&Arc<Exchange>| {
            let row = exchange.row.as_ref();
            row.is_some_and(|row| row.locker == locker)
        };
        self.exchanges.iter().rev().find(holds).cloned()
    }
}

/// Whether a session ID came that opened nothing.
fn refused(exchange: &Exchange) -> bool {
    use Event::{Expired, Superseded, Unknown};
    let refusal =
        |event: &Event| matches!(event, Unknown { .. } | Expired { .. } | Superseded { .. });
    exchange.account.iter().any(refusal)
}

/// Whether the request ended the session in this locker.
fn ended(exchange: &Exchange, came: Locker) -> bool {
    let end = |event: &Event| matches!(event, Event::Ended { locker } if *locker == came);
    exchange.account.iter().any(end)
}
