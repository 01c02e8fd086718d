//! One crate of tests, its modules by feature.

mod common;
mod stores;
