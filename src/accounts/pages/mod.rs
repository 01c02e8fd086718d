//! The pages on which users look after their accounts: which sessions they have, and the password.

mod own_sessions;
mod password;

use rocket::{Route, get, routes, uri};
use rocket_dyn_templates::context;
use serde::{Deserialize, Serialize};

use super::{User, deletion};
use crate::answer::{Answer, redirect, render};
use crate::session::Session;

/// `/account`, for users who are logged in: their sessions, each with a button that ends it, and a
/// new password. Mount [`strangers_go_to`](super::strangers_go_to) too, for everybody else.
///
/// The browser of a session is known if [`Accounts::log_in`](super::Accounts::log_in) began it.
pub fn account_views() -> Vec<Route> {
    routes![
        account_page,
        own_sessions::end,
        own_sessions::end_others,
        password::password_page,
        password::password_change
    ]
}

/// The key under which one view leaves a word for the next one.
const NOTICE: &str = "notice";

/// The thing that was done before this page, as the view that did it leaves it in the session.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Notice {
    SessionEnded,
    OthersEnded,
    PasswordChanged,
    PasswordChangedOthersGoOn,
    PasswordChangedOthersUnknown,
}

impl Notice {
    fn text_key(self) -> &'static str {
        match self {
            Notice::SessionEnded => "account-session-ended",
            Notice::OthersEnded => "account-others-ended",
            Notice::PasswordChanged => "account-password-changed",
            Notice::PasswordChangedOthersGoOn => "account-password-changed-others-go-on",
            Notice::PasswordChangedOthersUnknown => "account-password-changed-others-unknown",
        }
    }

    /// Back to the account, which then says so.
    fn on_account_page(self, session: &Session) -> Answer {
        session.set(NOTICE, self)?;
        to_account_page()
    }

    /// Takes the notice out, so that it is shown once. Another value under its key says nothing.
    fn take(session: &Session) -> Option<Notice> {
        let left = session.pop(NOTICE)?;
        serde_json::from_value(left).ok()
    }
}

fn to_account_page() -> Answer {
    redirect(uri!(account_page))
}

#[get("/account")]
async fn account_page(user: &User, session: &Session) -> Answer {
    let layer = session.layer();
    let ends_sessions = deletion::ends_sessions(layer);
    let sessions = if ends_sessions {
        layer.sessions_of(&user.userid).await?
    } else {
        Vec::new()
    };
    let list = own_sessions::list(sessions, session.locker(), layer.now());
    let userid = &user.userid;
    let notice = Notice::take(session).map(Notice::text_key);
    render("account", context! { userid, notice, ends_sessions, list })
}
