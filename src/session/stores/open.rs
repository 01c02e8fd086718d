//! From the configured engine to a store.

use std::sync::Arc;

#[cfg(feature = "redis")]
use super::RedisStore;
use super::{CacheStore, CookieStore, DatabaseStore, Store};
#[cfg(unix)]
use super::{CachedDatabaseStore, FileStore};
use crate::db::{Database, DatabaseError};
#[cfg(not(feature = "redis"))]
use crate::session::address::WITHOUT_REDIS;
use crate::session::config::{Config, Engine};

/// Opens the store that the configuration names.
///
/// # Errors
///
/// A sentence for whoever starts the server: why it can't be opened.
pub(in crate::session) fn open(config: &Config) -> Result<Arc<dyn Store>, String> {
    let said = |error: super::StoreError| error.to_string();
    match config.engine {
        Engine::Database => {
            let database = database(config).map_err(|error| error.to_string())?;
            Ok(Arc::new(DatabaseStore::open(database).map_err(said)?))
        }
        #[cfg(unix)]
        Engine::CachedDatabase => {
            let database = database(config).map_err(|error| error.to_string())?;
            let store = CachedDatabaseStore::open(database, config.cache_size);
            Ok(Arc::new(store.map_err(said)?))
        }
        #[cfg(unix)]
        Engine::File => Ok(Arc::new(FileStore::open(config.folder()).map_err(said)?)),
        #[cfg(not(unix))]
        Engine::CachedDatabase | Engine::File => {
            Err("this engine needs Unix; use \"database\" or \"cache\"".to_owned())
        }
        #[cfg(feature = "redis")]
        Engine::Redis => {
            let store = RedisStore::open(&config.redis, &config.redis_prefix);
            Ok(Arc::new(store.map_err(said)?))
        }
        #[cfg(not(feature = "redis"))]
        Engine::Redis => Err(WITHOUT_REDIS.to_owned()),
        Engine::Cache => Ok(Arc::new(CacheStore::new(config.cache_size))),
        Engine::Cookie => Ok(Arc::new(CookieStore::open(config)?)),
    }
}

fn database(config: &Config) -> Result<Database, DatabaseError> {
    Database::open(config.database(), config.synchronous)
}
