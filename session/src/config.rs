//! The settings, their defaults, and the combinations that can't work.

use std::fmt;
use std::path::PathBuf;

use rocket::figment::Figment;
use rocket::figment::value::magic::RelativePathBuf;
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::SetupError;
use crate::keys::Keys;

/// `cache_size` must be at least this many times `max_size`: a session of the size that is allowed
/// must never be too large for the memory, and many small keys take much more there than as JSON.
const CACHE_FOR_A_BYTE: u64 = 64;

/// The place where sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Engine {
    /// A table in a SQLite file. Needs the crate's feature `database`, which is on by default.
    Database,
    /// This process's memory: gone when it ends.
    Cache,
    /// A folder with one file a session. Needs the crate's feature `file`, and Unix.
    File,
    /// The browsers: each carries its own session in the cookie. Needs the crate's feature `cookie`.
    Cookie,
    /// A Redis that many servers share. Needs the crate's feature `redis`.
    Redis,
}

impl Engine {
    /// Whether this build and this system have it.
    fn is_built(self) -> bool {
        match self {
            Engine::Database => cfg!(feature = "database"),
            Engine::Cache => true,
            Engine::File => cfg!(all(unix, feature = "file")),
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

/// Whether the browser sends the cookie with requests that come from other sites (RFC 6265bis,
/// Django's `SESSION_COOKIE_SAMESITE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SameSite {
    /// Never, not even when a link is followed.
    Strict,
    /// Only when a link is followed.
    Lax,
    /// Always. Browsers want `Secure` with it.
    None,
}

/// The way in which the engine `cookie` protects the record in a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sealing {
    /// Nobody but the server can read or change it.
    Encrypted,
    /// Nobody but the server can change it; the browser's owner can read it (Flask's way).
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

/// The session layer's configuration: the section `session` of Rocket's. These are the defaults:
///
/// ```toml
/// [default.session]                # in Rocket.toml; for one run: ROCKET_SESSION={idle=3600}
/// engine = "database"              # or "cache", "file", "cookie" or "redis"
/// database = "var/sessions.db"     # relative to this file
/// folder = "var/sessions"          # of the engine "file"; relative to this file
/// seal = "encrypted"               # of the engine "cookie"; or "signed": its owner can read it
/// # keys = ["…"]                   # base64 of 32 bytes each; the first seals, all of them open
/// key_file = "var/session.keys"    # without keys: a file with one key a line, made at the start
/// synchronous = "full"             # or "normal": faster, the last commits may go in a power cut
/// cache_size = 67108864            # bytes that sessions in memory may take: 64 MiB
/// redis = "redis://127.0.0.1:6379" # of the engine "redis"; also redis://user:password@host:port/1
/// redis_prefix = "session:"        # all its keys there begin with it
/// cookie = "session_id"            # the cookie's name
/// secure = "auto"                  # or true, behind a proxy that speaks TLS, or false
/// same_site = "lax"                # or "strict", or "none", which needs secure = true
/// path = "/"                       # the cookie is for pages below it
/// # domain = "example.org"         # the cookie is for its subdomains too; without it, for this host
/// partitioned = false              # true: a jar of its own for each site that embeds this one
/// idle = 1209600                   # seconds without use after which a session ends: two weeks
/// absolute = 2592000               # seconds after which it ends in any case: thirty days
/// expire_at_browser_close = false  # whether the browser is to forget the cookie when it closes
/// identity_key = "user"            # the key that says who is logged in
/// max_size = 65536                 # bytes of JSON that one session may hold
/// purge_every = 600                # seconds between two looks for expired sessions
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Config {
    /// The place where sessions live.
    pub engine: Engine,
    database: RelativePathBuf,
    folder: RelativePathBuf,
    /// The protection of records in cookies, with the engine of that name.
    pub seal: Sealing,
    /// The keys of the engine `cookie`, unless they are in a file.
    pub(crate) keys: Option<Keys>,
    key_file: RelativePathBuf,
    /// The moment at which the database makes sure that a commit is on the disk.
    pub synchronous: Synchronous,
    /// About how many bytes of memory sessions may take, with the engine `cache`.
    pub cache_size: u64,
    /// The Redis that sessions live in, with the engine of that name.
    pub redis: Address,
    /// The beginning of all keys in it: apps that share a Redis need not see each other's sessions.
    pub redis_prefix: String,
    /// The cookie's name.
    pub cookie: String,
    /// Whether the cookie is for encrypted connections only.
    pub secure: Secure,
    /// Whether the cookie comes along from other sites.
    pub same_site: SameSite,
    /// The path below which the browser sends the cookie (Django's `SESSION_COOKIE_PATH`).
    pub path: String,
    /// The domain whose hosts all get the cookie. `None`: only this host (Django's
    /// `SESSION_COOKIE_DOMAIN`).
    pub domain: Option<String>,
    /// Whether each site that embeds this one has its own jar for the cookie (CHIPS).
    pub partitioned: bool,
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
    /// The bytes of JSON that one session may hold.
    pub max_size: usize,
    /// Seconds between two looks for expired sessions.
    pub purge_every: u32,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            engine: if cfg!(feature = "database") {
                Engine::Database
            } else {
                Engine::Cache
            },
            database: PathBuf::from("var/sessions.db").into(),
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
            same_site: SameSite::Lax,
            path: "/".to_owned(),
            domain: None,
            partitioned: false,
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
    /// Reads the section `session`; a setting that is not there has its default.
    ///
    /// # Errors
    ///
    /// An unknown name, a value of another type, or one that can't work.
    ///
    /// ```
    /// use rocket::figment::Figment;
    /// use rocket_session_layer::Config;
    ///
    /// let figment = Figment::from(rocket::Config::debug_default()).merge(("session.cookie", "sid"));
    /// assert_eq!(Config::from_figment(&figment)?.cookie, "sid");
    /// # Ok::<(), rocket_session_layer::SetupError>(())
    /// ```
    pub fn from_figment(figment: &Figment) -> Result<Self, SetupError> {
        let config = match figment.extract_inner("session") {
            Ok(config) => config,
            Err(error) if error.missing() => Config::default(),
            Err(error) => return Err(SetupError::Configuration(Box::new(error))),
        };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), SetupError> {
        self.check_cookie()?;
        if !self.engine.is_built() {
            return Err(SetupError::not_built(self.engine));
        }
        #[cfg(feature = "redis")]
        if self.engine == Engine::Redis {
            self.redis.check()?;
        }
        let needed = (self.max_size as u64).saturating_mul(CACHE_FOR_A_BYTE);
        if self.engine == Engine::Cache && self.cache_size < needed {
            let reason =
                format!("must be at least {CACHE_FOR_A_BYTE} times session.max_size, {needed}");
            return Err(SetupError::setting("cache_size", reason));
        }
        let positive = [
            ("idle", self.idle > 0),
            ("absolute", self.absolute > 0),
            ("max_size", self.max_size >= 2),
            ("purge_every", self.purge_every > 0),
        ];
        match positive.iter().find(|(_, holds)| !holds) {
            Some((name, _)) => Err(SetupError::setting(name, "must be greater than zero")),
            None => Ok(()),
        }
    }

    /// Refuses the attributes with which a browser would drop the cookie without a word
    /// (RFC 6265bis).
    fn check_cookie(&self) -> Result<(), SetupError> {
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let name = &self.cookie;
        if name.is_empty() || !name.bytes().all(is_token) {
            let reason = format!("{name:?} can't be a cookie's name");
            return Err(SetupError::setting("cookie", reason));
        }
        let is_value = |text: &str| {
            text.bytes()
                .all(|byte| (0x21..0x7f).contains(&byte) && byte != b';')
        };
        if !self.path.starts_with('/') || !is_value(&self.path) {
            let reason = format!("{:?} is no path that a cookie can have", self.path);
            return Err(SetupError::setting("path", reason));
        }
        if let Some(domain) = &self.domain
            && (domain.is_empty()
                || !domain
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)))
        {
            let reason = format!("{domain:?} is no domain");
            return Err(SetupError::setting("domain", reason));
        }
        let secure = self.secure == Secure::Always;
        let lower = name.to_ascii_lowercase();
        let (host, prefixed) = (lower.starts_with("__host-"), lower.starts_with("__secure-"));
        if (host || prefixed) && !secure {
            let reason = format!("a browser takes {name:?} only with session.secure = true");
            return Err(SetupError::setting("cookie", reason));
        }
        if host && (self.domain.is_some() || self.path != "/") {
            let reason = format!(
                "a browser takes {name:?} only without session.domain, and with session.path = \"/\""
            );
            return Err(SetupError::setting("cookie", reason));
        }
        for (setting, asks) in [
            ("same_site", self.same_site == SameSite::None),
            ("partitioned", self.partitioned),
        ] {
            if asks && !secure {
                let reason = "a browser takes this only with session.secure = true";
                return Err(SetupError::setting(setting, reason));
            }
        }
        Ok(())
    }

    /// The SQLite file. A relative path in a configuration file counts from that file's folder.
    pub fn database(&self) -> PathBuf {
        self.database.relative()
    }

    /// The folder of the engine `file`. A relative path in a configuration file counts from that
    /// file's folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.relative()
    }

    /// The file with the keys of the engine `cookie`. A relative path in a configuration file counts
    /// from that file's folder.
    pub fn key_file(&self) -> PathBuf {
        self.key_file.relative()
    }

    pub(crate) fn idle_seconds(&self) -> i64 {
        self.idle.into()
    }

    pub(crate) fn absolute_seconds(&self) -> i64 {
        self.absolute.into()
    }

    pub(crate) fn is_identity(&self, key: &str) -> bool {
        !self.identity_key.is_empty() && self.identity_key == key
    }
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

    /// Refuses an address that the client can't read, without its reason, which may quote a password.
    #[cfg(feature = "redis")]
    pub(crate) fn check(&self) -> Result<(), SetupError> {
        let form = "has to be redis://[user:password@]host[:port][/database]";
        let read = redis::IntoConnectionInfo::into_connection_info(self.reveal());
        read.map(drop)
            .map_err(|_| SetupError::setting("redis", form))
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
