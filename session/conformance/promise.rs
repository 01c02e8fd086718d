//! Promises of a store, checked one by one.

use std::fmt::Debug;

use crate::error::StoreError;

/// Outcome of a case, or of a step in it.
pub(super) type Checked<T = ()> = Result<T, Broken>;

/// The promise that was broken, in words.
#[derive(Debug)]
pub(super) struct Broken(pub(super) String);

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Broken(format!("the store could not answer: {error}"))
    }
}

/// Checks a promise: the two have to be equal.
pub(super) fn promise<T: PartialEq + Debug>(promise: &str, found: T, expected: T) -> Checked {
    if found == expected {
        return Ok(());
    }
    Err(Broken(format!(
        "{promise}\n   found: {found:?}\nexpected: {expected:?}"
    )))
}
