-- One row a session. The fields of `Record` (src/record.rs) explain the columns.
-- Moments are seconds since 1970-01-01 UTC.
CREATE TABLE "sessions" (
    "locker"        BIGINT PRIMARY KEY,
    "secret_hash"   BYTEA  NOT NULL,
    "previous_hash" BYTEA,
    -- Text and not JSONB, which would sort the keys and round the numbers.
    "data"          TEXT   NOT NULL,
    "user"          TEXT,
    "last_user"     TEXT,
    "version"       BIGINT NOT NULL,
    "created"       BIGINT NOT NULL,
    "touched"       BIGINT NOT NULL,
    "rotated"       BIGINT NOT NULL,
    "expires"       BIGINT NOT NULL,
    "expiry"        TEXT
);

-- The purge finds what has expired without reading the rest.
CREATE INDEX "sessions_expires" ON "sessions" ("expires");

-- Finds the sessions in which a user is logged in. Most rows are strangers' and not in this index at
-- all.
CREATE INDEX "sessions_user" ON "sessions" ("user") WHERE "user" IS NOT NULL;
