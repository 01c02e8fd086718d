//! Another password.

use rocket::form::Form;
use rocket::{get, post};
use rocket_dyn_templates::context;

use super::notice::Notice;
use crate::accounts::{Accounts, BrowserName, OtherSessions, PasswordForm, User, ends_sessions};
use crate::answer::{Answer, render, show_again};
use crate::session::Session;

#[get("/account/password")]
pub(super) fn password_page(user: &User, session: &Session) -> Answer {
    let ends_sessions = ends_sessions(session.layer());
    let userid = &user.userid;
    render("password", context! { userid, ends_sessions })
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
        Err(errors) => {
            let ends_sessions = ends_sessions(session.layer());
            let userid = &user.userid;
            return show_again("password", context! { userid, ends_sessions, errors });
        }
    };
    notice.on_account_page(session)
}
