//! Errors of other crates, as the cause of one of ours.

/// The error that led to one of ours.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;
