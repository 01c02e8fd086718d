//! The session layer as a whole, besides what the stores' suite says of it.

mod account;
mod bytes;
mod catchers;
mod config;
mod engines;
mod keys;
mod processes;
mod users;
