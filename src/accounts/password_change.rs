//! A new password, and what becomes of the sessions that were begun with the old one.

use std::fmt;

use rocket::FromForm;

use super::deletion::ends_sessions;
use super::form::{repetition_faults, required};
use super::{AccountError, Accounts, BrowserName, Field, FieldError, FormErrors, User};
use super::{login, strength, user};
use crate::session::Session;

/// The fields that a user fills in to get another password. A field that did not come counts as an
/// empty one.
#[derive(Clone, Default, FromForm)]
pub struct PasswordForm {
    /// The password until now: a stranger who finds a browser logged in must not be able to change
    /// it.
    #[field(default = String::new())]
    pub old_password: String,
    /// The new password.
    #[field(default = String::new())]
    pub password1: String,
    /// The new password again, since a slip of the finger can't be seen in it.
    #[field(default = String::new())]
    pub password2: String,
}

/// The fate of the user's other sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherSessions {
    /// They are ended.
    Ended,
    /// The store can't end sessions: they go on.
    GoOn,
    /// The store did not answer: some may go on.
    Unknown,
}

impl PasswordForm {
    /// Everything that is wrong with the form of this user, all at once; whether the old password
    /// is the right one is not known here. The new one has to pass the rules for signing up.
    pub fn errors(&self, user: &User) -> FormErrors {
        let personal = [
            (Field::Userid, user.userid.as_str()),
            (Field::RealName, &user.real_name),
            (Field::Email, &user.email),
        ];
        let mut errors = FormErrors::default();
        errors.add(
            Field::OldPassword,
            &required(&self.old_password, |_| Vec::new()),
        );
        let guessed = |password: &str| strength::faults(password, &personal);
        errors.add(Field::Password1, &required(&self.password1, guessed));
        let repeated = |again: &str| repetition_faults(&self.password1, again);
        errors.add(Field::Password2, &required(&self.password2, repeated));
        errors
    }
}

impl fmt::Debug for PasswordForm {
    /// Without the passwords: what is printed ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordForm").finish_non_exhaustive()
    }
}

impl Accounts {
    /// Gives the user another password, and ends all their sessions but this one; or says
    /// everything that is wrong with the form.
    ///
    /// This session gets a new session ID first. A thief of the old one is out before the password
    /// changes, and if that fails nothing was changed. A login with the old password at this moment
    /// ends by itself: see [`log_in`](Accounts::log_in).
    ///
    /// # Errors
    ///
    /// The database or the session store does not answer, a password can't be hashed or verified
    /// now, or this session was changed or ended while the change ran. The password is the old one
    /// then.
    pub async fn change_password(
        &self,
        session: &Session,
        browser: &BrowserName,
        user: &User,
        form: &PasswordForm,
    ) -> Result<Result<OtherSessions, FormErrors>, AccountError> {
        let mut errors = form.errors(user);
        let old = self.old_hash(user, form, &mut errors).await?;
        let Some(old) = old.filter(|_| errors.is_empty()) else {
            return Ok(Err(errors));
        };
        let turn = self.passwords.turn(self.from).await?;
        let new = turn.hash(&form.password1).await?;
        drop(turn);
        let changing = self.changing.lock().await;
        // Also where the layer knows no users and takes no login for one.
        session.rotate();
        login::enter(session, user, browser).await?;
        let layer = session.layer();
        let others_end = ends_sessions(layer);
        // Only instead of the one that was checked: of two changes at once one is too late.
        if !user::set_password(&self.database, user, old, new).await? {
            drop(changing);
            return self.changed_elsewhere(user, form, others_end).await;
        }
        if !others_end {
            return Ok(Ok(OtherSessions::GoOn));
        }
        // The password is changed, whatever comes now. An error page would deny that.
        match layer.end_sessions(&user.userid, session.locker()).await {
            Ok(_) => Ok(Ok(OtherSessions::Ended)),
            Err(error) => {
                log::error!("after a new password, other sessions were not ended: {error}");
                Ok(Ok(OtherSessions::Unknown))
            }
        }
    }

    /// The answer to a change that was too late. If the faster one was the same form, sent twice,
    /// the password is what was asked for, and the sessions are as the faster one has left them: to
    /// end them again would end that one's own, whose cookie the browser may have kept.
    async fn changed_elsewhere(
        &self,
        user: &User,
        form: &PasswordForm,
        others_end: bool,
    ) -> Result<Result<OtherSessions, FormErrors>, AccountError> {
        let found = self.authenticate(&user.userid, &form.password1).await?;
        if found.is_none() {
            let mut errors = FormErrors::default();
            errors.add(Field::OldPassword, &[FieldError::PasswordWrong]);
            return Ok(Err(errors));
        }
        let others = if others_end {
            OtherSessions::Ended
        } else {
            OtherSessions::GoOn
        };
        Ok(Ok(others))
    }

    /// The stored hash that the old password fits. If it fits none, `errors` says so.
    async fn old_hash(
        &self,
        user: &User,
        form: &PasswordForm,
        errors: &mut FormErrors,
    ) -> Result<Option<String>, AccountError> {
        if !errors.of(Field::OldPassword).is_empty() {
            return Ok(None);
        }
        let found = self
            .authenticate_with_hash(&user.userid, &form.old_password)
            .await?;
        if found.is_none() {
            errors.add(Field::OldPassword, &[FieldError::PasswordWrong]);
        }
        Ok(found.map(|(_, hash)| hash))
    }
}
