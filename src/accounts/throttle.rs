//! Wrong passwords in a row, and the wait that they bring.
//!
//! The wait belongs to a userid and the network that the wrong passwords come from. Were it the
//! userid's alone, anybody could lock its user out by typing wrong ones for them.
//!
//! Source: OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B-4, section 3.2.2.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::network::Network;
use super::{AccountError, userid};
use crate::session::Timestamp;

/// The number of wrong passwords that bring no wait.
pub(super) const FREE: u32 = 5;

/// The wait after the first one that is not free, in seconds; each further one doubles it.
const FIRST_WAIT: i64 = 5;

/// The longest wait, in seconds: 15 minutes.
const LONGEST_WAIT: i64 = 15 * 60;

/// The time in seconds after which wrong passwords are forgotten: a day after the last one.
const FORGOTTEN: i64 = 24 * 60 * 60;

/// The most pairs that are remembered, each in 40 bytes or so. To fill them takes as many runs of
/// bcrypt, and then the least wrong are forgotten first.
const MOST: usize = 10_000;

/// The wrong passwords of one pair of userid and network.
#[derive(Clone, Copy)]
struct WrongPasswords {
    count: u32,
    last: Timestamp,
}

impl WrongPasswords {
    /// The moment from which a password is looked at again.
    fn until(self) -> Timestamp {
        let Some(doubled) = self.count.checked_sub(FREE + 1) else {
            return self.last;
        };
        // Long before the shift runs over, the longest wait is reached.
        let wait = FIRST_WAIT << doubled.min(16);
        self.last.saturating_add(wait.min(LONGEST_WAIT))
    }
}

/// Remembers who has to wait before the next password, in memory: a restart forgets it, and takes
/// longer than the first waits.
#[derive(Default)]
pub(super) struct Throttle {
    hasher: RandomState,
    /// By the hash of userid and network, so that a long userid takes no more room. Its key is
    /// random, so an attacker can't look for two pairs that collide.
    wrong: Mutex<HashMap<u64, WrongPasswords>>,
}

impl Throttle {
    /// Lets a password through to be verified.
    ///
    /// # Errors
    ///
    /// [`AccountError::Throttled`] until the wait is over.
    pub fn admit(&self, userid: &str, from: Network, now: Timestamp) -> Result<(), AccountError> {
        let wrong = self.wrong().get(&self.key(userid, from)).copied();
        // A clock that was set back would otherwise make a wait of it.
        let wrong = wrong.filter(|wrong| wrong.last <= now);
        let seconds = wrong.map_or(0, |wrong| wrong.until().saturating_sub(now));
        match u64::try_from(seconds) {
            Ok(seconds @ 1..) => Err(AccountError::Throttled { seconds }),
            _ => Ok(()),
        }
    }

    /// Counts a wrong password, also of a userid that no user has: otherwise the wait would tell
    /// who has an account. True if it is the first one behind which the next has to wait: that is
    /// worth a line in the log, and an attack would fill it with more.
    pub fn count_wrong(&self, userid: &str, from: Network, now: Timestamp) -> bool {
        self.one_more(self.key(userid, from), now) == FREE + 1
    }

    fn one_more(&self, key: u64, now: Timestamp) -> u32 {
        let mut all = self.wrong();
        if all.len() >= MOST && !all.contains_key(&key) {
            make_room(&mut all, now);
        }
        let wrong = all.entry(key).or_insert(WrongPasswords {
            count: 0,
            last: now,
        });
        if wrong.last.saturating_add(FORGOTTEN) <= now {
            wrong.count = 0;
        }
        wrong.count = wrong.count.saturating_add(1);
        wrong.last = now;
        wrong.count
    }

    /// Forgets the wrong ones before a right one.
    pub fn forgive(&self, userid: &str, from: Network) {
        self.wrong().remove(&self.key(userid, from));
    }

    fn key(&self, userid: &str, from: Network) -> u64 {
        self.hasher.hash_one((userid::fold(userid), from))
    }

