//! The texts of all statements on the table of sessions, for the name that it has.

use super::connection::Dialect;
use crate::config::TableName;

/// A type that columns have, as a place in [`Dialect::TYPES`].
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Number,
    Bytes,
    Text,
}

/// The columns and their types. The fields of `Record` explain them.
pub(super) const COLUMNS: [(&str, Kind); 12] = [
    ("locker", Kind::Number),
    ("secret_hash", Kind::Bytes),
    ("previous_hash", Kind::Bytes),
    ("data", Kind::Text),
    ("user", Kind::Text),
    ("last_user", Kind::Text),
    ("version", Kind::Number),
    ("created", Kind::Number),
    ("touched", Kind::Number),
    ("rotated", Kind::Number),
    ("expires", Kind::Number),
    ("expiry", Kind::Text),
];

/// The columns that have an index.
pub(super) const INDEXED: [&str; 2] = ["user", "expires"];

/// Every statement on a table of one name, in the words of one database. A `?` is a value's place.
pub(crate) struct Wording {
    pub(super) types: [&'static str; 3],
    pub(super) columns: &'static str,
    pub(super) patience: Option<&'static str>,
    pub(super) migration: String,
    pub(super) create_none: String,
    pub(super) load: String,
    pub(super) create: String,
    pub(super) update: String,
    /// The update of a row whose indexed columns stay as they are, if that costs less.
    pub(super) update_unindexed: Option<String>,
    pub(super) delete: String,
    pub(super) delete_any: String,
    pub(super) touch: String,
    pub(super) purge: String,
    pub(super) lockers: String,
    pub(super) count: String,
    pub(super) of_user: String,
}

impl Wording {
    pub(super) fn of<D: Dialect>(name: &TableName) -> Self {
        let quoted = COLUMNS.map(|(column, _)| format!("\"{column}\""));
        let (all, set) = (quoted.join(", "), quoted.join(" = ?, "));
        let holes = ["?"; COLUMNS.len()].join(", ");
        let read = "WHERE \"locker\" = ? AND \"version\" = ?";
        let unless_taken = "ON CONFLICT (\"locker\") DO NOTHING";
        let unless_locked = D::UNLESS_LOCKED;
        let table = format!("\"{name}\"");
        Wording {
            types: D::TYPES,
            columns: D::COLUMNS,
            patience: D::PATIENCE,
            migration: migration::<D>(name),
            create_none: format!(
                "INSERT INTO {table} ({all}) SELECT {all} FROM {table} WHERE 1 = 0 {unless_taken}"
            ),
            load: format!("SELECT {all} FROM {table} WHERE \"locker\" = ?"),
            create: format!("INSERT INTO {table} ({all}) VALUES ({holes}) {unless_taken}"),
            update: format!("UPDATE {table} SET {set} = ? {read}"),
            update_unindexed: D::REWRITES_INDEXES.then(|| {
                let names = COLUMNS.iter().map(|(column, _)| *column);
                let set: Vec<String> = names
                    .filter(|column| !INDEXED.contains(column))
                    .map(|column| format!("\"{column}\" = ?"))
                    .collect();
                let [user, expires] = INDEXED;
                let set = set.join(", ");
                format!("UPDATE {table} SET {set} {read} AND \"{user}\" IS ? AND \"{expires}\" = ?")
            }),
            delete: format!("DELETE FROM {table} {read}"),
            delete_any: format!("DELETE FROM {table} WHERE \"locker\" = ?"),
            touch: format!("UPDATE {table} SET \"touched\" = ?, \"expires\" = ? {read}"),
            purge: format!(
                "DELETE FROM {table} WHERE \"locker\" IN (SELECT \"locker\" FROM {table} \
                 WHERE \"expires\" <= ? LIMIT ? {unless_locked})"
            ),
            lockers: format!(
                "SELECT \"locker\" AS \"number\" FROM {table} WHERE \"locker\" > ? \
                 ORDER BY \"locker\" LIMIT ?"
            ),
            count: format!("SELECT count(*) AS \"number\" FROM {table}"),
            of_user: format!(
                "SELECT {all} FROM {table} WHERE \"user\" = ? ORDER BY \"touched\" DESC"
            ),
        }
    }
}

/// The migration for a table of this name, for whichever process is the first to make it.
fn migration<D: Dialect>(name: &TableName) -> String {
    let named = D::MIGRATION.replace("\"sessions", &format!("\"{name}"));
    let first = named
        .replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
        .replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS");
    format!("{}{first}", D::ALONE)
}
