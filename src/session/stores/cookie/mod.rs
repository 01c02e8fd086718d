//! The store that keeps nothing: each record travels in its browser's cookie (Flask's way).
//!
//! | what happens | what is left |
//! | --- | --- |
//! | restart, crash, `kill -9`, power cut | everything: it is in the browsers |
//! | the file with the keys is lost, or a key is taken away | nothing of what that key has sealed |
//! | a second server with the same keys | has the same sessions |
//! | a session grows beyond 4,096 bytes | the change is refused with 413; the session stays as it was |
//!
//! What the server does not keep, it can't compare, take back or look through:
//!
//! - **Not atomic.** Each request changes the copy that it brought. Of two at once the browser keeps
//!   whichever answer comes last, and the other's change is gone.
//! - **Not revocable.** A logout makes the browser forget its cookie. A copy that somebody made
//!   before opens the session again, until one of its limits is reached: both are in the record, and
//!   the server goes by them whatever the browser does. For the same reason there is no rotation.
//! - **Not listable.** Nobody knows which sessions there are.
//!
//! Revocation could be added with one number a user: an epoch, kept in the database and sealed into
//! each record at the login. A record with another epoch than its user's would open nothing, and to
//! raise the number would end all of that user's sessions. That is one read a request, so much of
//! what the cookie saved; to end a single session takes a list of those that were ended, which is a
//! store again.
//!
//! A clock that goes back by an hour gives back what has ended in the last hour and no more, as with
//! every store before a purge.

mod key_file;
mod keys;
mod payload;
mod seal;

use super::{Capabilities, Outcome, Store, StoreError};
use crate::session::clock::Timestamp;
use crate::session::config::Config;
use crate::session::id::Locker;
use crate::session::record::Record;
pub use keys::Keys;
pub use seal::{Seal, Sealing};

/// Sessions in cookies: what is stored goes out with the response, sealed.
pub struct CookieStore(Seal);

impl CookieStore {
    /// One whose records are sealed like this.
    pub fn new(seal: Seal) -> Self {
        CookieStore(seal)
    }

    /// The configured one.
    ///
    /// # Errors
    ///
    /// No keys are configured, and the file with the keys can't be used.
    pub(in crate::session) fn open(config: &Config) -> Result<Self, String> {
        let keys = match &config.keys {
            Some(keys) => keys.clone(),
            None => Keys::from_file(&config.key_file())?,
        };
        Ok(CookieStore::new(Seal::new(config.seal, &keys)))
    }
}

#[rocket::async_trait]
impl Store for CookieStore {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            atomic: false,
            revocable: false,
            listable: false,
            ..Capabilities::ALL
        }
    }

    fn seal(&self) -> Option<&Seal> {
        Some(&self.0)
    }

    async fn load(&self, _: Locker) -> Result<Option<Record>, StoreError> {
        Err(StoreError::NotSupported("look up a session"))
    }

    async fn create(&self, _: &Record) -> Result<Outcome, StoreError> {
        Ok(Outcome::Done)
    }

    async fn update(&self, _: &Record, _: i64) -> Result<Outcome, StoreError> {
        Ok(Outcome::Done)
    }

    async fn delete(&self, _: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        match version {
            // The session of the request at hand: its cookie goes.
            Some(_) => Ok(Outcome::Done),
            None => Err(StoreError::NotSupported("end a session")),
        }
    }

    async fn replace(&self, _: Locker, _: i64, _: &Record) -> Result<Outcome, StoreError> {
        Ok(Outcome::Done)
    }

    async fn touch(&self, _: &Record) -> Result<Outcome, StoreError> {
        Ok(Outcome::Done)
    }

    async fn purge(&self, _: Timestamp, _: u32) -> Result<usize, StoreError> {
        Ok(0)
    }

    async fn of_user(&self, _: &str) -> Result<Vec<Record>, StoreError> {
        Err(StoreError::NotSupported("list a user's sessions"))
    }
}
