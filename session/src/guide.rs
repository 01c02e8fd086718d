//! Guides: one page for each thing to do, in the order in which it is done.
//!
//! 1. [`add_it_to_your_app`]: users, pool and migrations stay the app's.
//! 2. [`move_to_it`], from Rocket's private cookies or from rocket_flex_session.
//! 3. [`test_your_app`], without passwords and without waiting.
//! 4. [`on_a_real_server`]: a proxy, PostgreSQL, Redis, backups.
//!
//! All settings are at [`Config`](crate::Config), lines of the log at [`target`](crate::target).

pub mod add_it_to_your_app {
    //! [`ConnectionPool`]: crate::stores::ConnectionPool
    //! [`LoggedIn`]: crate::LoggedIn
    //! [`Layer::end_sessions`]: crate::Layer::end_sessions
    //! [testing]: super::test_your_app
    //! [server]: super::on_a_real_server
    #![cfg_attr(
        all(feature = "database", feature = "r2d2"),
        doc = include_str!("../docs/add-it-to-your-app.md")
    )]
    //!
    //! # The migrations
    //!
    //! `migrations/postgres/up.sql`; its `down.sql` is `DROP TABLE "sessions";`.
    //!
    //! ```sql
    #![doc = include_str!("../migrations/postgres/up.sql")]
    //! ```
    //!
    //! `migrations/sqlite/up.sql`, with the same `down.sql`:
    //!
    //! ```sql
    #![doc = include_str!("../migrations/sqlite/up.sql")]
    //! ```
}

pub mod move_to_it {
    //! [logged-in]: crate::LoggedIn
    //! [same-origin]: crate::SameOrigin
    //! [config]: crate::Config
    //! [sessions-of]: crate::Layer::sessions_of
    #![doc = include_str!("../docs/move-to-it.md")]
}

pub mod test_your_app {
    //! [`Layer::begin_session_with`]: crate::Layer::begin_session_with
    //! [`Layer::sessions_of`]: crate::Layer::sessions_of
    //! [`Store`]: crate::Store
    #![doc = include_str!("../docs/test-your-app.md")]
}

pub mod on_a_real_server {
    #![doc = include_str!("../docs/plain/on-a-real-server.md")]
    //!
    //! The same page among this crate's files, `docs/on-a-real-server.md`, links each of its claims to
    //! the test that shows it.
}

/// Code that stands elsewhere, compiled as the guides' is.
#[cfg(all(doctest, feature = "database", feature = "r2d2"))]
mod elsewhere {
    #![doc = include_str!("../README.md")]
    #![doc = include_str!("../README.ko.md")]
    #![doc = include_str!("../docs/add-it-to-your-app.ko.md")]
    #![doc = include_str!("../docs/move-to-it.ko.md")]
    #![doc = include_str!("../docs/test-your-app.ko.md")]
}
