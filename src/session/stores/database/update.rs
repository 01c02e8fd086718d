//! The update of a row, as SQLite can keep it prepared.
//!
//! Diesel prepares an update anew each time, because in general it can't know beforehand which
//! columns it will name. This one always names the same ones.

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
        out.push_sql(" WHERE locker = ");
        out.push_bind_param::<BigInt, _>(&self.row.locker)?;
        out.push_sql(" AND version = ");
        out.push_bind_param::<BigInt, _>(self.version)
    }
}

impl QueryId for Update<'_> {
    type QueryId = Update<'static>;
}

impl RunQueryDsl<SqliteConnection> for Update<'_> {}
