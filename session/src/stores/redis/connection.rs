//! The one connection of this process, which all its requests share.
//!
//! The redis crate has a `ConnectionManager`, which is not used because of three habits: after a
//! timeout it keeps the dead connection; it answers one more request with the failure of an attempt,
//! however long ago that was; and after a wrong password it never tries again.

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

use crate::error::StoreError;

/// The longest time that Redis may take for a connection, and for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The time after a failed attempt in which no request tries again. All requests of a busy server
/// would otherwise try at once, and each of them wait for `PATIENCE`.
const PAUSE: Duration = Duration::from_millis(500);

pub(super) struct SharedConnection {
    client: Client,
    /// Std's mutex, held for a look and never across an `await`.
    link: Mutex<Link>,
    /// Held by the one request that tries to connect. Tokio's mutex, because connecting awaits.
    attempt: sync::Mutex<()>,
}

enum Link {
    /// No request has tried yet.
    Untried,
    Up(Connection),
    Down {
        since: Instant,
        reason: StoreError,
    },
}

/// A connection that can be cloned: commands sent over its clones share one socket and wait for
/// their answers side by side.
#[derive(Clone)]
struct Connection {
    multiplexed: MultiplexedConnection,
    /// Set when it is closed. Redis may be configured to close idle connections; without this the
    /// next request would fail for that.
    closed: Arc<AtomicBool>,
}

impl SharedConnection {
    /// Reads the address. It connects at the first request only, so that the server starts without
    /// its Redis.
    pub(super) fn to(address: &str) -> RedisResult<Self> {
        let info = address.into_connection_info()?;
        // Protocol 3 is the one with which the crate tells that a connection was closed.
        let redis = info.redis_settings().clone();
        let redis = redis.set_protocol(ProtocolVersion::RESP3);
        let tcp = TcpSettings::default().set_nodelay(true);
        let info = info.set_redis_settings(redis).set_tcp_settings(tcp);
        Ok(SharedConnection {
            client: Client::open(info)?,
            link: Mutex::new(Link::Untried),
            attempt: sync::Mutex::default(),
        })
    }

    /// Sends a command and waits for its answer, which is an error too if the connection broke or
    /// took too long. Then the command may have been done.
    ///
    /// # Errors
    ///
    /// There is no connection, so nothing was sent.
    pub(super) async fn ask<T: FromRedisValue>(
        &self,
        command: &Cmd,
    ) -> Result<RedisResult<T>, StoreError> {
        let mut connection = self.connection().await?;
        let answer = command.query_async(&mut connection.multiplexed).await;
        if let Err(error) = &answer {
            if error.is_timeout() || error.is_unrecoverable_error() {
                connection.closed.store(true, Ordering::Relaxed);
            }
            // Redis hangs, or the network is cut: the next requests must not wait as long. Unless
            // another request has connected again since.
            if error.is_timeout() && self.known().is_none() {
                self.down(error);
            }
        }
        Ok(answer)
    }

    async fn connection(&self) -> Result<Connection, StoreError> {
        let _attempt = match self.known() {
            Some(Ok(connection)) => return Ok(connection),
            // One request at a time tries again; the others get the known reason at once.
            Some(Err(reason)) => self.attempt.try_lock().map_err(|_| reason)?,
            None => self.attempt.lock().await,
        };
        // Another request may have tried while this one waited for its turn.
        match &*self.link() {
            Link::Up(connection) if connection.is_open() => return Ok(connection.clone()),
            Link::Down { since, reason } if since.elapsed() < PAUSE => return Err(reason.clone()),
            _ => {}
        }
        match self.connect().await {
            Ok(connection) => {
                *self.link() = Link::Up(connection.clone());
                Ok(connection)
            }
            Err(error) => Err(self.down(&error)),
        }
    }

    /// The open connection, or the reason why there is none. `None` if only a try can tell.
    fn known(&self) -> Option<Result<Connection, StoreError>> {
        match &*self.link() {
            Link::Up(connection) if connection.is_open() => Some(Ok(connection.clone())),
            Link::Down { reason, .. } => Some(Err(reason.clone())),
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
        let reason = StoreError::unavailable(format!("Redis at {address}: {error}"));
        *self.link() = Link::Down {
            since: Instant::now(),
            reason: reason.clone(),
        };
        reason
    }

    fn link(&self) -> MutexGuard<'_, Link> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    fn is_open(&self) -> bool {
        !self.closed.load(Ordering::Relaxed)
    }
}
