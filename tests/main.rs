//! One crate of tests, its modules by feature.

mod common;
mod lessons;
mod notes;
mod session;
mod stores;
