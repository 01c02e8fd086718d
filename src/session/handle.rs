//! The handle that views use: Django's `request.session`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket::http::{Header, Status};
use rocket::tokio;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::account::{Account, Event};
use super::commit::{self, Committed, Whole};
use super::cookie;
use super::error::Error;
use super::expiry::{self, Expiry};
use super::fairing::SessionFairing;
use super::find::{Found, Visitor};
use super::id::{Locker, SessionId};
use super::layer::Layer;
use super::operation::{Operation, Operations};
use super::record::{Contents, Record};

/// The session of one request, as a request guard: `session: &Session`.
///
/// Reading sees what this request has set so far. What is set is committed when the response is
/// ready, all together, and only if that is no server error; [`update`](Session::update) alone
/// commits at once.
pub struct Session {
    layer: Arc<Layer>,
    state: Mutex<State>,
    /// One `update` of this request at a time, or two first ones would store two sessions.
    updating: tokio::sync::Mutex<()>,
}

struct State {
    visitor: Visitor,
    /// What the session holds, seen through this request's operations.
    contents: Contents,
    /// What is still to be committed.
    operations: Operations,
    /// What an `update` has already made necessary, whatever becomes of the response.
    cookie: CookieDue,
    account: Account,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CookieDue {
    Nothing,
    Send,
    Remove,
}

impl Session {
    /// Attaches the session layer to an app (Django's `SessionMiddleware`).
    pub fn fairing() -> SessionFairing {
        SessionFairing::default()
    }