    fn wrong(&self) -> MutexGuard<'_, HashMap<u64, WrongPasswords>> {
        // No panic can leave half a change in it.
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets what is long past, or else the pair with the fewest wrong ones, the oldest of these.
fn make_room(all: &mut HashMap<u64, WrongPasswords>, now: Timestamp) {
    all.retain(|_, wrong| wrong.last.saturating_add(FORGOTTEN) > now);
    if all.len() >= MOST {
        let least = all
            .iter()
            .min_by_key(|(_, wrong)| (wrong.count, wrong.last));
        if let Some(key) = least.map(|(key, _)| *key) {
            all.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = 1_800_000_000;

    fn from(address: &str) -> Network {
        Some(address.parse().unwrap()).into()
    }

    fn wait(throttle: &Throttle, userid: &str, network: Network, now: Timestamp) -> u64 {
        match throttle.admit(userid, network, now) {
            Ok(()) => 0,
            Err(AccountError::Throttled { seconds }) => seconds,
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn the_wait_begins_behind_the_free_ones_and_grows_up_to_its_longest() {
        let (throttle, here) = (Throttle::default(), from("192.0.2.1"));
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..16 {
            throttle.count_wrong("alice", here, now);
            let wait = wait(&throttle, "alice", here, now);
            waits.push(wait);
            now += wait.cast_signed();
            assert!(throttle.admit("alice", here, now).is_ok());
            assert!(wait == 0 || throttle.admit("alice", here, now - 1).is_err());
        }
        let grown = [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900];
        assert_eq!(waits[..5], [0; 5]);
        assert_eq!(waits[5..], grown);
    }

    #[test]
    fn it_is_the_same_userid_in_any_case_and_the_same_network_in_any_address() {
        let throttle = Throttle::default();
        for typed in ["alice", "Alice", " ＡＬＩＣＥ ", "alice", "alice", "alice"] {
            throttle.count_wrong(typed, from("2001:db8::1"), NOW);
        }
        let wait = |userid, address| wait(&throttle, userid, from(address), NOW);
        assert_eq!(wait("ALICE", "2001:db8::ffff"), 5);
        assert_eq!(wait("alice", "2001:db8:0:1::1"), 0);
        assert_eq!(wait("alice", "192.0.2.1"), 0);
        assert_eq!(wait("bob", "2001:db8::1"), 0);
    }

    #[test]
    fn a_right_one_clears_it_and_so_does_a_day() {
        let (throttle, here) = (Throttle::default(), from("192.0.2.1"));
        let wrong = |times: u32, now| {
            for _ in 0..times {
                throttle.count_wrong("a", here, now);
            }
        };
        wrong(FREE, NOW);
        throttle.forgive("A", here);
        wrong(FREE, NOW);
        assert_eq!(wait(&throttle, "a", here, NOW), 0);
        wrong(20, NOW);
        assert_eq!(wait(&throttle, "a", here, NOW), 900);
        wrong(1, NOW + FORGOTTEN);
        assert_eq!(wait(&throttle, "a", here, NOW + FORGOTTEN), 0);
    }

    #[test]
    fn its_memory_is_bounded_and_the_worst_are_remembered() {
        let (throttle, here) = (Throttle::default(), from("192.0.2.1"));
        for _ in 0..=FREE {
            throttle.count_wrong("alice", here, NOW);
        }
        for number in 0..MOST + 100 {
            throttle.count_wrong(&number.to_string(), here, NOW);
        }
        assert_eq!(throttle.wrong().len(), MOST);
        assert_eq!(wait(&throttle, "alice", here, NOW), 5);
        throttle.count_wrong("later", here, NOW + FORGOTTEN);
        assert_eq!(throttle.wrong().len(), 1);
    }

    #[test]
    fn no_clock_makes_it_run_over() {
        let (throttle, here) = (Throttle::default(), from("192.0.2.1"));
        for now in [i64::MIN, NOW, i64::MAX, 0] {
            for _ in 0..50 {
                throttle.count_wrong("a", here, now);
            }
            let _ = throttle.admit("a", here, i64::MAX);
            let _ = throttle.admit("a", here, i64::MIN);
        }
    }
}
