//! Errors of views, and the trait that makes an error one.

use std::error::Error as StdError;
use std::fmt::Display;

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder};

use crate::db::DatabaseError;
use crate::session;

/// An error that a view may end with: `?` makes it a [`ViewError`].
///
/// ```
/// use rocket::http::Status;
/// use session_lessons::answer::{Answer, Fault};
///
/// #[derive(Debug, thiserror::Error)]
/// #[error("the printer is out of paper")]
/// struct OutOfPaper;
///
/// impl Fault for OutOfPaper {
///     fn status(&self) -> Status {
///         Status::ServiceUnavailable
///     }
/// }
///
/// fn receipt() -> Answer {
///     Err(OutOfPaper)?
/// }
/// # assert_eq!(receipt().unwrap_err().status(), Status::ServiceUnavailable);
/// ```
pub trait Fault: StdError + Send + Sync + 'static {
    /// The status for the visitor.
    fn status(&self) -> Status;

    /// True if the log has said it once, for all requests.
    fn is_told(&self) -> bool {
        false
    }

    /// The seconds to wait before the same request may be sent again, if the error knows them.
    fn retry_after(&self) -> Option<u64> {
        None
    }
}

impl Fault for session::Error {
    fn status(&self) -> Status {
        session::Error::status(self)
    }

    fn is_told(&self) -> bool {
        matches!(self, session::Error::Store(error) if error.is_told())
    }
}

impl Fault for DatabaseError {
    fn status(&self) -> Status {
        Status::ServiceUnavailable
    }

    fn is_told(&self) -> bool {
        DatabaseError::is_told(self)
    }
}

/// A view's context that is no map of names to values.
impl Fault for serde_json::Error {
    fn status(&self) -> Status {
        Status::InternalServerError
    }
}

/// The reason why a view could not answer. Visitors see the page for its status; the reason goes to
/// the log.
#[derive(Debug)]
pub struct ViewError {
    status: Status,
    /// `None` if the view itself refuses.
    fault: Option<Box<dyn Fault>>,
}

impl ViewError {
    /// The status that the visitor gets.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The same, after the log got the reason: from 500 on, and unless it has it already.
    pub fn logged(self, about: impl Display) -> Status {
        let ViewError { status, fault } = self;
        match fault {
            _ if status.code < 500 => {}
            Some(fault) if fault.is_told() => {}
            Some(fault) => log::error!("{about}: {fault}"),
            None => log::error!("{about}: the view answered {status}"),
        }
        status
    }
}

impl<F: Fault> From<F> for ViewError {
    fn from(fault: F) -> Self {
        ViewError {
            status: fault.status(),
            fault: Some(Box::new(fault)),
        }
    }
}

impl From<Status> for ViewError {
    fn from(status: Status) -> Self {
        ViewError {
            status,
            fault: None,
        }
    }
}

/// The seconds to wait before the same request may be sent again, as the view's error says it to
/// the page for its status.
pub struct RetryAfter(Option<u64>);

impl RetryAfter {
    /// `None` if the view did not answer with such an error.
    pub fn of(request: &Request<'_>) -> Option<u64> {
        request.local_cache(|| RetryAfter(None)).0
    }
}

impl<'r> Responder<'r, 'static> for ViewError {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let seconds = self.fault.as_ref().and_then(|fault| fault.retry_after());
        request.local_cache(|| RetryAfter(seconds));
        let about = format_args!("{} {}", request.method(), request.uri().path());
        Err(self.logged(about))
    }
}
