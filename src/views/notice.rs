//! A word from one view to the next: the account page says once what was done. It travels in the
//! session, as Django's messages do, because a redirect has no body to say it in.

use rocket::uri;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, redirect};
use crate::session::Session;

/// The key under which one view leaves a word for the next one.
const NOTICE: &str = "notice";

/// The thing that was done before this page, as the view that did it leaves it in the session.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Notice {
    SessionEnded,
    OthersEnded,
    PasswordChanged,
    PasswordChangedOthersGoOn,
    PasswordChangedOthersUnknown,
}

impl Notice {
    /// The key of its text on the page.
    pub fn text_key(self) -> &'static str {
        match self {
            Notice::SessionEnded => "account-session-ended",
            Notice::OthersEnded => "account-others-ended",
            Notice::PasswordChanged => "account-password-changed",
            Notice::PasswordChangedOthersGoOn => "account-password-changed-others-go-on",
            Notice::PasswordChangedOthersUnknown => "account-password-changed-others-unknown",
        }
    }

    /// Back to the account, which then says so.
    pub fn on_account_page(self, session: &Session) -> Answer {
        session.set(NOTICE, self)?;
        to_account_page()
    }

    /// The notice that was left, once. `None` also for a value that is no notice.
    pub fn take(session: &Session) -> Option<Notice> {
        let left = session.pop(NOTICE)?;
        serde_json::from_value(left).ok()
    }
}

/// Back to the account, without a word.
pub(super) fn to_account_page() -> Answer {
    redirect(uri!("/account"))
}
