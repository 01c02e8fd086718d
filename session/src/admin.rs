//! The layer as an app and its commands ask it: its settings, and the sessions of its users, to be
//! looked at and ended.

use std::sync::Arc;

use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::error::{Error, StoreError};
use crate::id::Locker;
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::record::Record;
use crate::setup::SetupError;
use crate::store::{Capabilities, Outcome, Store};
use crate::target;

impl Layer {
    /// A layer beside the server: for a command or a job that looks through the sessions of a store
    /// that a running server may use at the same time.
    ///
    /// # Errors
    ///
    /// The store can't be opened. The folder or database is made if it is missing.
    ///
    /// ```no_run
    /// use rocket_session_layer::{Clock, Config, Layer, SetupError};
    ///
    /// fn beside_the_server() -> Result<Layer, SetupError> {
    ///     let config = Config::from_figment(&rocket::Config::figment())?;
    ///     Layer::open(config, Clock::System)
    /// }
    /// ```
    pub fn open(config: Config, clock: Clock) -> Result<Layer, SetupError> {
        Layer::attached(config, None, clock, false)
    }

    /// The configuration in force.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn cookie_name(layer: &Layer) -> &str {
    ///     &layer.config().cookie
    /// }
    /// ```
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The time as this layer sees it, in seconds since 1970.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn in_an_hour(layer: &Layer) -> i64 {
    ///     layer.now() + 3_600
    /// }
    /// ```
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The name of the store that keeps the sessions, your own store's included; `"cookie"` if
    /// their browsers carry them.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn greeting(layer: &Layer) -> String {
    ///     format!("Sessions live in: {}", layer.store_name())
    /// }
    /// ```
    pub fn store_name(&self) -> &'static str {
        match &self.home {
            Home::Kept(store) => store.name(),
            Home::Carried(_) => "cookie",
        }
    }

    /// The promises that hold with this store: whether a user's sessions can be listed and ended,
    /// among others.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// fn can_log_out_elsewhere(layer: &Layer) -> bool {
    ///     layer.capabilities().listable
    /// }
    /// ```
    pub fn capabilities(&self) -> Capabilities {
        match &self.home {
            Home::Kept(store) => store.capabilities(),
            Home::Carried(_) => Capabilities::CARRIED,
        }
    }

