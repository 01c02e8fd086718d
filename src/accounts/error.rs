//! What can go wrong with accounts through no fault of the visitor.

use std::fmt;

use bcrypt::BcryptError;
use rocket::http::Status;

use crate::db::DatabaseError;
use crate::session;

/// Why there is no answer about an account. A wrong password or a bad form is an answer, not an
/// error.
#[derive(Debug)]
pub enum Error {
    /// The database does not answer, or refuses.
    Database(DatabaseError),
    /// A session could not be changed, or a user's sessions not be ended.
    Session(session::Error),
    /// bcrypt refuses: what is stored is no hash, or the system gives no random numbers.
    Hashing(BcryptError),
    /// So many passwords wait to be hashed or checked that one more would wait too long.
    Crowded,
    /// Too many wrong passwords came for this userid from this network; the next one is looked at
    /// only after a wait.
    Throttled {
        /// The rest of the wait, in seconds.
        seconds: u64,
    },
    /// The hashing's thread ended early: it panicked, or the server is shutting down.
    Interrupted,
    /// The server's configuration asks for what bcrypt can't do; the text says what.
    Setting(String),
}

impl Error {
    /// The status for the visitor: 429 where they have to wait, 503 where trying again later may
    /// help, that of the session's error, else 500.
    pub fn status(&self) -> Status {
        match self {
            Error::Database(_) | Error::Crowded | Error::Interrupted => Status::ServiceUnavailable,
            Error::Session(error) => error.status(),
            Error::Throttled { .. } => Status::TooManyRequests,
            Error::Hashing(_) | Error::Setting(_) => Status::InternalServerError,
        }
    }
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        Error::Database(error)
    }
}

impl From<session::Error> for Error {
    fn from(error: session::Error) -> Self {
        Error::Session(error)
    }
}

impl From<BcryptError> for Error {
    fn from(error: BcryptError) -> Self {
        Error::Hashing(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Database(error) => write!(f, "accounts can't be read or written: {error}"),
            Error::Session(error) => error.fmt(f),
            Error::Hashing(error) => write!(f, "a password can't be hashed or checked: {error}"),
            Error::Crowded => f.write_str("too many passwords wait to be hashed or checked"),
            Error::Throttled { seconds } => {
                write!(f, "too many wrong passwords: {seconds} s to wait")
            }
            Error::Interrupted => f.write_str("the hashing of a password was interrupted"),
            Error::Setting(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Database(error) => Some(error),
            Error::Session(error) => Some(error),
            Error::Hashing(error) => Some(error),
            Error::Crowded | Error::Throttled { .. } | Error::Interrupted | Error::Setting(_) => {
                None
            }
        }
    }
}
