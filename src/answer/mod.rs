//! The return value of a view: a page, a redirect, or an error that ends in a page.
//!
//! | file | what it does |
//! | --- | --- |
//! | `mod` | [`Answer`], and the functions that give one |
//! | `error` | the errors that `?` accepts, and their status |
//! | `own_path` | tells if an address may be redirected to |
//!
//! Nothing here knows accounts, shop or course: an error says its own status ([`Fault`]), and the
//! names that every page has are added through [`PageContext`].

mod error;
mod own_path;

pub use error::{Fault, RetryAfter, ViewError};
pub use own_path::{is_own_path, own_path_or};

use rocket::Request;
use rocket::http::Status;
use rocket::http::uri::Reference;
use rocket::response::{self, Redirect, Responder};
use rocket_dyn_templates::Template;
use serde::Serialize;
use serde::ser::Error as _;
use serde_json::{Map, Value};

/// The return value of every view. `?` works on every [`Fault`].
pub type Answer = Result<Page, ViewError>;

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
    Ok(Page(Content::Redirect(Box::new(Redirect::to(uri)))))
}

/// Sends the browser (303) to `target` if it is a path of this site, else to `other`: for an
/// address that came with the request, since anybody can send a link with one that leads elsewhere.
///
/// # Errors
///
/// None today, as for [`redirect`].
///
/// ```
/// use session_lessons::{Answer, redirect_back};
///
/// fn logged_in(next: &str) -> Answer {
///     redirect_back(next, "/main")
/// }
/// # assert!(logged_in("/cart").is_ok() && logged_in("//evil.example").is_ok());
/// ```
pub fn redirect_back(target: &str, other: &str) -> Answer {
    redirect(own_path_or(target, other).to_owned())
}

/// Adds to a view's context the names that every page knows. Managed by the app whose templates
/// need some; they depend on the request, which a view never has to name.
pub struct PageContext(pub fn(&mut Map<String, Value>, &Request<'_>));

/// A page on its way to the browser: made by [`render`], [`show_again`] and [`redirect`].
#[derive(Debug)]
pub struct Page(Content);

#[derive(Debug)]
enum Content {
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
            _ => return Err(serde_json::Error::custom("it has no names").into()),
        };
        Ok(Page(Content::Template {
            status,
            name,
            context,
        }))
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self.0 {
            Content::Redirect(redirect) => redirect.respond_to(request),
            Content::Template {
                status,
                name,
                mut context,
            } => {
                if let Some(PageContext(add)) = request.rocket().state() {
                    add(&mut context, request);
                }
                (status, Template::render(name, context)).respond_to(request)
            }
        }
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
}
