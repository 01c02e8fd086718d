//! A thread that carries what was committed from SQLite's log over into the database file.
//!
//! Left to SQLite, a commit does it, now and then: in a large table a thousand pages in a thousand
//! places, while everybody who wants to write waits. Beside the writing it keeps nobody waiting.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::db::Database;
use crate::session::stores::StoreError;

/// After so many changes there is something to do.
const CHANGES: usize = 1_000;

/// When the log has so many pages (32 MiB), a commit carries over what is left, and the log begins
/// anew: it can't while others keep adding to it.
const MOST_PAGES: u32 = 8_000;

pub(super) struct Checkpoint {
    /// None only while it is being dropped.
    due: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    changes: usize,
}

impl Checkpoint {
    pub(super) fn start(database: Database) -> Result<Self, StoreError> {
        let (due, is_due) = sync_channel(1);
        let thread = thread::Builder::new()
            .name("session-checkpoint".to_owned())
            .spawn(move || whenever(is_due, &database))
            .map_err(StoreError::unavailable)?;
        Ok(Checkpoint {
            due: Some(due),
            thread: Some(thread),
            changes: 0,
        })
    }

    /// A connection for the thread that writes.
    pub(super) fn connect(database: &Database) -> Result<SqliteConnection, StoreError> {
        let mut connection = database.connect()?;
        let left = format!("PRAGMA wal_autocheckpoint = {MOST_PAGES}");
        let left = connection.batch_execute(&left);
        left.map_err(StoreError::unavailable)?;
        Ok(connection)
    }

    /// So many more changes are committed.
    pub(super) fn committed(&mut self, changes: usize) {
        self.changes += changes;
        if self.changes >= CHANGES
            && let Some(due) = &self.due
        {
            self.changes = 0;
            // Full: it has not yet begun with what was due before, and will see this too.
            let _ = due.try_send(());
        }
    }
}

impl Drop for Checkpoint {
    fn drop(&mut self) {
        self.due = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn whenever(is_due: Receiver<()>, database: &Database) {
    let mut connection = None;
    while is_due.recv().is_ok() {
        let opened = match connection.take() {
            Some(connection) => Ok(connection),
            None => database.connect().map_err(StoreError::from),
        };
        let done = opened.and_then(|mut opened| {
            // Carries over what it can without waiting for anybody.
            let done = opened.batch_execute("PRAGMA wal_checkpoint(PASSIVE)");
            done.map_err(StoreError::unavailable)?;
            Ok(opened)
        });
        match done {
            Ok(opened) => connection = Some(opened),
            Err(error) => log::warn!("session: the log grows, no checkpoint: {error}"),
        }
    }
}
