//! The store in Redis, and what holds for it alone.

mod addresses;
mod faults;
mod keys;
