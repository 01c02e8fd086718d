//! The handle that views use: Django's `request.session`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket::tokio;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::change::Intent;
use crate::commit;
use crate::error::{Error, StoreError};
use crate::id::Locker;
use crate::layer::Layer;
use crate::lifetime::Lifetime;
use crate::operation::Operation;
use crate::record::{Contents, Data, Expiry, Record};
use crate::state::{Lookup, State};
use crate::target;
use crate::trace::{Event, Trace};
use crate::value;

/// The session of one request, as a request guard: `session: &Session`.
///
/// Reading sees everything that this request has set so far. Changes are committed when the
/// response is ready, all together: not if that is a server's error, nor if it is an error page of
/// a view that the session has refused something. [`update`](Session::update) alone commits at
/// once.
pub struct Session {
    pub(crate) layer: Arc<Layer>,
    /// A mutex of the standard library: it is held for a few instructions and never while the store
    /// is asked, so no request waits for it.
    state: Mutex<State>,
    /// One `update` of this request at a time, or two first ones would store two sessions. A mutex
    /// of Tokio, since it is held while the store answers.
    updating: tokio::sync::Mutex<()>,
    /// A HEAD request asks for the headers of a GET, and changes nothing (RFC 9110, section 9.2.1).
    pub(crate) for_head: bool,
}

impl Session {
    pub(crate) fn new(layer: Arc<Layer>, lookup: Lookup, trace: Trace) -> Self {
        Session {
            layer,
            state: Mutex::new(State::new(lookup, trace)),
            updating: tokio::sync::Mutex::default(),
            for_head: false,
        }
    }

