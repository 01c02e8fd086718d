//! The way of strangers who would have to be logged in.

use rocket::http::{Method, RawStr, Status};
use rocket::response::{Redirect, Responder};
use rocket::{Catcher, Request, async_trait, catcher};

use crate::answer::is_own_path;

/// Sends those who would have to be logged in to the page at `login`, and tells that page where
/// they wanted to go: `/login?next=/profile`.
///
/// `next` comes back with the form, and anybody may have written it: the login view has to look at
/// it with [`is_own_path`] before it redirects there.
pub fn strangers_go_to(login: &'static str) -> Vec<Catcher> {
    vec![Catcher::new(401, ToLogin(login))]
}

#[derive(Clone)]
struct ToLogin(&'static str);

#[async_trait]
impl catcher::Handler for ToLogin {
    async fn handle<'r>(&self, _: Status, request: &'r Request<'_>) -> catcher::Result<'r> {
        let place = match wanted(request) {
            Some(page) => format!("{}?next={}", self.0, encoded(&page)),
            None => self.0.to_owned(),
        };
        Redirect::to(place).respond_to(request)
    }
}

/// The page to come back to: what a GET asked for. A form is not sent a second time; after it
/// there is a page to come back to only where its path has one.
fn wanted(request: &Request<'_>) -> Option<String> {
    let uri = request.uri();
    let page = if matches!(request.method(), Method::Get | Method::Head) {
        uri.to_string()
    } else {
        let has_page = request
            .rocket()
            .routes()
            .any(|route| route.method == Method::Get && route.uri.path() == uri.path().as_str());
        has_page.then(|| uri.path().to_string())?
    };
    is_own_path(&page).then_some(page)
}

/// As a value in a query. Slashes may stay there, and are easier to read.
fn encoded(page: &str) -> String {
    let encoded = RawStr::new(page).percent_encode();
    encoded.as_str().replace("%2F", "/")
}
