//! The servers behind a server: those of Redis and PostgreSQL, each for one engine alone.

use std::io::Result;

#[cfg(postgres_server)]
use super::postgres;
use super::redis::Redis;

/// A server that keeps sessions. It ends when this is dropped.
pub enum Keeper {
    /// Keeps them in memory alone.
    Redis(Redis),
    /// Keeps them on the disk, and waits for it at each commit.
    #[cfg(postgres_server)]
    Postgres(postgres::Server),
}

impl Keeper {
    /// Starts a Redis.
    ///
    /// # Errors
    ///
    /// A sentence that says why there is none.
    pub fn redis() -> std::result::Result<Self, String> {
        let started = Redis::start().map_err(|error| format!("redis-server: {error}"));
        started.map(Keeper::Redis)
    }

    /// Starts a PostgreSQL.
    ///
    /// # Errors
    ///
    /// A sentence that says why there is none.
    #[cfg(postgres_server)]
    pub fn postgres() -> std::result::Result<Self, String> {
        // The tests, which it is shared with, do without the disk.
        Ok(Keeper::Postgres(postgres::Server::start(&["fsync=on"])))
    }

    /// The same where the build found none.
    #[cfg(not(postgres_server))]
    pub fn postgres() -> std::result::Result<Self, String> {
        Err("The build was without the feature `postgres`, or found no `initdb`.".to_owned())
    }

    /// Its address as a setting of the section `session`.
    pub fn setting(&self) -> String {
        match self {
            Keeper::Redis(redis) => format!(r#"redis="{}""#, redis.address()),
            #[cfg(postgres_server)]
            Keeper::Postgres(server) => format!(r#"postgres="{}""#, server.url()),
        }
    }

    /// The bytes of memory that it has in use. `None`: the system does not say, or the memory is
    /// shared by many processes, as PostgreSQL's is.
    pub fn memory(&self) -> Option<u64> {
        match self {
            Keeper::Redis(redis) => redis.memory(),
            #[cfg(postgres_server)]
            Keeper::Postgres(_) => None,
        }
    }

    /// The bytes of its tables and indexes on the disk, its log left out.
    ///
    /// # Errors
    ///
    /// They can't be read.
    pub fn disk(&self) -> Result<u64> {
        match self {
            Keeper::Redis(_) => Ok(0),
            #[cfg(postgres_server)]
            Keeper::Postgres(server) => super::disk::used(&server.folder().join("base")),
        }
    }
}
