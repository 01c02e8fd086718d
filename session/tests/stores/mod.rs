//! The stores, each by itself. All of them pass the conformance suite.

mod cache;
mod conformance;
#[cfg(feature = "database")]
mod database;
#[cfg(feature = "database")]
mod database_faults;
#[cfg(all(unix, feature = "database"))]
mod database_files;
#[cfg(feature = "file")]
mod file;
#[cfg(all(unix, feature = "file"))]
mod file_modes;
#[cfg(all(feature = "database", feature = "r2d2"))]
mod pooled;
#[cfg(postgres_server)]
mod postgres;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "database")]
mod statements;
