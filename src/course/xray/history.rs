//! The last exchanges: numbered, named, tied together, each beside what it changed.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use super::cookies::{Cookie, Fingerprint, Kind, Told};
use super::exchange::{Exchange, kept};
use super::names::Names;
use super::row;
use super::ties::{Tie, Ties};
use crate::session::{Event, Locker};

/// How many exchanges are remembered.
pub(super) const KEPT: usize = 200;

/// What is remembered of the time since the server's start.
#[derive(Default)]
pub(super) struct History {
    exchanges: VecDeque<Arc<Exchange>>,
    last: u64,
    ties: Ties,
    names: Names,
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
        let (came, left) = (self.names.name(tie.came), self.names.name(tie.left));
        new.who = came.clone().filter(|_| !refused(&new));
        new.then = left.clone().filter(|left| Some(left) != came.as_ref());
        let attributes = |cookie: &Cookie| self.attributes(cookie);
        new.browser = kept(&new.brought, &new.told, attributes);
        for cookie in &mut new.browser {
            if cookie.kind == Kind::Session && new.engine.is_some() {
                let gone = cookie.mark == Some("xray-mark-gone");
                cookie.session = if gone { came.clone() } else { left.clone() };
            }
        }
        let before = match (&new.row, tie.came) {
            (Some(row), _) => self.row_before(row.locker),
            (None, Some((locker, _))) if ended(&new, locker) => self.row_before(locker),
            _ => None,
        };
        let created = new.trace.iter().any(
            |event| matches!((event, &new.row), (Event::Created { locker, .. }, Some(row)) if *locker == row.locker),
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
    use Event::{Expired, Superseded, Unknown, Unreadable};
    let refusal = |event: &Event| {
        matches!(
            event,
            Unknown { .. } | Unreadable { .. } | Expired { .. } | Superseded { .. }
        )
    };
    exchange.trace.iter().any(refusal)
}

/// Whether the request ended the session in this locker.
fn ended(exchange: &Exchange, came: Locker) -> bool {
    let end = |event: &Event| matches!(event, Event::Ended { locker, .. } if *locker == came);
    exchange.trace.iter().any(end)
}

#[cfg(test)]
mod tests {
    use rocket::http::{HeaderMap, Method};

    use super::*;
    use crate::course::xray::cookies;
    use crate::course::xray::exchange::{Id, Name};
    use crate::session::{Engine, SecretHash};

    fn id(locker: i64, lock: u8) -> Option<Id> {
        let hash = SecretHash::from_bytes(&[lock; 32])?;
        Some((Locker::from_number(locker), hash))
    }

    fn exchange(trace: Vec<Event>) -> Exchange {
        Exchange {
            number: 0,
            chain: 0,
            method: Method::Get,
            target: "/main".to_owned(),
            form: None,
            brought: Vec::new(),
            status: 200,
            reason: "OK",
            location: None,
            told: Vec::new(),
            engine: Some(Engine::Database),
            who: None,
            then: None,
            browser: Vec::new(),
            note: None,
            row: None,
            lines: Vec::new(),
            trace,
        }
    }

    fn names(history: &mut History, came: Option<Id>, left: Option<Id>) -> [String; 2] {
        let tie = Tie {
            came,
            left,
            ..Tie::default()
        };
        let recorded = history.record(exchange(Vec::new()), tie, true);
        let name = |name: &Option<Name>| name.as_ref().map_or("-", |name| &name.name).to_owned();
        [name(&recorded.who), name(&recorded.then)]
    }

    #[test]
    fn sessions_are_named_in_the_order_in_which_they_appear() {
        let history = &mut History::default();
        assert_eq!(names(history, None, None), ["-", "-"]);
        assert_eq!(names(history, None, id(1, 1)), ["-", "sid#1·a"]);
        assert_eq!(names(history, id(1, 1), id(1, 1)), ["sid#1·a", "-"]);
        assert_eq!(names(history, id(1, 1), id(1, 2)), ["sid#1·a", "sid#1·b"]);
        assert_eq!(names(history, id(1, 2), id(2, 1)), ["sid#1·b", "sid#2·a"]);
        assert_eq!(names(history, id(2, 1), None), ["sid#2·a", "-"]);
    }

    #[test]
    fn an_id_that_opens_nothing_is_nobody() {
        let locker = Locker::from_number(1);
        for refusal in [
            Event::Unknown { locker },
            Event::Expired { locker },
            Event::Superseded { locker },
        ] {
            let tie = Tie {
                came: id(1, 1),
                ..Tie::default()
            };
            let recorded = History::default().record(exchange(vec![refusal]), tie, true);
            assert_eq!(recorded.who, None);
        }
    }

    #[test]
    fn only_the_last_exchanges_are_kept() {
        let mut history = History::default();
        for number in 0..3_000 {
            names(&mut history, id(number, 1), id(number, 2));
        }
        assert_eq!(history.exchanges.len(), KEPT);
        assert_eq!(history.last(), 3_000);
        let numbers = |list: Vec<Arc<Exchange>>| list.iter().map(|e| e.number).collect::<Vec<_>>();
        assert_eq!(numbers(history.after(2_998, 20)), [2_999, 3_000]);
        assert_eq!(numbers(history.after(0, 2)), [2_999, 3_000]);
        assert!(history.after(9_999, 20).is_empty());
    }

    #[test]
    fn what_is_not_to_be_listed_is_not() {
        let mut history = History::default();
        let recorded = history.record(exchange(Vec::new()), Tie::default(), false);
        assert_eq!((recorded.number, history.last()), (0, 0));
        assert!(history.after(0, 20).is_empty());
        assert_eq!(history.chain(&recorded).len(), 1);
    }

    #[test]
    fn attributes_are_known_of_cookies_that_were_sent() {
        let mut history = History::default();
        let mut headers = HeaderMap::new();
        headers.add_raw("Cookie", "lang=ko; a=b");
        headers.add_raw("Set-Cookie", "lang=ko; Path=/");
        history.remember(&cookies::told(&headers, "session_id"));
        let mut new = exchange(Vec::new());
        new.brought = cookies::brought(&headers, "session_id");
        let recorded = history.record(new, Tie::default(), true);
        let known: Vec<_> = recorded
            .browser
            .iter()
            .map(|c| c.attributes.as_deref())
            .collect();
        assert_eq!(known, [Some("Path=/"), None]);
    }
}
