//! The time, as something that can be handed in.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A moment in whole seconds since 1970-01-01 UTC.
pub type Timestamp = i64;

/// The session layer's source of time. Clones of a clock always agree.
///
/// ```
/// use rocket_session_layer::{Clock, Session};
///
/// // A test moves the clock of its app instead of waiting for a session to end.
/// let clock = Clock::manual(1_800_000_000);
/// let fairing = Session::fairing().with_clock(clock.clone());
/// clock.advance(3_600);
/// assert_eq!(clock.now(), 1_800_003_600);
/// # let _ = fairing;
/// ```
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is moved, so that tests need not wait for an expiry.
    Manual(Arc<AtomicI64>),
    /// The machine's clock plus an offset, so that a class can watch a session expire.
    Ahead(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now`.
    ///
    /// ```
    /// # use rocket_session_layer::Clock;
    /// assert_eq!(Clock::manual(7).now(), 7);
    /// ```
    pub fn manual(now: Timestamp) -> Self {
        Clock::Manual(Arc::new(AtomicI64::new(now)))
    }

    /// The machine's clock, not ahead of it yet.
    ///
    /// ```
    /// # use rocket_session_layer::Clock;
    /// assert_eq!(Clock::movable().ahead(), 0);
    /// ```
    pub fn movable() -> Self {
        Clock::Ahead(Arc::default())
    }

    /// The time in seconds since 1970-01-01 UTC.
    ///
    /// ```
    /// # use rocket_session_layer::Clock;
    /// assert!(Clock::System.now() > 1_700_000_000);
    /// ```
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |elapsed| elapsed.as_secs() as Timestamp),
            Clock::Manual(now) => now.load(Ordering::SeqCst),
            Clock::Ahead(_) => Clock::System.now().saturating_add(self.ahead()),
        }
    }

    /// The seconds by which it was moved ahead of the machine's clock: 0 for a clock that can't be.
    ///
    /// ```
    /// # use rocket_session_layer::Clock;
    /// let clock = Clock::movable();
    /// clock.advance(60);
    /// assert_eq!(clock.ahead(), 60);
    /// ```
    pub fn ahead(&self) -> i64 {
        match self {
            Clock::Ahead(ahead) => ahead.load(Ordering::SeqCst),
            Clock::System | Clock::Manual(_) => 0,
        }
    }

    /// Moves the clock by `seconds`; the machine's clock stays as it is.
    ///
    /// ```
    /// # use rocket_session_layer::Clock;
    /// let clock = Clock::manual(0);
    /// clock.advance(60);
    /// assert_eq!(clock.now(), 60);
    /// ```
    pub fn advance(&self, seconds: i64) {
        if let Clock::Manual(time) | Clock::Ahead(time) = self {
            let moved = |time: i64| Some(time.saturating_add(seconds));
            let _ = time.fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_moved_goes_on_and_its_clones_agree() {
        let clock = Clock::movable();
        let clone = clock.clone();
        clock.advance(3_600);
        clone.advance(3_600);
        assert_eq!((clock.ahead(), clone.ahead()), (7_200, 7_200));
        let (before, moved) = (Clock::System.now(), clock.now());
        assert!((before + 7_200..=Clock::System.now() + 7_200).contains(&moved));
        clock.advance(-clock.ahead());
        assert_eq!(clone.ahead(), 0);
    }

    #[test]
    fn no_clock_runs_over() {
        for clock in [Clock::movable(), Clock::manual(1)] {
            clock.advance(i64::MAX);
            clock.advance(i64::MAX);
            assert_eq!(clock.now(), i64::MAX);
            for _ in 0..3 {
                clock.advance(i64::MIN);
            }
            assert!(clock.now() < 0);
        }
        Clock::System.advance(i64::MAX);
        assert_eq!(Clock::System.ahead(), 0);
    }
}
