//! The table as it is in the database: made if it is missing, and refused if it is another one.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

use super::connection::SqlConnection;
use super::row::FoundColumn;
use super::statement::{Statement, Value};
use super::table::Table;
use super::wording::COLUMNS;
use crate::error::StoreError;
use crate::target;

/// The answer of the database, and in it the judgement on its table.
pub(crate) type Prepared = QueryResult<Result<(), StoreError>>;

impl Table {
    /// Makes the table, unless it is there or the app makes it itself, and looks whether it is the
    /// one that this version needs.
    pub(crate) fn prepare(&self, connection: &mut impl SqlConnection) -> Prepared {
        let name = &self.name;
        let mut found = self.columns(connection)?;
        if found.is_empty() && self.is_made_here {
            let made =
                connection.transaction(|connection| connection.batch_execute(&self.sql.migration));
            if let Err(error) = made {
                let refused = format!("the table {name} is missing and can't be made");
                return unless_temporary(error, &refused);
            }
            found = self.columns(connection)?;
        }
        if found.is_empty() {
            return unusable(format!(
                "there is no table {name}: run the migration that makes it, or set \
                 session.create_table = true"
            ));
        }
        if let Some(difference) = self.difference(&found) {
            return unusable(format!(
                "the table {name} is not the table of sessions that this version needs: \
                 {difference}; name another one by session.table"
            ));
        }
        // It changes nothing, but fails if the table can't be written, and if its lockers are not
        // unique: then two sessions could have the same.
        let written = connection.change(Statement {
            sql: &self.sql.create_none,
            values: &[],
        });
        if let Err(error) = written {
            return unless_temporary(error, &format!("the table {name} can't be written"));
        }
        self.warn_of_impatience(connection)?;
        Ok(Ok(()))
    }

    /// Says that connections to SQLite are as SQLite opens them. An app that only read before goes on
    /// well with those, and then its sessions write.
    fn warn_of_impatience(&self, connection: &mut impl SqlConnection) -> QueryResult<()> {
        let Some(sql) = self.sql.patience else {
            return Ok(());
        };
        let found = connection.numbers(Statement { sql, values: &[] })?;
        if found.iter().any(|found| found.number == 0) {
            log::warn!(
                target: target::SETUP,
                "session: requests that meet will fail, \"database is locked\": set PRAGMA \
                 busy_timeout = 5000 and PRAGMA journal_mode = WAL on each connection of the pool"
            );
        }
        Ok(())
    }

    fn columns(&self, connection: &mut impl SqlConnection) -> QueryResult<Vec<FoundColumn>> {
        connection.columns(Statement {
            sql: self.sql.columns,
            values: &[Value::Text(Some(self.name.as_str()))],
        })
    }

    /// The first difference between the columns that are there and ours.
    fn difference(&self, found: &[FoundColumn]) -> Option<String> {
        for (name, kind) in COLUMNS {
            let kind = self.sql.types[kind as usize];
            match found.iter().find(|column| column.name == name) {
                None => return Some(format!("it has no column {name:?}")),
                Some(column) if !column.kind.eq_ignore_ascii_case(kind) => {
                    let other = &column.kind;
                    return Some(format!("its column {name:?} is {other}, not {kind}"));
                }
                Some(_) => {}
            }
        }
        // The meaning of a column that is not known here, and the value that a change has to write
        // into it, only another version knows.
        let is_ours = |column: &FoundColumn| COLUMNS.iter().any(|(name, _)| *name == column.name);
        let foreign = found.iter().find(|column| !is_ours(column))?;
        Some(format!("it has a column {:?}", foreign.name))
    }
}

fn unusable(reason: String) -> Prepared {
    Ok(Err(StoreError::unusable(reason)))
}

/// A database that is closing or allows only reading may be another one in a moment, after a
/// fail-over, and one that is locked may be free. Any other refusal stays.
fn unless_temporary(error: Error, refused: &str) -> Prepared {
    use DatabaseErrorKind::{ClosedConnection, ReadOnlyTransaction, UnableToSendCommand};
    match error {
        Error::DatabaseError(ClosedConnection | ReadOnlyTransaction | UnableToSendCommand, _) => {
            Err(error)
        }
        // Diesel has no kind for SQLITE_BUSY.
        error if error.to_string() == "database is locked" => Err(error),
        error => unusable(format!("{refused}: {error}")),
    }
}
