//! What expired is deleted, in small batches and in the background.

use std::sync::Arc;
use std::time::Duration;

use rocket::Shutdown;
use rocket::tokio::{select, time};

use super::error::Error;
use super::layer::Layer;

/// Records in one batch. Deleting half a million at once would block writers for seconds.
const BATCH: u32 = 1_000;

impl Layer {
    /// Deletes all expired records and returns how many there were (Django's `clearsessions`).
    ///
    /// # Errors
    ///
    /// The store does not answer. Some records may have been deleted.
    pub async fn purge(&self) -> Result<usize, Error> {
        let mut purged = 0;
        loop {
            let batch = self.purge_batch(BATCH).await?;
            purged += batch;
            if batch < BATCH as usize {
                return Ok(purged);
            }
        }
    }

    /// Deletes expired records, but `most` of them at most, and returns how many there were.
    /// Between one batch and the next, others may write.
    ///
    /// # Errors
    ///
    /// The store does not answer. Some records may have been deleted.
    pub async fn purge_batch(&self, most: u32) -> Result<usize, Error> {
        Ok(self.store.purge(self.clock.now(), most).await?)
    }
}

/// Purges at once and then at each interval, until the server shuts down. A failed purge is only
/// logged: the next one tries again.
pub(super) async fn now_and_then(layer: Arc<Layer>, mut shutdown: Shutdown) {
    let mut interval = time::interval(Duration::from_secs(layer.config.purge_every.into()));
    loop {
        select! {
            _ = &mut shutdown => return,
            _ = interval.tick() => {}
        }
        match layer.purge().await {
            Ok(0) => {}
            Ok(purged) => log::info!("session: {purged} expired sessions deleted"),
            Err(error) => log::warn!("session: expired sessions were not deleted: {error}"),
        }
    }
}