    /// The value of a key (`session.get('user')`). `None` if there is no such key.
    ///
    /// # Errors
    ///
    /// [`Error::OtherType`] if the value is no `T`.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Session};
    /// fn greeting(session: &Session) -> Result<String, Error> {
    ///     let user: Option<String> = session.get("user")?;
    ///     Ok(user.map_or("Please log in.".to_owned(), |user| format!("Welcome back, {user}!")))
    /// }
    /// ```
    pub fn get<T: DeserializeOwned + 'static>(&self, key: &str) -> Result<Option<T>, Error> {
        let read = match self.state().contents() {
            Some(contents) => read(contents, key),
            None => Ok(None),
        };
        self.traced(read)
    }

    /// The value of a key, or the type's default if there is no such key
    /// (`session.get('cart', {})`).
    ///
    /// # Errors
    ///
    /// [`Error::OtherType`] if the value is no `T`.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// # use rocket_session_layer::{Error, Session};
    /// fn items(session: &Session) -> Result<usize, Error> {
    ///     let cart: BTreeMap<String, u32> = session.get_or_default("cart")?;
    ///     Ok(cart.len())
    /// }
    /// ```
    pub fn get_or_default<T: DeserializeOwned + Default + 'static>(
        &self,
        key: &str,
    ) -> Result<T, Error> {
        Ok(self.get(key)?.unwrap_or_default())
    }

    /// True if the key is there (`'user' in session`).
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn is_logged_in(session: &Session) -> bool {
    ///     session.has("user")
    /// }
    /// ```
    pub fn has(&self, key: &str) -> bool {
        let state = self.state();
        state
            .contents()
            .is_some_and(|contents| contents.data.has(key))
    }

    /// Everything in the session, as this request sees it: [`Data::keys`], [`Data::is_empty`] and
    /// more.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn keys(session: &Session) -> Vec<String> {
    ///     session.data().keys().map(str::to_owned).collect()
    /// }
    /// ```
    pub fn data(&self) -> Data {
        let state = self.state();
        state
            .contents()
            .map(|contents| contents.data.clone())
            .unwrap_or_default()
    }

    /// Sets a key (`session['user'] = userid`). If there is no session yet, one is stored with the
    /// response, and the browser gets its cookie.
    ///
    /// On the identity key this is a login: the session gets a new ID, unless the configuration
    /// leaves that to the app (`rotate_at_login = false`), and data that another user left in it is
    /// dropped.
    ///
    /// # Errors
    ///
    /// [`Error::NotJson`] for a value that could not be read again, bit for bit;
    /// [`Error::TooLarge`]; [`Error::NotAnIdentity`] if the identity key gets anything but a string
    /// or a whole number, or an empty string; [`Error::TooLate`] if the browser has been told
    /// already, in a response fairing behind the layer's. The session stays as it was.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Session};
    /// fn log_in(session: &Session, userid: &str) -> Result<(), Error> {
    ///     session.set("user", userid)
    /// }
    /// ```
    pub fn set(&self, key: &str, value: impl Serialize) -> Result<(), Error> {
        let set = value::write(key, &value).and_then(|value| self.set_json(key, value));
        self.traced(set)
    }

    fn set_json(&self, key: &str, value: Box<RawValue>) -> Result<(), Error> {
        let key = key.to_owned();
        let mut state = self.state();
        if self.layer.config.is_identity(&key) {
            let user = value::identity(&key, &value)?;
            let event = Event::LoggedIn { user: user.clone() };
            return state.push(Operation::Login { key, value, user }, event);
        }
        let none = Contents::default();
        let contents = state.contents().unwrap_or(&none);
        let limit = self.layer.max_size(contents);
        if contents.size_with(&key, value.get().len()) > limit {
            return Err(Error::TooLarge { limit });
        }
        let event = Event::Set { key: key.clone() };
        state.push(Operation::Set { key, value }, event)
    }

    /// Takes a key out and returns its value (`session.pop('user', None)`). `None` if there was no
    /// such key. A value that can't be read, because another program wrote it, is gone like any
    /// other, and returned as [`Value::Null`]. Cannot fail; [`pop_as`](Session::pop_as) gives a type
    /// of yours.
    ///
    /// On the identity key this is a logout. Row, cookie and session ID stay.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn log_out(session: &Session) {
    ///     session.pop("user");
    /// }
    /// ```
    pub fn pop(&self, key: &str) -> Option<Value> {
        let read = |contents: &Contents| Ok(contents.data.get(key).unwrap_or(Some(Value::Null)));
        logged(self.take(key, read)).flatten()
    }

    /// Takes a key out and returns its value as a `T`. `None` if there was no such key. This is
    /// [`pop`](Session::pop) with a type: for a value that the program itself has set and now
    /// needs, once.
    ///
    /// # Errors
    ///
    /// [`Error::OtherType`] if the value is no `T`: then it stays where it is.
    /// [`Error::TooLate`] as of [`set`](Session::set).
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Session};
    /// fn where_to_go_after_the_login(session: &Session) -> Result<String, Error> {
    ///     let next: Option<String> = session.pop_as("next")?;
    ///     Ok(next.unwrap_or_else(|| "/".to_owned()))
    /// }
    /// ```
    pub fn pop_as<T: DeserializeOwned + 'static>(&self, key: &str) -> Result<Option<T>, Error> {
        let popped = self.take(key, |contents| read(contents, key));
        self.traced(popped)
    }

    fn take<T>(
        &self,
        key: &str,
        read: impl FnOnce(&Contents) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let mut state = self.state();
        let Some(contents) = state.contents() else {
            return Ok(None);
        };
        let Some(value) = read(contents)? else {
            return Ok(None);
        };
        let key = key.to_owned();
        if self.layer.config.is_identity(&key) {
            let user = contents.user.clone();
            state.push(Operation::Logout { key }, Event::LoggedOut { user })?;
        } else {
            let event = Event::Popped { key: key.clone() };
            state.push(Operation::Remove { key }, event)?;
        }
        Ok(Some(value))
    }

    /// Reads a key, changes it and writes it back, at once and atomically: of a hundred parallel
    /// clicks each one counts. Returns the value that `change` returns. A key that is not there
    /// begins with the type's default.
    ///
    /// `change` may run several times and must have no other effect. A value that this request has
    /// set on that key before is committed along with it, and other keys wait for the response; but
    /// after a login, `flush`, `clear`, `rotate` or `set_expiry` in the same request everything
    /// pending is committed with it, because the order counts.
    ///
    /// # Errors
    ///
    /// [`Error::UpdateOfIdentity`], [`Error::OtherType`], [`Error::NotJson`], [`Error::TooLarge`],
    /// [`Error::Store`], [`Error::Busy`]; [`Error::Superseded`], [`Error::Changed`] and
    /// [`Error::Ended`] if it is no longer the same session. Nothing was changed then.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// # use rocket_session_layer::{Error, Session};
    /// async fn add(session: &Session, item: &str) -> Result<u32, Error> {
    ///     let add_one = |cart: &mut BTreeMap<String, u32>| {
    ///         let count = cart.entry(item.to_owned()).or_default();
    ///         *count += 1;
    ///         *count
    ///     };
    ///     session.update("cart", add_one).await
    /// }
    /// ```
    pub async fn update<T, R>(
        &self,
        key: &str,
        change: impl FnMut(&mut T) -> R + Send,
    ) -> Result<R, Error>
    where
        T: Serialize + DeserializeOwned + Default + 'static,
        R: Send,
    {
        let updated = self.commit_update(key, change).await;
        self.traced(updated)
    }

    async fn commit_update<T, R>(
        &self,
        key: &str,
        mut change: impl FnMut(&mut T) -> R + Send,
    ) -> Result<R, Error>
    where
        T: Serialize + DeserializeOwned + Default + 'static,
        R: Send,
    {
        if self.layer.config.is_identity(key) {
            let key = key.to_owned();
            return Err(Error::UpdateOfIdentity { key });
        }
        if self.for_head {
            let mut value: T = self.get(key)?.unwrap_or_default();
            let answer = change(&mut value);
            self.set_json(key, value::write(key, &value)?)?;
            return Ok(answer);
        }
        let _alone = self.updating.lock().await;
        let (found, taken, used) = {
            let mut state = self.state();
            if state.told {
                return Err(Error::TooLate);
            }
            let taken = state.operations.take_for_update(key);
            (state.lookup.clone(), taken, state.is_used())
        };
        let mut answer = None;
        let apply = |contents: &mut Contents| {
            taken.apply(contents);
            let mut value: T = read(contents, key)?.unwrap_or_default();
            answer = Some(change(&mut value));
            contents
                .data
                .insert(key.to_owned(), value::write(key, &value)?);
            Ok(())
        };
        let intent = Intent::of(&taken, &self.layer.config, used, true);
        let committed = commit::commit(&self.layer, &found, intent, apply).await;
        let mut state = self.state();
        let committed = committed.inspect_err(|_| state.operations.put_back(taken))?;
        let key = key.to_owned();
        state.trace.push(Event::Updated { key });
        if let Some(committed) = committed {
            state.enter(committed);
        }
        // A commit without an error has run `change`.
        answer.ok_or(Error::Ended)
    }

    /// Empties the data, and keeps row and cookie. No user is logged in any more.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn start_over(session: &Session) {
    ///     session.clear();
    /// }
    /// ```
    pub fn clear(&self) {
        logged(self.state().push(Operation::Clear, Event::Cleared));
    }

    /// Ends the session: row and cookie go. A key that is set afterwards belongs to a new one.
    ///
    /// As a logout it leaves nothing behind, a cart included. To [`pop`](Session::pop) the identity key
    /// keeps the rest for this user's next login, and has Chromium drop the pages that it keeps for
    /// *Back*.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn forget_me(session: &Session) {
    ///     session.flush();
    /// }
    /// ```
    pub fn flush(&self) {
        logged(self.state().push(Operation::Flush, Event::Flushed));
    }

    /// Gives the session a new ID with the response; the data stays (Django's `cycle_key`). Setting
    /// the identity key does this by itself.
    ///
    /// The old ID opens nothing from the commit on, a copy of the cookie included: there is no time
    /// in which both do. Its hash is kept for one thing only. A request with it in the next minute
    /// is anonymous, but is not told to drop its cookie, since the new one may be on its way to this
    /// same browser. It stores nothing but a login. A request that has found the session before goes
    /// on as it began: it sees what it saw, and what it sets is stored; an `update` ends in
    /// [`Error::Changed`]. Where the browser carries the session there is nothing to rotate.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn before_something_delicate(session: &Session) {
    ///     session.rotate();
    /// }
    /// ```
    pub fn rotate(&self) {
        logged(self.state().push(Operation::Rotate, Event::RotationAsked));
    }

    /// Says how long this session lives. Stored with it, and kept by later writes.
    ///
    /// # Errors
    ///
    /// [`Error::OverAtOnce`] if that is no time at all. To end a session is
    /// [`flush`](Session::flush); Django's `set_expiry(0)` is [`Expiry::BrowserClose`].
    /// [`Error::TooLate`] as of [`set`](Session::set).
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Expiry, Session};
    /// fn forget_when_the_browser_closes(session: &Session) -> Result<(), Error> {
    ///     session.set_expiry(Expiry::BrowserClose)
    /// }
    /// ```
    pub fn set_expiry(&self, expiry: Expiry) -> Result<(), Error> {
        let set = if expiry.is_over_at(self.layer.now()) {
            Err(Error::OverAtOnce)
        } else {
            let operation = Operation::SetExpiry(expiry);
            self.state().push(operation, Event::ExpirySet)
        };
        self.traced(set)
    }

    /// The stored session's lifetime, with the expiry that this request has set and as its login
    /// begins it anew. `None` if nothing is stored yet, or nothing any more after a `flush`.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn seconds_left(session: &Session) -> Option<i64> {
    ///     session.lifetime().map(|lifetime| lifetime.ends - lifetime.now)
    /// }
    /// ```
    pub fn lifetime(&self) -> Option<Lifetime> {
        let state = self.state();
        if state.operations.ends_session() {
            return None;
        }
        let record = state.lookup.record()?;
        let expiry = state.contents()?.expiry;
        let logs_in = state.operations.login().is_some();
        let (config, now) = (&self.layer.config, self.layer.now());
        Some(Lifetime::of(record, expiry, logs_in, config, now))
    }

    /// The locker of the stored session. `None` if nothing is stored yet.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn for_the_log(session: &Session) -> String {
    ///     session.locker().map_or("no session".to_owned(), |locker| locker.to_string())
    /// }
    /// ```
    pub fn locker(&self) -> Option<Locker> {
        self.state().lookup.record().map(|record| record.locker)
    }

    /// The stored session as this request last saw it, for pages that show the row.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn version(session: &Session) -> Option<i64> {
    ///     session.record().map(|record| record.version)
    /// }
    /// ```
    pub fn record(&self) -> Option<Record> {
        self.state().lookup.record().cloned()
    }

    /// The layer that this session belongs to, for everything that is not about this session alone.
    ///
    /// ```
    /// # use rocket_session_layer::{Error, Session};
    /// async fn log_out_everywhere(session: &Session, user: &str) -> Result<usize, Error> {
    ///     session.layer().end_sessions(user, None).await
    /// }
    /// ```
    pub fn layer(&self) -> &Layer {
        &self.layer
    }

    /// Everything that the layer did for this request so far, and why.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn explain(session: &Session) {
    ///     for event in session.trace() {
    ///         println!("{event}");
    ///     }
    /// }
    /// ```
    pub fn trace(&self) -> Trace {
        self.state().trace.clone()
    }

    /// # Errors
    ///
    /// The session could not be loaded, because the store did not answer.
    pub(crate) fn usable(&self) -> Result<(), StoreError> {
        match &self.state().lookup {
            Lookup::Failed(error) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes an error into the trace before the view gets to know it.
    pub(crate) fn traced<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &result {
            let mut state = self.state();
            state.view_failed = true;
            state.fail(error);
        }
        result
    }
}

/// The value, if it worked. Those methods that return no error leave it in the log.
pub(crate) fn logged<T>(result: Result<T, Error>) -> Option<T> {
    result
        .inspect_err(|error| log::error!(target: target::VIEW, "session: {error}"))
        .ok()
}

fn read<T: DeserializeOwned + 'static>(contents: &Contents, key: &str) -> Result<Option<T>, Error> {
    let of_key = |source| Error::OtherType {
        key: key.to_owned(),
        source,
    };
    contents.data.get(key).map_err(of_key)
}
