//! Sessions that are begun and changed outside a request: by a test, by a background job.

use std::sync::Arc;

use rocket::http::{Cookie, Status};
use serde::Serialize;

use crate::error::Error;
use crate::event_log;
use crate::finish::commit_pending;
use crate::handle::Session;
use crate::id::Locker;
use crate::layer::{Home, Layer};
use crate::state::Lookup;
use crate::trace::{Event, Trace};

impl Layer {
    /// Begins a session in which this user is logged in, and returns the cookie that opens it, so
    /// that tests of an app need no login page (Django's `client.force_login`). To put more into
    /// the session: [`begin_session_with`](Layer::begin_session_with).
    ///
    /// # Errors
    ///
    /// Those of [`Session::set`], and the store's; [`Error::NotAnIdentity`] if the configuration
    /// names no identity key.
    ///
    /// With Rocket's asynchronous local client:
    ///
    /// ```
    /// # use rocket::{get, local::asynchronous::Client, routes};
    /// # use rocket_session_layer::{Error, Layer, LoggedIn, Session};
    /// # #[get("/")]
    /// # fn home(user: LoggedIn) -> String { format!("Welcome back, {}!", user.0) }
    /// # rocket::async_test(async {
    /// # let figment = rocket::Config::figment().merge(("session.engine", "cache")).merge(("log_level", "off"));
    /// # let app = rocket::custom(figment).attach(Session::fairing()).mount("/", routes![home]);
    /// let client = Client::tracked(app).await.expect("the app starts");
    /// let layer = Layer::of(client.rocket()).expect("the layer is attached");
    /// let alice = layer.begin_session_for("alice").await?;
    /// let home = client.get("/").cookie(alice).dispatch().await;
    /// assert_eq!(home.into_string().await.as_deref(), Some("Welcome back, alice!"));
    /// # Ok::<(), Error>(())
    /// # }).unwrap();
    /// ```
    ///
    /// With the blocking one, whose tests can't await, by [`block_on`](Layer::block_on):
    ///
    /// ```
    /// # use rocket::{get, local::blocking::Client, routes};
    /// # use rocket_session_layer::{Error, Layer, LoggedIn, Session};
    /// # #[get("/")]
    /// # fn home(user: LoggedIn) -> String { format!("Welcome back, {}!", user.0) }
    /// # let figment = rocket::Config::figment().merge(("session.engine", "cache")).merge(("log_level", "off"));
    /// # let app = rocket::custom(figment).attach(Session::fairing()).mount("/", routes![home]);
    /// let client = Client::tracked(app).expect("the app starts");
    /// let layer = Layer::of(client.rocket()).expect("the layer is attached");
    /// let alice = layer.block_on(layer.begin_session_for("alice"))?;
    /// let home = client.get("/").cookie(alice).dispatch();
    /// assert_eq!(home.into_string().as_deref(), Some("Welcome back, alice!"));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// The cookie goes with each request, also from a client that tracks: that one keeps only
    /// cookies which the app has sent.
    pub async fn begin_session_for(
        self: &Arc<Self>,
        user: impl Serialize,
    ) -> Result<Cookie<'static>, Error> {
        self.begin_session_with(user, |_| Ok(())).await
    }

    /// Begins a session as [`begin_session_for`](Layer::begin_session_for) does, in which `fill`
    /// has set further keys.
    ///
    /// # Errors
    ///
    /// Those of `begin_session_for` and of `fill`; [`Error::Ended`] if `fill` leaves nothing.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use rocket::http::Cookie;
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn alice_with_a_cart(layer: &Arc<Layer>) -> Result<Cookie<'static>, Error> {
    ///     layer.begin_session_with("alice", |session| session.set("cart", ["pencil"])).await
    /// }
    /// ```
    pub async fn begin_session_with(
        self: &Arc<Self>,
        user: impl Serialize,
        fill: impl FnOnce(&Session) -> Result<(), Error>,
    ) -> Result<Cookie<'static>, Error> {
        let session = Session::new(self.clone(), Lookup::Nothing, Trace::new());
        let key = &self.config.identity_key;
        if key.is_empty() {
            return Err(Error::NotAnIdentity { key: key.clone() });
        }
        session.set(key, user)?;
        fill(&session)?;
        commit_pending(&session, Status::Ok).await?;
        event_log::write(&session.state());
        let name = self.config.cookie.clone();
        match &session.state().lookup {
            Lookup::Known(_, Some(ticket)) => Ok(Cookie::new(name, ticket.value().into_owned())),
            // `fill` has taken everything out again.
            _ => Err(Error::Ended),
        }
    }

    /// Waits for a call on this layer, for tests with Rocket's blocking local client and for programs
    /// without `async`. The call runs in the runtime of the app: `rocket::execute` would make one of
    /// its own, and end it together with the connections to the store that were made there. A layer
    /// that was [opened](Layer::open) in no runtime has none: each call gets one of its own.
    ///
    /// # Panics
    ///
    /// In an `async` function, which can await the call.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use rocket::local::blocking::Client;
    /// # use rocket_session_layer::{Error, Layer};
    /// fn is_logged_in(client: &Client, user: &str) -> Result<bool, Error> {
    ///     let layer = Layer::of(client.rocket()).expect("the layer is attached");
    ///     Ok(!layer.block_on(layer.sessions_of(user))?.is_empty())
    /// }
    /// ```
    pub fn block_on<T: Send>(&self, call: impl Future<Output = T> + Send) -> T {
        match &self.runtime {
            Some(runtime) => runtime.block_on(call),
            None => rocket::execute(call),
        }
    }

    /// Changes a session outside a request, as a background job does: its operations are committed
    /// together when `change` is done. Returns the value that `change` returns. `None` if there is
    /// no live session in that locker.
    ///
    /// # Errors
    ///
    /// Those of `change`: then nothing is changed. The store's. [`Error::OutsideRequest`] if it
    /// asks for a new session ID (a login, `rotate`, a key that is set after `flush`): no response
    /// is there to bring it to the browser. [`Error::NotSupported`] if the browsers carry the
    /// sessions.
    ///
    /// ```no_run
    /// # use std::sync::Arc;
    /// # use rocket_session_layer::{Error, Layer};
    /// # async fn job(layer: Arc<Layer>) -> Result<(), Error> {
    /// for record in layer.sessions_of("alice").await? {
    ///     layer.change(record.locker, |session| session.set("notice", "Your order is on its way.")).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn change<T>(
        self: &Arc<Self>,
        locker: Locker,
        change: impl FnOnce(&Session) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let Home::Kept(store) = &self.home else {
            return Err(Error::NotSupported("change a session outside its requests"));
        };
        let Some(record) = self.load_live(&**store, locker).await? else {
            return Ok(None);
        };
        let found = Lookup::Known(record, None);
        let trace = vec![found.who()];
        let session = Session::new(self.clone(), found, trace);
        let changed = change(&session)?;
        {
            let state = session.state();
            let begins_anew = state.operations.ends_session()
                && state
                    .contents()
                    .is_some_and(|contents| !contents.data.is_empty());
            if state.operations.rotates(true) || begins_anew {
                return Err(Error::OutsideRequest);
            }
        }
        let committed = commit_pending(&session, Status::Ok).await;
        event_log::write(&session.state());
        match committed {
            Err(Error::Ended) => return Ok(None),
            committed => committed?,
        }
        let vanished = session.state().trace.contains(&Event::Vanished);
        Ok((!vanished).then_some(changed))
    }
}
