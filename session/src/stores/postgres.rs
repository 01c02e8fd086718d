//! PostgreSQL by its address: the connections that the engine `postgres` opens itself.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::result::ConnectionError;
use rocket::tokio::task::spawn_blocking;

use super::sql::ConnectionPool;
use crate::config::Address;
use crate::error::StoreError;

/// The most connections. More queries at once would wait for the processors and disks of the
/// database, each with a process there.
const MOST: usize = 16;

/// The time after a failed attempt in which no request tries to connect. All requests of a busy
/// server would otherwise try, and each of them wait.
const PAUSE: Duration = Duration::from_millis(500);

/// Parameters of libpq, unless the address has them. Seconds for a connection; and, so that a thread
/// does not wait for ever where the network is cut, milliseconds without an acknowledgement of sent
/// data and seconds of silence.
/// <https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS>
const PARAMETERS: [(&str, u32); 5] = [
    ("connect_timeout", 2),
    ("tcp_user_timeout", 10_000),
    ("keepalives_idle", 10),
    ("keepalives_interval", 5),
    ("keepalives_count", 3),
];

/// Connections to the PostgreSQL at one address, opened when they are needed and kept for the next
/// query.
///
/// A query that fails takes its connection along: the server may have closed it, or have become one
/// that allows only reading, and a new one leads to the address as it is then.
pub struct PostgresPool(Arc<Connections>);

struct Connections {
    /// The address with all parameters, its password included.
    address: String,
    idle: Mutex<Vec<PgConnection>>,
    /// The last attempt to connect, if it failed, and the reason.
    failed: Mutex<Option<(Instant, StoreError)>>,
}

impl PostgresPool {
    /// Connects at the first query only, so that the server starts without its database.
    ///
    /// ```
    /// use rocket_session_layer::Address;
    /// use rocket_session_layer::stores::PostgresPool;
    ///
    /// let pool = PostgresPool::to(&Address::from("postgres://web@db.internal/app?sslmode=verify-full"));
    /// # let _ = pool;
    /// ```
    pub fn to(address: &Address) -> Self {
        PostgresPool(Arc::new(Connections {
            address: with_parameters(address.reveal()),
            idle: Mutex::default(),
            failed: Mutex::default(),
        }))
    }
}

impl ConnectionPool for PostgresPool {
    type Connection = PgConnection;

    fn size(&self) -> usize {
        MOST
    }

    async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut PgConnection) -> QueryResult<T> + Send + 'static,
    ) -> Result<QueryResult<T>, StoreError> {
        let connections = self.0.clone();
        let answer = spawn_blocking(move || {
            let kept = connections.idle().pop();
            let mut connection = kept.map_or_else(|| connections.connect(), Ok)?;
            let answer = query(&mut connection);
            match &answer {
                Ok(_) => connections.idle().push(connection),
                // The others were opened to the same server, and are probably closed as well.
                Err(_) => connections.idle().clear(),
            }
            Ok(answer)
        });
        answer.await.map_err(StoreError::unavailable)?
    }
}

impl Connections {
    fn connect(&self) -> Result<PgConnection, StoreError> {
        if let Some((since, reason)) = &*self.failed()
            && since.elapsed() < PAUSE
        {
            return Err(reason.clone());
        }
        let connected = PgConnection::establish(&self.address).map_err(described);
        let failed = connected.as_ref().err();
        *self.failed() = failed.map(|reason| (Instant::now(), reason.clone()));
        connected
    }

    fn idle(&self) -> MutexGuard<'_, Vec<PgConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self) -> MutexGuard<'_, Option<(Instant, StoreError)>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// libpq's reason, which may have several lines, in one.
fn described(error: ConnectionError) -> StoreError {
    let reason = error.to_string();
    let words: Vec<&str> = reason.split_whitespace().collect();
    StoreError::unavailable(words.join(" "))
}

fn with_parameters(address: &str) -> String {
    let mut address = address.to_owned();
    let is_url = address.contains("://");
    for (name, value) in PARAMETERS {
        if address.contains(name) {
            continue;
        }
        address.push(match (is_url, address.contains('?')) {
            (false, _) => ' ',
            (true, false) => '?',
            (true, true) => '&',
        });
        address.push_str(&format!("{name}={value}"));
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_own_parameters() {
        let url = with_parameters("postgres://localhost/app?connect_timeout=9");
        assert_eq!(
            url,
            "postgres://localhost/app?connect_timeout=9&tcp_user_timeout=10000\
             &keepalives_idle=10&keepalives_interval=5&keepalives_count=3"
        );
        let words = with_parameters("host=localhost keepalives_count=1");
        assert_eq!(
            words,
            "host=localhost keepalives_count=1 connect_timeout=2 tcp_user_timeout=10000 \
             keepalives_idle=10 keepalives_interval=5"
        );
        assert!(with_parameters("postgres://localhost").contains("localhost?connect_timeout=2&"));
    }
}
