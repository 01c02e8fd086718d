//! Sessions that strangers began, and whose session IDs have not come back yet: a robot that keeps
//! no cookies begins one with every request. There are no more of them than the configuration says,
//! so that it fills no disk, and pushes no user who has logged in out of the memory.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::clock::Timestamp;
use crate::id::Locker;
use crate::lifetime::UNTIL_A_STRANGER_RETURNS;

/// The youngest of them that this process has stored, the oldest in front. Those that have come
/// back since are still among them: to look for them with every request would cost more than to
/// look once, at the one whose turn it is.
pub(crate) struct Strangers {
    most: usize,
    begun: Mutex<VecDeque<(Timestamp, Locker)>>,
}

impl Strangers {
    pub(crate) fn at_most(most: usize) -> Self {
        let begun = Mutex::default();
        Strangers { most, begun }
    }

    /// Adds one that was stored at `now`, in seconds. Returns the oldest, if that is one too many:
    /// it is to be deleted unless its ID has come back.
    pub(crate) fn begun(&self, locker: Locker, now: Timestamp) -> Option<Locker> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let over = now.saturating_sub(UNTIL_A_STRANGER_RETURNS);
        while begun.front().is_some_and(|(since, _)| *since <= over) {
            begun.pop_front();
        }
        begun.push_back((now, locker));
        if begun.len() <= self.most {
            return None;
        }
        begun.pop_front().map(|(_, oldest)| oldest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_has_to_go_unless_it_is_over_by_itself() {
        let [a, b, c, d] = [1, 2, 3, 4].map(Locker::from_number);
        let strangers = Strangers::at_most(2);
        assert_eq!(strangers.begun(a, 0), None);
        assert_eq!(strangers.begun(b, 1), None);
        assert_eq!(strangers.begun(c, 2), Some(a));
        assert_eq!(strangers.begun(d, 1 + UNTIL_A_STRANGER_RETURNS), None);
    }
}
