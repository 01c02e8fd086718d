//! Everything that can go wrong while a request is served, and the status that tells the visitor.

use std::sync::Arc;

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};

use crate::cause::Cause;
use crate::id::{Locker, NoRandomness};
use crate::target;

/// Failures of the session layer, as a view or the program gets them.
///
/// As a responder it ends in the app's own catcher for [`status`](Error::status), so that `?` in a
/// view is enough.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store did not answer, or a record can't be read. That is not the same as an empty
    /// session.
    #[error("{}", store_failure(.0))]
    Store(#[from] StoreError),
    /// A server whose sessions are in cookies can't do this at all.
    #[error("a server whose sessions are in cookies can't {0}; use another session.engine")]
    NotSupported(&'static str),
    /// Other requests changed the session every time this one tried.
    #[error("the session changed at every try; try again")]
    Busy,
    /// There can be no new session ID.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The session would hold more than `limit` bytes of JSON: its data, with all keys and escapes,
    /// and the user's name each time that it is stored.
    #[error("the session would hold more than {limit} bytes")]
    TooLarge {
        /// The configured `max_size`, or the size of a cookie that every browser takes if the
        /// session is kept in one.
        limit: usize,
    },
    /// The request came with a session ID that was replaced a moment ago.
    #[error("the session ID was replaced a moment ago; reload")]
    Superseded,
    /// While the request was running, another user logged in, or the session got a new ID.
    #[error("the session got a new ID meanwhile; reload")]
    Changed,
    /// While the request was running, the session was ended.
    #[error("the session was ended meanwhile; reload")]
    Ended,
    /// The layer has already told the browser: a response fairing behind the layer's, a catcher
    /// that answers for the layer, or the body of a stream has tried to change the session.
    #[error("the session can't be changed any more, its response is on its way")]
    TooLate,
    /// A lifetime is over as soon as it begins.
    #[error("this lifetime of a session is over at once: to end a session, flush it")]
    OverAtOnce,
    /// A change outside a request asked for a new session ID, which only a response can bring to
    /// the browser.
    #[error("a session can get a new ID only in a request, whose response brings it")]
    OutsideRequest,
    /// The value of a key is of another type than the one asked for.
    #[error("session key {key:?} holds another type: {source}")]
    OtherType {
        /// The key.
        key: String,
        /// The difference.
        source: serde_json::Error,
    },
    /// A value can't be written as JSON from which it could be read again, bit for bit. It has a
    /// map whose keys are neither strings nor numbers, or one with a key twice; a float that is no
    /// number (NaN, an infinity); an integer of more than 64 bits; or more than 127 arrays and
    /// objects inside each other. Of raw JSON, a number that is too large for `f64` and an escape
    /// of half a character are refused, too.
    #[error("the value for session key {key:?} is not JSON: {source}")]
    NotJson {
        /// The key that it was for.
        key: String,
        /// The reason.
        source: serde_json::Error,
    },
    /// The identity key was set to something that is neither a string nor a whole number, or is
    /// empty or has a NUL: that names no user.
    #[error("session key {key:?} takes a string, not empty and without NUL, or a whole number")]
    NotAnIdentity {
        /// The identity key.
        key: String,
    },
    /// `update` was called on the identity key. The user who is logged in is set, not computed.
    #[error("session key {key:?} says who is logged in: use set, not update")]
    UpdateOfIdentity {
        /// The identity key.
        key: String,
    },
}

impl Error {
    /// 413 for a session that gets too large, 409 if the visitor should reload, 503 if they should
    /// come again later, 501 if the configured engine can't do it, and 500 for a mistake in the
    /// program.
    ///
    /// ```
    /// use rocket::http::Status;
    /// use rocket_session_layer::Error;
    ///
    /// assert_eq!(Error::TooLarge { limit: 65_536 }.status(), Status::PayloadTooLarge);
    /// ```
    pub fn status(&self) -> Status {
        match self {
            Error::Store(_) | Error::Busy | Error::NoRandomness(_) => Status::ServiceUnavailable,
            Error::NotSupported(_) => Status::NotImplemented,
            Error::TooLarge { .. } => Status::PayloadTooLarge,
            Error::Superseded | Error::Changed | Error::Ended => Status::Conflict,
            Error::OtherType { .. }
            | Error::NotJson { .. }
            | Error::NotAnIdentity { .. }
            | Error::UpdateOfIdentity { .. }
            | Error::TooLate
            | Error::OverAtOnce
            | Error::OutsideRequest => Status::InternalServerError,
        }
    }

    /// Writes a mistake in the program into the log. Of any other failure the log knows already.
    pub(crate) fn log(&self) {
        if self.status() == Status::InternalServerError {
            log::error!(target: target::VIEW, "session: {self}");
        }
    }
}

/// For views that answer `Result<_, Status>`, as those do that check a password.
///
/// ```
/// use rocket::http::Status;
/// use rocket_session_layer::Session;
///
/// fn log_in(user: Option<i32>, session: &Session) -> Result<(), Status> {
///     session.set("user", user.ok_or(Status::Unauthorized)?)?;
///     Ok(())
/// }
/// ```
impl From<Error> for Status {
    fn from(error: Error) -> Status {
        error.log();
        error.status()
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        self.log();
        Err(self.status())
    }
}

/// Failures of a store.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It can't be reached, or refuses.
    #[error(transparent)]
    Unavailable(Arc<dyn std::error::Error + Send + Sync>),
    /// It is not the store that this version needs, and will not be it later: the server should not
    /// start.
    #[error(transparent)]
    Unusable(Arc<dyn std::error::Error + Send + Sync>),
    /// The record in this locker can't be read. It is left as it is, and the store logs the reason.
    #[error("session {0} can't be read")]
    Corrupt(Locker),
}

