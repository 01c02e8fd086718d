//! The tables, as `migrations/` makes them.
#![allow(missing_docs, reason = "the migrations say what each column is")]

pub use rocket_session_layer::schema::{SESSION_MIGRATIONS, sessions};

use diesel_migrations::{EmbeddedMigrations, embed_migrations};

/// The migrations that make the tables of the course: users, products and posts.
pub const COURSE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

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
