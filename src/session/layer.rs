//! What all requests share: configuration, store, clock and queues.

use std::sync::Arc;

use rocket::http::HeaderMap;

use super::clock::{Clock, Timestamp};
use super::config::Config;
use super::cookie::{self, Brought};
use super::error::Error;
use super::id::{Locker, SecretHash};
use super::record::Record;
use super::stores::{Capabilities, Outcome, Store};
use super::turns::Turns;

/// The session layer of one app, in Rocket's managed state as `Arc<Layer>`: for what is not about
/// the session of the request at hand.
pub struct Layer {
    pub(super) config: Config,
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Clock,
    pub(super) turns: Turns,
    /// Whether the cookie carries `Secure`.
    pub(super) secure: bool,
}

impl Layer {
    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The time as this layer sees it.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What the store can do: whether a user's sessions can be listed and ended, among others.
    pub fn capabilities(&self) -> Capabilities {
        self.store.capabilities()
    }

    /// The session ID that a request brought, known or not, without its secret: for those who show
    /// requests. None where none came, or two, or one that is not of our shape.
    pub fn brought(&self, headers: &HeaderMap<'_>) -> Option<(Locker, SecretHash)> {
        match cookie::brought(headers, &self.config.cookie) {
            Brought::Id(id) => Some((id.locker, id.secret.hash())),
            Brought::Sealed(ticket) => {
                let record = self.opened(&ticket)?;
                Some((record.locker, record.secret_hash))
            }
            Brought::Nothing | Brought::Doubled | Brought::Foreign => None,
        }
    }

    /// The record in this locker, expired or not, for those who show what is stored. Looking
    /// changes nothing and counts as no use.
    ///
    /// # Errors
    ///
    /// The store does not answer.
    pub async fn look_into(&self, locker: Locker) -> Result<Option<Record>, Error> {
        Ok(self.store.load(locker).await?)
    }

    /// The live sessions in which this user is logged in, the last used first.
    ///
    /// # Errors
    ///
    /// The store does not answer.
    pub async fn sessions_of(&self, user: &str) -> Result<Vec<Record>, Error> {
        let now = self.clock.now();
        let mut records = self.store.of_user(user).await?;
        records.retain(|record| !super::expiry::is_over(record, &self.config, now));
        Ok(records)
    }

    /// Ends one session, if it is this user's. Returns whether it was there.
    ///
    /// # Errors
    ///
    /// The store does not answer.
    pub async fn end_session(&self, user: &str, locker: Locker) -> Result<bool, Error> {
        let records = self.store.of_user(user).await?;
        if !records.iter().any(|record| record.locker == locker) {
            return Ok(false);
        }
        Ok(self.store.delete(locker, None).await? == Outcome::Done)
    }

    /// Ends all of a user's sessions, except the one in the locker `kept`. Returns how many.
    ///
    /// # Errors
    ///
    /// The store does not answer. Some sessions may have been ended.
    pub async fn end_sessions(&self, user: &str, kept: Option<Locker>) -> Result<usize, Error> {
        let mut ended = 0;
        for record in self.store.of_user(user).await? {
            if Some(record.locker) != kept
                && self.store.delete(record.locker, None).await? == Outcome::Done
            {
                ended += 1;
            }
        }
        Ok(ended)
    }
}
