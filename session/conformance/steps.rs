//! Steps that several cases take.

use super::promise::{Checked, promise};
use super::sample::{locker, shown};
use crate::record::Record;
use crate::store::Outcome::{self, Conflict, Done};
use crate::store::Store;

pub(super) async fn create(store: &dyn Store, record: &Record) -> Checked {
    let outcome = store.create(record).await?;
    promise("a record with a new locker is stored", outcome, Done)
}

/// Checks that the store holds exactly this record.
pub(super) async fn holds(store: &dyn Store, promised: &str, record: &Record) -> Checked {
    let loaded = store.load(record.locker).await?;
    let loaded = loaded.as_ref().map(shown);
    promise(promised, loaded, Some(shown(record)))
}

/// Checks that there is no record in the locker with this number.
pub(super) async fn holds_none(store: &dyn Store, promised: &str, number: i64) -> Checked {
    let loaded = store.load(locker(number)).await?;
    promise(promised, loaded.as_ref().map(shown), None)
}

/// Checks that a change was refused.
pub(super) fn refused(promised: &str, outcome: Outcome) -> Checked {
    promise(promised, outcome, Conflict)
}
