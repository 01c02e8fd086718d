//! What a view returns: a page, a redirect, or an error that ends in a page.

use std::fmt;

use rocket::Request;
use rocket::http::Status;
use rocket::http::uri::Reference;
use rocket::response::{self, Redirect, Responder};
use rocket_dyn_templates::Template;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::db::DatabaseError;
use crate::{accounts, board, course, session, shop};

/// What every view returns. `?` works on whatever [`Error`] can be made from.
pub type Answer = Result<Page, Error>;

/// Answers with a page: the template `templates/<template>.html.j2`, filled with `context`.
///
/// # Errors
///
/// The context is not a map of names to values.
pub fn render(template: &'static str, context: impl Serialize) -> Answer {
    Page::fill(Status::Ok, template, context)
}

/// Shows a form again because of what was sent: the same as [`render`], with status 422, so that
/// programs too can tell that nothing was done.
///
/// # Errors
///
/// The context is not a map of names to values.
pub fn show_again(template: &'static str, context: impl Serialize) -> Answer {
    Page::fill(Status::UnprocessableEntity, template, context)
}

/// Sends the browser to another page with a GET request (303), so that reloading that page does
/// not send the form a second time.
///
/// # Errors
///
/// None today: a URI that can't be one ends in the page for 500 when it is sent.
pub fn redirect(uri: impl TryInto<Reference<'static>>) -> Answer {
    Ok(Page(Kind::Redirect(Box::new(Redirect::to(uri)))))
}

/// A page on its way to the browser: made by [`render`], [`show_again`] and [`redirect`].
#[derive(Debug)]
pub struct Page(Kind);

#[derive(Debug)]
enum Kind {
    Template {
        status: Status,
        name: &'static str,
        context: Map<String, Value>,
    },
    Redirect(Box<Redirect>),
}

impl Page {
    fn fill(status: Status, name: &'static str, context: impl Serialize) -> Answer {
        let context = match serde_json::to_value(context)? {
            Value::Object(names) => names,
            // `()`: a page without a context of its own.
            Value::Null => Map::new(),
            _ => return Err(Error::Context(serde::ser::Error::custom("it has no names"))),
        };
        Ok(Page(Kind::Template {
            status,
            name,
            context,
        }))
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self.0 {
            Kind::Redirect(redirect) => redirect.respond_to(request),
            // What every page knows depends on the request, which a view never has to name:
            // that is why it joins the view's own context only here.
            Kind::Template {
                status,
                name,
                context,
            } => {
                let context = course::with_what_every_page_knows(context, request);
                (status, Template::render(name, context)).respond_to(request)
            }
        }
    }
}

/// Why a view could not answer. Visitors see the page for its status; the reason goes to the log.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The view itself refuses with this status.
    Status(Status),
    /// The session could not be read or changed.
    Session(session::Error),
    /// An account could not be checked or made.
    Accounts(accounts::Error),
    /// The shop did not answer, or does not sell that.
    Shop(shop::Error),
    /// The board did not answer, or has no such post.
    Board(board::Error),
    /// The database did not answer a query of the view's own.
    Database(DatabaseError),
    /// A view's context is no map of names to values.
    Context(serde_json::Error),
}

impl Error {
    /// The status that the visitor gets.
    pub fn status(&self) -> Status {
        match self {
            Error::Status(status) => *status,
            Error::Session(error) => error.status(),
            Error::Accounts(error) => error.status(),
            Error::Shop(error) => error.status(),
            Error::Board(error) => error.status(),
            Error::Database(_) => Status::ServiceUnavailable,
            Error::Context(_) => Status::InternalServerError,
        }
    }

    /// True if the log has said once, for all requests, why the database does not answer.
    pub(crate) fn is_told(&self) -> bool {
        match self {
            Error::Session(session::Error::Store(error)) => error.is_told(),
            Error::Accounts(accounts::Error::Database(error))
            | Error::Shop(shop::Error::Database(error))
            | Error::Board(board::Error::Database(error))
            | Error::Database(error) => error.is_told(),
            _ => false,
        }
    }
}

/// The seconds to wait before the same request may be sent again, as the view's error says it to
/// the page for its status.
pub(crate) struct RetryAfter(Option<u64>);

impl RetryAfter {
    /// `None` if the view did not answer with such an error.
    pub fn of(request: &Request<'_>) -> Option<u64> {
        request.local_cache(|| RetryAfter(None)).0
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let status = self.status();
        let told = self.is_told();
        if let Error::Accounts(accounts::Error::Throttled { seconds }) = self {
            request.local_cache(|| RetryAfter(Some(seconds)));
        }
        if status.code >= 500 && !told {
            log::error!("{} {}: {self}", request.method(), request.uri().path());
        }
        Err(status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Status(status) => write!(f, "the view answered {status}"),
            Error::Session(error) => error.fmt(f),
            Error::Accounts(error) => error.fmt(f),
            Error::Shop(error) => error.fmt(f),
            Error::Board(error) => error.fmt(f),
            Error::Database(error) => error.fmt(f),
            Error::Context(error) => write!(f, "a page's context can't be used: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<Status> for Error {
    fn from(status: Status) -> Self {
        Error::Status(status)
    }
}

impl From<session::Error> for Error {
    fn from(error: session::Error) -> Self {
        Error::Session(error)
    }
}

impl From<accounts::Error> for Error {
    fn from(error: accounts::Error) -> Self {
        Error::Accounts(error)
    }
}

impl From<shop::Error> for Error {
    fn from(error: shop::Error) -> Self {
        Error::Shop(error)
    }
}

impl From<board::Error> for Error {
    fn from(error: board::Error) -> Self {
        Error::Board(error)
    }
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        Error::Database(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Context(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_a_map_or_nothing() {
        assert!(render("main", ()).is_ok());
        assert!(render("main", rocket_dyn_templates::context! { user: "alice" }).is_ok());
        let list = render("main", ["alice"]);
        assert!(list.is_err_and(|error| error.status() == Status::InternalServerError));
    }

    #[test]
    fn a_database_that_does_not_answer_is_no_bug_of_the_page() {
        let error = Error::from(accounts::Error::Interrupted);
        assert_eq!(error.status(), Status::ServiceUnavailable);
    }
}
