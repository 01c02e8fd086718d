//! The values that settings can have.

use std::fmt;

use rocket::figment::Figment;
use serde::{Deserialize, Deserializer, Serialize};

use crate::setup::SetupError;

/// The place where sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Engine {
    /// A table in a SQLite file. Needs the crate's feature `database`, which is on by default.
    Database,
    /// A table in PostgreSQL that many servers share. Needs the crate's feature `postgres`.
    Postgres,
    /// This process's memory: gone when it ends.
    Cache,
    /// A folder with one file a session. Needs the crate's feature `file`.
    File,
    /// The browsers: each carries its own session in the cookie. Needs the crate's feature
    /// `cookie`.
    Cookie,
    /// A Redis that many servers share. Needs the crate's feature `redis`.
    Redis,
}

impl Engine {
    /// True if this build has it.
    pub(super) fn is_built(self) -> bool {
        match self {
            Engine::Database => cfg!(feature = "database"),
            Engine::Postgres => cfg!(feature = "postgres"),
            Engine::Cache => true,
            Engine::File => cfg!(feature = "file"),
            Engine::Cookie => cfg!(feature = "cookie"),
            Engine::Redis => cfg!(feature = "redis"),
        }
    }
}

/// Its name in the configuration.
impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The cookie's attribute `Secure`: for encrypted connections only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secure {
    /// Set if this server speaks TLS itself.
    Auto,
    /// Always set: a proxy in front of this server speaks TLS.
    Always,
    /// Never.
    Never,
}

impl Secure {
    /// True if cookies of the server with this configuration get the attribute.
    ///
    /// ```
    /// use rocket_session_layer::Secure;
    ///
    /// let plain = rocket::Config::figment();
    /// assert!(Secure::Always.applies(&plain));
    /// assert!(!Secure::Auto.applies(&plain));
    /// ```
    pub fn applies(self, figment: &Figment) -> bool {
        match self {
            Secure::Auto => {
                rocket::Config::try_from(figment).is_ok_and(|config| config.tls_enabled())
            }
            Secure::Always => true,
            Secure::Never => false,
        }
    }
}

/// The cookie's attribute `SameSite`: the requests from other sites with which the browser sends it
/// (RFC 6265bis, Django's `SESSION_COOKIE_SAMESITE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SameSite {
    /// None of them, not even a link that is followed.
    Strict,
    /// Only links that are followed.
    Lax,
    /// All of them. Browsers want `Secure` with it.
    None,
}

/// The way in which the engine `cookie` protects the record in a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sealing {
    /// Only the server can read or change it.
    Encrypted,
    /// Only the server can change it; the browser's owner can read it (Flask's way).
    Signed,
}

/// The moment at which SQLite asks the disk to keep a commit (`PRAGMA synchronous`).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Synchronous {
    /// At every commit: an answered change survives a power cut.
    #[default]
    Full,
    /// Now and then: an answered change survives the end of the process, but the last commits may
    /// be missing after a power cut. The file is never damaged.
    Normal,
}

/// An address that may hold a password, and is therefore never printed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// The address with any secrets it has: for a client, and for nothing else.
    ///
    /// ```
    /// use rocket_session_layer::Address;
    ///
    /// let address = Address::from("redis://:secret@localhost");
    /// assert_eq!(address.reveal(), "redis://:secret@localhost");
    /// assert_eq!(format!("{address:?}"), "Address(…)");
    /// ```
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Reads the address in this setting. Its refusal is without the client's reason, which may
    /// quote a password.
    #[cfg(feature = "redis")]
    pub(crate) fn check(&self, setting: &'static str) -> Result<redis::ConnectionInfo, SetupError> {
        let read = redis::IntoConnectionInfo::into_connection_info(self.reveal());
        let form = if cfg!(not(feature = "redis-tls")) && self.0.starts_with("rediss:") {
            "rediss:// needs the crate's feature \"redis-tls\""
        } else {
            "has to be redis://[user:password@]host[:port][/database], or rediss://"
        };
        read.map_err(|_| SetupError::setting(setting, form))
    }

    /// Refuses an address that libpq would take for the name of a database: neither a URL nor a list
    /// of parameters.
    pub(crate) fn check_postgres(&self) -> Result<(), SetupError> {
        let address = self.reveal();
        let is_url = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        if is_url || address.contains('=') {
            return Ok(());
        }
        let form = "has to be postgres://[user[:password]@]host[:port][/database]";
        Err(SetupError::setting("postgres", form))
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

impl<'de> Deserialize<'de> for Secure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Flag(bool),
            Word(String),
        }
        match Written::deserialize(deserializer) {
            Ok(Written::Flag(true)) => Ok(Secure::Always),
            Ok(Written::Flag(false)) => Ok(Secure::Never),
            Ok(Written::Word(word)) if word == "auto" => Ok(Secure::Auto),
            _ => Err(serde::de::Error::custom("expected true, false or \"auto\"")),
        }
    }
}
