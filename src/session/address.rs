//! Where a server is that sessions are sent to.

use std::fmt;

use serde::Deserialize;

/// What to say where the engine is chosen and not there.
#[cfg(not(feature = "redis"))]
pub(super) const WITHOUT_REDIS: &str =
    "session.engine can be \"redis\" only where the crate is built with its feature \"redis\"";

/// An address that may hold a password, and is therefore never printed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// Whether sessions can be sent to it, or the sentence that says why not.
    #[cfg(feature = "redis")]
    pub(super) fn check(&self) -> Result<(), String> {
        // Without the crate's reason, which may quote a password.
        let form = "redis://[user:password@]host[:port][/database]";
        let read = redis::IntoConnectionInfo::into_connection_info(self.reveal());
        read.map(drop)
            .map_err(|_| format!("session.redis has to be {form}"))
    }

    /// Whether sessions can be sent to it: not by a program that was built without Redis.
    #[cfg(not(feature = "redis"))]
    pub(super) fn check(&self) -> Result<(), String> {
        Err(WITHOUT_REDIS.to_owned())
    }

    /// The address with whatever secrets it has: for a client, and for nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Address {
    fn from(address: &str) -> Self {
        Address(address.to_owned())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}
