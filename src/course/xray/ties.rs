//! Requests that followed a redirect: of the same browser, to the redirect's target, a moment later.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::session::{Locker, SecretHash};

/// A session ID as the session layer publishes it: the secret's hash stands for the secret.
pub(super) type Id = (Locker, SecretHash);

/// Longer than any browser takes to follow a redirect, short enough that the same address, typed
/// later, is not taken for it.
const WHILE: Duration = Duration::from_secs(10);

/// More redirects than are under way at once in a class.
const MOST: usize = 50;

/// The ends by which an exchange is tied to the one before and the one after it. Addresses and
/// browsers are digests: a query may hold a secret.
#[derive(Clone, Debug, Default)]
pub(super) struct Tie {
    /// The peer's address and what it calls itself.
    pub browser: u64,
    /// The path and query that were asked for.
    pub target: u64,
    /// The session ID that came.
    pub before: Option<Id>,
    /// The session ID that the browser has afterwards.
    pub after: Option<Id>,
    /// The target of the redirect that the response is, if it is one.
    pub leads_to: Option<u64>,
}

/// The redirects that no browser has followed yet.
#[derive(Debug, Default)]
pub(super) struct Ties(VecDeque<(Tie, u64, Instant)>);

impl Ties {
    /// The chain that this exchange belongs to: a redirect's, or its own, which is `number`.
    pub(super) fn chain(&mut self, tie: Tie, number: u64, now: Instant) -> u64 {
        self.0
            .retain(|(_, _, since)| now.duration_since(*since) < WHILE);
        let before = self.0.iter().rposition(|(before, _, _)| before.leads(&tie));
        let chain = before.and_then(|place| self.0.remove(place));
        let chain = chain.map_or(number, |(_, chain, _)| chain);
        if tie.leads_to.is_some() {
            if self.0.len() == MOST {
                self.0.pop_front();
            }
            self.0.push_back((tie, chain, now));
        }
        chain
    }
}

impl Tie {
    /// True if `next` is the request that this redirect led to.
    fn leads(&self, next: &Tie) -> bool {
        // Two windows of one browser look alike but for their sessions. A browser that refuses
        // cookies comes without one.
        let session = next.before.is_none() || next.before == self.after;
        self.leads_to == Some(next.target) && self.browser == next.browser && session
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> Option<Id> {
        let hash = SecretHash::from_bytes(&[number; 32])?;
        Some((Locker::from_number(number.into()), hash))
    }

    fn request(browser: u64, target: u64, before: Option<Id>) -> Tie {
        Tie {
            browser,
            target,
            before,
            after: before,
            leads_to: None,
        }
    }

    fn redirect(tie: Tie, leads_to: u64, after: Option<Id>) -> Tie {
        let leads_to = Some(leads_to);
        Tie {
            leads_to,
            after,
            ..tie
        }
    }

    #[test]
    fn a_chain_goes_on_through_several_redirects_and_is_followed_once() {
        let (mut ties, now) = (Ties::default(), Instant::now());
        let login = redirect(request(1, 10, None), 20, id(1));
        assert_eq!(ties.chain(login, 1, now), 1);
        let on = redirect(request(1, 20, id(1)), 30, id(1));
        assert_eq!(ties.chain(on, 2, now), 1);
        assert_eq!(ties.chain(request(1, 30, id(1)), 3, now), 1);
        assert_eq!(ties.chain(request(1, 30, id(1)), 4, now), 4);
    }

    #[test]
    fn another_browser_session_or_address_or_a_later_request_does_not_belong_to_it() {
        let now = Instant::now();
        let others = [
            (request(2, 20, id(1)), now),
            (request(1, 20, id(2)), now),
            (request(1, 21, id(1)), now),
            (request(1, 20, id(1)), now + WHILE),
        ];
        for (other, when) in others {
            let mut ties = Ties::default();
            ties.chain(redirect(request(1, 10, None), 20, id(1)), 1, now);
            assert_eq!(ties.chain(other.clone(), 2, when), 2, "{other:?}");
        }
    }

    #[test]
    fn redirects_that_nobody_follows_are_forgotten() {
        let (mut ties, now) = (Ties::default(), Instant::now());
        for number in 1..200 {
            ties.chain(redirect(request(1, 10, None), number, None), number, now);
        }
        assert!(ties.0.len() <= MOST);
        assert_eq!(ties.chain(request(1, 199, None), 200, now), 199);
    }
}
