//! The app's pool of connections, as it had one before.

use diesel::r2d2::{ConnectionManager, Pool};

#[cfg(feature = "postgres")]
pub type Database = diesel::PgConnection;
#[cfg(not(feature = "postgres"))]
pub type Database = diesel::SqliteConnection;

pub type Connections = Pool<ConnectionManager<Database>>;

/// Connects with the first query.
pub fn to(address: &str) -> Connections {
    let pool = Pool::builder();
    #[cfg(not(feature = "postgres"))]
    let pool = pool.connection_customizer(Box::new(sqlite::Patient));
    pool.build_unchecked(ConnectionManager::new(address))
}

#[cfg(not(feature = "postgres"))]
mod sqlite {
    use diesel::SqliteConnection;
    use diesel::connection::SimpleConnection;
    use diesel::r2d2::{CustomizeConnection, Error};

    /// SQLite takes one writer at a time. Without a timeout the others fail at once, and without the
    /// log (WAL) those who read fail, too.
    #[derive(Debug)]
    pub struct Patient;

    impl CustomizeConnection<SqliteConnection, Error> for Patient {
        fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), Error> {
            let pragmas = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL";
            connection.batch_execute(pragmas).map_err(Error::QueryError)
        }
    }
}
