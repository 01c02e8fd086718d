//! Time in tests, which never runs by itself.

use session_lessons::session::Timestamp;

/// The time at which every test begins.
pub const START: Timestamp = 1_800_000_000;

pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
