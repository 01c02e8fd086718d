//! Errors of the board.

use rocket::http::Status;
use thiserror::Error;

use crate::answer::Fault;
use crate::db::DatabaseError;

/// The reason why the board can't do a view's request.
#[derive(Debug, Error)]
pub enum BoardError {
    /// The database does not answer, or refuses.
    #[error("posts can't be read or written: {0}")]
    Database(#[from] DatabaseError),
    /// There is no post of this number, or no longer.
    #[error("there is no post {0}")]
    NoSuchPost(i64),
}

impl Fault for BoardError {
    /// 503 if trying again later may help, 404 for a post that is not there.
    fn status(&self) -> Status {
        match self {
            BoardError::Database(_) => Status::ServiceUnavailable,
            BoardError::NoSuchPost(_) => Status::NotFound,
        }
    }

    fn is_told(&self) -> bool {
        matches!(self, BoardError::Database(error) if error.is_told())
    }
}
