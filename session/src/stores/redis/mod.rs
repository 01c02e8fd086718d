//! The store in Redis, for many servers on one: a hash a session.
//!
//! | event | left afterwards |
//! | --- | --- |
//! | a server restarts, crashes, is killed | everything that was answered |
//! | Redis itself ends | as much as it is configured to keep: nothing, its last dump, or with `appendonly yes` all but perhaps the last second |
//! | Redis is full | with `noeviction` every record as it was, and 503 for new ones; with `volatile-…` the sessions it evicts are gone; `allkeys-…` is not for this store, it would forget who is logged in where |
//! | Redis stops, hangs, or is not there yet | 503, within two seconds and then at once; when it is back it is used again |
//! | a replica takes its place | 503 for a change that still goes to the old one, then a new connection: to the same address, whose name is resolved again, or to the one that the sentinels name; changes that it had not handed on are lost |
//! | its user lacks a right, its certificate does not fit | 503, and a line that says so |
//! | a record is foreign or of another format | the record as it is, until Redis deletes it at its end; no cookie opens it, the log names it |
//!
//! - **Each operation is one script**, which Redis runs as a whole, and one round trip. It compares
//!   the version where the record is, so any number of servers may write. A read is one command. When
//!   the answer to a change is lost, the change may be made at any later moment or not at all, but
//!   wholly, and only while no other change has come first.
//! - **Redis deletes expired records by itself**, a minute after their end, by a time to live that
//!   counts from the last touch: its clock need not agree with ours. A purge then only tidies the
//!   lists.
//! - **One Redis from version 6 on, or Valkey**, perhaps with replicas and a way to promote one. An
//!   operation has to see a record and the lists at once: in a cluster they all have to be in one
//!   place, by a prefix like `{session}:`, and [`RedisStore::with_connection`] takes its connection.
//! - **Its user needs few rights**: those in `rights` of `operations.lua`, `eval` and `evalsha`, for
//!   keys that begin with the prefix. Redis 7 names one that is missing before anything is half done.

mod authority;
mod connection;
mod fields;
mod primary;

use std::cmp::Reverse;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use redis::aio::ConnectionLike;
use redis::{
    Client, Cmd, ErrorKind, FromRedisValue, RedisError, RedisResult, Script, ServerErrorKind,
    ToRedisArgs,
};

use crate::Address;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::setup::SetupError;
use crate::store::{Capabilities, Outcome, Store};
use crate::target;
use connection::{Ask, Given, SharedConnection};
use fields::{FIELDS, HashFields};
use primary::Primary;

const OPERATIONS: &str = include_str!("operations.lua");

/// Sessions in Redis: shared by all servers that use the same one, and as durable as it is.
pub struct RedisStore {
    connection: Box<dyn Ask>,
    prefix: String,
    /// The script's SHA-1. Redis runs by it a script that it has seen, which spares sending 8 KiB.
    hash: String,
    /// True once Redis has said that its user has every right that the operations need.
    allowed: AtomicBool,
}

impl RedisStore {
    /// Gets ready to use the Redis at this address, with keys that begin with `prefix`. It need not
    /// be there yet.
    ///
    /// # Errors
    ///
    /// The address can't be read.
    ///
    /// ```no_run
    /// # use rocket_session_layer::{Address, StoreError, stores::RedisStore};
    /// fn mine() -> Result<RedisStore, StoreError> {
    ///     RedisStore::open(&Address::from("redis://127.0.0.1"), "session:")
    /// }
    /// ```
    pub fn open(address: &Address, prefix: impl Into<String>) -> Result<Self, StoreError> {
        let mut config = Config::default();
        config.redis = address.clone();
        config.redis_prefix = prefix.into();
        RedisStore::configured(&config).map_err(StoreError::unavailable)
    }

    /// Gets ready to use the Redis that the settings name, as the engine `redis` does: at
    /// [`redis`](Config::redis), or where [`redis_sentinels`](Config::redis_sentinels) say, known by
    /// [`redis_ca`](Config::redis_ca). It need not be there yet.
    ///
    /// # Errors
    ///
    /// A setting that can't work.
    ///
    /// ```no_run
    /// use rocket::figment::Figment;
    /// use rocket_session_layer::{Config, SetupError, stores::RedisStore};
    ///
    /// fn mine(figment: &Figment) -> Result<RedisStore, SetupError> {
    ///     RedisStore::configured(&Config::from_figment(figment)?)
    /// }
    /// ```
    pub fn configured(config: &Config) -> Result<Self, SetupError> {
        let connection = SharedConnection::to(Primary::configured(config)?);
        Ok(RedisStore::by(connection, &config.redis_prefix))
    }

