//! The tables, as `migrations/` makes them.
#![allow(missing_docs, reason = "the migrations say what each column is")]

pub use rocket_session_layer::schema::sessions;

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::db::{Database, DatabaseError};

/// The migrations that make the tables of the course: users, products and posts.
pub const COURSE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Runs those of the course's migrations that this file has not seen.
///
/// # Errors
///
/// A migration fails, or the file can't be written.
pub fn migrate(database: &Database) -> Result<(), DatabaseError> {
    // In one IMMEDIATE transaction, which takes the lock for writing at its beginning: of two
    // processes that start at the same moment, the second one looks for pending migrations only when
    // the first one has run them.
    let migrated = database.connect()?.immediate_transaction(|connection| {
        let run = connection.run_pending_migrations(COURSE_MIGRATIONS);
        run.map(drop)
    });
    migrated.map_err(|source| DatabaseError::Open {
        path: database.path().to_owned(),
        source,
    })
}

diesel::table! {
    users (id) {
        id -> Integer,
        userid -> Text,
        userid_folded -> Text,
        real_name -> Text,
        email -> Text,
        password_hash -> Text,
        created -> BigInt,
    }
}

diesel::table! {
    products (item) {
        item -> Text,
        name_en -> Text,
        name_ko -> Text,
        price -> Integer,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        author -> Text,
        text -> Text,
        created -> BigInt,
    }
}