    pub(super) fn new(layer: Arc<Layer>, visitor: Visitor, account: Account) -> Self {
        let contents = match &visitor {
            Visitor::Known(found) => found.record.contents.clone(),
            _ => Contents::default(),
        };
        let state = State {
            visitor,
            contents,
            operations: Operations::default(),
            cookie: CookieDue::Nothing,
            account,
        };
        let (state, updating) = (Mutex::new(state), tokio::sync::Mutex::default());
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
        let value = write(key, &value)?;
        let (key, config) = (key.to_owned(), &self.layer.config);
        let mut state = self.state();
        if config.is_identity(&key) {
            let user = identity(&key, &value)?;
            let event = Event::LoggedIn { user: user.clone() };
            state.push(Operation::Login { key, value, user }, event);
            return Ok(());
        }
        let limit = config.max_size;
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
        let (seen, taken) = {
            let mut state = self.state();
            if let Visitor::Superseded = state.visitor {
                return Err(Error::Superseded);
            }
            (
                state.record().cloned(),
                state.operations.take_for_update(key),
            )
        };
        let whole = Whole {
            end: taken.ends_session(),
            rotate: taken.rotates(),
            looks: true,
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
            Ok(Committed::Vanished | Committed::Ended { .. }) => Error::Ended,
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

    /// What the layer did for this request so far, and why.
    pub fn account(&self) -> Account {
        self.state().account.clone()
    }

    /// The stored session as this request last saw it: for those who show what is in the row.
    pub fn record(&self) -> Option<Record> {
        self.state().record().cloned()
    }

    /// Commits what is pending, if the response is no server error, and says which cookie goes
    /// with it. A cookie that an earlier `update` made necessary goes even with an error.
    pub(super) async fn finish(&self, status: Status) -> (Option<Header<'static>>, Option<Error>) {
        let failed = self.commit_pending(status).await.err();
        let mut state = self.state();
        if let Some(error) = &failed {
            let reason = error.to_string();
            state.account.push(Event::Failed { reason });
        }
        let refused = matches!(state.visitor, Visitor::Refused) && failed.is_none();
        let removal = refused && status.code < 500;
        let cookie = match state.cookie {
            CookieDue::Send => self.cookie(&mut state),
            CookieDue::Nothing if !removal => None,
            CookieDue::Nothing | CookieDue::Remove => {
                state.account.push(Event::CookieRemoved);
                Some(cookie::removed(&self.layer.config, self.layer.secure))
            }
        };
        (cookie, failed)
    }

    async fn commit_pending(&self, status: Status) -> Result<(), Error> {
        let (seen, operations) = {
            let mut state = self.state();
            let operations = std::mem::take(&mut state.operations);
            if status.code >= 500 {
                if !operations.is_empty() {
                    state.account.push(Event::Dropped);
                }
                return Ok(());
            }
            if matches!(state.visitor, Visitor::Superseded) && !operations.is_empty() {
                return Err(Error::Superseded);
            }
            (state.record().cloned(), operations)
        };
        if operations.is_empty() {
            if let Some(seen) = seen {
                self.touch(&seen).await;
            }
            return Ok(());
        }
        let whole = Whole {
            end: operations.ends_session(),
            rotate: operations.rotates(),
            looks: false,
        };
        let apply = |contents: &mut Contents| {
            operations.apply(contents);
            Ok(())
        };
        let committed = commit::commit(&self.layer, seen.as_ref(), whole, apply).await?;
        self.state().enter(committed);
        Ok(())
    }

    async fn touch(&self, seen: &Record) {
        match commit::touch(&self.layer, seen).await {
            Ok(Some(record)) => {
                let mut state = self.state();
                state.account.push(Event::Touched);
                if let Visitor::Known(found) = &mut state.visitor {
                    found.record = record;
                }
                state.cookie = CookieDue::Send;
            }
            Ok(None) => {}
            // The page is made and true. It would be wrong to withhold it because its session will
            // end a few minutes earlier.
            Err(error) => log::warn!("session: the lifetime was not extended: {error}"),
        }
    }

    fn cookie(&self, state: &mut State) -> Option<Header<'static>> {
        let Visitor::Known(found) = &state.visitor else {
            return None;
        };
        let layer = &self.layer;
        let (locker, secret) = (found.record.locker, found.secret.clone());
        let max_age = expiry::max_age(&found.record, &layer.config, layer.clock.now());
        let id = SessionId { locker, secret };
        state.account.push(Event::CookieSent { max_age });
        Some(cookie::sent(&layer.config, layer.secure, &id, max_age))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn record(&self) -> Option<&Record> {
        match &self.visitor {
            Visitor::Known(found) => Some(&found.record),
            _ => None,
        }
    }

    fn push(&mut self, operation: Operation, event: Event) {
        operation.apply(&mut self.contents);
        self.operations.push(operation);
        self.account.push(event);
    }

    /// Takes over what a commit has stored.
    fn enter(&mut self, committed: Committed) {
        match committed {
            Committed::Nothing => {}
            Committed::Created { record, secret } => {
                if let Some(ended) = self.record() {
                    let locker = ended.locker;
                    self.account.push(Event::Ended { locker });
                }
                let locker = record.locker;
                self.account.push(Event::Created { locker });
                self.visitor = Visitor::Known(Box::new(Found { record, secret }));
                self.cookie = CookieDue::Send;
            }
            Committed::Changed {
                record,
                rotated,
                tries,
                silent,
            } => {
                let (locker, version) = (record.locker, record.version);
                self.account.push(Event::Committed { version, tries });
                if rotated.is_some() {
                    self.account.push(Event::Rotated { locker });
                }
                let Visitor::Known(found) = &mut self.visitor else {
                    return;
                };
                let touched = found.record.touched != record.touched;
                let send = !silent && (touched || rotated.is_some());
                found.record = record;
                if let Some(secret) = rotated {
                    found.secret = secret;
                }
                if send {
                    self.cookie = CookieDue::Send;
                }
            }
            Committed::Ended { silent } => {
                if let Some(ended) = self.record() {
                    let locker = ended.locker;
                    self.account.push(Event::Ended { locker });
                }
                self.visitor = Visitor::Stranger;
                self.cookie = if silent {
                    CookieDue::Nothing
                } else {
                    CookieDue::Remove
                };
            }
            Committed::Vanished => self.account.push(Event::Vanished),
        }
        if let Some(record) = self.record() {
            self.contents = record.contents.clone();
            self.operations.apply(&mut self.contents);
        }
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