    /// Gets ready to use the Redis of the app's own client, whose settings may be more than an
    /// address can say: a certificate to show, say. The store connects, and connects again, as it
    /// does to an address.
    ///
    /// The client is one of the crate `redis` of version 1, as in `redis = "1.8"`; a feature of it
    /// that the client needs has to be named there.
    ///
    /// # Errors
    ///
    /// Redis can't be reached by such a client on this system.
    ///
    /// ```no_run
    /// use rocket_session_layer::{Session, StoreError, stores::RedisStore};
    ///
    /// fn app(client: &redis::Client) -> Result<rocket::Rocket<rocket::Build>, StoreError> {
    ///     let store = RedisStore::with_client(client, "session:")?;
    ///     Ok(rocket::build().attach(Session::fairing().with_store(store)))
    /// }
    /// ```
    pub fn with_client(client: &Client, prefix: impl Into<String>) -> Result<Self, StoreError> {
        let primary = Primary::at(client).map_err(StoreError::unavailable)?;
        Ok(RedisStore::by(SharedConnection::to(primary), prefix))
    }

    /// Uses a connection of the app's own, clones of which share it: `MultiplexedConnection`,
    /// `ConnectionManager`, `ClusterConnection`, or a type around a pool that implements
    /// [`ConnectionLike`]. It is one of the crate `redis` of version 1, as in `redis = "1.8"`.
    ///
    /// The connection takes care of itself: of timeouts, and of connecting again. A
    /// `ConnectionManager` does not do it after a fail-over, when changes end in `READONLY`; better
    /// is [`with_client`](RedisStore::with_client).
    ///
    /// A cluster keeps only those keys together that have the same text in braces: there the prefix
    /// has to be like `{session}:`. Else each change is refused, by one line, before it is begun.
    ///
    /// ```no_run
    /// use redis::{RedisResult, aio::ConnectionLike};
    /// use rocket_session_layer::stores::RedisStore;
    ///
    /// // For instance of `redis::cluster::ClusterClient`, with the crate's feature `cluster-async`.
    /// fn mine(cluster: impl ConnectionLike + Clone + Send + Sync + 'static) -> RedisStore {
    ///     RedisStore::with_connection(cluster, "{session}:")
    /// }
    /// ```
    pub fn with_connection(
        connection: impl ConnectionLike + Clone + Send + Sync + 'static,
        prefix: impl Into<String>,
    ) -> Self {
        RedisStore::by(Given(connection), prefix)
    }

    fn by(connection: impl Ask + 'static, prefix: impl Into<String>) -> Self {
        RedisStore {
            connection: Box::new(connection),
            prefix: prefix.into(),
            hash: Script::new(OPERATIONS).get_hash().to_owned(),
            allowed: AtomicBool::new(false),
        }
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<RedisResult<T>, StoreError> {
        let answer = self.connection.ask(command).await?;
        Ok(answer.and_then(|value| Ok(T::from_redis_value(value)?)))
    }

    /// Runs one of the operations in `operations.lua`, if all of them may be run to their ends.
    async fn run<T: FromRedisValue>(
        &self,
        operation: &str,
        arguments: impl ToRedisArgs + Send + Sync,
    ) -> Result<T, StoreError> {
        if !self.allowed.load(Ordering::Relaxed) {
            self.prepare().await?;
        }
        let answer = self.evaluate(operation, arguments).await?;
        answer.map_err(|error| {
            // Another Redis, or the rights have changed: the next operation looks first.
            if is_denied(&error) {
                self.allowed.store(false, Ordering::Relaxed);
            }
            refused(error)
        })
    }

    async fn evaluate<T: FromRedisValue>(
        &self,
        operation: &str,
        arguments: impl ToRedisArgs + Send + Sync,
    ) -> Result<RedisResult<T>, StoreError> {
        let command = |name: &str, script: &str| {
            let mut command = redis::cmd(name);
            // In a cluster keys in different places are refused before the script begins.
            let keys = [self.prefix.clone(), format!("{}expires", self.prefix)];
            command.arg(script).arg(keys.len()).arg(&keys);
            command.arg(operation).arg(&arguments);
            command
        };
        match self.ask(&command("EVALSHA", &self.hash)).await? {
            // A new Redis, or one whose scripts were flushed: it has done nothing yet, and knows the
            // script after this.
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                self.ask(&command("EVAL", OPERATIONS)).await
            }
            answer => Ok(answer),
        }
    }

