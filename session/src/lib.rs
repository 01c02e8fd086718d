//! Sessions for Rocket: what the server remembers about one browser.
//!
//! ```no_run
//! # use rocket::{get, launch, post, routes, form::Form, response::Redirect};
//! use rocket_session_layer::{Error, Session};
//!
//! #[post("/login", data = "<userid>")]
//! fn login(userid: Form<String>, session: &Session) -> Result<Redirect, Error> {
//!     session.set("user", &*userid)?; // a login: the browser gets a new session ID
//!     Ok(Redirect::to("/"))
//! }
//!
//! #[get("/")]
//! fn home(session: &Session) -> Result<String, Error> {
//!     let user: Option<String> = session.get("user")?;
//!     Ok(match user {
//!         Some(user) => format!("Welcome back, {user}!"),
//!         None => "Please log in.".to_owned(),
//!     })
//! }
//!
//! #[launch]
//! fn rocket() -> _ {
//!     rocket::build().attach(Session::fairing()).mount("/", routes![login, home])
//! }
//! ```
//!
//! Nothing has to be configured: sessions live in `var/lessons.db`, a SQLite file that is made at
//! the start. What can be configured stands at [`Config`]. `examples/plain_app.rs` is a whole app.
//!
//! # For those who come from Django
//!
//! | Django | here |
//! | --- | --- |
//! | `MIDDLEWARE = [… SessionMiddleware]` | [`.attach(Session::fairing())`](Session::fairing) |
//! | `request.session['user'] = userid` | [`session.set("user", userid)?`](Session::set) |
//! | `request.session.get('user')` | [`session.get("user")?`](Session::get), an `Option` |
//! | `'user' in request.session` | [`session.has("user")`](Session::has) |
//! | `request.session.pop('user', None)` | [`session.pop("user")`](Session::pop) |
//! | `request.session.get('cart', {})` | [`session.get_or_default("cart")?`](Session::get_or_default) |
//! | read, change, write back | [`session.update("cart", …).await?`](Session::update) |
//! | `flush()`, `clear()`, `cycle_key()` | [`flush()`](Session::flush), [`clear()`](Session::clear), [`rotate()`](Session::rotate) |
//! | `set_expiry(…)` | [`set_expiry(Expiry::…)`](Session::set_expiry) |
//! | `get_expiry_date()` | [`session.lifetime()`](Session::lifetime) |
//! | `clearsessions` | in the background, and [`Layer::purge`] |
//!
//! # What it promises
//!
//! - **Nothing without need.** No row and no cookie until something is set; no look into the store
//!   unless a view asks for `&Session`. An ID that the store does not know is never adopted.
//! - **Nothing goes under.** A request commits its operations, not its copy of the data: parallel
//!   requests that set different keys both survive, and [`update`](Session::update) loses no click.
//! - **Nothing comes back.** A session that was ended stays ended, however late a request is.
//! - **All or nothing.** A response of 500 or above commits nothing that is pending; below 500
//!   everything is committed, in one transaction, before the first byte leaves.
//! - **A login changes the lock.** Setting the identity key (`user`) gives the session a new ID, and
//!   drops what another user had left. Fixing a victim's session ID is of no use.
//! - **A store that does not answer is no empty session.** The visitor gets 503 and keeps the
//!   cookie; nothing is overwritten.
//! - **The server decides when a session ends**, by an idle and an absolute limit; the cookie
//!   follows. Reading rarely costs a write: see [`Expiry`].
//! - **Where the store keeps nothing, less holds.** With `engine = "cookie"` the record travels
//!   sealed in the cookie: changes that meet can go under, and a copied cookie lives until it expires.
//!   Which promise needs which capability stands in [`stores`].
//! - **Caches are told.** `Vary: Cookie` and `Cache-Control: no-store` go with every response whose
//!   view asked for the session.
//! - **Everything can be explained.** [`Session::trace_of`] lists what was done for a request and
//!   why. Secrets are never in it, nor in a log, nor in the store: that keeps only their hashes.
//!
//! # What it costs
//!
//! | request | store |
//! | --- | --- |
//! | its view does not ask for the session | nothing |
//! | it reads | one point read |
//! | it sets, pops, logs in, … | one point read, one change |
//! | it calls `update` | one point read, one change a call; one more read where another request was faster |
//! | it changes a session that others are changing | one read and one change for all that queue up meanwhile |
//! | the last use is a minute old | one change more |
//!
//! SQLite takes a lock for its memory statistics at every allocation, which makes two threads that
//! read at once three times as slow. With a bundled SQLite put this into your `.cargo/config.toml`:
//!
//! ```toml
//! [env]
//! LIBSQLITE3_FLAGS = "-DSQLITE_DEFAULT_MEMSTATUS=0"
//! ```
//!
//! # How a request goes through it
//!
//! 1. **Find the session** and 2. **decide who it is**: `guard`, `cookie`, `id`, `find`.
//! 3. **Change the session**: `handle` collects each `operation`; `commit` applies them as a
//!    `change`, taking `turns` and sharing a `draft`, to the `record` in one of the [`stores`].
//! 4. **Tell the browser**: `fairing`, `finish`, `cookie`, `expiry`; `sealed`, where the record goes
//!    with it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod carry;
mod clock;
mod commit;
mod config;
#[cfg(feature = "conformance")]
pub mod conformance;
mod cookie;
#[cfg(feature = "database")]
pub mod db;
mod error;
mod fairing;
mod finish;
#[cfg(any(feature = "cookie", feature = "file", feature = "redis"))]
mod format;
mod guard;
mod handle;
mod id;
mod keys;
mod layer;
mod lifetime;
mod outside;
mod pending;
mod record;
#[cfg(feature = "database")]
pub mod schema;
#[cfg(feature = "cookie")]
mod seal;
#[cfg(not(feature = "cookie"))]
#[path = "seal/absent.rs"]
mod seal;
mod sentences;
mod setup;
mod store;
pub mod stores;
mod trace;

pub use clock::{Clock, Timestamp};
pub use config::{Address, Config, Engine, SameSite, Sealing, Secure, Synchronous};
pub use error::{Error, StoreError};
pub use fairing::SessionFairing;
pub use handle::Session;
pub use id::{Locker, NoRandomness, SecretHash};
pub use keys::{KeyError, Keys};
pub use layer::{Inspected, Layer};
pub use lifetime::Lifetime;
pub use record::{Contents, Data, Expiry, Record};
pub use setup::SetupError;
pub use store::{Capabilities, Outcome, Store};
pub use trace::{Event, Subgoal, Trace};
