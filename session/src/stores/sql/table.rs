//! The table of sessions, and everything that is done to it.

use diesel::prelude::*;
use diesel::result::Error;

use super::connection::{Dialect, SqlConnection};
use super::row::SessionRow;
use super::statement::{Statement, Value};
use super::wording::{COLUMNS, INDEXED, Wording};
use crate::clock::Timestamp;
use crate::config::{Config, TableName};
use crate::error::StoreError;
use crate::id::Locker;
use crate::record::Record;
use crate::target;

/// The table by its configured name. Its methods return the number of rows that they changed: zero
/// for a conflict.
pub(crate) struct Table {
    pub(super) name: TableName,
    pub(super) is_made_here: bool,
    pub(super) sql: Wording,
}

impl Table {
    /// The table that the configuration names, in the words of this database.
    pub(crate) fn configured<D: Dialect>(config: &Config) -> Self {
        Table {
            name: config.table.clone(),
            is_made_here: config.create_table,
            sql: Wording::of::<D>(&config.table),
        }
    }

    /// The record of this locker, or the reason why it can't be read.
    pub(crate) fn load(
        &self,
        locker: Locker,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<Option<Result<Record, StoreError>>> {
        let rows = connection.sessions(Statement {
            sql: &self.sql.load,
            values: &[Value::Number(locker.number())],
        });
        match rows?.pop() {
            None => Ok(None),
            Some(Ok(row)) => Ok(Some(row.into_record())),
            // A text in it is not UTF-8.
            Some(Err(Error::DeserializationError(_))) => Ok(Some(Err(StoreError::Corrupt(locker)))),
            Some(Err(error)) => Err(error),
        }
    }

    pub(crate) fn create(
        &self,
        row: &SessionRow,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<usize> {
        connection.change(Statement {
            sql: &self.sql.create,
            values: &row.values(),
        })
    }

    pub(crate) fn update(
        &self,
        row: &SessionRow,
        version: i64,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<usize> {
        // Most changes leave user and expiry as they are: in a large table of SQLite that is one page
        // of the file to write, not three.
        if let Some(sql) = &self.sql.update_unindexed {
            let named = COLUMNS.iter().zip(row.values());
            let unindexed = named.filter(|((name, _), _)| !INDEXED.contains(name));
            let mut values: Vec<Value<'_>> = unindexed.map(|(_, value)| value).collect();
            values.extend([Value::Number(row.locker()), Value::Number(version)]);
            values.extend(row.indexed());
            let values = &values;
            let updated = connection.change(Statement { sql, values })?;
            if updated > 0 {
                return Ok(updated);
            }
        }
        let mut values = Vec::from(row.values());
        values.extend([Value::Number(row.locker()), Value::Number(version)]);
        connection.change(Statement {
            sql: &self.sql.update,
            values: &values,
        })
    }

    pub(crate) fn delete(
        &self,
        locker: Locker,
        version: Option<i64>,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<usize> {
        let locker = Value::Number(locker.number());
        match version {
            Some(version) => connection.change(Statement {
                sql: &self.sql.delete,
                values: &[locker, Value::Number(version)],
            }),
            None => connection.change(Statement {
                sql: &self.sql.delete_any,
                values: &[locker],
            }),
        }
    }

    /// Deletes one row and creates another: to be called in a transaction.
    pub(crate) fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &SessionRow,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<usize> {
        if self.delete(ended, Some(version), connection)? == 0 {
            return Ok(0);
        }
        match self.create(created, connection)? {
            // The new locker is taken, one time in 2^63. The whole transaction fails, and is
            // answered as failed.
            0 => Err(Error::RollbackTransaction),
            rows => Ok(rows),
        }
    }

    pub(crate) fn touch(
        &self,
        [touched, expires]: [Timestamp; 2],
        locker: Locker,
        version: i64,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<usize> {
        let values = [touched, expires, locker.number(), version].map(Value::Number);
        connection.change(Statement {
            sql: &self.sql.touch,
            values: &values,
        })
    }

    /// Deletes at most `most` rows that expired at `now` or before.
    pub(crate) fn purge(
        &self,
        now: Timestamp,
        most: u32,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<usize> {
        connection.change(Statement {
            sql: &self.sql.purge,
            values: &[now, most.into()].map(Value::Number),
        })
    }

    pub(crate) fn lockers(
        &self,
        after: Option<Locker>,
        most: u32,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<Vec<Locker>> {
        let after = after.map_or(i64::MIN, Locker::number);
        let found = connection.numbers(Statement {
            sql: &self.sql.lockers,
            values: &[after, most.into()].map(Value::Number),
        });
        let lockers = found?.into_iter();
        Ok(lockers
            .map(|found| Locker::from_number(found.number))
            .collect())
    }

    pub(crate) fn count(&self, connection: &mut impl SqlConnection) -> QueryResult<u64> {
        let found = connection.numbers(Statement {
            sql: &self.sql.count,
            values: &[],
        });
        let count = found?.pop().map_or(0, |found| found.number);
        Ok(count.unsigned_abs())
    }

    /// The records in which this user is logged in. Skips a row that can't be read: it logs no user
    /// in, and an error here would keep its user from ending the others.
    pub(crate) fn of_user(
        &self,
        user: &str,
        connection: &mut impl SqlConnection,
    ) -> QueryResult<Vec<Record>> {
        let rows = connection.sessions(Statement {
            sql: &self.sql.of_user,
            values: &[Value::Text(Some(user))],
        });
        let read = |row: QueryResult<SessionRow>| match row.map(SessionRow::into_record) {
            Ok(Ok(record)) => Some(Ok(record)),
            Ok(Err(error)) => {
                log::warn!(target: target::STORE, "session: {error}");
                None
            }
            Err(Error::DeserializationError(error)) => {
                log::warn!(
                    target: target::STORE,
                    "session: one of a user's sessions can't be read: {error}"
                );
                None
            }
            Err(error) => Some(Err(error)),
        };
        rows?.into_iter().filter_map(read).collect()
    }
}
