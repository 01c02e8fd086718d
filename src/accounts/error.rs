//! Errors of accounts that are no fault of the visitor.

use bcrypt::BcryptError;
use rocket::http::Status;
use thiserror::Error;

use crate::answer::Fault;
use crate::db::DatabaseError;
use crate::session;

/// The reason why there is no answer about an account. A wrong password or a bad form is an answer,
/// not an error.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The database does not answer, or refuses.
    #[error("accounts can't be read or written: {0}")]
    Database(#[from] DatabaseError),
    /// A session could not be changed, or a user's sessions not be ended.
    #[error(transparent)]
    Session(#[from] session::Error),
    /// bcrypt refuses: the stored text is no hash, or the system gives no random numbers.
    #[error("a password can't be hashed or checked: {0}")]
    Hashing(#[from] BcryptError),
    /// The queue of passwords to be hashed or checked is so long that one more would wait too long.
    #[error("too many passwords wait to be hashed or checked")]
    Crowded,
    /// Too many wrong passwords came for this userid from this network; the next one is looked at
    /// only after a wait.
    #[error("too many wrong passwords: {seconds} s to wait")]
    Throttled {
        /// The rest of the wait, in seconds.
        seconds: u64,
    },
    /// The hashing's thread ended early: it panicked, or the server is shutting down.
    #[error("the hashing of a password was interrupted")]
    Interrupted,
    /// The server's configuration asks for something that bcrypt can't do; the text names it.
    #[error("{0}")]
    Setting(String),
}

impl Fault for AccountError {
    /// 429 if they have to wait, 503 if trying again later may help, that of the session's error,
    /// else 500.
    fn status(&self) -> Status {
        match self {
            AccountError::Database(_) | AccountError::Crowded | AccountError::Interrupted => {
                Status::ServiceUnavailable
            }
            AccountError::Session(error) => error.status(),
            AccountError::Throttled { .. } => Status::TooManyRequests,
            AccountError::Hashing(_) | AccountError::Setting(_) => Status::InternalServerError,
        }
    }

    fn is_told(&self) -> bool {
        match self {
            AccountError::Database(error) => error.is_told(),
            AccountError::Session(error) => Fault::is_told(error),
            _ => false,
        }
    }

    fn retry_after(&self) -> Option<u64> {
        match self {
            AccountError::Throttled { seconds } => Some(*seconds),
            _ => None,
        }
    }
}
