//! The one connection of this process, which all its requests share.
//!
//! The redis crate has a `ConnectionManager`, which is not used because of four habits: after a
//! timeout it keeps the dead connection; it keeps one to a server that is no primary any more; it
//! answers one more request with the failure of an attempt, however long ago that was; and after a
//! wrong password it never tries again.

use std::collections::HashMap;
use std::io::{Error, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::{
    AsyncConnectionConfig, Client, Cmd, PushInfo, PushKind, RedisError, RedisResult,
    ServerErrorKind, Value, make_extension_error,
};
use rocket::futures::future::select_ok;
use rocket::tokio::sync;
use rocket::tokio::time::timeout;

use super::primary::{self, Primary, other};
use crate::error::StoreError;

/// The longest time that Redis may take for a connection, and for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The time after an attempt in which no request tries again. All requests of a busy server would
/// otherwise try at once, and each of them wait for `PATIENCE`.
const PAUSE: Duration = Duration::from_millis(500);

/// The code of the error that a Redis is a cluster.
const CLUSTER: &str = "CLUSTER";

/// A way to Redis.
#[rocket::async_trait]
pub(super) trait Ask: Send + Sync {
    /// Sends a command and waits for its answer, which is an error too if the connection broke or
    /// took too long. Then the command may have been done.
    ///
    /// # Errors
    ///
    /// There is no connection, so nothing was sent.
    async fn ask(&self, command: &Cmd) -> Result<RedisResult<Value>, StoreError>;
}

/// A connection of the app's own, which takes care of itself.
pub(super) struct Given<C>(pub(super) C);

#[rocket::async_trait]
impl<C: ConnectionLike + Clone + Send + Sync> Ask for Given<C> {
    async fn ask(&self, command: &Cmd) -> Result<RedisResult<Value>, StoreError> {
        Ok(command.query_async(&mut self.0.clone()).await)
    }
}

pub(super) struct SharedConnection {
    /// Redis as messages call it.
    name: String,
    /// Std's mutex, held for a look and never across an `await`.
    link: Mutex<Link>,
    primary: Primary,
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

/// The part that a Redis has among its replicas.
enum Role {
    Primary,
    Replica,
}

/// A connection that can be cloned: commands sent over its clones share one socket and wait for
/// their answers side by side.
#[derive(Clone)]
struct Connection {
    multiplexed: MultiplexedConnection,
    since: Instant,
    /// Set when it is closed. Redis may be configured to close idle connections; without this the
    /// next request would fail for that.
    closed: Arc<AtomicBool>,
}

#[rocket::async_trait]
impl Ask for SharedConnection {
    async fn ask(&self, command: &Cmd) -> Result<RedisResult<Value>, StoreError> {
        let mut connection = self.connection().await?;
        let answer = command.query_async(&mut connection.multiplexed).await;
        if let Err(error) = &answer {
            let broken = error.is_timeout() || error.is_unrecoverable_error();
            if broken || connection.leads_astray(error) {
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
}

impl SharedConnection {
    /// Connects at the first request only, so that the server starts without its Redis.
    pub(super) fn to(primary: Primary) -> Self {
        SharedConnection {
            name: primary.to_string(),
            link: Mutex::new(Link::Untried),
            primary,
            attempt: sync::Mutex::default(),
        }
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
        let late = |_| Err(Error::from(ErrorKind::TimedOut).into());
        let connected = timeout(PATIENCE, self.connect()).await;
        match connected.unwrap_or_else(late) {
            Ok(connection) => {
                *self.link() = Link::Up(connection.clone());
                Ok(connection)
            }
            Err(error) => Err(self.down(&error)),
        }
    }

    async fn connect(&self) -> RedisResult<Connection> {
        match &self.primary {
            Primary::At(client) => Ok(Connection::to(client).await?.0),
            // The whole way is tried by each of them at once: one may be slow, or know only the old
            // primary. Such a connection is dropped.
            Primary::Named {
                name,
                sentinels,
                info,
            } => {
                let ways = sentinels.iter().map(async |sentinel| {
                    let client = primary::ask(sentinel, name, info).await?;
                    match Connection::to(&client).await? {
                        (connection, Role::Primary) => Ok(connection),
                        _ => Err(other("the sentinel names a Redis that is a replica")),
                    }
                });
                Ok(select_ok(ways.map(Box::pin)).await?.0)
            }
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

    /// Remembers that Redis does not answer, and returns the sentence that says so.
    fn down(&self, error: &RedisError) -> StoreError {
        let said = format!("Redis at {}: {error}", self.name);
        let reason = if error.code() == Some(CLUSTER) {
            StoreError::unusable(said)
        } else {
            StoreError::unavailable(said)
        };
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
    /// Connects, and tells the part that this Redis has.
    ///
    /// # Errors
    ///
    /// Also for a node of a cluster: it has its share of the keys, and gives them away when it
    /// likes. Only a client that knows the whole cluster can follow.
    async fn to(client: &Client) -> RedisResult<(Self, Role)> {
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
        let connect = client.get_multiplexed_async_connection_with_config(&config);
        let mut multiplexed = connect.await?;
        let hello: HashMap<String, Value> = redis::cmd("HELLO")
            .arg(3)
            .query_async(&mut multiplexed)
            .await?;
        let is = |key, value: &str| match hello.get(key) {
            Some(Value::BulkString(text)) => text == value.as_bytes(),
            _ => false,
        };
        if is("mode", "cluster") {
            let advice = "it is one, whose connection RedisStore::with_connection takes";
            return Err(make_extension_error(CLUSTER.into(), Some(advice.into())));
        }
        let role = if is("role", "master") {
            Role::Primary
        } else {
            Role::Replica
        };
        let since = Instant::now();
        Ok((
            Connection {
                multiplexed,
                since,
                closed,
            },
            role,
        ))
    }

    fn is_open(&self) -> bool {
        !self.closed.load(Ordering::Relaxed)
    }

    /// True if the error may be gone with a new connection: after a fail-over this one leads to a
    /// replica, and the address or the sentinels to the new primary. A young one led there, too.
    fn leads_astray(&self, error: &RedisError) -> bool {
        let elsewhere = [
            ServerErrorKind::ReadOnly,
            ServerErrorKind::MasterDown,
            ServerErrorKind::BusyLoading,
        ];
        let elsewhere = elsewhere.map(redis::ErrorKind::Server);
        // Redis 6 tells it of a script without a code.
        let in_script = |detail: &str| detail.contains("-READONLY");
        self.since.elapsed() >= PAUSE
            && (elsewhere.contains(&error.kind()) || error.detail().is_some_and(in_script))
    }
}