fn store_failure(error: &StoreError) -> String {
    match error {
        StoreError::Unavailable(_) => format!("the session store did not answer: {error}"),
        StoreError::Unusable(_) => format!("the session store can't be used: {error}"),
        StoreError::Corrupt(_) => error.to_string(),
    }
}

impl StoreError {
    /// The store can't be reached, for this reason: another error, or a sentence.
    ///
    /// ```
    /// use rocket_session_layer::StoreError;
    ///
    /// let error = StoreError::unavailable("the cable was pulled");
    /// assert_eq!(error.to_string(), "the cable was pulled");
    /// ```
    pub fn unavailable(reason: impl Into<Cause>) -> Self {
        StoreError::Unavailable(reason.into().into())
    }

    /// The store can't be used by this version, for this reason: another error, or a sentence.
    ///
    /// ```
    /// use rocket_session_layer::StoreError;
    ///
    /// let error = StoreError::unusable("its table lacks a column");
    /// assert!(matches!(error, StoreError::Unusable(_)));
    /// ```
    pub fn unusable(reason: impl Into<Cause>) -> Self {
        StoreError::Unusable(reason.into().into())
    }

    /// True if the store has written the reason into the log itself, once for all requests. Of a
    /// record that can't be read only the store knows it.
    ///
    /// ```
    /// use rocket_session_layer::StoreError;
    ///
    /// assert!(!StoreError::unavailable("the cable was pulled").is_told());
    /// ```
    pub fn is_told(&self) -> bool {
        match self {
            #[cfg(feature = "database")]
            StoreError::Unavailable(reason) => {
                let database = reason.downcast_ref::<crate::db::DatabaseError>();
                database.is_some_and(crate::db::DatabaseError::is_told)
            }
            #[cfg(not(feature = "database"))]
            StoreError::Unavailable(_) => false,
            StoreError::Unusable(_) => false,
            StoreError::Corrupt(_) => true,
        }
    }

    /// Writes one warning with the reason, unless the store has.
    pub(crate) fn log(&self) {
        if !self.is_told() {
            log::warn!(target: target::STORE, "session: {}", store_failure(self));
        }
    }
}

/// Equal if they say the same, so that tests can compare results.
impl PartialEq for StoreError {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (StoreError::Corrupt(one), StoreError::Corrupt(other)) => one == other,
            (StoreError::Unavailable(one), StoreError::Unavailable(other))
            | (StoreError::Unusable(one), StoreError::Unusable(other)) => {
                one.to_string() == other.to_string()
            }
            _ => false,
        }
    }
}
