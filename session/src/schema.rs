//! The table of sessions by its default name, as `migrations/` makes it: for queries of an app's own.
#![allow(missing_docs, reason = "the migration says what each column is")]

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
