//! Who is told of every commit, so that copies of rows can follow them.

use std::sync::Arc;

use diesel::SqliteConnection;

use crate::session::id::Locker;
use crate::session::record::Record;

/// What a commit has done to one session.
pub(in crate::session::stores) struct Effect {
    pub(in crate::session::stores) locker: Locker,
    /// What its row holds now. None where there is no row any more, or where somebody who wants
    /// to know what is in it has to read it.
    pub(in crate::session::stores) record: Option<Arc<Record>>,
}

impl Effect {
    /// The row is gone, or is another one now.
    pub(super) fn other(locker: i64) -> Self {
        Effect {
            locker: Locker::from_number(locker),
            record: None,
        }
    }
}

/// Told by the thread that writes, in that thread: whoever waits here keeps all writes waiting.
pub(in crate::session::stores) trait Follower: Send + Sync {
    /// A transaction has begun on this connection. Until it ends nobody else commits.
    fn begun(&self, connection: &mut SqliteConnection);

    /// It is committed, and has done this, in this order. Others may have committed since. Nobody
    /// has been told yet that what they wanted is done.
    fn committed(&self, connection: &mut SqliteConnection, effects: Vec<Effect>);

    /// It has ended otherwise, and nobody knows how.
    fn failed(&self);
}
