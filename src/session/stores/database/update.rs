//! The updates of a row, as SQLite can keep them prepared.
//!
//! Diesel prepares an update anew each time, because in general it can't know beforehand which
//! columns it will name. Each of these always names the same ones.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use super::row::Row;

/// Replaces the row of the same locker, if its version is still `version`.
pub(super) struct Update<'a> {
    row: &'a Row,
    version: &'a i64,
    changes: <&'a Row as AsChangeset>::Changeset,
}

impl<'a> Update<'a> {
    pub(super) fn of(row: &'a Row, version: &'a i64) -> Self {
        let changes = row.as_changeset();
        Update {
            row,
            version,
            changes,
        }
    }
}

impl QueryFragment<Sqlite> for Update<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("UPDATE sessions SET ");
        self.changes.walk_ast(out.reborrow())?;
        walk_read(&self.row.locker, self.version, out)
    }
}

impl QueryId for Update<'_> {
    type QueryId = Update<'static>;
}

impl RunQueryDsl<SqliteConnection> for Update<'_> {}

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
