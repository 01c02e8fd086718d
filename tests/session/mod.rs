//! The session layer as a whole, besides what the stores' suite says of it.

mod account;
mod bytes;
mod catchers;
mod config;
#[cfg(target_os = "linux")]
mod disk;
mod processes;
mod users;
