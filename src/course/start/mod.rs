//! The start of a lesson: everything it needs is tried first, and an error is one line that says
//! what to do.
//!
//! | file | what it does |
//! | --- | --- |
//! | `certificate` | TLS for this machine's browsers, with the feature `tls` |
//! | `checks` | tries configuration, database and port |
//! | `error` | the ways in which a start fails, as lines |
//! | `running` | the lesson that runs on a port already |
//! | `second` | the same program once more, on the next port |
//!
//! `#[launch]` makes a `main` that panics if the launch fails: a page of backtrace for a port in
//! use. The trials cost a few milliseconds.

#[cfg(feature = "tls")]
pub mod certificate;
pub mod checks;
pub mod error;
pub mod running;
pub mod second;
