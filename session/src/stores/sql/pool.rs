//! Connections that somebody else opens and closes.

use std::sync::Arc;

use diesel::result::QueryResult;

use super::connection::SqlConnection;
use crate::error::StoreError;

/// A pool of Diesel's connections: the app's own, if it has one.
///
/// With the crate's feature `r2d2`, Diesel's own pool is one. Another one is made one in a few
/// lines, also one whose connections are asynchronous:
///
/// ```
/// # #[cfg(feature = "database")] mod example {
/// use diesel::{Connection, QueryResult, SqliteConnection};
/// use rocket::tokio::task::spawn_blocking;
/// use rocket_session_layer::StoreError;
/// use rocket_session_layer::stores::ConnectionPool;
///
/// /// No pool at all: a connection for each query.
/// struct OneByOne(String);
///
/// impl ConnectionPool for OneByOne {
///     type Connection = SqliteConnection;
///
///     fn size(&self) -> usize {
///         8
///     }
///
///     async fn run<T: Send + 'static>(
///         &self,
///         query: impl FnOnce(&mut SqliteConnection) -> QueryResult<T> + Send + 'static,
///     ) -> Result<QueryResult<T>, StoreError> {
///         let path = self.0.clone();
///         let answer = spawn_blocking(move || {
///             let connection = SqliteConnection::establish(&path);
///             Ok(query(&mut connection.map_err(StoreError::unavailable)?))
///         });
///         answer.await.map_err(StoreError::unavailable)?
///     }
/// }
/// # }
/// ```
#[diagnostic::on_unimplemented(
    note = "Diesel's own pool is one with the feature `r2d2` of rocket-session-layer"
)]
pub trait ConnectionPool: Send + Sync + 'static {
    /// A connection to SQLite or PostgreSQL.
    type Connection: SqlConnection;

    /// The most queries that it can run at once. Further ones wait for one of these to end, without
    /// a thread that waits along.
    fn size(&self) -> usize;

    /// Runs a query with one of the connections, where it may block. The inner result is the
    /// query's own.
    ///
    /// # Errors
    ///
    /// There is no connection: the database does not answer, or all of them are in use for too long.
    fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Self::Connection) -> QueryResult<T> + Send + 'static,
    ) -> impl Future<Output = Result<QueryResult<T>, StoreError>> + Send;
}

impl<P: ConnectionPool> ConnectionPool for Arc<P> {
    type Connection = P::Connection;

    fn size(&self) -> usize {
        P::size(self)
    }

    fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Self::Connection) -> QueryResult<T> + Send + 'static,
    ) -> impl Future<Output = Result<QueryResult<T>, StoreError>> + Send {
        P::run(self, query)
    }
}
