//! What the tests share.

pub mod app;
pub mod browser;
pub mod probe;
pub mod program;
pub mod samples;

pub use app::{App, Setup};
pub use browser::{Answer, Browser};
pub use probe::{Call, Fault, Probe};
