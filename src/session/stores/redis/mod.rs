//! The store in Redis, for many servers on one: a hash a session.
//!
//! | what happens | what is left |
//! | --- | --- |
//! | a server restarts, crashes, is killed | everything that was answered |
//! | Redis itself ends | what it is configured to keep: nothing, its last dump, or with `appendonly yes` all but perhaps the last second |
//! | Redis is full | with `noeviction` every record as it was, and 503 for what would be new; with `volatile-…` the sessions it evicts are gone; `allkeys-…` is not for this store, it would forget who is logged in where |
//! | Redis stops, hangs, or is not there yet | 503, within two seconds and then at once; when it is back it is used again |
//! | a record is foreign or of a newer format | it stays as it is; its visitor gets 503, the log says which |
//!
//! - **Each operation is one script**, which Redis runs as a whole, and one round trip. It compares
//!   the version where the record is, so that it does not matter how many servers there are. A read
//!   is one command. When the answer to a change is lost, the change may be made at any later moment
//!   or not at all, but wholly, and only while nobody else has made another.
//! - **Redis deletes what is over**, a minute after its end, by a time to live that counts from the
//!   last touch: the clocks need not agree. A purge then only tidies the lists.
//! - **One Redis**, perhaps with replicas and somebody who promotes one, but no cluster: an
//!   operation has to see a record and the lists at once.

mod format;
mod line;

use std::borrow::Cow;
use std::cmp::Reverse;

use redis::{Cmd, ErrorKind, FromRedisValue, RedisError, Script, ServerErrorKind};

use super::{Capabilities, Outcome, Store, StoreError};
use crate::session::address::Address;
use crate::session::clock::Timestamp;
use crate::session::id::Locker;
use crate::session::record::Record;
use format::{FIELDS, Stored};
use line::{Line, Refusal};

const OPERATIONS: &str = include_str!("operations.lua");

/// Sessions in Redis: shared by all servers that use the same one, and as durable as it is.
pub struct RedisStore {
    line: Line,
    prefix: String,
    /// By which Redis knows the script once it has seen it.
    hash: String,
}

impl RedisStore {
    /// Gets ready to use the Redis at this address, with keys that begin with `prefix`. It need not
    /// be there yet.
    ///
    /// # Errors
    ///
    /// The address can't be read.
    pub fn open(address: &Address, prefix: impl Into<String>) -> Result<Self, StoreError> {
        address.check().map_err(StoreError::Unavailable)?;
        Ok(RedisStore {
            line: Line::to(address.reveal()).map_err(StoreError::unavailable)?,
            prefix: prefix.into(),
            hash: Script::new(OPERATIONS).get_hash().to_owned(),
        })
    }

    /// Runs one of the operations in `operations.lua`.
    async fn run<T: FromRedisValue>(
        &self,
        operation: &str,
        arguments: &[Cow<'_, str>],
    ) -> Result<T, StoreError> {
        let command = |name: &str, script: &str| {
            let mut command = redis::cmd(name);
            command.arg(script).arg(0).arg(&self.prefix).arg(operation);
            for argument in arguments {
                command.arg(argument.as_bytes());
            }
            command
        };
        match self.line.ask(&command("EVALSHA", &self.hash)).await {
            // A new Redis, or one whose scripts were flushed. It did nothing, and knows it again
            // after this.
            Err(Refusal::Answer(error)) if is_unknown_script(&error) => {
                self.ask(&command("EVAL", OPERATIONS)).await
            }
            answer => answer.map_err(unavailable),
        }
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        self.line.ask(command).await.map_err(unavailable)
    }

    /// Runs an operation that changes the session in this locker, or nothing.
    async fn change(
        &self,
        operation: &str,
        locker: Locker,
        arguments: &[Cow<'_, str>],
    ) -> Result<Outcome, StoreError> {
        match self.run(operation, arguments).await? {
            1 => Ok(Outcome::Done),
            0 => Ok(Outcome::Conflict),
            _ => Err(StoreError::Corrupt(locker)),
        }
    }
}

fn is_unknown_script(error: &RedisError) -> bool {
    error.kind() == ErrorKind::Server(ServerErrorKind::NoScript)
}

fn unavailable(refusal: Refusal) -> StoreError {
    match refusal {
        Refusal::Line(reason) => reason,
        Refusal::Answer(error) => {
            let said = error.to_string();
            // A command that it does not know Redis quotes with what it was given.
            let said = said.split(", with args").next().unwrap_or_default();
            StoreError::Unavailable(format!("Redis: {said}"))
        }
    }
}

fn corrupt(locker: Locker, reason: &str) -> StoreError {
    log::warn!("session: {locker} can't be read in Redis: {reason}");
    StoreError::Corrupt(locker)
}

fn written(record: &Record) -> Result<Vec<Cow<'_, str>>, StoreError> {
    format::write(record).map_err(StoreError::unavailable)
}

#[rocket::async_trait]
impl Store for RedisStore {
    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let mut command = redis::cmd("HMGET");
        command.arg(format!("{}{locker}", self.prefix)).arg(&FIELDS);
        let stored: Stored = match self.line.ask(&command).await {
            Err(Refusal::Answer(error)) if error.code() == Some("WRONGTYPE") => {
                return Err(corrupt(locker, "it is no hash"));
            }
            answer => answer.map_err(unavailable)?,
        };
        format::read(locker, stored).map_err(|reason| corrupt(locker, reason))
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        self.change("create", record.locker, &written(record)?)
            .await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let mut arguments = vec![version.to_string().into()];
        arguments.extend(written(record)?);
        self.change("update", record.locker, &arguments).await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        let mut arguments = vec![locker.to_string().into()];
        arguments.extend(version.map(|version| version.to_string().into()));
        self.change("delete", locker, &arguments).await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let mut arguments = vec![ended.to_string().into(), version.to_string().into()];
        arguments.extend(written(created)?);
        self.change("replace", ended, &arguments).await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let arguments = [
            record.locker.to_string().into(),
            record.version.to_string().into(),
            record.touched.to_string().into(),
            record.expires.to_string().into(),
            format::seconds(record).to_string().into(),
        ];
        self.change("touch", record.locker, &arguments).await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        let arguments = [now.to_string().into(), most.to_string().into()];
        self.run("purge", &arguments).await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let mut arguments: Vec<Cow<'_, str>> = vec![user.into()];
        arguments.extend(FIELDS.map(Cow::Borrowed));
        let found: Vec<(String, Stored)> = self.run("of_user", &arguments).await?;
        let read = |(locker, stored): (String, Stored)| {
            let locker = Locker::parse(&locker)?;
            // A record that can't be read logs nobody in. It must not keep its user from ending
            // the others.
            let record = format::read(locker, stored);
            record.map_err(|reason| corrupt(locker, reason)).ok()?
        };
        let mut records: Vec<Record> = found.into_iter().filter_map(read).collect();
        records.sort_by_key(|record| Reverse(record.touched));
        Ok(records)
    }
}
