//! Deleting many records in batches: those that are over, or all of them.

use std::sync::Arc;
use std::time::Duration;

use rocket::Shutdown;
use rocket::tokio::{select, time};

use crate::clock::Timestamp;
use crate::error::Error;
use crate::layer::{Home, Layer};
use crate::target;

/// Records in one batch. Deleting half a million at once would block writers for seconds.
const PURGE_BATCH: u32 = 1_000;

impl Layer {
    /// Ends every session of every visitor, and returns their number: after a backup was restored,
    /// which brings ended sessions back.
    ///
    /// # Errors
    ///
    /// The store does not answer: some sessions may have been ended. Or the browsers carry them;
    /// then it takes a new key.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn after_a_restore(layer: &Layer) -> Result<(), Error> {
    ///     println!("{} sessions ended", layer.end_all_sessions().await?);
    ///     Ok(())
    /// }
    /// ```
    pub async fn end_all_sessions(&self) -> Result<usize, Error> {
        let store = self.store("end all sessions")?;
        let mut ended = 0;
        loop {
            match store.purge(Timestamp::MAX, PURGE_BATCH).await? {
                0 => break,
                batch => ended += batch,
            }
        }
        log::info!(target: target::EVENT, "all {ended} sessions ended");
        Ok(ended)
    }

    /// Deletes all expired records and returns their number (Django's `clearsessions`).
    ///
    /// # Errors
    ///
    /// The store does not answer. Some records may have been deleted.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn every_night(layer: &Layer) -> Result<(), Error> {
    ///     println!("{} sessions were over", layer.purge().await?);
    ///     Ok(())
    /// }
    /// ```
    pub async fn purge(&self) -> Result<usize, Error> {
        let mut purged = 0;
        loop {
            let batch = self.purge_batch(PURGE_BATCH).await?;
            purged += batch;
            if batch < PURGE_BATCH as usize {
                return Ok(purged);
            }
        }
    }

    /// Deletes at most `most` expired records and returns their number. Between one batch and the
    /// next, others may write.
    ///
    /// # Errors
    ///
    /// The store does not answer. Some records may have been deleted.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn a_few(layer: &Layer) -> Result<usize, Error> {
    ///     layer.purge_batch(100).await
    /// }
    /// ```
    pub async fn purge_batch(&self, most: u32) -> Result<usize, Error> {
        match &self.home {
            Home::Kept(store) => Ok(store.purge(self.clock.now(), most).await?),
            Home::Carried(_) => Ok(0),
        }
    }
}

/// Purges at once and then at each interval, until the server shuts down. A failed purge is only
/// logged: the next one tries again.
pub(crate) async fn purge_now_and_then(layer: Arc<Layer>, mut shutdown: Shutdown) {
    let mut interval = time::interval(Duration::from_secs(layer.config.purge_every.into()));
    loop {
        select! {
            _ = &mut shutdown => return,
            _ = interval.tick() => {}
        }
        match layer.purge().await {
            Ok(0) => {}
            Ok(purged) => log::info!(
                target: target::PURGE,
                "session: {purged} expired sessions deleted"
            ),
            Err(error) => log::warn!(
                target: target::PURGE,
                "session: expired sessions were not deleted: {error}"
            ),
        }
    }
}
