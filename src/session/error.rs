//! What can go wrong, and which status says so to the visitor.

use std::fmt;

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};

use super::stores::StoreError;

/// Why the session layer could not do what it was asked.
///
/// As a responder it ends in the app's own catcher for [`status`](Error::status), so that `?` in a
/// view is enough.
#[derive(Debug)]
pub enum Error {
    /// The store did not answer. That is not the same as an empty session.
    Store(StoreError),
    /// The configured engine can't do this at all.
    NotSupported(StoreError),
    /// Other requests changed the session every time this one tried.
    Busy,
    /// The operating system gave no random bytes, so there can be no new session ID.
    NoRandomness,
    /// The session would hold more than `limit` bytes.
    TooLarge {
        /// The configured `max_size`, or what a browser takes as one cookie where the session
        /// travels in it.
        limit: usize,
    },
    /// The request came with a session ID that was replaced a moment ago.
    Superseded,
    /// While the request was running, somebody logged in, or the session got a new ID.
    Changed,
    /// While the request was running, the session was ended.
    Ended,
    /// The value of a key is of another type than the one asked for.
    OtherType {
        /// The key.
        key: String,
        /// What the value is not.
        source: serde_json::Error,
    },
    /// A value can't be written as JSON.
    NotJson {
        /// The key that it was for.
        key: String,
        /// Why not.
        source: serde_json::Error,
    },
    /// The identity key was set to something that is neither a string nor a whole number.
    NotAnIdentity {
        /// The identity key.
        key: String,
    },
    /// `update` was called on the identity key. Who is logged in is set, not computed.
    UpdateOfIdentity {
        /// The identity key.
        key: String,
    },
}

impl Error {
    /// 413 for what is too large, 409 where the visitor should reload, 503 where they should come
    /// again later, 501 for what the configured engine can't do, and 500 for a mistake in the
    /// program.
    pub fn status(&self) -> Status {
        match self {
            Error::Store(_) | Error::Busy | Error::NoRandomness => Status::ServiceUnavailable,
            Error::NotSupported(_) => Status::NotImplemented,
            Error::TooLarge { .. } => Status::PayloadTooLarge,
            Error::Superseded | Error::Changed | Error::Ended => Status::Conflict,
            Error::OtherType { .. }
            | Error::NotJson { .. }
            | Error::NotAnIdentity { .. }
            | Error::UpdateOfIdentity { .. } => Status::InternalServerError,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Store(error) => write!(f, "the session store did not answer: {error}"),
            Error::NotSupported(error) => write!(f, "{error}"),
            Error::Busy => f.write_str("the session changed at every try; try again"),
            Error::NoRandomness => f.write_str("the operating system gave no random bytes"),
            Error::TooLarge { limit } => {
                write!(f, "the session would hold more than {limit} bytes")
            }
            Error::Superseded => f.write_str("the session ID was replaced a moment ago; reload"),
            Error::Changed => f.write_str("the session got a new ID meanwhile; reload"),
            Error::Ended => f.write_str("the session was ended meanwhile; reload"),
            Error::OtherType { key, source } => {
                write!(f, "session key {key:?} holds another type: {source}")
            }
            Error::NotJson { key, source } => {
                write!(f, "the value for session key {key:?} is not JSON: {source}")
            }
            Error::NotAnIdentity { key } => {
                write!(f, "session key {key:?} takes a string or a whole number")
            }
            Error::UpdateOfIdentity { key } => {
                write!(
                    f,
                    "session key {key:?} says who is logged in: use set, not update"
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Store(error) | Error::NotSupported(error) => Some(error),
            Error::OtherType { source, .. } | Error::NotJson { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotSupported(_) => Error::NotSupported(error),
            _ => Error::Store(error),
        }
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        if self.status() == Status::InternalServerError {
            log::error!("session: {self}");
        }
        Err(self.status())
    }
}
