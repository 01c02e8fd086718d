//! What the tests share.

pub mod app;
pub mod browser;
pub mod engines;
pub mod http;
pub mod lesson;
pub mod page;
pub mod probe;
pub mod program;
#[cfg(feature = "redis")]
pub mod redis;
pub mod samples;
pub mod sids;
pub mod sources;
pub mod story;

pub use app::{App, Setup};
pub use browser::{Answer, Browser};
pub use probe::{Call, Fault, Probe};
