//! What can be configured, and what is a mistake.

use std::fmt;
use std::path::PathBuf;

use rocket::figment::error::Kind;
use rocket::figment::value::magic::RelativePathBuf;
use rocket::figment::{self, Figment};
use serde::{Deserialize, Deserializer, Serialize};

use super::address::Address;
use super::stores::{Keys, Sealing};
use crate::db::Synchronous;

/// Where sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// A table in a SQLite file.
    Database,
    /// The same, with copies in memory.
    CachedDatabase,
    /// This process's memory: gone when it ends.
    Cache,
    /// A folder with one file a session.
    File,
    /// The browsers: each keeps its own session in the cookie.
    Cookie,
    /// A Redis that many servers share. Needs the crate's feature `redis`.
    Redis,
}

/// How many times a session's size in JSON the memory for all of them has to be.
const CACHE_FOR_A_BYTE: u64 = 64;

/// Its name in the configuration: `cached_database`.
impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl Engine {
    fn is_in_memory(self) -> bool {
        matches!(self, Engine::Cache | Engine::CachedDatabase)
    }
}

/// Whether the cookie is for encrypted connections only (its `Secure` attribute).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secure {
    /// When this server speaks TLS itself.
    Auto,
    /// Always: a proxy in front of this server speaks TLS.
    Always,
    /// Never.
    Never,
}

/// The session layer's configuration: the section `session` of Rocket's. These are the defaults:
///
/// ```toml
/// [default.session]                # in Rocket.toml; for one run: ROCKET_SESSION={idle=3600}
/// engine = "database"              # or "cached_database", "cache", "file", "cookie" or "redis"
/// database = "var/lessons.db"      # relative to this file
/// folder = "var/sessions"          # of the engine "file"; relative to this file
/// seal = "encrypted"               # of the engine "cookie"; or "signed": its owner can read it
/// # keys = ["…"]                   # base64 of 32 bytes each; the first seals, all of them open
/// key_file = "var/session.keys"    # without keys: a file with one key a line, made at the start
/// synchronous = "full"             # or "normal": faster, the last commits may go in a power cut
/// cache_size = 67108864            # bytes that sessions in memory may take: 64 MiB
/// redis = "redis://127.0.0.1:6379" # of the engine "redis"; also redis://user:password@host:port/1
/// redis_prefix = "session:"        # what all its keys there begin with
/// cookie = "session_id"            # the cookie's name
/// secure = "auto"                  # or true, behind a proxy that speaks TLS, or false
/// idle = 1209600                   # seconds without use after which a session ends: two weeks
/// absolute = 2592000               # seconds after which it ends in any case: thirty days
/// expire_at_browser_close = false  # whether the browser is to forget the cookie when it closes
/// identity_key = "user"            # the key that says who is logged in
/// max_size = 65536                 # bytes of JSON that one session may hold
/// purge_every = 600                # seconds between two looks for expired sessions
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where sessions live.
    pub engine: Engine,
    database: RelativePathBuf,
    folder: RelativePathBuf,
    /// How the engine "cookie" protects what it gives to browsers.
    pub seal: Sealing,
    /// The keys of the engine "cookie", where they are not in a file.
    pub(super) keys: Option<Keys>,
    key_file: RelativePathBuf,
    /// When the database makes sure that a commit is on the disk.
    pub synchronous: Synchronous,
    /// About how many bytes of memory sessions may take, with an engine that keeps them there.
    pub cache_size: u64,
    /// Where the Redis is that sessions live in, with the engine of that name.
    pub redis: Address,
    /// What all keys in it begin with: apps that share a Redis need not see each other's sessions.
    pub redis_prefix: String,
    /// The cookie's name.
    pub cookie: String,
    /// Whether the cookie is for encrypted connections only.
    pub secure: Secure,
    /// Seconds without use after which a session ends (Django's `SESSION_COOKIE_AGE`).
    idle: u32,
    /// Seconds after its beginning at which a session ends in any case.
    absolute: u32,
    /// Whether the browser is to forget the cookie when it closes (Django's
    /// `SESSION_EXPIRE_AT_BROWSER_CLOSE`).
    pub expire_at_browser_close: bool,
    /// The key whose value says who is logged in. Empty: the layer does not know about users,
    /// rotates only when told to and lists nobody's sessions.
    pub identity_key: String,
    /// How many bytes of JSON one session may hold.
    pub max_size: usize,
    /// Seconds between two looks for expired sessions.
    pub purge_every: u32,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            engine: Engine::Database,
            database: PathBuf::from("var/lessons.db").into(),
            folder: PathBuf::from("var/sessions").into(),
            seal: Sealing::Encrypted,
            keys: None,
            key_file: PathBuf::from("var/session.keys").into(),
            synchronous: Synchronous::default(),
            cache_size: 64 * 1024 * 1024,
            redis: Address::from("redis://127.0.0.1:6379"),
            redis_prefix: "session:".to_owned(),
            cookie: "session_id".to_owned(),
            secure: Secure::Auto,
            idle: 14 * 24 * 60 * 60,
            absolute: 30 * 24 * 60 * 60,
            expire_at_browser_close: false,
            identity_key: "user".to_owned(),
            max_size: 64 * 1024,
            purge_every: 600,
        }
    }
}

