-- One row a session. The fields of `Record` (src/record.rs) explain the columns.
-- Moments are seconds since 1970-01-01 UTC.
CREATE TABLE "sessions" (
    -- Random, and SQLite's rowid: with a text as its key the table would be two B-trees, not one.
    "locker"        INTEGER PRIMARY KEY NOT NULL,
    "secret_hash"   BLOB    NOT NULL,
    "previous_hash" BLOB,
    "data"          TEXT    NOT NULL,
    "user"          TEXT,
    "last_user"     TEXT,
    "version"       INTEGER NOT NULL,
    "created"       INTEGER NOT NULL,
    "touched"       INTEGER NOT NULL,
    "rotated"       INTEGER NOT NULL,
    "expires"       INTEGER NOT NULL,
    "expiry"        TEXT
) STRICT;

-- The purge finds what has expired without reading the rest.
CREATE INDEX "sessions_expires" ON "sessions" ("expires");

-- Finds the sessions in which a user is logged in. Most rows are strangers' and not in this index at
-- all.
CREATE INDEX "sessions_user" ON "sessions" ("user") WHERE "user" IS NOT NULL;
