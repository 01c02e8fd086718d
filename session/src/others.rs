//! Change the session: everybody else who is logged in as this user goes.

use crate::error::Error;
use crate::handle::Session;
use crate::operation::Operation;
use crate::trace::Event;

impl Session {
    /// Ends all other sessions of the user who is logged in, and gives this one a new ID with the
    /// response, so that a copy of its cookie opens nothing, either. Returns the number of sessions
    /// that were ended; 0 if no user is logged in.
    ///
    /// This is the one call at a **change of the password**, after the new one is stored (Django's
    /// `update_session_auth_hash`), and behind a button *Log out everywhere else*:
    ///
    /// ```
    /// # use rocket::http::Status;
    /// # use rocket_session_layer::{Error, Session};
    /// # async fn store_password(user: &str, password: &str) -> Result<(), Error> { Ok(()) }
    /// async fn change_password(session: &Session, new: &str) -> Result<Status, Error> {
    ///     let Some(user) = session.get::<String>("user")? else {
    ///         return Ok(Status::Unauthorized);
    ///     };
    ///     store_password(&user, new).await?; // first: the old one opens nothing any more
    ///     session.end_others().await?;       // then: sessions that began with the old one are over
    ///     Ok(Status::NoContent)
    /// }
    /// ```
    ///
    /// A copied cookie is in no list: for the server it is this same session. To name this one as
    /// the one to keep in [`Layer::end_sessions`](crate::Layer::end_sessions) leaves the copy in it.
    /// OWASP's Session Management Cheat Sheet asks for a new ID wherever the risk changes ("Renew
    /// the Session ID After Any Privilege Level Change"); Django does both at a new password, by
    /// `cycle_key` and a hash of the password in each session. Where the password is changed without
    /// a session of the user's, as after "I forgot it", it is `layer.end_sessions(user, None)`. For
    /// requests under way see [`rotate`](Session::rotate).
    ///
    /// # Errors
    ///
    /// The store does not answer: some sessions may have been ended. [`Error::NotSupported`] if the
    /// browsers carry them: a copy opens until it expires. [`Error::TooLate`] as of
    /// [`set`](Session::set).
    ///
    /// The response ends in [`Error::Changed`], without a cookie, if the session got a new ID while
    /// the request ran: by a double click, or by somebody with a copy. It can't be told which, and
    /// so not be said that nobody else is left. After another login it can.
    pub async fn end_others(&self) -> Result<usize, Error> {
        let ended = self.end_all_but_this().await;
        self.traced(ended)
    }

    async fn end_all_but_this(&self) -> Result<usize, Error> {
        let user = {
            let state = self.state();
            // The new ID could not be sent any more, and a copy of the cookie would stay logged in.
            if state.told {
                return Err(Error::TooLate);
            }
            state.contents().and_then(|contents| contents.user.clone())
        };
        let Some(user) = user else { return Ok(0) };
        let kept = self.locker();
        if self.for_head {
            let all = self.layer.sessions_of(&user).await?;
            return Ok(all.iter().filter(|it| Some(it.locker) != kept).count());
        }
        let ended = self.layer.end_sessions(&user, kept).await?;
        self.state()
            .push(Operation::ShutOut, Event::RotationAsked)?;
        Ok(ended)
    }
}
