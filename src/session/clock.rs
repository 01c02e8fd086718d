//! What time it is, as something that can be handed in.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A moment in whole seconds since 1970-01-01 UTC.
pub type Timestamp = i64;

/// Where the session layer takes the time from. Clones of a clock always agree.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is moved, so that tests need not wait for an expiry.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now`.
    pub fn manual(now: Timestamp) -> Self {
        Clock::Manual(Arc::new(AtomicI64::new(now)))
    }

    /// The time in seconds since 1970-01-01 UTC.
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |elapsed| elapsed.as_secs() as Timestamp),
            Clock::Manual(now) => now.load(Ordering::SeqCst),
        }
    }

    /// Moves a manual clock by `seconds`; the machine's clock stays as it is.
    pub fn advance(&self, seconds: i64) {
        if let Clock::Manual(now) = self {
            now.fetch_add(seconds, Ordering::SeqCst);
        }
    }
}
