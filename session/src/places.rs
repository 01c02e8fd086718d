//! A bounded number of queries at once.

use std::sync::Arc;
use std::time::Duration;

use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use rocket::tokio::time::timeout;

/// Places for queries that run at once. Further ones would only wait for the database, each with a
/// thread and a connection.
pub(crate) struct Places {
    free: Arc<Semaphore>,
    /// The longest wait for a place.
    patience: Duration,
}

impl Places {
    pub(crate) fn new(most: usize, patience: Duration) -> Self {
        Places {
            free: Arc::new(Semaphore::new(most)),
            patience,
        }
    }

    /// Waits for a place, in order of arrival. `None` if there is none for too long.
    pub(crate) async fn take(&self) -> Option<OwnedSemaphorePermit> {
        let place = timeout(self.patience, self.free.clone().acquire_owned()).await;
        place.ok().and_then(Result::ok)
    }
}