impl Config {
    /// Reads the section `session`; what it does not say has its default.
    ///
    /// # Errors
    ///
    /// A sentence for whoever wrote the configuration: an unknown name, a value of another type
    /// or one that can't work.
    pub fn from(figment: &Figment) -> Result<Self, String> {
        let config = match figment.extract_inner("session") {
            Ok(config) => config,
            Err(error) if error.missing() => Config::default(),
            Err(error) => return Err(describe(error)),
        };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if self.cookie.is_empty() || !self.cookie.bytes().all(is_token) {
            let name = &self.cookie;
            return Err(format!("session.cookie: {name:?} can't be a cookie's name"));
        }
        // Browsers drop such a cookie without a word unless it is Secure (RFC 6265bis).
        let name = self.cookie.to_ascii_lowercase();
        let prefixed = name.starts_with("__host-") || name.starts_with("__secure-");
        if prefixed && self.secure != Secure::Always {
            let name = &self.cookie;
            return Err(format!(
                "session.cookie: a browser takes {name:?} only with session.secure = true"
            ));
        }
        // A session of the size that is allowed must never be too large for the memory, and many
        // small keys take much more there than they take as JSON.
        let needed = (self.max_size as u64).saturating_mul(CACHE_FOR_A_BYTE);
        if self.engine.is_in_memory() && self.cache_size < needed {
            return Err(format!(
                "session.cache_size must be at least {CACHE_FOR_A_BYTE} times session.max_size, {needed}"
            ));
        }
        if self.engine == Engine::Redis {
            self.redis.check()?;
        }
        let positive = [
            ("idle", self.idle > 0),
            ("absolute", self.absolute > 0),
            ("max_size", self.max_size >= 2),
            ("purge_every", self.purge_every > 0),
        ];
        match positive.iter().find(|(_, holds)| !holds) {
            Some((field, _)) => Err(format!("session.{field} must be greater than zero")),
            None => Ok(()),
        }
    }

    /// The SQLite file. A relative path in a configuration file counts from that file's folder.
    pub fn database(&self) -> PathBuf {
        self.database.relative()
    }

    /// The folder of the engine "file". A relative path in a configuration file counts from that
    /// file's folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.relative()
    }

    /// The file with the keys of the engine "cookie". A relative path in a configuration file counts
    /// from that file's folder.
    pub fn key_file(&self) -> PathBuf {
        self.key_file.relative()
    }

    pub(super) fn idle_seconds(&self) -> i64 {
        self.idle.into()
    }

    pub(super) fn absolute_seconds(&self) -> i64 {
        self.absolute.into()
    }

    pub(super) fn is_identity(&self, key: &str) -> bool {
        !self.identity_key.is_empty() && self.identity_key == key
    }
}

/// Figment's error in one line that starts with the setting's name.
fn describe(error: figment::Error) -> String {
    let Some(mut error) = error.into_iter().next() else {
        return String::new();
    };
    // Figment puts the section behind the setting.
    if let Some(section) = error.path.pop() {
        error.path.insert(0, section);
    }
    let setting = error.path.join(".");
    match error.kind {
        Kind::UnknownField(_, known) => {
            format!("{setting} is no setting; there are {}", known.join(", "))
        }
        Kind::UnknownVariant(found, known) => {
            format!("{setting} can't be {found:?}, only {}", known.join(" or "))
        }
        kind if setting.is_empty() => kind.to_string(),
        kind => format!("{setting}: {kind}"),
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
