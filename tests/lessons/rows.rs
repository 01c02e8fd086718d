//! The rows that a lesson has stored, read from its SQLite file as anybody can.

use diesel::prelude::*;
use session_lessons::db::{Database, DatabaseError, Synchronous};
use session_lessons::schema::sessions;

use crate::common::lesson::Lesson;

/// The columns that a student looks at in a row of the table `sessions`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Row {
    pub locker: i64,
    pub data: String,
    pub user: Option<String>,
}

/// A row with this data, and who is logged in.
pub fn holds(row: &Row, data: &str, user: Option<&str>) -> bool {
    row.data == data && row.user.as_deref() == user
}

pub fn database(lesson: &Lesson) -> Database {
    Database::open(lesson.database(), Synchronous::Normal).unwrap()
}

/// All sessions that are stored.
pub fn rows(lesson: &Lesson) -> Vec<Row> {
    let columns = (sessions::locker, sessions::data, sessions::user);
    let all = database(lesson).read(|connection| {
        let all = sessions::table.select(columns).load(connection)?;
        Ok::<_, DatabaseError>(all)
    });
    all.unwrap()
}

/// The only session that is stored.
pub fn only_row(lesson: &Lesson) -> Row {
    let mut rows = rows(lesson);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}