    /// Runs an operation that changes the session in this locker, or nothing.
    async fn change(
        &self,
        operation: &str,
        locker: Locker,
        arguments: impl ToRedisArgs + Send + Sync,
    ) -> Result<Outcome, StoreError> {
        match self.run(operation, arguments).await? {
            1 => Ok(Outcome::Done),
            0 => Ok(Outcome::Conflict),
            _ => Err(StoreError::Corrupt(locker)),
        }
    }
}

fn refused(error: RedisError) -> StoreError {
    let said = error.to_string();
    // Redis quotes a command that it does not know with its arguments, so with a session.
    let said = said.split(", with args").next().unwrap_or_default();
    if error.kind() == ErrorKind::Server(ServerErrorKind::CrossSlot) {
        let advice = "a cluster needs a session.redis_prefix like \"{session}:\"";
        return StoreError::unusable(format!("Redis: {said}; {advice}"));
    }
    let advice = if is_denied(&error) {
        "; the user in session.redis needs this right, by ACL SETUSER"
    } else {
        ""
    };
    StoreError::unavailable(format!("Redis: {said}{advice}"))
}

/// True if the user lacks a right. For a command in a script, Redis 7.0 says so without a code.
fn is_denied(error: &RedisError) -> bool {
    let in_script = |detail: &str| detail.contains("The user executing the script can't");
    error.kind() == ErrorKind::Server(ServerErrorKind::NoPerm)
        || error.detail().is_some_and(in_script)
}

fn corrupt(locker: Locker, reason: impl fmt::Display) -> StoreError {
    log::warn!(target: target::STORE, "session: {locker} can't be read in Redis: {reason}");
    StoreError::Corrupt(locker)
}

#[rocket::async_trait]
impl Store for RedisStore {
    fn name(&self) -> &'static str {
        "redis"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn prepare(&self) -> Result<(), StoreError> {
        let rights: RedisResult<i64> = self.evaluate("rights", &[""; 0][..]).await?;
        rights.map_err(refused)?;
        self.allowed.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let mut command = redis::cmd("HMGET");
        command.arg(format!("{}{locker}", self.prefix)).arg(&FIELDS);
        let found: HashFields = match self.ask(&command).await? {
            Err(error) if error.code() == Some("WRONGTYPE") => {
                return Err(corrupt(locker, "it is no hash"));
            }
            answer => answer.map_err(refused)?,
        };
        fields::read(locker, found).map_err(|reason| corrupt(locker, reason))
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let created = fields::write(record)?;
        self.change("create", record.locker, created).await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let arguments = (version, fields::write(record)?);
        self.change("update", record.locker, arguments).await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        let arguments = (locker.to_string(), version);
        self.change("delete", locker, arguments).await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let arguments = (ended.to_string(), version, fields::write(created)?);
        self.change("replace", ended, arguments).await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let arguments = (
            record.locker.to_string(),
            record.version,
            record.touched,
            record.expires,
            fields::seconds(record),
        );
        self.change("touch", record.locker, arguments).await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        self.run("purge", (now, most)).await
    }

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        let names: Vec<String> = self.run("lockers", &[""; 0][..]).await?;
        let mut lockers: Vec<Locker> = names
            .iter()
            .filter_map(|name| Locker::parse(name))
            .collect();
        lockers.retain(|locker| Some(*locker) > after);
        lockers.sort();
        lockers.truncate(most as usize);
        Ok(lockers)
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let arguments = (user, &FIELDS);
        let found: Vec<(String, HashFields)> = self.run("of_user", arguments).await?;
        let read = |(locker, found): (String, HashFields)| {
            let locker = Locker::parse(&locker)?;
            // Skips a record that can't be read: it logs no user in, and an error here would keep its
            // user from ending the others.
            let record = fields::read(locker, found);
            record.map_err(|reason| corrupt(locker, reason)).ok()?
        };
        let mut records: Vec<Record> = found.into_iter().filter_map(read).collect();
        records.sort_by_key(|record| Reverse(record.touched));
        Ok(records)
    }
}
