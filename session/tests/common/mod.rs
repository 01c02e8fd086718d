//! Support for all tests: an app, its browsers, a watched store, and places for sessions.

pub mod answer;
pub mod app;
#[allow(dead_code, reason = "the course's tests use the rest")]
pub mod broken;
pub mod browser;
#[allow(dead_code, reason = "the course's tests use the rest")]
pub mod engines;
pub mod errand;
pub mod fixtures;
pub mod log;
mod pages;
#[cfg(postgres_server)]
pub mod postgres;
#[allow(dead_code, reason = "the course's tests use the rest")]
pub mod probe;
#[allow(dead_code, reason = "the course's tests use the rest")]
pub mod program;
#[cfg(feature = "redis")]
pub mod redis;
pub mod samples;

/// The features that these tests are built with, as `examples/plain_app.rs` is to have them too.
pub const FEATURES: &[&str] = &[
    #[cfg(feature = "database")]
    "database",
    #[cfg(feature = "file")]
    "file",
    #[cfg(feature = "cookie")]
    "cookie",
    #[cfg(feature = "redis")]
    "redis",
    #[cfg(feature = "postgres")]
    "postgres",
];

pub use answer::Answer;
pub use app::{App, HOUR, Setup};
pub use browser::Browser;
pub use probe::{Call, Fault, Probe};
