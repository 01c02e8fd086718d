//! The session layer's tests, in rooms: `layer` for the promises on every engine, `cookie` for
//! sessions that are carried in cookies, `stores` for each store by itself, and `program` for tests
//! that take a server of their own: kills, full disks, two processes.

mod common;
mod config;
#[cfg(feature = "cookie")]
mod cookie;
mod engine_change;
mod errors;
mod layer;
mod program;
mod same_origin;
mod stores;
