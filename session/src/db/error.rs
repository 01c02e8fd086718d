//! Everything that can go wrong between the server and its database.

use std::path::PathBuf;

use rocket::tokio::task::JoinError;

use crate::cause::Cause;

/// Failures between the server and its database.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The file can't be opened or prepared.
    #[error("the database {} can't be used: {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The error of the system or of SQLite.
        source: Cause,
    },
    /// The file, or the log beside it, was deleted, moved away or replaced while it was open. The
    /// database is given up, since a restart would find nothing of what it still took.
    #[error(
        "the database {} was deleted, moved or replaced while it was in use; it is not used any \
         more until the server is started again", .path.display()
    )]
    Lost {
        /// The file.
        path: PathBuf,
    },
    /// Too many queries run at once: this one would have waited for too long.
    #[error("too many queries wait for the database")]
    Crowded,
    /// SQLite refused a query.
    #[error("the database refused a query: {0}")]
    Query(#[from] diesel::result::Error),
    /// The query's thread ended early: it panicked, or the server is shutting down.
    #[error("a query was interrupted: {0}")]
    Interrupted(#[source] JoinError),
}

impl DatabaseError {
    /// True for an error that every query gives until the restart, and that is in the log already:
    /// a line for each request would bury it.
    ///
    /// ```
    /// # use rocket_session_layer::db::DatabaseError;
    /// assert!(DatabaseError::Lost { path: "var/app.db".into() }.is_told());
    /// assert!(!DatabaseError::Crowded.is_told());
    /// ```
    pub fn is_told(&self) -> bool {
        matches!(self, DatabaseError::Lost { .. })
    }
}
