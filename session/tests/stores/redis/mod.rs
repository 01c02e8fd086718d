//! The store in Redis, and what holds for it alone.

mod addresses;
mod fail_over;
mod faults;
mod given;
mod keys;
mod rights;
#[cfg(feature = "redis-tls")]
mod tls;
