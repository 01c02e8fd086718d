//! A record as a row of the table `sessions`, and the statements that write one.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

use crate::error::StoreError;
use crate::id::{Locker, SecretHash};
use crate::record::{Contents, Data, Record};
use crate::schema::sessions;

/// One row. Its fields are the table's columns, which `Record` explains.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
// With NULL left to the default an insert would name only the columns that have a value, and each
// choice of columns would be another statement to prepare.
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
#[diesel(primary_key(locker), treat_none_as_null = true)]
pub(super) struct SessionRow {
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

impl SessionRow {
    pub(super) fn from_record(record: &Record) -> Result<Self, StoreError> {
        let contents = &record.contents;
        let expiry = contents.expiry.as_ref().map(serde_json::to_string);
        Ok(SessionRow {
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
        let expiry = self.expiry.as_deref().unwrap_or("null");
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
                expiry: serde_json::from_str(expiry).ok()?,
            },
        })
    }

    /// Adds the row, unless its locker is taken. Returns the number of rows added, like all
    /// statements here.
    pub(super) fn insert(&self, connection: &mut SqliteConnection) -> QueryResult<usize> {
        diesel::insert_or_ignore_into(sessions::table)
            .values(self)
            .execute(connection)
    }

    /// Replaces the row of the same locker if its version is still `version`.
    ///
    /// SQLite rewrites the index of each column that an update names, even if its value stays. Most
    /// changes leave user and expiry as they are, so the other columns alone are tried first: in a
    /// large table that is one page of the file to write, not three.
    pub(super) fn update(
        &self,
        version: i64,
        connection: &mut SqliteConnection,
    ) -> QueryResult<usize> {
        let without_indexed = (
            sessions::secret_hash.eq(&self.secret_hash),
            sessions::previous_hash.eq(&self.previous_hash),
            sessions::data.eq(&self.data),
            sessions::last_user.eq(&self.last_user),
            sessions::version.eq(self.version),
            sessions::created.eq(self.created),
            sessions::touched.eq(self.touched),
            sessions::rotated.eq(self.rotated),
            sessions::expiry.eq(&self.expiry),
        );
        let read = sessions::locker.eq(self.locker);
        let read = read.and(sessions::version.eq(version));
        let indexed_stay = read
            .and(sessions::user.is(&self.user))
            .and(sessions::expires.eq(self.expires));
        match Update(without_indexed.as_changeset(), indexed_stay).execute(connection)? {
            0 => Update(self.as_changeset(), read).execute(connection),
            rows => Ok(rows),
        }
    }
}

/// An update of `sessions`, with its changes and its condition. Diesel prepares its own `update`
/// anew at each run, because in general it can't know which columns that will name.
struct Update<C, W>(C, W);

impl<C: QueryFragment<Sqlite>, W: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Update<C, W> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("UPDATE sessions SET ");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE ");
        self.1.walk_ast(out)
    }
}

/// The ID by which Diesel finds the prepared statement. The condition tells the two updates above
/// apart; each always changes the same columns.
impl<C, W: QueryId> QueryId for Update<C, W> {
    type QueryId = Update<(), W::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = W::HAS_STATIC_QUERY_ID;
}

impl<C, W> RunQueryDsl<SqliteConnection> for Update<C, W> {}
