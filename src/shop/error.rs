//! What can go wrong in the shop.

use std::fmt;

use rocket::http::Status;

use crate::db::DatabaseError;

/// Why the shop can't do what a view asks for.
#[derive(Debug)]
pub enum Error {
    /// The database does not answer, or refuses.
    Database(DatabaseError),
    /// The visitor asks for an item, named here, that the shop does not have.
    NoSuchProduct(String),
}

impl Error {
    /// The status for the visitor: 503 where trying again later may help, 422 for a form that
    /// names no product.
    pub fn status(&self) -> Status {
        match self {
            Error::Database(_) => Status::ServiceUnavailable,
            Error::NoSuchProduct(_) => Status::UnprocessableEntity,
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
            Error::Database(error) => write!(f, "products can't be read: {error}"),
            // Quoted and escaped: it is a visitor's text, and may stand in a log.
            Error::NoSuchProduct(item) => write!(f, "the shop has no product {item:?}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Database(error) => Some(error),
            Error::NoSuchProduct(_) => None,
        }
    }
}
