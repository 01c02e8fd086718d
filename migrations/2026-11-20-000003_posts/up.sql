-- What posts refer to has to be unique by itself; in small letters it already is.
CREATE UNIQUE INDEX users_userid ON users (userid);

CREATE TABLE posts (
    -- Never used again after a deletion: an old page's button must not hit a newer post.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- A post goes with its author. Otherwise it would belong to whoever takes the userid next.
    author TEXT NOT NULL REFERENCES users (userid) ON DELETE CASCADE,
    text TEXT NOT NULL,
    -- Seconds since 1970.
    created INTEGER NOT NULL
) STRICT;

CREATE INDEX posts_author ON posts (author);
