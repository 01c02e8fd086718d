//! Another password: a form that asks for the old one too, since an open browser is no proof of who
//! sits before it.

use rocket::form::Form;
use rocket::{get, post};
use rocket_dyn_templates::context;

use super::notice::Notice;
use crate::accounts::{Accounts, BrowserName, OtherSessions, PasswordForm, User, ends_sessions};
use crate::answer::{Answer, render, show_again};
use crate::session::Session;

// The page says if other sessions will end, and copies of the cookie: an engine that keeps sessions
// in the browser can end neither.
#[get("/account/password")]
pub(super) fn password_page(user: &User, session: &Session) -> Answer {
    let ends_sessions = ends_sessions(session.layer());
    let copies_go_on = !session.layer().capabilities().revocable;
    let userid = &user.userid;
    let page = context! { userid, ends_sessions, copies_go_on };
    render("password", page)
}

#[post("/account/password", data = "<form>")]
pub(super) async fn password_change(
    form: Form<PasswordForm>,
    user: &User,
    browser: BrowserName,
    accounts: &Accounts,
    session: &Session,
) -> Answer {
    let changed = accounts
        .change_password(session, &browser, user, &form)
        .await?;
    let notice = match changed {
        Ok(OtherSessions::Ended) => Notice::PasswordChanged,
        Ok(OtherSessions::GoOn) => Notice::PasswordChangedOthersGoOn,
        Ok(OtherSessions::Unknown) => Notice::PasswordChangedOthersUnknown,
        // The form with its errors keeps no password: it would stand in the page's source.
        Err(errors) => {
            let ends_sessions = ends_sessions(session.layer());
            let copies_go_on = !session.layer().capabilities().revocable;
            let userid = &user.userid;
            let page = context! { userid, ends_sessions, copies_go_on, errors };
            return show_again("password", page);
        }
    };
    notice.on_account_page(session)
}
