//! The rows that the lesson has stored, read from its SQLite file.

use diesel::prelude::*;
use session_lessons::db::{Database, DatabaseError, Synchronous};
use session_lessons::schema::sessions;

use crate::browser::Browser;

/// The columns of a row that change when a request uses its session.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Row {
    locker: i64,
    data: String,
    version: i64,
    touched: i64,
}

pub fn rows(browser: &Browser) -> Vec<Row> {
    let columns = (
        sessions::locker,
        sessions::data,
        sessions::version,
        sessions::touched,
    );
    let database = Database::open(browser.database(), Synchronous::Normal).unwrap();
    let rows = database.read(|connection| {
        let rows = sessions::table.select(columns).load(connection)?;
        Ok::<_, DatabaseError>(rows)
    });
    rows.unwrap()
}