    /// The live sessions in which this user is logged in, the last used first. A user whom the login
    /// sets as a number is known by its digits: `&id.to_string()`. So it is in all calls here.
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn last_use(layer: &Layer, user: &str) -> Result<Option<i64>, Error> {
    ///     let sessions = layer.sessions_of(user).await?;
    ///     Ok(sessions.first().map(|record| record.touched))
    /// }
    /// ```
    pub async fn sessions_of(&self, user: &str) -> Result<Vec<Record>, Error> {
        let now = self.clock.now();
        let mut records = self.store("list a user's sessions")?.of_user(user).await?;
        records.retain(|record| !lifetime::is_over(record, &self.config, now));
        Ok(records)
    }

    /// Ends one session, if it is this user's. Returns whether it was there.
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// # use rocket_session_layer::Locker;
    /// async fn log_out_there(layer: &Layer, locker: Locker) -> Result<bool, Error> {
    ///     layer.end_session("alice", locker).await
    /// }
    /// ```
    pub async fn end_session(&self, user: &str, locker: Locker) -> Result<bool, Error> {
        let store = self.store("end a session")?;
        let records = store.of_user(user).await?;
        if !records.iter().any(|record| record.locker == locker) {
            return Ok(false);
        }
        Ok(end(store, locker, user).await?)
    }

    /// Ends all of a user's sessions, except the one in the locker `kept`. Returns their number.
    /// A copy of that one's cookie still opens it: in a request,
    /// [`Session::end_others`](crate::Session::end_others) shuts the copy out, too.
    ///
    /// # Errors
    ///
    /// The store does not answer: some sessions may have been ended. Or the browsers carry them.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn after_a_new_password(layer: &Layer) -> Result<usize, Error> {
    ///     layer.end_sessions("alice", None).await
    /// }
    /// ```
    pub async fn end_sessions(&self, user: &str, kept: Option<Locker>) -> Result<usize, Error> {
        let store = self.store("end sessions")?;
        let mut ended = 0;
        for record in store.of_user(user).await? {
            if Some(record.locker) != kept && end(store, record.locker, user).await? {
                ended += 1;
            }
        }
        Ok(ended)
    }

    /// The lockers of at most `most` sessions, expired ones too, in ascending order, of those after
    /// `after`: page by page through all there are, whether they can be read or not. Whole live
    /// records: [`sessions`](Layer::sessions).
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn first_page(layer: &Layer) -> Result<usize, Error> {
    ///     let page = layer.lockers(None, 1_000).await?;
    ///     Ok(page.len())
    /// }
    /// ```
    pub async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, Error> {
        Ok(self
            .store("list all sessions")?
            .lockers(after, most)
            .await?)
    }

    /// The live sessions of all visitors, page by page, in the order of their lockers: at most `most`
    /// of those after `after`. An empty page is the end. One that can't be read is left out, and the
    /// log has a warning with the reason.
    ///
    /// It reads each record by itself, so this is for an administrator's page or a command, not for
    /// every request.
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn print_all(layer: &Layer) -> Result<(), Error> {
    ///     let mut last = None;
    ///     loop {
    ///         let page = layer.sessions(last, 100).await?;
    ///         for record in &page {
    ///             println!("{} {:?} {}", record.locker, record.contents.user, record.touched);
    ///         }
    ///         let Some(record) = page.last() else { return Ok(()) };
    ///         last = Some(record.locker);
    ///     }
    /// }
    /// ```
    pub async fn sessions(&self, after: Option<Locker>, most: u32) -> Result<Vec<Record>, Error> {
        let store = self.store("list all sessions")?;
        let (mut page, mut last) = (Vec::new(), after);
        // A stretch of sessions that are over is no end.
        while page.is_empty() {
            let lockers = store.lockers(last, most).await?;
            if lockers.is_empty() {
                break;
            }
            last = lockers.last().copied();
            for locker in lockers {
                match self.load_live(store, locker).await {
                    Err(StoreError::Corrupt(_)) => {}
                    found => page.extend(found?),
                }
            }
        }
        Ok(page)
    }

    /// The number of all sessions that are stored, of strangers and users. It includes those that
    /// are over and not yet purged, and those that can't be read.
    ///
    /// # Errors
    ///
    /// The store does not answer, or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn for_the_statistics(layer: &Layer) -> Result<String, Error> {
    ///     Ok(format!("sessions_stored {}", layer.count().await?))
    /// }
    /// ```
    pub async fn count(&self) -> Result<u64, Error> {
        Ok(self.store("count sessions")?.count().await?)
    }

    /// The record in this locker, expired or not. `None` if there is none.
    ///
    /// # Errors
    ///
    /// The store does not answer or the record can't be read; or the browsers carry the sessions.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Layer, Locker};
    /// async fn last_use(layer: &Layer, locker: Locker) -> Result<Option<i64>, Error> {
    ///     let record = layer.record(locker).await?;
    ///     Ok(record.map(|record| record.touched))
    /// }
    /// ```
    pub async fn record(&self, locker: Locker) -> Result<Option<Record>, Error> {
        Ok(self.store("read a session")?.load(locker).await?)
    }

    /// The layer that is attached to an app. `None` if there is none, or if the app has not
    /// ignited.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use rocket::{Orbit, Rocket};
    /// # use rocket_session_layer::Layer;
    /// fn for_a_job(rocket: &Rocket<Orbit>) -> Option<Arc<Layer>> {
    ///     Layer::of(rocket).cloned()
    /// }
    /// ```
    pub fn of<P: rocket::Phase>(rocket: &rocket::Rocket<P>) -> Option<&Arc<Layer>> {
        rocket.state()
    }
}

/// Deletes one of this user's sessions. Returns whether it was there.
async fn end(store: &dyn Store, locker: Locker, user: &str) -> Result<bool, StoreError> {
    let ended = store.delete(locker, None).await? == Outcome::Done;
    if ended {
        log::info!(target: target::EVENT, "{locker}: session of {user:?} ended");
    }
    Ok(ended)
}
