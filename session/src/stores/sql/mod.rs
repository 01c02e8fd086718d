//! Sessions in a table of a database, by Diesel: everything that SQLite and PostgreSQL have in
//! common.

mod connection;
mod pool;
mod pooled;
#[cfg(feature = "r2d2")]
mod r2d2;
pub(super) mod row;
mod schema;
mod statement;
pub(super) mod table;
mod wording;

pub use connection::SqlConnection;
pub use pool::ConnectionPool;
pub use pooled::PooledStore;

use crate::store::Outcome;

/// The outcome of a statement that changed so many rows.
pub(super) fn outcome(changed: usize) -> Outcome {
    match changed {
        0 => Outcome::Conflict,
        _ => Outcome::Done,
    }
}
