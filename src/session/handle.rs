//! The handle that views use: Django's `request.session`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket::tokio;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::account::{Account, Event};
use super::commit::{self, Committed};
use super::error::Error;
use super::expiry::Expiry;
use super::fairing::SessionFairing;
use super::find::Visitor;
use super::id::Locker;
use super::layer::Layer;
use super::operation::Operation;
use super::record::{Contents, Record};
use super::state::State;

/// The session of one request, as a request guard: `session: &Session`.
///
/// Reading sees what this request has set so far. What is set is committed when the response is
/// ready, all together, and only if that is no server error; [`update`](Session::update) alone
/// commits at once.
pub struct Session {
    pub(super) layer: Arc<Layer>,
    state: Mutex<State>,
    /// One `update` of this request at a time, or two first ones would store two sessions.
    updating: tokio::sync::Mutex<()>,
}

impl Session {
    /// Attaches the session layer to an app (Django's `SessionMiddleware`).
    pub fn fairing() -> SessionFairing {
        SessionFairing::default()
    }

    pub(super) fn new(layer: Arc<Layer>, visitor: Visitor, account: Account) -> Self {
        let state = Mutex::new(State::new(visitor, account));
        let updating = tokio::sync::Mutex::default();
        Session {
            layer,
            state,
            updating,
        }
    }

