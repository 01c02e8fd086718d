//! What can go wrong on the board.

use std::fmt;

use rocket::http::Status;

use crate::db::DatabaseError;

/// Why the board can't do what a view asks for.
#[derive(Debug)]
pub enum Error {
    /// The database does not answer, or refuses.
    Database(DatabaseError),
    /// There is no post of this number, or no longer.
    NoSuchPost(i64),
}

impl Error {
    /// The status for the visitor: 503 where trying again later may help, 404 for a post that is
    /// not there.
    pub fn status(&self) -> Status {
        match self {
            Error::Database(_) => Status::ServiceUnavailable,
            Error::NoSuchPost(_) => Status::NotFound,
        }
    }
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        Error::Database(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Database(error) => write!(f, "posts can't be read or written: {error}"),
            Error::NoSuchPost(id) => write!(f, "there is no post {id}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Database(error) => Some(error),
            Error::NoSuchPost(_) => None,
        }
    }
}
