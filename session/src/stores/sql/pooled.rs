//! The store in a table that is reached through a pool of connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use rocket::tokio::time::timeout;

use super::connection::{Dialect, SqlConnection};
use super::outcome;
use super::pool::ConnectionPool;
use super::row::SessionRow;
use super::table::Table;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::error::StoreError;
use crate::id::Locker;
use crate::places::Places;
use crate::record::Record;
use crate::store::{Capabilities, Outcome, Store};
use crate::target;

/// The longest wait of a query for a connection, and for its answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Sessions in a table of SQLite or PostgreSQL, through a pool of connections. Durable, and shared by
/// all servers that reach the same database.
///
/// An app hands its own pool in by [`with_pool`](crate::SessionFairing::with_pool).
///
/// Every query runs on Rocket's blocking pool. An asynchronous client (diesel-async 0.9) was measured
/// beside it twice, on a busy machine with the database: with a pool that does not test its connections
/// it reads 0.8 to 1.8 times as often a second, each time for 15 µs of the app's CPU where this one takes
/// 40, and changes no more often than this one. For that it brings 26 crates more, 40 with TLS; it waits with its own release for each of
/// Diesel's; and libpq's addresses, certificates and password files would be gone. An app that has such
/// a pool already can hand it in: see [`ConnectionPool`].
///
/// r2d2 tests each connection by a query of its own before it lends it. With
/// `Pool::builder().test_on_check_out(false)` a query takes a third less; then a restart of the database
/// costs some visitors a 503, since closed connections are lent once more.
pub struct PooledStore<P: ConnectionPool> {
    pool: P,
    table: Arc<Table>,
    places: Places,
    /// True once the table was seen to be the one that is needed.
    is_prepared: AtomicBool,
}

type Spoken<P> = <<P as ConnectionPool>::Connection as SqlConnection>::Speaks;

impl<P: ConnectionPool> PooledStore<P> {
    /// A store in the table that the configuration names. Nothing is asked of the pool yet.
    ///
    /// ```
    /// use rocket_session_layer::Config;
    /// use rocket_session_layer::stores::{ConnectionPool, PooledStore};
    ///
    /// fn for_a_command<P: ConnectionPool>(pool: P, config: &Config) -> PooledStore<P> {
    ///     PooledStore::new(pool, config)
    /// }
    /// ```
    pub fn new(pool: P, config: &Config) -> Self {
        PooledStore {
            places: Places::new(pool.size(), PATIENCE),
            pool,
            table: Arc::new(Table::configured::<Spoken<P>>(config)),
            is_prepared: AtomicBool::new(false),
        }
    }

    /// Looks at the table, once. A database that was away at the start is looked at when it is back.
    async fn look_at_table(&self) -> Result<(), StoreError> {
        if !self.is_prepared.load(Ordering::Relaxed) {
            answered(self.ask(Table::prepare).await?)??;
            self.is_prepared.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Table, &mut P::Connection) -> QueryResult<T> + Send + 'static,
    ) -> Result<QueryResult<T>, StoreError> {
        self.look_at_table().await?;
        self.ask(query).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Table, &mut P::Connection) -> QueryResult<T> + Send + 'static,
    ) -> Result<QueryResult<T>, StoreError> {
        let crowded = || StoreError::unavailable("too many queries wait for the database");
        let place = self.places.take().await.ok_or_else(crowded)?;
        let table = self.table.clone();
        let asked = self.pool.run(move |connection| {
            // Until the query is over, also if nobody waits for it any more.
            let _place = place;
            query(&table, connection)
        });
        let slow = |_| StoreError::unavailable("the database took too long");
        timeout(PATIENCE, asked).await.map_err(slow)?
    }

    async fn change(
        &self,
        change: impl FnOnce(&Table, &mut P::Connection) -> QueryResult<usize> + Send + 'static,
    ) -> Result<Outcome, StoreError> {
        Ok(outcome(answered(self.run(change).await?)?))
    }
}

fn answered<T>(answer: QueryResult<T>) -> Result<T, StoreError> {
    answer.map_err(StoreError::unavailable)
}

/// True if the server may have closed the connection while it was idle. Of one that has crashed
/// libpq does not say that it is closed.
fn may_be_closed<T>(answer: &QueryResult<T>) -> bool {
    use DatabaseErrorKind::{ClosedConnection, UnableToSendCommand, Unknown};
    matches!(
        answer,
        Err(Error::DatabaseError(
            ClosedConnection | UnableToSendCommand | Unknown,
            _
        ))
    )
}

#[rocket::async_trait]
impl<P: ConnectionPool> Store for PooledStore<P> {
    fn name(&self) -> &'static str {
        Spoken::<P>::ENGINE
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn prepare(&self) -> Result<(), StoreError> {
        self.look_at_table().await
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let load =
            move |table: &Table, connection: &mut P::Connection| table.load(locker, connection);
        let mut answer = self.run(load).await?;
        // A restart of the server closes all idle connections, and costs nobody a page: a read may
        // be repeated, and it is nearly always the first that a request asks for.
        if may_be_closed(&answer) {
            answer = self.run(load).await?;
        }
        let record = answered(answer)?.transpose();
        if let Err(error) = &record {
            log::warn!(target: target::STORE, "session: {error}");
        }
        record
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let row = SessionRow::from_record(record)?;
        self.change(move |table, connection| table.create(&row, connection))
            .await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let row = SessionRow::from_record(record)?;
        self.change(move |table, connection| table.update(&row, version, connection))
            .await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        self.change(move |table, connection| table.delete(locker, version, connection))
            .await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let created = SessionRow::from_record(created)?;
        self.change(move |table, connection| {
            connection.transaction(|connection| table.replace(ended, version, &created, connection))
        })
        .await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let (moments, locker, version) = (
            [record.touched, record.expires],
            record.locker,
            record.version,
        );
        self.change(move |table, connection| table.touch(moments, locker, version, connection))
            .await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        answered(
            self.run(move |table, connection| table.purge(now, most, connection))
                .await?,
        )
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        answered(
            self.run(move |table, connection| table.lockers(after, most, connection))
                .await?,
        )
    }

    async fn count(&self) -> Result<u64, StoreError> {
        answered(
            self.run(|table, connection| table.count(connection))
                .await?,
        )
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let user = user.to_owned();
        answered(
            self.run(move |table, connection| table.of_user(&user, connection))
                .await?,
        )
    }
}
