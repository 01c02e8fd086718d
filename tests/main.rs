//! One crate of tests, its modules by feature.

mod common;
mod session;
mod stores;
