//! A record as a row of the table `sessions`.

use diesel::prelude::*;

use crate::schema::sessions;
use crate::session::id::{Locker, SecretHash};
use crate::session::record::{Contents, Data, Record};
use crate::session::stores::StoreError;

#[derive(Queryable, Selectable, Insertable)]
// Were NULL left to the default, an insert would name other columns for other values, and each
// choice of columns is a statement to prepare.
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub(super) struct Row {
    pub(super) locker: i64,
    #[diesel(embed)]
    pub(super) indexed: Indexed,
    #[diesel(embed)]
    pub(super) unindexed: Unindexed,
}

/// The columns that have an index.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sessions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Indexed {
    pub(super) user: Option<String>,
    pub(super) expires: i64,
}

/// The others.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sessions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Unindexed {
    secret_hash: Vec<u8>,
    previous_hash: Option<Vec<u8>>,
    data: String,
    last_user: Option<String>,
    version: i64,
    created: i64,
    touched: i64,
    rotated: i64,
    expiry: Option<String>,
}

impl Row {
    pub(super) fn from_record(record: &Record) -> Result<Self, StoreError> {
        let contents = &record.contents;
        let expiry = contents.expiry.as_ref().map(serde_json::to_string);
        let indexed = Indexed {
            user: contents.user.clone(),
            expires: record.expires,
        };
        let unindexed = Unindexed {
            secret_hash: record.secret_hash.bytes().to_vec(),
            previous_hash: record.previous_hash.map(|hash| hash.bytes().to_vec()),
            data: contents.data.to_json().map_err(StoreError::unavailable)?,
            last_user: contents.last_user.clone(),
            version: record.version,
            created: record.created,
            touched: record.touched,
            rotated: record.rotated,
            expiry: expiry.transpose().map_err(StoreError::unavailable)?,
        };
        Ok(Row {
            locker: record.locker.number(),
            indexed,
            unindexed,
        })
    }

    /// The record, or an error that says which one can't be read.
    pub(super) fn into_record(self) -> Result<Record, StoreError> {
        let locker = Locker::from_number(self.locker);
        self.read(locker).ok_or(StoreError::Corrupt(locker))
    }

    fn read(self, locker: Locker) -> Option<Record> {
        let Row {
            indexed, unindexed, ..
        } = self;
        let hash = |bytes: &Vec<u8>| SecretHash::from_bytes(bytes);
        let previous_hash = match &unindexed.previous_hash {
            Some(bytes) => Some(hash(bytes)?),
            None => None,
        };
        let expiry = match &unindexed.expiry {
            Some(json) => Some(serde_json::from_str(json).ok()?),
            None => None,
        };
        let contents = Contents {
            data: Data::from_json(&unindexed.data).ok()?,
            user: indexed.user,
            last_user: unindexed.last_user,
            expiry,
        };
        Some(Record {
            locker,
            secret_hash: hash(&unindexed.secret_hash)?,
            previous_hash,
            rotated: unindexed.rotated,
            version: unindexed.version,
            created: unindexed.created,
            touched: unindexed.touched,
            expires: indexed.expires,
            contents,
        })
    }
}
