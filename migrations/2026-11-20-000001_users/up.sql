CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    -- As the user typed it, in Unicode's NFKC form.
    userid TEXT NOT NULL,
    -- The same in small letters. Only this constraint keeps two sign-ups at the same moment from
    -- both getting one userid; a look before the insertion could not.
    userid_folded TEXT NOT NULL UNIQUE,
    real_name TEXT NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    -- Seconds since 1970.
    created INTEGER NOT NULL
) STRICT;
