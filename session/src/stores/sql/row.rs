//! A record as a row of the table of sessions, and whatever else is read from the database.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::statement::Value;
use crate::error::StoreError;
use crate::id::{Locker, SecretHash};
use crate::record::{Contents, Data, Record};
use crate::schema::sessions;

/// One row. Its fields are the table's columns, which `Record` explains.
#[derive(QueryableByName)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
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

/// The only number in a row that a statement has chosen.
#[derive(QueryableByName)]
pub struct FoundNumber {
    #[diesel(sql_type = BigInt)]
    pub(super) number: i64,
}

/// A column, and its type as the database calls it.
#[derive(QueryableByName)]
pub struct FoundColumn {
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text, column_name = "type")]
    pub(super) kind: String,
}

impl SessionRow {
    pub(crate) fn from_record(record: &Record) -> Result<Self, StoreError> {
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

    pub(super) fn locker(&self) -> i64 {
        self.locker
    }

    /// The values of the columns that have an index.
    pub(super) fn indexed(&self) -> [Value<'_>; 2] {
        [
            Value::Text(self.user.as_deref()),
            Value::Number(self.expires),
        ]
    }

    /// The values of all columns, in the order of [`COLUMNS`](super::wording::COLUMNS).
    pub(super) fn values(&self) -> [Value<'_>; 12] {
        [
            Value::Number(self.locker),
            Value::Bytes(Some(&self.secret_hash)),
            Value::Bytes(self.previous_hash.as_deref()),
            Value::Text(Some(&self.data)),
            Value::Text(self.user.as_deref()),
            Value::Text(self.last_user.as_deref()),
            Value::Number(self.version),
            Value::Number(self.created),
            Value::Number(self.touched),
            Value::Number(self.rotated),
            Value::Number(self.expires),
            Value::Text(self.expiry.as_deref()),
        ]
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
}
