//! From a userid and a password to a user.

use serde_json::Value;

use super::password::Verified;
use super::{
    AccountError, Accounts, BrowserName, User, identity_key, opaque, throttle, user, userid,
};
use crate::session::{self, Session};

impl Accounts {
    /// The user whose userid and password these are, as Django's `authenticate` gives it.
    ///
    /// `None` means that the two do not belong together, and never says which of them is wrong:
    /// neither by the answer nor by the time it takes can a visitor find out who has an account.
    ///
    /// # Errors
    ///
    /// The database does not answer, or the password can't be verified now;
    /// [`AccountError::Throttled`] after too many wrong ones for this userid from the same address.
    pub async fn authenticate(
        &self,
        userid: &str,
        password: &str,
    ) -> Result<Option<User>, AccountError> {
        let found = self.authenticate_with_hash(userid, password).await?;
        Ok(found.map(|(user, _)| user))
    }

    /// The same, with the hash that the password fits: after the first login since the configured
    /// cost was changed, it is a new one.
    pub(super) async fn authenticate_with_hash(
        &self,
        userid: &str,
        password: &str,
    ) -> Result<Option<(User, String)>, AccountError> {
        if userid::is_too_long(userid) || opaque::is_too_long(password) || password.is_empty() {
            // No account has such a pair, and it takes no look at them to tell.
            return Ok(None);
        }
        loop {
            let found = user::find(&self.database, userid)?;
            let hash = found.as_ref().map(|(_, hash)| hash.clone());
            let new = self.verify(userid, password, hash).await?;
            let (Some(new), Some((user, hash))) = (new, found) else {
                return Ok(None);
            };
            let Some(new) = new else {
                return Ok(Some((user, hash)));
            };
            if user::set_password(&self.database, &user, hash, new.clone()).await? {
                return Ok(Some((user, new)));
            }
            // Another login has renewed the hash first, or the password was changed.
        }
    }

    /// Verifies the password, after the wait for those before it. `None` means that it does not
    /// fit; `Some(Some(hash))` that it does, and is to be kept as this new hash.
    ///
    /// # Errors
    ///
    /// [`AccountError::Throttled`]; the password can't be verified now.
    pub(super) async fn verify(
        &self,
        userid: &str,
        password: &str,
        hash: Option<String>,
    ) -> Result<Option<Option<String>>, AccountError> {
        self.throttle.admit(userid, self.from, self.clock.now())?;
        let turn = self.passwords.turn(self.from).await?;
        // Those before it in the queue may have been wrong.
        self.throttle.admit(userid, self.from, self.clock.now())?;
        let is_somebodys = hash.is_some();
        let verdict = turn.verify(password, hash).await?;
        if verdict == Verified::Wrong {
            let (from, now) = (self.from, self.clock.now());
            if self.throttle.count_wrong(userid, from, now) {
                // A name that no user has may be a password that was typed into the wrong field.
                let whom = if is_somebodys {
                    format!("{userid:?}")
                } else {
                    "a user ID that nobody has".to_owned()
                };
                log::warn!(
                    "{} wrong passwords in a row for {whom} from {from}: the next ones have to wait",
                    throttle::FREE + 1
                );
            }
            return Ok(None);
        }
        self.throttle.forgive(userid, self.from);
        let is_old = verdict == Verified::Outdated;
        let new = if is_old {
            Some(turn.hash(password).await?)
        } else {
            None
        };
        Ok(Some(new))
    }

    /// Logs the user in whose userid and password these are, as Django's `authenticate` and `login`
    /// in one. `None` if the two do not belong together.
    ///
    /// The login is committed here, not with the response, and then it is asked again whether the
    /// password is still the same. A password change ends all sessions that it finds. If it runs
    /// beside a login with the old password, either it finds this session, or this finds that the
    /// password was changed, and ends it. The same holds for an account that is deleted at that
    /// moment.
    ///
    /// # Errors
    ///
    /// The database or the session store does not answer, the password can't be verified now, or
    /// this session was changed or ended while the login ran. No user is logged in then.
    pub async fn log_in(
        &self,
        session: &Session,
        browser: &BrowserName,
        userid: &str,
        password: &str,
    ) -> Result<Option<User>, AccountError> {
        let found = self.authenticate_with_hash(userid, password).await?;
        let Some((user, hash)) = found else {
            return Ok(None);
        };
        enter(session, &user, browser).await?;
        let stored = user::find(&self.database, &user.userid);
        match stored {
            Ok(Some((_, now))) if now == hash => Ok(Some(user)),
            Ok(_) => {
                session.flush();
                Ok(None)
            }
            Err(error) => {
                // The answer will be a 503, with which nothing is committed that is still pending.
                if let Some(locker) = session.locker() {
                    session.layer().end_session(&user.userid, locker).await?;
                }
                Err(error.into())
            }
        }
    }
}

/// Makes this session the user's, now rather than with the response: it gets a new session ID, and
/// notes which browser it is.
pub(super) async fn enter(
    session: &Session,
    user: &User,
    browser: &BrowserName,
) -> Result<(), session::Error> {
    session.set(identity_key(session.layer()), &user.userid)?;
    let noted = serde_json::to_value(browser).map_err(|source| session::Error::NotJson {
        key: BrowserName::KEY.to_owned(),
        source,
    })?;
    // Overwrites anything under that key. It is an update because that commits at once.
    let note = |kept: &mut Value| kept.clone_from(&noted);
    session.update(BrowserName::KEY, note).await
}
