//! The start of a lesson: everything it needs is tried first, and an error is one line.

pub mod checks;
pub mod error;
