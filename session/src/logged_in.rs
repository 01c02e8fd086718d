//! Decide who it is: the request guard of views that are for users alone.

use std::sync::Arc;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{Ignite, Rocket, Sentinel};
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::guard::is_missing;
use crate::handle::Session;
use crate::layer::Layer;
use crate::target;

/// The user who is logged in, as a request guard (Django's `@login_required`): the value of the
/// identity key, of the type with which the login has set it.
///
/// If no user is logged in, the guard forwards with 401: a route of lower rank may take the
/// request, as Rocket's guards have it, and if there is none, the app's catcher for 401 does, which
/// may lead to the login page. A view that only wants to know asks for `Option<LoggedIn>`.
///
/// ```
/// use rocket::{catch, catchers, get, response::Redirect, routes};
/// use rocket_session_layer::{LoggedIn, Session};
///
/// #[get("/account")]
/// fn account(user: LoggedIn) -> String {
///     format!("The account of {}", user.0)
/// }
///
/// #[get("/orders")]
/// fn orders(user: LoggedIn<i64>) -> String {
///     format!("The orders of user {}", user.0) // where the login sets a number
/// }
///
/// #[get("/")]
/// fn home(_session: &Session, user: Option<LoggedIn>) -> String {
///     user.map_or("Please log in.".to_owned(), |user| format!("Hello, {}!", user.0))
/// }
///
/// #[catch(401)]
/// fn to_the_login() -> Redirect {
///     Redirect::to("/login") // Django's LOGIN_URL
/// }
///
/// # fn app() -> rocket::Rocket<rocket::Build> {
/// rocket::build()
///     .attach(Session::fairing())
///     .mount("/", routes![account, orders, home])
///     .register("/", catchers![to_the_login])
/// # }
/// ```
///
/// `Option` takes every failure for nobody, also a store that does not answer. With `&Session`
/// before it, as in `home`, that ends in 503 instead, as everywhere.
///
/// It knows no more than the session does: a user whose account was deleted stays logged in unless
/// the app ends their sessions ([`Layer::end_sessions`]) or looks into its own table of users, in a
/// guard that asks this one.
///
/// [`Layer::end_sessions`]: crate::Layer::end_sessions
///
/// # Errors
///
/// The store does not answer: 503. The value is of another type than `Id`: 500, and a line in the
/// log. An app without the session layer, or without an identity key, does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedIn<Id = String>(pub Id);

#[rocket::async_trait]
impl<'r, Id: DeserializeOwned + 'static> FromRequest<'r> for LoggedIn<Id> {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let session: &Session = match request.guard().await {
            Outcome::Success(session) => session,
            Outcome::Error(error) => return Outcome::Error(error),
            Outcome::Forward(status) => return Outcome::Forward(status),
        };
        match session.get(&session.layer.config.identity_key) {
            Ok(Some(user)) => Outcome::Success(LoggedIn(user)),
            Ok(None) => Outcome::Forward(Status::Unauthorized),
            Err(error) => {
                error.log();
                Outcome::Error((error.status(), error))
            }
        }
    }
}

impl<Id> Sentinel for LoggedIn<Id> {
    /// Stops the start of an app in which a view asks for a user and nothing says who is logged in.
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        if is_missing(rocket, "LoggedIn") {
            return true;
        }
        let layer = rocket.state::<Arc<Layer>>();
        let unnamed = layer.is_some_and(|layer| layer.config.identity_key.is_empty());
        if unnamed {
            log::error!(
                target: target::SETUP,
                "A view asks for LoggedIn, but session.identity_key is empty: \
                 name the key that says who is logged in."
            );
        }
        unnamed
    }
}
