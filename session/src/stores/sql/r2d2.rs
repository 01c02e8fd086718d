//! Diesel's own pool, as many apps have it.

use std::time::Duration;

use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool, R2D2Connection};
use rocket::tokio::task::spawn_blocking;

use super::connection::SqlConnection;
use super::pool::ConnectionPool;
use crate::error::StoreError;

/// The longest wait of a query for a connection. The pool's own limit, thirty seconds by default,
/// would leave a visitor waiting for as long.
const PATIENCE: Duration = Duration::from_secs(5);

impl<C> ConnectionPool for Pool<ConnectionManager<C>>
where
    C: SqlConnection + R2D2Connection + Send + 'static,
{
    type Connection = C;

    fn size(&self) -> usize {
        self.max_size() as usize
    }

    async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut C) -> QueryResult<T> + Send + 'static,
    ) -> Result<QueryResult<T>, StoreError> {
        let pool = self.clone();
        let answer = spawn_blocking(move || {
            let patience = PATIENCE.min(pool.connection_timeout());
            let lent = pool.get_timeout(patience);
            let mut connection = lent.map_err(StoreError::unavailable)?;
            Ok(query(&mut connection))
        });
        answer.await.map_err(StoreError::unavailable)?
    }
}
