//! The one connection of this process, which all its requests share.
//!
//! The crate's own `ConnectionManager` is not used: after a timeout it keeps the connection, however
//! dead, after an attempt that failed it gives that failure to one more request however long ago it
//! was, and after a wrong password it never tries again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::io::tcp::TcpSettings;
use redis::{
    AsyncConnectionConfig, Client, Cmd, FromRedisValue, IntoConnectionInfo, ProtocolVersion,
    PushInfo, PushKind, RedisError, RedisResult,
};
use rocket::tokio::sync;

use crate::session::stores::StoreError;

/// How long Redis may take for a connection, and for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long nobody tries again after an attempt that failed.
const PAUSE: Duration = Duration::from_millis(500);

/// Why a command was not answered.
pub(super) enum Refusal {
    /// There is no connection.
    Line(StoreError),
    /// The connection broke or took too long, or Redis answered with an error.
    Answer(RedisError),
}

pub(super) struct Line {
    client: Client,
    state: Mutex<State>,
    /// Held by the request that tries to connect.
    attempt: sync::Mutex<()>,
}

enum State {
    /// Nobody has tried yet, or Redis has closed the connection.
    Untried,
    Up(Connection),
    Down {
        since: Instant,
        reason: StoreError,
    },
}

/// Requests that are sent over clones of it wait for their answers side by side.
#[derive(Clone)]
struct Connection {
    multiplexed: MultiplexedConnection,
    /// Whether it has been closed. Redis closes connections that were not used for long, where it
    /// is configured so; the next request is not to fail for that.
    closed: Arc<AtomicBool>,
}

impl Line {
    /// Reads the address. Connects at the first request only: a Redis that is not there yet does not
    /// keep the server from starting.
    pub(super) fn to(address: &str) -> RedisResult<Self> {
        let info = address.into_connection_info()?;
        // Only in this protocol the crate tells when a connection is closed.
        let redis = info.redis_settings().clone();
        let redis = redis.set_protocol(ProtocolVersion::RESP3);
        let tcp = TcpSettings::default().set_nodelay(true);
        let info = info.set_redis_settings(redis).set_tcp_settings(tcp);
        Ok(Line {
            client: Client::open(info)?,
            state: Mutex::new(State::Untried),
            attempt: sync::Mutex::default(),
        })
    }

    /// Sends a command and waits for its answer.
    ///
    /// # Errors
    ///
    /// Redis can't be reached or does not answer: then nobody knows whether it was done. Or it
    /// refuses.
    pub(super) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Refusal> {
        let mut connection = self.connection().await.map_err(Refusal::Line)?;
        let answer = command.query_async(&mut connection.multiplexed).await;
        answer.map_err(|error: RedisError| {
            if error.is_timeout() || error.is_unrecoverable_error() {
                connection.closed.store(true, Ordering::Relaxed);
            }
            // Redis may hang, or the way to it be cut: the next ones are not to wait, too. But
            // another connection may be there by now.
            if error.is_timeout() && self.known().is_none() {
                self.down(&error);
            }
            Refusal::Answer(error)
        })
    }

    async fn connection(&self) -> Result<Connection, StoreError> {
        let _attempt = match self.known() {
            Some(Ok(connection)) => return Ok(connection),
            // One at a time looks whether it is back; the others are not kept waiting.
            Some(Err(reason)) => self.attempt.try_lock().map_err(|_| reason)?,
            None => self.attempt.lock().await,
        };
        // Another request may have tried meanwhile.
        match &*self.state() {
            State::Up(connection) if connection.is_open() => return Ok(connection.clone()),
            State::Down { since, reason } if since.elapsed() < PAUSE => return Err(reason.clone()),
            _ => {}
        }
        match self.connect().await {
            Ok(connection) => {
                *self.state() = State::Up(connection.clone());
                Ok(connection)
            }
            Err(error) => Err(self.down(&error)),
        }
    }

    /// What is known without trying: a connection, or why there is none.
    fn known(&self) -> Option<Result<Connection, StoreError>> {
        match &*self.state() {
            State::Up(connection) if connection.is_open() => Some(Ok(connection.clone())),
            State::Down { reason, .. } => Some(Err(reason.clone())),
            _ => None,
        }
    }

    async fn connect(&self) -> RedisResult<Connection> {
        let closed = Arc::new(AtomicBool::new(false));
        let tell = closed.clone();
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_push_sender(move |push: PushInfo| {
                if push.kind == PushKind::Disconnection {
                    tell.store(true, Ordering::Relaxed);
                }
                Ok::<(), RedisError>(())
            });
        let connect = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        let multiplexed = connect.await?;
        Ok(Connection {
            multiplexed,
            closed,
        })
    }

    /// Remembers that Redis does not answer, and returns the sentence that says so.
    fn down(&self, error: &RedisError) -> StoreError {
        // The address without user and password.
        let address = self.client.get_connection_info().addr();
        let reason = StoreError::Unavailable(format!("Redis at {address}: {error}"));
        *self.state() = State::Down {
            since: Instant::now(),
            reason: reason.clone(),
        };
        reason
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    fn is_open(&self) -> bool {
        !self.closed.load(Ordering::Relaxed)
    }
}
