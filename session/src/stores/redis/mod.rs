//! The store in Redis, for many servers on one: a hash a session.
//!
//! | event | left afterwards |
//! | --- | --- |
//! | a server restarts, crashes, is killed | everything that was answered |
//! | Redis itself ends | as much as it is configured to keep: nothing, its last dump, or with `appendonly yes` all but perhaps the last second |
//! | Redis is full | with `noeviction` every record as it was, and 503 for new ones; with `volatile-…` the sessions it evicts are gone; `allkeys-…` is not for this store, it would forget who is logged in where |
//! | Redis stops, hangs, or is not there yet | 503, within two seconds and then at once; when it is back it is used again |
//! | a record is foreign or of another format | the record as it is, until Redis deletes it at its end; no cookie opens it, the log names it |
//!
//! - **Each operation is one script**, which Redis runs as a whole, and one round trip. It compares
//!   the version where the record is, so any number of servers may write. A read is one command. When
//!   the answer to a change is lost, the change may be made at any later moment or not at all, but
//!   wholly, and only while no other change has come first.
//! - **Redis deletes expired records by itself**, a minute after their end, by a time to live that
//!   counts from the last touch: its clock need not agree with ours. A purge then only tidies the
//!   lists.
//! - **One Redis**, perhaps with replicas and a way to promote one, but no cluster: an operation has
//!   to see a record and the lists at once.

mod connection;
mod fields;

use std::cmp::Reverse;
use std::fmt;

use redis::{ErrorKind, FromRedisValue, RedisError, Script, ServerErrorKind, ToRedisArgs};

use crate::Address;
use crate::clock::Timestamp;
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::store::{Capabilities, Outcome, Store};
use crate::target;
use connection::SharedConnection;
use fields::{FIELDS, HashFields};

const OPERATIONS: &str = include_str!("operations.lua");

/// Sessions in Redis: shared by all servers that use the same one, and as durable as it is.
pub struct RedisStore {
    connection: SharedConnection,
    prefix: String,
    /// The script's SHA-1. Redis runs by it a script that it has seen, which spares sending 7 KiB.
    hash: String,
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
        address.check().map_err(StoreError::unavailable)?;
        let connection = SharedConnection::to(address.reveal()).map_err(StoreError::unavailable)?;
        Ok(RedisStore {
            connection,
            prefix: prefix.into(),
            hash: Script::new(OPERATIONS).get_hash().to_owned(),
        })
    }

    /// Runs one of the operations in `operations.lua`.
    async fn run<T: FromRedisValue>(
        &self,
        operation: &str,
        arguments: impl ToRedisArgs + Send + Sync,
    ) -> Result<T, StoreError> {
        let command = |name: &str, script: &str| {
            let mut command = redis::cmd(name);
            command.arg(script).arg(0).arg(&self.prefix).arg(operation);
            command.arg(&arguments);
            command
        };
        let mut answer = self.connection.ask(&command("EVALSHA", &self.hash)).await?;
        // A new Redis, or one whose scripts were flushed: it has done nothing yet, and knows the
        // script after this.
        if let Err(error) = &answer
            && error.kind() == ErrorKind::Server(ServerErrorKind::NoScript)
        {
            answer = self.connection.ask(&command("EVAL", OPERATIONS)).await?;
        }
        answer.map_err(refused)
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
    StoreError::unavailable(format!("Redis: {said}"))
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

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let mut command = redis::cmd("HMGET");
        command.arg(format!("{}{locker}", self.prefix)).arg(&FIELDS);
        let found: HashFields = match self.connection.ask(&command).await? {
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
