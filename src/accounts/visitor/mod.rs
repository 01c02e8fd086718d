//! The visitor who is asking: a user, or an anonymous one.
//!
//! The session's key [`identity_key`] (`user`) is only a name. The guards here ask the table of
//! users what it is worth today: a user who was deleted while logged in is anonymous from the next
//! request on.

mod strangers;
#[cfg(test)]
mod tests;

pub use strangers::strangers_go_to;

use rocket::http::Status;
use rocket::outcome::IntoOutcome;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{Ignite, Rocket, Sentinel, async_trait};

use super::{Accounts, User, identity_key};
use crate::answer;
use crate::session::Session;

/// The visitor who is asking, as a request guard: `visitor: &Visitor`.
///
/// | Django | here |
/// | --- | --- |
/// | `request.user` | `visitor: &Visitor` |
/// | `request.user.is_authenticated` | [`visitor.is_authenticated()`](Visitor::is_authenticated) |
/// | `request.user.is_anonymous` | [`visitor.is_anonymous()`](Visitor::is_anonymous) |
/// | `request.user.username` | [`visitor.username()`](Visitor::username) |
/// | `@login_required` | `user: &User` |
/// | `LOGIN_URL = '/login'` | [`.register("/", strangers_go_to("/login"))`](strangers_go_to) |
///
/// It is found out once a request, when the first guard asks, with one query if the session names a
/// user and none if it does not. A login in the same request does not change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// A user who has logged in and still has an account.
    User(User),
    /// Anybody else.
    Anonymous,
}

impl Visitor {
    /// True for a user.
    pub fn is_authenticated(&self) -> bool {
        matches!(self, Visitor::User(_))
    }

    /// True for a visitor whom the server does not know.
    pub fn is_anonymous(&self) -> bool {
        !self.is_authenticated()
    }

    /// The userid; empty for an anonymous visitor, as in Django.
    pub fn username(&self) -> &str {
        self.user().map_or("", |user| &user.userid)
    }

    /// The user, if it is one.
    pub fn user(&self) -> Option<&User> {
        match self {
            Visitor::User(user) => Some(user),
            Visitor::Anonymous => None,
        }
    }
}

/// Finds out who is asking. A database that does not answer is no anonymous visitor: it is a 503.
async fn find(request: &Request<'_>) -> Result<Visitor, Status> {
    let failed = |error: answer::ViewError| error.logged("who is asking can't be told");
    let session: &Session = match request.guard().await {
        Outcome::Success(session) => session,
        Outcome::Error((_, error)) => return Err(failed(error.into())),
        Outcome::Forward(status) => return Err(status),
    };
    let userid: Option<String> = session
        .get(identity_key(session.layer()))
        .map_err(|error| failed(error.into()))?;
    let Some(userid) = userid else {
        return Ok(Visitor::Anonymous);
    };
    let accounts = request.rocket().state::<Accounts>();
    let accounts = accounts.ok_or(Status::InternalServerError)?;
    let user = accounts
        .find(&userid)
        .map_err(|error| failed(error.into()))?;
    // Exactly as it is stored: the session layer, which has to find these sessions when they are to
    // end, does not know that `Alice` would be the same user.
    let user = user.filter(|user| user.userid == userid);
    Ok(user.map_or(Visitor::Anonymous, Visitor::User))
}

/// The visitor of a request that is answered, if one of its guards has asked.
pub(crate) fn found_by_a_guard<'r>(request: &'r Request<'_>) -> Option<&'r Visitor> {
    let found: &Result<Visitor, Status> = request.local_cache(|| Err(Status::NotFound));
    found.as_ref().ok()
}

#[async_trait]
impl<'r> FromRequest<'r> for &'r Visitor {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let found = request.local_cache_async(find(request)).await;
        match found {
            Ok(visitor) => Outcome::Success(visitor),
            Err(status) => Outcome::Error((*status, ())),
        }
    }
}

/// A view that asks for `user: &User` runs only for a user who is logged in. For anybody else the
/// guard answers 401, and [`strangers_go_to`] says what becomes of that.
#[async_trait]
impl<'r> FromRequest<'r> for &'r User {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<&Visitor>().await {
            Outcome::Success(visitor) => visitor.user().or_error((Status::Unauthorized, ())),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

impl Sentinel for &Visitor {
    /// Stops the start where the session layer, or the accounts, are missing.
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        <&Accounts as Sentinel>::abort(rocket) || <&Session as Sentinel>::abort(rocket)
    }
}

impl Sentinel for &User {
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        <&Visitor as Sentinel>::abort(rocket)
    }
}
