//! The updates of a row, with no more work for SQLite than it needs.
//!
//! - Diesel prepares an update anew each time, because in general it can't know beforehand which
//!   columns it will name. These always name the same ones.
//! - SQLite rewrites the index of each column that an update names, even where its value stays. Most
//!   changes leave user and expiry as they are, so first the other columns alone are tried: in a
//!   large table that is one page of the file to write, not three.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::Sqlite;

use super::row::{Indexed, Row, Unindexed};

/// Replaces the row of the same locker, if its version is still `version`. Returns how many rows
/// that were.
pub(super) fn update(
    row: &Row,
    version: i64,
    connection: &mut SqliteConnection,
) -> QueryResult<usize> {
    match Update::<false>::of(row, &version).execute(connection)? {
        0 => Update::<true>::of(row, &version).execute(connection),
        rows => Ok(rows),
    }
}

/// With `INDEXED` all columns, else those without an index, where the indexed ones are to stay.
struct Update<'a, const INDEXED: bool> {
    row: &'a Row,
    version: &'a i64,
    indexed: <&'a Indexed as AsChangeset>::Changeset,
    unindexed: <&'a Unindexed as AsChangeset>::Changeset,
}

impl<'a, const INDEXED: bool> Update<'a, INDEXED> {
    fn of(row: &'a Row, version: &'a i64) -> Self {
        Update {
            row,
            version,
            indexed: (&row.indexed).as_changeset(),
            unindexed: (&row.unindexed).as_changeset(),
        }
    }
}

impl<const INDEXED: bool> QueryFragment<Sqlite> for Update<'_, INDEXED> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("UPDATE sessions SET ");
        self.unindexed.walk_ast(out.reborrow())?;
        if INDEXED {
            out.push_sql(", ");
            self.indexed.walk_ast(out.reborrow())?;
        }
        walk_read(&self.row.locker, self.version, out.reborrow())?;
        if !INDEXED {
            // With the signs SQLite does not think of these two indexes: the row is found already.
            out.push_sql(" AND +user IS ");
            out.push_bind_param::<Nullable<Text>, _>(&self.row.indexed.user)?;
            out.push_sql(" AND +expires = ");
            out.push_bind_param::<BigInt, _>(&self.row.indexed.expires)?;
        }
        Ok(())
    }
}

impl<const INDEXED: bool> QueryId for Update<'_, INDEXED> {
    type QueryId = Update<'static, INDEXED>;
}

impl<const INDEXED: bool> RunQueryDsl<SqliteConnection> for Update<'_, INDEXED> {}

/// Records a use of the row of this locker, if its version is still `version`.
pub(super) struct Touch<'a> {
    pub(super) locker: &'a i64,
    pub(super) version: &'a i64,
    pub(super) touched: &'a i64,
    pub(super) expires: &'a i64,
}

impl QueryFragment<Sqlite> for Touch<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("UPDATE sessions SET touched = ");
        out.push_bind_param::<BigInt, _>(self.touched)?;
        out.push_sql(", expires = ");
        out.push_bind_param::<BigInt, _>(self.expires)?;
        walk_read(self.locker, self.version, out)
    }
}

impl QueryId for Touch<'_> {
    type QueryId = Touch<'static>;
}

impl RunQueryDsl<SqliteConnection> for Touch<'_> {}

/// Only the row that was read: in another version of it there is what this update does not know.
fn walk_read<'b>(
    locker: &'b i64,
    version: &'b i64,
    mut out: AstPass<'_, 'b, Sqlite>,
) -> QueryResult<()> {
    out.push_sql(" WHERE locker = ");
    out.push_bind_param::<BigInt, _>(locker)?;
    out.push_sql(" AND version = ");
    out.push_bind_param::<BigInt, _>(version)
}
