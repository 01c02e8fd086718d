//! One commit for several requests: what they make of one session's record before it is stored.
//!
//! A commit waits for the disk or the network. If each of the requests that change one session
//! waited for the commit of the one before it, they would be no faster than a single browser that
//! clicks and waits. So a request behind which others wait leaves its changed record to the next
//! one, as a draft, which goes from turn to turn. When nobody is left who waited, it is stored, by
//! a single compare-on-version; only then are they all answered, and all the same.
//!
//! Whatever the store says to the draft holds for everything in it. After a conflict each request
//! applies its change again to what another process has stored.

use std::sync::Arc;

use rocket::tokio::sync::oneshot;
use rocket::tokio::{self, task::JoinHandle};

use super::id::{Locker, SecretHash};
use super::layer::Layer;
use super::record::Record;
use super::stores::{Outcome, StoreError};
use super::turns::Turn;

/// What became of a draft: the lock that the session has now; none after a conflict.
type Stored = Result<Option<SecretHash>, StoreError>;

pub(super) struct Draft {
    pub(super) record: Record,
    /// The version that is stored, on which all of it builds.
    version: i64,
    authors: Vec<oneshot::Sender<Stored>>,
}

impl Draft {
    /// Ends the turn and leaves `record` to those who wait, where it builds on what is stored with
    /// `version`, or on the draft that was there. Returns what became of it, once it is stored.
    pub(super) async fn hand_on(
        layer: &Arc<Layer>,
        mut turn: Turn<'_>,
        version: i64,
        record: Record,
    ) -> Stored {
        let (author, stored) = oneshot::channel();
        match &mut *turn.draft {
            Some(draft) => {
                draft.record = record;
                draft.authors.push(author);
            }
            none => {
                // A task, because a request may be given up at any moment, and its change with it;
                // those of the others in the draft may not.
                tokio::spawn(Draft::store_in_turn(layer.clone(), record.locker));
                *none = Some(Draft {
                    record,
                    version,
                    authors: vec![author],
                });
            }
        }
        drop(turn);
        let lost = |_| StoreError::unavailable("nobody knows whether the session was stored");
        stored.await.map_err(lost)?
    }

    async fn store_in_turn(layer: Arc<Layer>, locker: Locker) {
        let mut turn = layer.turns.wait(locker).await;
        // None where somebody could not go on with it and has stored it.
        if let Some(draft) = turn.draft.take() {
            draft.store(&layer).await;
        }
    }

    /// Stores it without waiting for further authors, for somebody whose turn it is.
    pub(super) fn store_now(self, layer: &Arc<Layer>) -> JoinHandle<()> {
        let layer = layer.clone();
        tokio::spawn(async move { self.store(&layer).await })
    }

    async fn store(self, layer: &Layer) {
        let outcome = layer.store.update(&self.record, self.version).await;
        let lock = self.record.secret_hash;
        let stored = outcome.map(|outcome| (outcome == Outcome::Done).then_some(lock));
        for author in self.authors {
            // Whose request has ended meanwhile need not be told.
            let _ = author.send(stored.clone());
        }
    }
}
