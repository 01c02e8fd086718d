//! The stores that come with the crate. A new one implements [`Store`] and passes the suite of the
//! feature `conformance`.
//!
//! The [`Capabilities`] of each, every yes and every no of which the suite proves:
//!
//! | engine | atomic | revocable | listable | shared | durable | survives |
//! | --- | --- | --- | --- | --- | --- | --- |
//! | database | yes | yes | yes | yes | yes | restart, crash, and with `synchronous = "full"` a power cut |
//! | postgres | yes | yes | yes | yes | yes | restart, crash and power cut, as PostgreSQL is configured |
//! | cache | yes | yes | yes | no | no | nothing; when it is full, the least used session goes |
//! | file | yes | yes | yes | yes | yes | restart and crash; a power cut may take the last changes |
//! | redis | yes | yes | yes | yes | yes | restart and crash of our servers; of Redis as it is configured; evicted sessions are gone |
//! | cookie | no | no | no | yes | yes | everything but the loss of the keys: records are in the browsers |
//!
//! If sessions are not atomic, the later answer of two parallel requests wins and `update` changes
//! the request's own copy. If they are not revocable, nothing rotates, and a copy of an ended
//! session's cookie still opens it. If they are not listable, [`Layer::sessions_of`] and the calls
//! that end sessions are [`Error::NotSupported`]. The engine `cookie` is no store: each browser
//! carries its own record, and the server keeps none.
//!
//! Changing the engine is safe: sessions of the old one are unknown to the new one, and their
//! visitors are anonymous.
//!
//! [`Capabilities`]: crate::Capabilities
//! [`Layer::sessions_of`]: crate::Layer::sessions_of
//! [`Error::NotSupported`]: crate::Error::NotSupported

mod cache;
#[cfg(feature = "database")]
mod database;
#[cfg(feature = "file")]
mod file;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "sql")]
mod sql;

use std::sync::Arc;

use crate::config::{Config, Engine};
use crate::setup::SetupError;
use crate::store::Store;

pub use cache::CacheStore;
#[cfg(feature = "database")]
pub use database::DatabaseStore;
#[cfg(feature = "file")]
pub use file::FileStore;
#[cfg(feature = "postgres")]
pub use postgres::PostgresPool;
#[cfg(feature = "redis")]
pub use redis::RedisStore;
#[cfg(feature = "sql")]
pub use sql::{ConnectionPool, PooledStore, SqlConnection};

/// Opens the store that the configuration names.
pub(crate) fn open(config: &Config) -> Result<Arc<dyn Store>, SetupError> {
    match config.engine {
        #[cfg(feature = "database")]
        Engine::Database => {
            let database = crate::db::Database::open(config.database(), config.synchronous);
            let database = database.map_err(crate::error::StoreError::unavailable)?;
            Ok(Arc::new(DatabaseStore::open(database, config)?))
        }
        #[cfg(feature = "postgres")]
        Engine::Postgres => {
            let pool = PostgresPool::to(&config.postgres);
            Ok(Arc::new(PooledStore::new(pool, config)))
        }
        #[cfg(feature = "file")]
        Engine::File => Ok(Arc::new(FileStore::open(config.folder())?)),
        #[cfg(feature = "redis")]
        Engine::Redis => Ok(Arc::new(RedisStore::configured(config)?)),
        Engine::Cache => Ok(Arc::new(CacheStore::new(config.cache_size))),
        #[allow(
            unreachable_patterns,
            reason = "with all features only `cookie` is left"
        )]
        engine => Err(SetupError::not_built(engine)),
    }
}
