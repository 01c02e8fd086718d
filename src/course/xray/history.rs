//! The last exchanges: numbered, named, tied together, each beside its changes. All of it needs
//! earlier exchanges, so it is worked out here, under one lock and once for all views.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use super::ties::{Tie, Ties};
use crate::course::exchange::{Exchange, Memory, Noticed, ShownRow, browser_cookies, changes};
use crate::session::{Event, Locker, Trace};

/// Exchanges that are remembered: more than a class looks through, and little memory.
pub(super) const KEPT: usize = 200;

/// The time since the server's start, as far as it is remembered.
#[derive(Default)]
pub(super) struct ExchangeHistory {
    /// The oldest first.
    exchanges: VecDeque<Arc<Exchange>>,
    /// The number of the newest, counted from 1.
    last: u64,
    /// Redirects that wait for their target.
    ties: Ties,
    /// Names of sessions and the cookies sent so far. It outlives the exchanges.
    pub memory: Memory,
}

impl ExchangeHistory {
    /// Completes an exchange by what only the history knows, and keeps it if it is to be listed.
    pub(super) fn record(
        &mut self,
        mut new: Exchange,
        trace: &Trace,
        tie: Tie,
        listed: bool,
    ) -> Arc<Exchange> {
        if listed {
            self.last += 1;
            new.number = self.last;
            new.chain = self.ties.chain(tie.clone(), new.number, Instant::now());
        }
        self.name(&mut new, trace, &tie);
        let (brought, sent) = (&new.request.cookies, &new.response.set_cookies);
        new.browser = browser_cookies(brought, sent, &self.memory);
        self.memory.note(sent);
        let ended = |ended: Locker| {
            let mut events = trace.iter();
            events.any(|event| matches!(event, Event::Ended { locker, .. } if *locker == ended))
        };
        let created = |created: Locker| {
            let mut events = trace.iter();
            events.any(|event| matches!(event, Event::Created { locker, .. } if *locker == created))
        };
        let row = new.row.as_ref();
        // The session whose row has changed: the one that is there, or else one that this request
        // ended.
        let locker = match (row, tie.before) {
            (Some(row), _) => Some(row.locker()),
            (None, Some((locker, _))) if ended(locker) => Some(locker),
            _ => None,
        };
        let before = locker.and_then(|locker| self.row_before(locker));
        new.lines = changes(before, row, locker.is_some_and(created));
        let new = Arc::new(new);
        if listed {
            if self.exchanges.len() == KEPT {
                self.exchanges.pop_front();
            }
            self.exchanges.push_back(new.clone());
        }
        new
    }

    /// Names the sessions: those of cookies first, in the order in which they go over the wire.
    fn name(&mut self, new: &mut Exchange, trace: &Trace, tie: &Tie) {
        let Memory { names, .. } = &mut self.memory;
        let [before, after] = [tie.before, tie.after]
            .map(|id| id.map(|(locker, hash)| names.name(locker, hash.bytes())));
        new.trace = trace
            .iter()
            .map(|event| Noticed::of(event, names))
            .collect();
        if new.no_user {
            new.trace.iter_mut().for_each(Noticed::deny_user);
        }
        new.who = before.clone().filter(|_| !trace.iter().any(is_refusal));
        new.then = after.clone().filter(|after| Some(after) != before.as_ref());
        for cookie in new.request.session_cookies() {
            let sent = self.memory.sent(cookie);
            let sent = sent.and_then(|sent| sent.session.clone());
            cookie.session = before.clone().or(sent);
        }
        for cookie in new.response.session_cookies() {
            cookie.session = after.clone();
        }
    }

    /// The number of the newest exchange; 0 before the first.
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

    /// An exchange with the redirects before it, oldest first.
    pub(super) fn chain(&self, end: &Arc<Exchange>) -> Vec<Arc<Exchange>> {
        let earlier = self.exchanges.iter();
        let earlier = earlier.filter(|e| e.chain == end.chain && e.number < end.number);
        earlier.chain([end]).cloned().collect()
    }

    /// The row as the last exchange showed it. `None` if none has, or if it is forgotten.
    fn row_before(&self, locker: Locker) -> Option<&ShownRow> {
        let newest_first = self.exchanges.iter().rev();
        let mut rows = newest_first.filter_map(|exchange| exchange.row.as_ref());
        rows.find(|row| row.locker() == locker)
    }
}

/// True if a session ID came that opened nothing.
fn is_refusal(event: &Event) -> bool {
    use Event::{Expired, Superseded, Unknown, Unreadable};
    matches!(
        event,
        Unknown { .. } | Unreadable { .. } | Expired { .. } | Superseded { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::exchange::{SessionName, ShownRequest, ShownResponse};
    use crate::course::xray::ties::Id;
    use crate::session::SecretHash;

    fn id(locker: i64, lock: u8) -> Option<Id> {
        let hash = SecretHash::from_bytes(&[lock; 32])?;
        Some((Locker::from_number(locker), hash))
    }

    fn exchange() -> Exchange {
        exchange_with("", "")
    }

    fn exchange_with(cookie: &str, set_cookie: &str) -> Exchange {
        let line = ("GET", "/main");
        Exchange {
            request: ShownRequest::new(line, None, [cookie], "session_id"),
            response: ShownResponse::new((200, "OK"), None, [set_cookie], "session_id"),
            ..Exchange::default()
        }
    }

    fn names(history: &mut ExchangeHistory, before: Option<Id>, after: Option<Id>) -> [String; 2] {
        let tie = Tie {
            before,
            after,
            ..Tie::default()
        };
        let recorded = history.record(exchange(), &Trace::new(), tie, true);
        let name =
            |name: &Option<SessionName>| name.as_ref().map_or("-", |name| &name.name).to_owned();
        [name(&recorded.who), name(&recorded.then)]
    }

    #[test]
    fn sessions_are_named_in_the_order_in_which_they_appear() {
        let history = &mut ExchangeHistory::default();
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
                before: id(1, 1),
                ..Tie::default()
            };
            let recorded = ExchangeHistory::default().record(exchange(), &vec![refusal], tie, true);
            assert_eq!(recorded.who, None);
        }
    }

    #[test]
    fn only_the_last_exchanges_are_kept() {
        let mut history = ExchangeHistory::default();
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
        let mut history = ExchangeHistory::default();
        let recorded = history.record(exchange(), &Trace::new(), Tie::default(), false);
        assert_eq!((recorded.number, history.last()), (0, 0));
        assert!(history.after(0, 20).is_empty());
        assert_eq!(history.chain(&recorded).len(), 1);
    }

    #[test]
    fn attributes_are_known_of_cookies_that_were_sent() {
        let mut history = ExchangeHistory::default();
        let mut record = |new| history.record(new, &Trace::new(), Tie::default(), true);
        record(exchange_with("", "lang=ko; Path=/"));
        let recorded = record(exchange_with("lang=ko; a=b", ""));
        let known: Vec<_> = recorded
            .browser
            .iter()
            .map(|c| c.attributes.as_deref())
            .collect();
        assert_eq!(known, [Some("Path=/"), None]);
    }
}
