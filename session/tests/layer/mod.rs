//! The layer's promises, each on every engine. `suite.rs` says which engine passes what.

mod catchers;
mod clear_flush_rotate;
mod clock;
mod concurrency;
mod expiry;
pub mod failures;
mod headers;
mod histories;
mod identity;
mod inspect;
mod local_client;
mod log;
mod login_races;
mod logout_races;
mod outside;
mod queue;
mod rotation;
mod session_ids;
mod set_expiry;
#[cfg_attr(
    not(all(feature = "database", feature = "file", feature = "cookie")),
    allow(
        dead_code,
        reason = "some cases need an engine that is not compiled in"
    )
)]
mod several_servers;
mod size;
mod slow_store;
#[cfg_attr(
    not(all(feature = "database", feature = "file", feature = "cookie")),
    allow(
        dead_code,
        reason = "some cases need an engine that is not compiled in"
    )
)]
mod start;
mod suite;
mod trace;
mod update;
mod user_sessions;
mod views;

pub use crate::common::fixtures::{Fixture, two_handles};