    /// The value of a key, or none where there is no such key (`session.get('user')`).
    ///
    /// # Errors
    ///
    /// [`Error::OtherType`] where the value is no `T`.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        read(&self.state().contents, key)
    }

    /// The value of a key, or the type's default where there is no such key
    /// (`session.get('cart', {})`).
    ///
    /// # Errors
    ///
    /// [`Error::OtherType`] where the value is no `T`.
    pub fn get_or_default<T: DeserializeOwned + Default>(&self, key: &str) -> Result<T, Error> {
        Ok(self.get(key)?.unwrap_or_default())
    }

    /// Whether the key is there (`'user' in session`).
    pub fn has(&self, key: &str) -> bool {
        self.state().contents.data.has(key)
    }

    /// Sets a key (`session['user'] = userid`). A session without one is stored with the response,
    /// and the browser gets its cookie.
    ///
    /// On the identity key this is a login: the session gets a new ID, and what another user had
    /// left in it is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::NotJson`], [`Error::TooLarge`]; [`Error::NotAnIdentity`] where the identity key
    /// gets anything but a string or a whole number. The session stays as it was.
    pub fn set(&self, key: &str, value: impl Serialize) -> Result<(), Error> {
        let set = write(key, &value).and_then(|value| self.set_json(key, value));
        self.explained(set)
    }

    fn set_json(&self, key: &str, value: Box<RawValue>) -> Result<(), Error> {
        let (key, config) = (key.to_owned(), &self.layer.config);
        let mut state = self.state();
        if config.is_identity(&key) {
            let user = identity(&key, &value)?;
            let event = Event::LoggedIn { user: user.clone() };
            state.push(Operation::Login { key, value, user }, event);
            return Ok(());
        }
        let limit = self.layer.max_size();
        if state.contents.data.size_with(&key, value.get().len()) > limit {
            return Err(Error::TooLarge { limit });
        }
        let event = Event::Set { key: key.clone() };
        state.push(Operation::Set { key, value }, event);
        Ok(())
    }

    /// Takes a key out and returns its value, or none where there was no such key
    /// (`session.pop('user', None)`).
    ///
    /// On the identity key this is a logout. Row, cookie and session ID stay.
    pub fn pop(&self, key: &str) -> Option<Value> {
        let mut state = self.state();
        let value: Option<Value> = state.contents.data.get(key).ok()?;
        let (value, key) = (value?, key.to_owned());
        if self.layer.config.is_identity(&key) {
            let user = state.contents.user.clone();
            state.push(Operation::Logout { key }, Event::LoggedOut { user });
        } else {
            let event = Event::Popped { key: key.clone() };
            state.push(Operation::Remove { key }, event);
        }
        Some(value)
    }

    /// Reads a key, changes it and writes it back, at once and atomically: of a hundred parallel
    /// clicks each one counts. Returns what `change` returns. A key that is not there begins with
    /// the type's default.
    ///
    /// `change` may run several times and must have no other effect. What this request has set on
    /// that key before is committed along with it, and other keys wait for the response; but after
    /// a login, `flush`, `clear`, `rotate` or `set_expiry` in the same request everything pending
    /// is committed with it, because the order counts.
    ///
    /// # Errors
    ///
    /// [`Error::UpdateOfIdentity`], [`Error::OtherType`], [`Error::NotJson`], [`Error::TooLarge`],
    /// [`Error::Store`], [`Error::Busy`]; [`Error::Superseded`], [`Error::Changed`] and
    /// [`Error::Ended`] where it is no longer the same session. Nothing was changed then.
    pub async fn update<T, R>(
        &self,
        key: &str,
        change: impl FnMut(&mut T) -> R + Send,
    ) -> Result<R, Error>
    where
        T: Serialize + DeserializeOwned + Default,
        R: Send,
    {
        let updated = self.commit_update(key, change).await;
        self.explained(updated)
    }

    async fn commit_update<T, R>(
        &self,
        key: &str,
        mut change: impl FnMut(&mut T) -> R + Send,
    ) -> Result<R, Error>
    where
        T: Serialize + DeserializeOwned + Default,
        R: Send,
    {
        if self.layer.config.is_identity(key) {
            return Err(Error::UpdateOfIdentity {
                key: key.to_owned(),
            });
        }
        let _alone = self.updating.lock().await;
        let (seen, taken, whole) = {
            let mut state = self.state();
            if let Visitor::Superseded = state.visitor {
                return Err(Error::Superseded);
            }
            let taken = state.operations.take_for_update(key);
            let whole = state.whole(&taken, true);
            (state.record().cloned(), taken, whole)
        };
        let mut answer = None;
        let apply = |contents: &mut Contents| {
            taken.apply(contents);
            let mut value: T = read(contents, key)?.unwrap_or_default();
            answer = Some(change(&mut value));
            contents.data.insert(key.to_owned(), write(key, &value)?);
            Ok(())
        };
        let committed = commit::commit(&self.layer, seen.as_ref(), whole, apply).await;
        let mut state = self.state();
        let failed = match committed {
            Ok(over @ (Committed::Vanished | Committed::Ended { .. })) => {
                state.enter(over);
                Error::Ended
            }
            Ok(committed) => {
                state.account.push(Event::Updated {
                    key: key.to_owned(),
                });
                state.enter(committed);
                return answer.ok_or(Error::Ended);
            }
            Err(error) => error,
        };
        state.operations.put_back(taken);
        Err(failed)
    }

    /// Writes down what failed before the view gets to know.
    fn explained<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &result {
            self.state().fail(error);
        }
        result
    }

    /// Empties the data, and keeps row and cookie. Nobody is logged in any more.
    pub fn clear(&self) {
        self.state().push(Operation::Clear, Event::Cleared);
    }

    /// Ends the session: row and cookie go. What is set afterwards belongs to a new one.
    pub fn flush(&self) {
        self.state().push(Operation::Flush, Event::Flushed);
    }

    /// Gives the session a new ID; the data stays (Django's `cycle_key`). Setting the identity key
    /// does this by itself.
    pub fn rotate(&self) {
        self.state().push(Operation::Rotate, Event::RotationAsked);
    }

    /// Says how long this session lives. Stored with it, and kept by later writes.
    pub fn set_expiry(&self, expiry: Expiry) {
        self.state()
            .push(Operation::SetExpiry(expiry), Event::ExpirySet);
    }

    /// The locker of the stored session; none where nothing is stored yet.
    pub fn locker(&self) -> Option<Locker> {
        self.state().record().map(|record| record.locker)
    }

    /// The layer that this session belongs to: for what is not about this session alone.
    pub fn layer(&self) -> &Layer {
        &self.layer
    }

    /// What the layer did for this request so far, and why.
    pub fn account(&self) -> Account {
        self.state().account.clone()
    }

    /// The stored session as this request last saw it: for those who show what is in the row.
    pub fn record(&self) -> Option<Record> {
        self.state().record().cloned()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read<T: DeserializeOwned>(contents: &Contents, key: &str) -> Result<Option<T>, Error> {
    let key_of = |source| Error::OtherType {
        key: key.to_owned(),
        source,
    };
    contents.data.get(key).map_err(key_of)
}

fn write<T: Serialize>(key: &str, value: &T) -> Result<Box<RawValue>, Error> {
    to_raw_value(value).map_err(|source| Error::NotJson {
        key: key.to_owned(),
        source,
    })
}

/// Who the identity key's value names.
fn identity(key: &str, value: &RawValue) -> Result<String, Error> {
    match serde_json::from_str(value.get()) {
        Ok(Value::String(user)) => Ok(user),
        Ok(Value::Number(number)) if !number.is_f64() => Ok(number.to_string()),
        _ => Err(Error::NotAnIdentity {
            key: key.to_owned(),
        }),
    }
}
