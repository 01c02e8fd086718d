//! The two users that every lesson's reader can be.

use serde::Serialize;

use super::{AccountError, Accounts, User, user};

/// A user whose password is no secret.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DemoUser {
    /// The name to log in with.
    pub userid: &'static str,
    /// The name to be greeted with.
    pub real_name: &'static str,
    /// An address at a domain that is reserved for examples.
    pub email: &'static str,
    /// Printed on the course's pages; it passes the rules for sign-up all the same.
    pub password: &'static str,
}

/// The users that exist from the first start on.
pub const DEMO_USERS: [DemoUser; 2] = [
    DemoUser {
        userid: "alice",
        real_name: "Alice Kim",
        email: "alice@example.com",
        password: "wonder-land-7",
    },
    DemoUser {
        userid: "bob",
        real_name: "Bob Lee",
        email: "bob@example.com",
        password: "tree-house-42",
    },
];

impl Accounts {
    /// Makes those of [`DEMO_USERS`] that are missing, at the server's start and when a student
    /// starts afresh. An account that exists stays as it is, and nothing is hashed for it.
    ///
    /// # Errors
    ///
    /// The database does not answer, or a password can't be hashed.
    pub async fn ensure_demo_users(&self) -> Result<(), AccountError> {
        for demo in DEMO_USERS {
            if self.find(demo.userid)?.is_none() {
                let turn = self.passwords.turn(self.from).await?;
                let hash = turn.hash(demo.password).await?;
                let DemoUser {
                    userid,
                    real_name,
                    email,
                    ..
                } = demo;
                let user = User::new(userid, real_name, email, self.clock.now());
                // If the userid is taken now, another process started at the same moment.
                let _ = user::create(&self.database, user, hash).await?;
            }
        }
        Ok(())
    }
}
