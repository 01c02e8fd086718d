//! Accounts: who has one, how one is made, and whether a password fits.
//!
//! A view asks [`Accounts`] for a user, and decides for itself what its session remembers of the
//! answer. [`Visitor`] is the way back: from what the session remembers to a user.

mod browser;
mod deletion;
mod demo;
mod email;
mod error;
mod field_error;
mod form;
mod guard;
mod identity;
mod limits;
mod login;
mod network;
mod opaque;
mod password;
mod password_change;
mod queue;
mod signup;
mod stage;
mod strength;
#[cfg(test)]
mod tests;
mod throttle;
mod user;
mod userid;
mod visitor;

pub use browser::BrowserName;
pub use deletion::ends_sessions;
pub use demo::{DEMO_USERS, DemoUser};
pub use error::AccountError;
pub use field_error::{Field, FieldError, FormErrors};
pub use form::{SignupForm, Typed};
pub use identity::identity_key;
pub use password::{DEFAULT_COST, Passwords};
pub use password_change::{OtherSessions, PasswordForm};
pub use stage::stage;
pub use user::User;
pub(crate) use visitor::found_by_a_guard;
pub use visitor::{Visitor, strangers_go_to};

use std::sync::Arc;

use rocket::tokio::sync::Mutex;

use network::Network;
use throttle::Throttle;

use crate::db::Database;
use crate::session::Clock;

/// All accounts of this server, as views ask for them: `accounts: &Accounts`.
///
/// Wrong passwords are counted by where they come from, so the request guard also knows the
/// visitor's address. A view must not ask for `&State<Accounts>`: there, all visitors are one.
///
/// | Django | here |
/// | --- | --- |
/// | `authenticate(username=…, password=…)` | [`accounts.authenticate(userid, password).await?`](Accounts::authenticate) |
/// | `form.is_valid()` and `form.save()` | [`accounts.sign_up(&form).await?`](Accounts::sign_up) |
/// | `User.objects.filter(username=…).first()` | [`accounts.find(userid)?`](Accounts::find) |
/// | `login(request, user)` | [`accounts.log_in(session, browser, …).await?`](Accounts::log_in) |
/// | `user.set_password(…)` | [`accounts.change_password(session, …).await?`](Accounts::change_password) |
/// | `user.delete()` | [`accounts.delete(layer, userid).await?`](Accounts::delete) |
/// | `request.user`, `@login_required` | [`visitor: &Visitor`](Visitor), [`user: &User`](User) |
#[derive(Clone)]
pub struct Accounts {
    database: Database,
    passwords: Arc<Passwords>,
    throttle: Arc<Throttle>,
    /// One password change at a time: its end of all other sessions must not meet the session that
    /// the same form, sent twice, has just begun.
    changing: Arc<Mutex<()>>,
    /// The network that this request comes from.
    from: Network,
    clock: Clock,
}

impl Accounts {
    /// The accounts in `database`, whose tables [`COURSE_MIGRATIONS`] has made.
    ///
    /// [`COURSE_MIGRATIONS`]: crate::schema::COURSE_MIGRATIONS
    pub fn new(database: Database, passwords: Passwords) -> Self {
        Accounts {
            database,
            passwords: Arc::new(passwords),
            throttle: Arc::default(),
            changing: Arc::default(),
            from: Network::default(),
            clock: Clock::System,
        }
    }

    /// The user of that userid, if there is one. Small and capital letters count as the same.
    ///
    /// Reads in the calling thread: it is one look into an index.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub fn find(&self, userid: &str) -> Result<Option<User>, AccountError> {
        let found = user::find(&self.database, userid)?;
        Ok(found.map(|(user, _)| user))
    }
}
