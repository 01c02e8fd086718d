//! The place that a suite's store keeps its records in.

use std::sync::Arc;

use crate::id::Locker;
use crate::store::Store;

/// A place for records, such as a file or a table. It is empty at first, and each case has its own.
pub trait Place: Send + Sync {
    /// Makes a new place. Drop what it needs, such as a temporary folder, with the value.
    fn empty() -> Self
    where
        Self: Sized;

    /// Opens a store on this place, as one more process or a restarted one does.
    ///
    /// For a store in memory, which is not `shared` and not `durable`, this is a new one.
    fn open(&self) -> Arc<dyn Store>;

    /// Makes the stored record unreadable, behind the store's back. Returns false if that is not
    /// possible: then the cases about damaged records are left out.
    fn damage(&self, locker: Locker) -> bool {
        let _ = locker;
        false
    }
}
