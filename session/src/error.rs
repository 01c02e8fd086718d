//! Everything that can go wrong: for the visitor as a status, for the operator as a sentence.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rocket::figment;
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};

use crate::id::{Locker, NoRandomness};

/// An error of another crate that led to one of ours.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the session layer could not do what it was asked.
///
/// As a responder it ends in the app's own catcher for [`status`](Error::status), so that `?` in a
/// view is enough.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The store did not answer. That is not the same as an empty session.
    Store(StoreError),
    /// A server whose sessions are in cookies can't do this at all.
    NotSupported(&'static str),
    /// Other requests changed the session every time this one tried.
    Busy,
    /// There can be no new session ID.
    NoRandomness(NoRandomness),
    /// The session would hold more than `limit` bytes.
    TooLarge {
        /// The configured `max_size`, or the size of a cookie that every browser takes if the
        /// session is kept in one.
        limit: usize,
    },
    /// The request came with a session ID that was replaced a moment ago.
    Superseded,
    /// While the request was running, another user logged in, or the session got a new ID.
    Changed,
    /// While the request was running, the session was ended.
    Ended,
    /// A change outside a request asked for a new session ID, which only a response can bring to
    /// the browser.
    OutsideRequest,
    /// The value of a key is of another type than the one asked for.
    OtherType {
        /// The key.
        key: String,
        /// The difference.
        source: serde_json::Error,
    },
    /// A value can't be written as JSON.
    NotJson {
        /// The key that it was for.
        key: String,
        /// The reason.
        source: serde_json::Error,
    },
    /// The identity key was set to something that is neither a string nor a whole number.
    NotAnIdentity {
        /// The identity key.
        key: String,
    },
    /// `update` was called on the identity key. The user who is logged in is set, not computed.
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
            | Error::OutsideRequest => Status::InternalServerError,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Store(error) => write!(f, "the session store did not answer: {error}"),
            Error::NotSupported(what) => write!(
                f,
                "a server whose sessions are in cookies can't {what}; use another session.engine"
            ),
            Error::Busy => f.write_str("the session changed at every try; try again"),
            Error::NoRandomness(error) => error.fmt(f),
            Error::TooLarge { limit } => {
                write!(f, "the session would hold more than {limit} bytes")
            }
            Error::Superseded => f.write_str("the session ID was replaced a moment ago; reload"),
            Error::Changed => f.write_str("the session got a new ID meanwhile; reload"),
            Error::Ended => f.write_str("the session was ended meanwhile; reload"),
            Error::OutsideRequest => f.write_str(
                "a session can get a new ID only in a request, whose response brings it",
            ),
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
            Error::Store(error) => Some(error),
            Error::NoRandomness(error) => Some(error),
            Error::OtherType { source, .. } | Error::NotJson { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Error::Store(error)
    }
}

impl From<NoRandomness> for Error {
    fn from(error: NoRandomness) -> Self {
        Error::NoRandomness(error)
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

/// Why a store did not answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// It can't be reached, or refuses.
    Unavailable(Arc<dyn std::error::Error + Send + Sync>),
    /// The record in this locker can't be read. It is left as it is.
    Corrupt(Locker),
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
    pub fn unavailable(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        StoreError::Unavailable(reason.into().into())
    }
}

/// Equal if they say the same, so that tests can compare results.
impl PartialEq for StoreError {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (StoreError::Corrupt(one), StoreError::Corrupt(other)) => one == other,
            (StoreError::Unavailable(one), StoreError::Unavailable(other)) => {
                one.to_string() == other.to_string()
            }
            _ => false,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Unavailable(reason) => reason.fmt(f),
            StoreError::Corrupt(locker) => write!(f, "session {locker} can't be read"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Unavailable(reason) => reason.source(),
            StoreError::Corrupt(_) => None,
        }
    }
}

/// Why the session layer can't start: one sentence for the person who starts the server.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The configuration names a setting that is none, or a value of another type.
    Configuration(Box<figment::Error>),
    /// A setting has a value that can't work.
    Setting {
        /// Its name in the section `session`.
        name: &'static str,
        /// The reason.
        reason: String,
    },
    /// The file with the keys of the engine `cookie` can't be used.
    KeyFile {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: Cause,
    },
    /// The store can't be opened.
    Store(StoreError),
}

impl SetupError {
    pub(crate) fn setting(name: &'static str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        SetupError::Setting { name, reason }
    }

    /// The engine is not part of this build.
    pub(crate) fn not_built(engine: impl fmt::Display) -> Self {
        let unix = if cfg!(unix) {
            ""
        } else {
            ", and \"file\" needs Unix"
        };
        let reason = format!("\"{engine}\" needs the crate's feature \"{engine}\"{unix}");
        SetupError::setting("engine", reason)
    }
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetupError::Configuration(error) => f.write_str(&described(error)),
            SetupError::Setting { name, reason } => write!(f, "session.{name}: {reason}"),
            SetupError::KeyFile { path, source } => {
                write!(f, "the key file {}: {source}", path.display())
            }
            SetupError::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SetupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            SetupError::Configuration(error) => Some(error),
            SetupError::Setting { .. } => None,
            SetupError::KeyFile { source, .. } => Some(&**source),
            SetupError::Store(error) => Some(error),
        }
    }
}

impl From<StoreError> for SetupError {
    fn from(error: StoreError) -> Self {
        SetupError::Store(error)
    }
}

/// Figment's error in one line that begins with the setting's name.
fn described(error: &figment::Error) -> String {
    use figment::error::Kind;
    let Some(mut error) = error.clone().into_iter().next() else {
        return String::new();
    };
    // Figment puts the section behind the setting.
    if let Some(section) = error.path.pop() {
        error.path.insert(0, section);
    }
    let setting = error.path.join(".");
    match error.kind {
        Kind::UnknownField(_, known) => {
            format!("{setting} is no setting; there are {}", known.join(", "))
        }
        Kind::UnknownVariant(found, _) if found == "cached_database" => {
            format!("{setting}: \"cached_database\" is no longer there; use \"database\"")
        }
        Kind::UnknownVariant(found, known) => {
            format!("{setting} can't be {found:?}, only {}", known.join(" or "))
        }
        kind if setting.is_empty() => kind.to_string(),
        kind => format!("{setting}: {kind}"),
    }
}
