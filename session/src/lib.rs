//! Sessions for Rocket: a dictionary of JSON values that the server remembers about one browser.
//!
//! ```no_run
//! use rocket::{form::Form, get, launch, post, response::Redirect, routes};
//! use rocket_session_layer::{Error, SameOrigin, Session};
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
//!     rocket::build()
//!         .attach(SameOrigin::fairing()) // refuses forms that stand on other sites
//!         .attach(Session::fairing())
//!         .mount("/", routes![login, home])
//! }
//! ```
//!
//! Nothing has to be configured: sessions live in `var/sessions.db`, a SQLite file that is made at
//! the start. All settings are described at [`Config`], each with an example.
//!
//! # Guides
//!
//! - [Add it to an app that you have](guide::add_it_to_your_app), with its own users, pool and
//!   migrations.
//! - [Move from private cookies, or from rocket_flex_session](guide::move_to_it).
//! - [Test your app](guide::test_your_app).
//! - [On a real server](guide::on_a_real_server): proxy, TLS, PostgreSQL, Redis, backups.
//!
//! Among this crate's files are three programs, each started by one command at the top of the
//! repository:
//!
//! | example | shows | command |
//! | --- | --- | --- |
//! | `examples/plain_app.rs` | login, logged-in page and cart | `cargo run -p rocket-session-layer --example plain_app` |
//! | `examples/existing_app` | an app with users, pool and migrations of its own, on SQLite | `cargo run -p rocket-session-layer --example existing_app --features r2d2` |
//! | | on PostgreSQL | `DATABASE_URL=postgres://localhost cargo run -p rocket-session-layer --example existing_app --features r2d2,postgres` |
//! | `examples/my_store.rs` | a [`Store`] of one's own that passes the suite | `cargo run -p rocket-session-layer --features conformance --example my_store` |
//!
//! # Coming from Django
//!
//! | Django | here |
//! | --- | --- |
//! | `MIDDLEWARE = [… SessionMiddleware]` | [`.attach(Session::fairing())`](Session::fairing) |
//! | `request.session['user'] = userid` | [`session.set("user", userid)?`](Session::set) |
//! | `request.session.get('user')` | [`session.get("user")?`](Session::get), an `Option` |
//! | `'user' in request.session` | [`session.has("user")`](Session::has) |
//! | `request.session.pop('user', None)` | [`session.pop("user")`](Session::pop), or typed, [`session.pop_as("next")?`](Session::pop_as) |
//! | `request.session.get('cart', {})` | [`session.get_or_default("cart")?`](Session::get_or_default) |
//! | `request.session.items()` | [`session.data()`](Session::data) |
//! | read, change, write back | [`session.update("cart", …).await?`](Session::update) |
//! | `flush()`, `clear()`, `cycle_key()` | [`flush()`](Session::flush), [`clear()`](Session::clear), [`rotate()`](Session::rotate) |
//! | `set_expiry(…)` | [`set_expiry(Expiry::…)`](Session::set_expiry) |
//! | `@login_required`, `LOGIN_URL` | the guard [`LoggedIn`], and a catcher for 401 |
//! | `update_session_auth_hash(request, user)` | [`session.end_others().await?`](Session::end_others), after a new password |
//! | `messages.success(request, text)` | [`session.flash("success", text)?`](Session::flash) |
//! | `{% for message in messages %}` | [`session.take_flashes()`](Session::take_flashes) |
//! | `client.force_login(user)` | [`layer.begin_session_for(user)`](Layer::begin_session_for) |
//! | `Session.objects.all()`, `.count()` | [`layer.sessions(after, most)`](Layer::sessions), [`layer.count()`](Layer::count) |
//! | `get_expiry_date()` | [`session.lifetime()`](Session::lifetime) |
//! | `clearsessions` | in the background, and [`Layer::purge`] |
//! | `SESSION_COOKIE_HTTPONLY`, `SESSION_COOKIE_SECURE` | [`Config::http_only`], [`Config::secure`] |
//! | `CsrfViewMiddleware` | [`SameOrigin`], with sessions or without, and [`Config::same_origin`] |
//! | signals `user_logged_in`, `user_logged_out`; `LOGGING` | the [log](target), target `rocket_session_layer::event` |
//!
//! # Promises
//!
//! - **Nothing without need.** No row and no cookie until something is set; no look into the store
//!   unless a view asks for `&Session`. An ID that the store does not know is never adopted.
//! - **No lost update.** A request commits its operations, not its copy of the data: parallel
//!   requests that set different keys both survive, and [`update`](Session::update) loses no click.
//! - **No revival.** A session that was ended stays ended, however late a request is. One that
//!   would have added something to it ends in 409: no page says "saved" of what is stored nowhere.
//! - **All or nothing.** A response of 500 or above commits nothing that is pending, nor does one
//!   of 400 or above whose view has got an error from its session. Everything else is committed, in
//!   one transaction, before the first byte leaves.
//! - **A HEAD changes nothing.** Rocket answers it by the view for GET; what that view does to the
//!   session is not committed, `update` included, and no cookie is sent.
//! - **A login changes the lock.** Setting the identity key (`user`) gives the session a new ID,
//!   and drops the data of another user. Fixing a victim's session ID is of no use, unless
//!   [`Config::rotate_at_login`] leaves the new ID to the app. The absolute limit begins with the
//!   login.
//! - **A login never ends without its session and cookie.** It says itself whose session it is,
//!   whatever has become of the session ID: after a double click on *Log in*, a *Stop* while it
//!   runs or an answer that was lost, the ID is the one from before the last rotation. Every other
//!   change with such an ID is refused with 409. A login begins a session of its own instead, with
//!   the data of the old one if the same user is logged in there, else empty. To rotate the same
//!   session twice would not do: one of the two answers would carry a dead cookie, and the browser
//!   may keep that one. Knowing an old ID, and logging in as another user, gives nothing.
//! - **A store that does not answer is no empty session.** The visitor gets 503 and keeps the
//!   cookie; nothing is overwritten, and the log has one warning with the reason.
//! - **A lost file takes nothing.** If the file of the database is deleted, moved or replaced under
//!   the running server, one line says so and the visitor gets 503 until the restart.
//! - **The server decides when a session ends**, by an idle and an absolute limit; the cookie
//!   follows. A use is written down every five minutes at most, and the browser is told of it at
//!   each twentieth of the idle limit: after a login, the reads of a working day send no cookie.
//! - **A logout tells the browser.** Where the identity key is removed, the same cookie is sent
//!   once more. Chromium keeps `no-store` pages for *Back* and drops them only when a cookie is
//!   set; a `Clear-Site-Data` comes too early for the page that is left just then, and a removal,
//!   as [`flush`](Session::flush) sends it, mostly does not count: let the pages of an app that
//!   logs out by it reload when `pageshow` says `persisted`.
//! - **Robots fill no disk.** A stranger's session is small, lives an hour until its ID comes back,
//!   and their number is bounded ([`Config::max_stranger_size`], [`Config::max_unreturned`]).
//! - **No form from another site** reaches a view of an app that attaches [`SameOrigin`], so no
//!   visitor is logged in, or out, or made to buy something by another site's page.
//! - **Caches are told.** `Vary: Cookie` and `Cache-Control: no-store` go with every response whose
//!   view asked for the session; a view's own `Cache-Control` counts only where no cookie is sent.
//! - **A value comes back as it was set,** bit for bit: one that could not be read again is refused
//!   at once.
//! - **Every request can be explained.** [`Session::trace_of`] lists everything that was done for a
//!   request, and why. Secrets are never in it, nor in a log, nor in the store: that keeps only
//!   their hashes.
//! - **Less holds if the server keeps nothing.** With `engine = "cookie"` the record is carried,
//!   sealed, in the cookie: changes that meet can be lost, and a copied cookie lives until it
//!   expires. [`stores`] says which promise needs which [capability](Capabilities).
//!
//! # Beside others
//!
//! All of this was reproduced. The versions noted are Django 5, Rocket 0.5.2 and, on PostgreSQL,
//! `tower-sessions-sqlx-store` 0.15. The tests are in the repository, `cargo test -p
//! rocket-session-layer --test layer -- NAME`, and run on every engine that makes the promise.
//!
//! | elsewhere | here |
//! | --- | --- |
//! | Of two parallel writes to different keys one is lost: Django, tower-sessions | both are kept<br>`two_requests_that_set_different_keys_both_survive` |
//! | Of 100 parallel clicks on "add one" few count (the table below) | 100<br>`a_hundred_updates_at_once_all_count` |
//! | A slow request brings an ended session back: tower-sessions (memory, SQL); or a new one with the user's data: actix-session | it stays ended, 409<br>`in_a_thousand_meetings_with_a_logout_no_save_revives_a_session` |
//! | A new session ID and then a response of 500 lose the user's data: Django, tower-sessions | nothing is committed<br>`an_error_of_the_server_commits_nothing_that_is_pending` |
//! | A save that failed answers 200 with a cookie: rocket_flex_session | 503, no cookie<br>`no_cookie_is_sent_for_a_session_that_was_not_created` |
//! | A read that failed overwrites the stored session with an empty one: axum_session | 503, the session stays<br>`a_session_that_cannot_be_loaded_is_not_an_empty_one` |
//! | The session ID stays the same through a login: rocket_flex_session 0.2 | a new one<br>`a_planted_session_id_opens_nothing_after_the_login` |
//! | An ID that the visitor made up is taken: axum_session, rocket-session-store | refused<br>`an_unknown_id_is_refused_and_never_adopted` |
//! | A cookie with every response: rocket-session-store, axum_session (two) | one at the login<br>`a_request_that_only_reads_gets_no_cookie` |
//! | `Vary: Cookie` is missing: Flask (two CVEs), Django (CVE-2026-35192), tower-sessions, actix-session, rocket_flex_session | always there<br>`every_page_that_asks_is_for_one_visitor_only` |
//! | A lifetime of its own is forgotten at the next write: tower-sessions | kept<br>`a_lifetime_of_its_own_is_kept_by_later_writes` |
//! | A private cookie is accepted after 60 days: Rocket 0.5.2 | ended by the server<br>`a_session_ends_after_two_weeks_without_use` |
//!
//! Of 100 parallel clicks on "add one" in one session, the cart held, in the median of fifteen bursts:
//!
//! | stack | kept |
//! | --- | --- |
//! | this crate, all engines but `cookie` | 100 |
//! | Express, express-session (memory · SQLite, one thread) | 12 · 100 |
//! | axum, tower-sessions (memory · SQLite · Redis · PostgreSQL) | 100 (at worst 66) · 1 to 10 · 12 · 1 |
//! | Django (database · file · signed cookies · Redis) | 20 to 31 · 42 · 5 · 34 |
//! | Rocket, rocket_flex_session (SQLite · Redis) | 1 to 11 · 8 |
//! | Rocket's private cookies | 5 |
//!
//! A session costs more than a private cookie: to a page that reads it, it adds 37 to 43 µs of CPU with
//! SQLite (tower-sessions and rocket_flex_session: 81 to 94), 15 µs in memory (tower-sessions: 8), and
//! 36 µs in a sealed cookie, where Rocket's private cookies take 6. If all that you need is a signed
//! value in the browser, those are the cheaper choice. These figures are of November 2026, commit
//! 7c7403a, one machine; `benches/` has today's, and `cargo bench` measures them on yours.
//!
//! # Costs
//!
//! | request | store |
//! | --- | --- |
//! | its view does not ask for the session | nothing |
//! | it reads | one point read |
//! | it sets, pops, logs in, … | one point read, one change |
//! | it calls `update` | one point read, one change a call; one more read if it had to queue |
//! | the last recorded use is five minutes old | one change more |
//!
//! SQLite takes a lock for its memory statistics at every allocation, which makes two threads that
//! read at once three times as slow. With a bundled SQLite put this into your `.cargo/config.toml`:
//!
//! ```toml
//! [env]
//! LIBSQLITE3_FLAGS = "-DSQLITE_DEFAULT_MEMSTATUS=0"
//! ```
//!
//! # Features
//!
//! | feature | engine | what it compiles | to be installed |
//! | --- | --- | --- | --- |
//! | `database`, on by default | `database` | Diesel, and SQLite itself | a C compiler |
//! | `postgres` | `postgres` | Diesel | libpq |
//! | `r2d2` | your own pool, by [`with_pool`](SessionFairing::with_pool) | Diesel's r2d2 | |
//! | `file` | `file` | nothing | |
//! | `cookie` | `cookie` | XChaCha20-Poly1305 and HMAC | |
//! | `redis` | `redis` | the crate `redis` | |
//! | `redis-tls` | `redis`, at `rediss://` | rustls and ring | a C compiler |
//! | `conformance` | a [`Store`] of your own | the suite of tests that every store passes | |
//!
//! libpq is `libpq-dev` on Debian and Ubuntu; on macOS `brew install libpq`; on Windows it comes with
//! PostgreSQL's installer, and `PQ_LIB_DIR` has to name its folder `lib`. With
//! `default-features = false` nothing of SQLite is compiled, and `cache` is the default engine.
//!
//! The engine `cache` is always there.
//!
//! # The way of a request
//!
//! 1. **Find the session** and 2. **decide who it is**: `guard` reads the `cookie`, loads the
//!    `record` from its [`Store`], and compares the `id`'s secret.
//! 3. **Change the session**: `handle` collects operations as `pending`; `commit` applies them to
//!    the record as it is then, or lets a session `begin`.
//! 4. **Tell the browser**: `fairing` and `finish` commit, and send the cookie if it is due by the
//!    session's `lifetime`.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod admin;
mod begin;
mod carried;
mod catcher;
mod cause;
mod change;
mod clock;
mod commit;
mod config;
#[cfg(feature = "conformance")]
#[path = "../conformance/mod.rs"]
pub mod conformance;
mod cookie;
#[cfg(feature = "database")]
pub mod db;
mod error;
mod event_log;
mod fairing;
mod finish;
mod finite;
mod flash;
#[cfg(any(feature = "cookie", feature = "file", feature = "redis"))]
mod format;
mod guard;
pub mod guide;
mod handle;
mod id;
mod inspect;
mod keys;
mod layer;
mod lifetime;
mod logged_in;
mod messages;
mod operation;
mod others;
mod outside;
#[cfg(feature = "sql")]
mod places;
mod private;
mod purge;
#[cfg(test)]
mod randomness;
mod record;
mod same_origin;
#[cfg(feature = "sql")]
pub mod schema;
#[cfg(feature = "cookie")]
mod seal;
#[cfg(not(feature = "cookie"))]
#[path = "seal/absent.rs"]
mod seal;
mod sentences;
mod setup;
mod slot;
mod state;
mod store;
pub mod stores;
mod strangers;
pub mod target;
mod ticket;
mod touch;
mod trace;
mod value;

pub use clock::{Clock, Timestamp};
pub use config::{Address, Config, Engine, SameSite, Sealing, Secure, Synchronous, TableName};
pub use error::{Error, StoreError};
pub use fairing::SessionFairing;
pub use flash::Flash;
pub use handle::Session;
pub use id::{Locker, NoRandomness, SecretHash};
pub use inspect::Inspected;
pub use keys::{KeyError, Keys};
pub use layer::Layer;
pub use lifetime::Lifetime;
pub use logged_in::LoggedIn;
pub use record::{Contents, Data, Expiry, Record};
pub use same_origin::SameOrigin;
pub use setup::SetupError;
pub use store::{Capabilities, Outcome, Store};
pub use trace::{Event, Subgoal, Trace};
