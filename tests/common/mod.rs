//! Support for the course's tests.

#[path = "../../session/tests/common/engines.rs"]
#[allow(dead_code, reason = "the session layer's tests use the rest")]
pub mod engines;
pub mod http;
pub mod lesson;
pub mod mallory;
pub mod page;
#[path = "../../session/tests/common/probe.rs"]
#[allow(dead_code, reason = "the session layer's tests use the rest")]
pub mod probe;
#[path = "../../session/tests/common/program.rs"]
#[allow(dead_code, reason = "the session layer's tests use the rest")]
pub mod program;
#[cfg(feature = "redis")]
#[path = "../../session/tests/common/redis.rs"]
#[allow(dead_code, reason = "the session layer's tests use the rest")]
pub mod redis;
pub mod sources;
pub mod story;
pub mod time;

/// The features of the session layer that the course has.
pub const FEATURES: &[&str] = &[
    "database",
    "file",
    "cookie",
    #[cfg(feature = "redis")]
    "redis",
];
