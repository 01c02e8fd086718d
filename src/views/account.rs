//! The pages on which users look after their accounts: which sessions they have, and the password.

use rocket::{Route, get, routes};
use rocket_dyn_templates::context;

use super::notice::Notice;
use super::{own_sessions, password};
use crate::accounts::{User, ends_sessions};
use crate::answer::{Answer, render};
use crate::session::Session;

/// `/account`, for users: their sessions, each with a button that ends it, and a new
/// password. Mount [`strangers_go_to`](crate::accounts::strangers_go_to) too, for everybody else.
///
/// The browser of a session is known where [`Accounts::log_in`](crate::accounts::Accounts::log_in)
/// began it.
pub fn account_views() -> Vec<Route> {
    routes![
        account_page,
        own_sessions::end,
        own_sessions::end_others,
        password::password_page,
        password::password_change
    ]
}

#[get("/account")]
async fn account_page(user: &User, session: &Session) -> Answer {
    let layer = session.layer();
    let ends_sessions = ends_sessions(layer);
    let sessions = if ends_sessions {
        layer.sessions_of(&user.userid).await?
    } else {
        Vec::new()
    };
    let list = own_sessions::list(sessions, session.locker(), layer.now());
    let copies_go_on = !layer.capabilities().revocable;
    let userid = &user.userid;
    let notice = Notice::take(session).map(Notice::text_key);
    let page = context! { userid, notice, ends_sessions, copies_go_on, list };
    render("account", page)
}
