//! The log: what this crate says, to whom, and how an app comes to hear it.
//!
//! All lines go through the crate [`log`], under these targets. They are a promise, like the names
//! of functions: filters may rely on them. A secret is in no line.
//!
//! | target | level | lines |
//! | --- | --- | --- |
//! | `rocket_session_layer::setup` | error, warn | the reason why the app does not start; sessions that a restart forgets |
//! | `rocket_session_layer::security` | warn, info | a cookie without `Secure`, files that others could read; a form from another site, a cookie of an earlier version |
//! | `rocket_session_layer::store` | error, warn | a store that does not answer, a record that can't be read |
//! | `rocket_session_layer::purge` | warn, info | expired sessions, deleted or not |
//! | `rocket_session_layer::view` | error | a mistake in a view: its visitor got a 500 |
//! | `rocket_session_layer::event` | info | a user logged in or out, a session ended, a change was dropped because its session had ended |
//! | | debug | everything else in the [trace](crate::Trace) of each request that asked for its session |
//!
//! An event of level info is written once it is stored: a login in a request that then fails is
//! only in the lines of level debug. Each line names the session by its [`Locker`](crate::Locker),
//! which opens nothing:
//!
//! ```text
//! 0kq3v8m1t52pd: "alice" logged in
//! ```
//!
//! # To see them
//!
//! Rocket prints the lines of all crates as its own, without their targets: `log_level = "normal"`
//! in `Rocket.toml` shows info, warn and error, `"critical"` only warn and error, `"debug"` all, and
//! `"off"` none. In the profile `release`, Rocket's default is `"critical"`.
//!
//! With another logger, installed before Rocket is built, Rocket leaves level and output to that
//! one, and each target can be filtered by itself. So `env_logger::init()` or
//! `tracing_subscriber::fmt::init()`, which both read `RUST_LOG`, at the beginning of the program
//! answer "who logged in when" with
//!
//! ```text
//! RUST_LOG=warn,rocket_session_layer::event=info
//! ```
//!
//! A part of the app can listen, too, by its own [`log::Log`]. Where nobody listens, an event costs
//! one comparison a request.
//!
//! [`log`]: https://docs.rs/log
//! [`log::Log`]: https://docs.rs/log/latest/log/trait.Log.html

/// The start, and what keeps the app from it.
///
/// ```
/// assert!(rocket_session_layer::target::SETUP.starts_with("rocket_session_layer::"));
/// ```
pub const SETUP: &str = "rocket_session_layer::setup";

/// Settings that make sessions less safe than they could be, and requests that were refused.
///
/// ```
/// # use rocket_session_layer::target;
/// assert_eq!(target::SECURITY, "rocket_session_layer::security");
/// ```
pub const SECURITY: &str = "rocket_session_layer::security";

/// The place where sessions are kept.
///
/// ```
/// # use rocket_session_layer::target;
/// assert_eq!(target::STORE, "rocket_session_layer::store");
/// ```
pub const STORE: &str = "rocket_session_layer::store";

/// Expired sessions, in the background.
///
/// ```
/// # use rocket_session_layer::target;
/// assert_eq!(target::PURGE, "rocket_session_layer::purge");
/// ```
pub const PURGE: &str = "rocket_session_layer::purge";

/// Mistakes in the app's own views.
///
/// ```
/// # use rocket_session_layer::target;
/// assert_eq!(target::VIEW, "rocket_session_layer::view");
/// ```
pub const VIEW: &str = "rocket_session_layer::view";

/// The events of requests: who logged in and out, which sessions ended, and, at level debug, all
/// that is in the trace.
///
/// ```
/// use log::{LevelFilter, Log, Metadata, Record};
/// use rocket_session_layer::target;
///
/// struct Audit;
///
/// impl Log for Audit {
///     fn enabled(&self, of: &Metadata<'_>) -> bool {
///         of.target() == target::EVENT && of.level() <= LevelFilter::Info
///     }
///     fn log(&self, line: &Record<'_>) {
///         if self.enabled(line.metadata()) {
///             println!("{}", line.args()); // or into a table
///         }
///     }
///     fn flush(&self) {}
/// }
///
/// log::set_boxed_logger(Box::new(Audit)).expect("before Rocket is built");
/// log::set_max_level(LevelFilter::Info);
/// ```
pub const EVENT: &str = "rocket_session_layer::event";
