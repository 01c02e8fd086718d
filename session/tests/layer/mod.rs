//! The layer's promises, each on every engine. `suite` says which engine passes what.

mod all_sessions;
mod begun;
mod catchers;
mod clear_flush_rotate;
mod clock;
mod concurrency;
mod damaged_records;
mod error_pages;
mod expiry;
pub mod failures;
mod flashes;
mod head_requests;
mod headers;
mod histories;
mod identity;
mod inspect;
mod local_client;
mod log;
mod logged_in;
mod login_races;
mod logout_races;
mod outside;
mod popping;
mod private_keys;
mod purge;
mod queue;
mod queue_up;
mod remembered;
mod rotation;
mod rotation_under_way;
mod session_ids;
mod set_expiry;
mod several_cookies;
#[cfg_attr(
    not(all(feature = "database", feature = "file", feature = "cookie")),
    allow(
        dead_code,
        reason = "some cases need an engine that is not compiled in"
    )
)]
mod several_servers;
mod shutting_out;
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
mod trace_secrets;
mod unreturned;
mod update;
mod user_sessions;
mod values;
mod views;

pub use crate::common::fixtures::{Fixture, two_handles};
