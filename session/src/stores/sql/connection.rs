//! The connections of Diesel with which the stores work.

use diesel::backend::Backend;
use diesel::connection::{DefaultLoadingMode, LoadConnection};
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::query_dsl::LoadQuery;
use diesel::query_dsl::methods::ExecuteDsl;

use super::row::{FoundColumn, FoundNumber, SessionRow};
use super::statement::Statement;

/// A database that Diesel speaks to, and its own words where they differ.
pub trait Dialect: Backend {
    /// The engine's name.
    const ENGINE: &'static str;
    /// The migration that makes the table `sessions`.
    const MIGRATION: &'static str;
    /// Begins the transaction that makes the table: one process at a time.
    const ALONE: &'static str;
    /// Chooses name and type of each column of a table, whose name is the statement's only value.
    const COLUMNS: &'static str;
    /// Chooses the milliseconds for which a connection waits for another writer, if that is a setting.
    const PATIENCE: Option<&'static str>;
    /// Types of columns: a number, bytes and a text.
    const TYPES: [&'static str; 3];
    /// Ends the choice of the rows that a purge deletes.
    const UNLESS_LOCKED: &'static str;
    /// True if an update rewrites the index of each column that it names, though its value stays.
    const REWRITES_INDEXES: bool;
}

#[cfg(feature = "database")]
impl Dialect for diesel::sqlite::Sqlite {
    const ENGINE: &'static str = "database";
    const MIGRATION: &'static str = include_str!("../../../migrations/sqlite/up.sql");
    // SQLite takes one writer at a time.
    const ALONE: &'static str = "";
    const COLUMNS: &'static str = "SELECT name, type FROM pragma_table_info(?) ORDER BY cid";
    const PATIENCE: Option<&'static str> =
        Some("SELECT timeout AS number FROM pragma_busy_timeout");
    const TYPES: [&'static str; 3] = ["INTEGER", "BLOB", "TEXT"];
    const UNLESS_LOCKED: &'static str = "";
    const REWRITES_INDEXES: bool = true;
}

#[cfg(feature = "postgres")]
impl Dialect for diesel::pg::Pg {
    const ENGINE: &'static str = "postgres";
    const MIGRATION: &'static str = include_str!("../../../migrations/postgres/up.sql");
    // Of two processes that look at once both would find no table: IF NOT EXISTS does not wait. The
    // number is any, as long as it is always the same. The second one is not told that it was too
    // late, which libpq would print.
    const ALONE: &'static str = "SELECT pg_advisory_xact_lock(20261128);
        SET LOCAL client_min_messages = warning;";
    const COLUMNS: &'static str = "SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type \
         FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(?)) \
         AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
    const PATIENCE: Option<&'static str> = None;
    const TYPES: [&'static str; 3] = ["bigint", "bytea", "text"];
    // Two servers that purge at once take different rows, and wait for no request.
    const UNLESS_LOCKED: &'static str = "FOR UPDATE SKIP LOCKED";
    // It compares the values.
    const REWRITES_INDEXES: bool = false;
}

/// A connection of Diesel to SQLite or PostgreSQL, also one of a pool.
pub trait SqlConnection: LoadConnection<DefaultLoadingMode, Backend = Self::Speaks> {
    /// The database that it leads to.
    type Speaks: Dialect;

    #[doc(hidden)]
    fn sessions(&mut self, statement: Statement<'_>) -> QueryResult<Vec<QueryResult<SessionRow>>>;

    #[doc(hidden)]
    fn numbers(&mut self, statement: Statement<'_>) -> QueryResult<Vec<FoundNumber>>;

    #[doc(hidden)]
    fn columns(&mut self, statement: Statement<'_>) -> QueryResult<Vec<FoundColumn>>;

    #[doc(hidden)]
    fn change(&mut self, statement: Statement<'_>) -> QueryResult<usize>;
}

impl<C> SqlConnection for C
where
    C: LoadConnection<DefaultLoadingMode>,
    C::Backend: Dialect,
    for<'a> Statement<'a>: QueryFragment<C::Backend>
        + ExecuteDsl<C>
        + LoadQuery<'a, C, SessionRow>
        + LoadQuery<'a, C, FoundNumber>
        + LoadQuery<'a, C, FoundColumn>,
{
    type Speaks = C::Backend;

    fn sessions(&mut self, statement: Statement<'_>) -> QueryResult<Vec<QueryResult<SessionRow>>> {
        Ok(statement
            .load_iter::<SessionRow, DefaultLoadingMode>(self)?
            .collect())
    }

    fn numbers(&mut self, statement: Statement<'_>) -> QueryResult<Vec<FoundNumber>> {
        statement.load(self)
    }

    fn columns(&mut self, statement: Statement<'_>) -> QueryResult<Vec<FoundColumn>> {
        statement.load(self)
    }

    fn change(&mut self, statement: Statement<'_>) -> QueryResult<usize> {
        statement.execute(self)
    }
}
