//! The table of sessions, as `migrations/` makes it.
#![allow(missing_docs, reason = "the migration says what each column is")]

use diesel_migrations::{EmbeddedMigrations, embed_migrations};

/// The migrations that make the table of sessions.
pub const SESSION_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

diesel::table! {
    sessions (locker) {
        locker -> BigInt,
        secret_hash -> Binary,
        previous_hash -> Nullable<Binary>,
        data -> Text,
        user -> Nullable<Text>,
        last_user -> Nullable<Text>,
        version -> BigInt,
        created -> BigInt,
        touched -> BigInt,
        rotated -> BigInt,
        expires -> BigInt,
        expiry -> Nullable<Text>,
    }
}
