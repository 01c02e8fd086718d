//! A record as a row of the table `sessions`, and the statement that updates one.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Binary, Nullable, Text};
use diesel::sqlite::Sqlite;

use crate::error::StoreError;
use crate::id::{Locker, SecretHash};
use crate::record::{Contents, Data, Record};
use crate::schema::sessions;

/// One row. Its fields are the table's columns, which `Record` explains.
#[derive(Queryable, Selectable, Insertable)]
// With NULL left to the default an insert would name only the columns that have a value, and each
// choice of columns would be another statement to prepare.
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub(super) struct Row {
    locker: i64,
    secret_hash: Vec<u8>,
    previous_hash: Option<Vec<u8>>,
    data: String,
    user: Option<String>,
    last_user: Option<String>,
    version: i64,
    created: i64,
    touched: i64,
    rotated: i64,
    expires: i64,
    expiry: Option<String>,
}

impl Row {
    pub(super) fn from_record(record: &Record) -> Result<Self, StoreError> {
        let contents = &record.contents;
        let expiry = contents.expiry.as_ref().map(serde_json::to_string);
        Ok(Row {
            locker: record.locker.number(),
            secret_hash: record.secret_hash.bytes().to_vec(),
            previous_hash: record.previous_hash.map(|hash| hash.bytes().to_vec()),
            data: contents.data.to_json().map_err(StoreError::unavailable)?,
            user: contents.user.clone(),
            last_user: contents.last_user.clone(),
            version: record.version,
            created: record.created,
            touched: record.touched,
            rotated: record.rotated,
            expires: record.expires,
            expiry: expiry.transpose().map_err(StoreError::unavailable)?,
        })
    }

    /// Reads the record back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] names a row that can't be read.
    pub(super) fn into_record(self) -> Result<Record, StoreError> {
        let locker = Locker::from_number(self.locker);
        self.read(locker).ok_or(StoreError::Corrupt(locker))
    }

    fn read(self, locker: Locker) -> Option<Record> {
        let previous_hash = match &self.previous_hash {
            Some(bytes) => Some(SecretHash::from_bytes(bytes)?),
            None => None,
        };
        let expiry = match &self.expiry {
            Some(json) => Some(serde_json::from_str(json).ok()?),
            None => None,
        };
        Some(Record {
            locker,
            secret_hash: SecretHash::from_bytes(&self.secret_hash)?,
            previous_hash,
            rotated: self.rotated,
            version: self.version,
            created: self.created,
            touched: self.touched,
            expires: self.expires,
            contents: Contents {
                data: Data::from_json(&self.data).ok()?,
                user: self.user,
                last_user: self.last_user,
                expiry,
            },
        })
    }

    /// Replaces the row of the same locker if its version is still `version`, and returns the
    /// number of rows replaced: 0 or 1.
    ///
    /// SQLite rewrites the index of each column that an update names, even if its value stays. Most
    /// changes leave user and expiry as they are, so the other columns alone are tried first: in a
    /// large table that is one page of the file to write, not three.
    pub(super) fn update(
        &self,
        version: i64,
        connection: &mut SqliteConnection,
    ) -> QueryResult<usize> {
        let update = |indexed| Update {
            row: self,
            version: &version,
            indexed,
        };
        match update(false).execute(connection)? {
            0 => update(true).execute(connection),
            rows => Ok(rows),
        }
    }
}

/// The update as a query of our own. Diesel prepares its `update` anew at each run, because in
/// general it can't know which columns that will name.
struct Update<'a> {
    row: &'a Row,
    version: &'a i64,
    /// True writes all columns. False writes those without an index, provided that the indexed
    /// ones already have the row's values.
    indexed: bool,
}

impl QueryFragment<Sqlite> for Update<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let row = self.row;
        out.push_sql("UPDATE sessions SET secret_hash = ");
        out.push_bind_param::<Binary, _>(&row.secret_hash)?;
        out.push_sql(", previous_hash = ");
        out.push_bind_param::<Nullable<Binary>, _>(&row.previous_hash)?;
        out.push_sql(", data = ");
        out.push_bind_param::<Text, _>(&row.data)?;
        out.push_sql(", last_user = ");
        out.push_bind_param::<Nullable<Text>, _>(&row.last_user)?;
        out.push_sql(", version = ");
        out.push_bind_param::<BigInt, _>(&row.version)?;
        out.push_sql(", created = ");
        out.push_bind_param::<BigInt, _>(&row.created)?;
        out.push_sql(", touched = ");
        out.push_bind_param::<BigInt, _>(&row.touched)?;
        out.push_sql(", rotated = ");
        out.push_bind_param::<BigInt, _>(&row.rotated)?;
        out.push_sql(", expiry = ");
        out.push_bind_param::<Nullable<Text>, _>(&row.expiry)?;
        if self.indexed {
            out.push_sql(", user = ");
            out.push_bind_param::<Nullable<Text>, _>(&row.user)?;
            out.push_sql(", expires = ");
            out.push_bind_param::<BigInt, _>(&row.expires)?;
        }
        out.push_sql(" WHERE locker = ");
        out.push_bind_param::<BigInt, _>(&row.locker)?;
        out.push_sql(" AND version = ");
        out.push_bind_param::<BigInt, _>(self.version)?;
        if !self.indexed {
            // The unary plus keeps SQLite from using these indexes: the key has found the row.
            out.push_sql(" AND +user IS ");
            out.push_bind_param::<Nullable<Text>, _>(&row.user)?;
            out.push_sql(" AND +expires = ");
            out.push_bind_param::<BigInt, _>(&row.expires)?;
        }
        Ok(())
    }
}

/// No static ID: Diesel then finds the prepared statement by its SQL, which differs with `indexed`.
impl QueryId for Update<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<SqliteConnection> for Update<'_> {}
