//! One statement as text, with its values.
//!
//! Not Diesel's query builder, since the name of the table is a setting, and the builder knows the
//! names of tables at compile time. And not `diesel::sql_query`, which prepares its text anew at
//! each run.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Binary, HasSqlType, Nullable, Text, Untyped};

/// A statement whose text has a `?` for each of its values.
pub struct Statement<'a> {
    pub(super) sql: &'a str,
    pub(super) values: &'a [Value<'a>],
}

/// A value, as one of the three types that columns have.
pub(super) enum Value<'a> {
    Number(i64),
    Bytes(Option<&'a [u8]>),
    Text(Option<&'a str>),
}

impl<DB> QueryFragment<DB> for Statement<'_>
where
    DB: Backend,
    DB: HasSqlType<BigInt> + HasSqlType<Binary> + HasSqlType<Text>,
    i64: ToSql<BigInt, DB>,
    [u8]: ToSql<Binary, DB>,
    str: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let mut pieces = self.sql.split('?');
        out.push_sql(pieces.next().unwrap_or_default());
        for (value, piece) in self.values.iter().zip(pieces) {
            match value {
                Value::Number(number) => out.push_bind_param::<BigInt, _>(number)?,
                Value::Bytes(bytes) => out.push_bind_param::<Nullable<Binary>, _>(bytes)?,
                Value::Text(text) => out.push_bind_param::<Nullable<Text>, _>(text)?,
            }
            out.push_sql(piece);
        }
        Ok(())
    }
}

/// Diesel keeps a statement without an ID of its own by its text.
impl QueryId for Statement<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement<'_> {
    type SqlType = Untyped;
}

impl<C> RunQueryDsl<C> for Statement<'_> {}
