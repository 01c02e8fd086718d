//! The settings and their defaults.

mod check;
mod table_name;
mod values;

use std::path::{Path, PathBuf};

use rocket::figment::Figment;
use rocket::figment::value::magic::RelativePathBuf;
use serde::Deserialize;

use crate::keys::Keys;
use crate::record::Contents;
use crate::setup::SetupError;
pub use table_name::TableName;
pub use values::{Address, Engine, SameSite, Sealing, Secure, Synchronous};

/// The session layer's configuration: the section `session` of Rocket's. These are the defaults:
///
/// ```toml
/// [default.session]                # in Rocket.toml; for one run: ROCKET_SESSION={idle=3600}
/// engine = "database"              # or "postgres", "cache", "file", "cookie" or "redis"
/// database = "var/sessions.db"     # relative to this file
/// postgres = "postgres://localhost" # of the engine "postgres"; also postgres://user:password@host:port/db
/// table = "sessions"               # the table's name, of "database" and "postgres"
/// create_table = true              # false: the app's own migrations make the table
/// folder = "var/sessions"          # of the engine "file"; relative to this file
/// seal = "encrypted"               # of the engine "cookie"; or "signed": its owner can read it
/// # keys = ["…"]                   # base64 of 32 bytes each; the first seals, all of them open
/// key_file = "var/session.keys"    # without keys: a file with one key a line, made at the start
/// # audience = "my-app"            # opens only cookies sealed for it; else the program's name
/// synchronous = "full"             # or "normal": faster, the last commits may go in a power cut
/// cache_size = 67108864            # bytes that sessions in memory may take: 64 MiB
/// redis = "redis://127.0.0.1:6379" # of the engine "redis"; also redis://user:password@host:port/1
/// redis_prefix = "session:"        # all its keys there begin with it
/// # redis_ca = "redis-ca.pem"      # of rediss://: the CA of its certificate; else what the system trusts
/// redis_sentinels = []             # ["redis://host:26379", …]: redis://name is then the primary's there
/// cookie = "session_id"            # the cookie's name
/// secure = "auto"                  # or true, behind a proxy that speaks TLS, or false
/// http_only = true                 # false: scripts in a page may read the cookie
/// same_site = "lax"                # or "strict", or "none", which needs secure = true
/// path = "/"                       # the cookie is for pages below it
/// # domain = "example.org"         # the cookie is for its subdomains too; else for this host
/// partitioned = false              # true: a jar of its own for each site that embeds this one
/// idle = 1209600                   # seconds without use after which a session ends: two weeks
/// absolute = 2592000               # seconds after its login at which it ends anyway: thirty days
/// expire_at_browser_close = false  # whether the browser is to forget the cookie when it closes
/// identity_key = "user"            # the key that says who is logged in
/// rotate_at_login = true           # false: the app gives a new session ID itself, by rotate()
/// same_origin = true               # false: SameOrigin refuses nothing, the app checks itself
/// max_size = 65536                 # bytes of JSON that one session may hold
/// max_stranger_size = 4096         # … in which nobody has ever logged in
/// max_unreturned = 10000           # strangers' sessions whose session ID has not come back yet
/// purge_every = 600                # seconds between two looks for expired sessions
/// ```
///
/// They are read once, at the start. An environment variable wins over the file, and the profile
/// (`[release.session]`, in a release build) over `[default.session]`; an app's own default is
/// [`by_default`](crate::SessionFairing::by_default). A setting that nobody knows stops the start, so
/// a slip of the pen is seen. Each setting is explained below, those without a field at the method
/// of the same name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Config {
    /// The place where sessions live. By default `database`, or `cache` in a build without SQLite.
    /// Another engine knows none of the sessions that the last one had.
    ///
    /// ```toml
    /// engine = "postgres"
    /// ```
    pub engine: Engine,
    database: RelativePathBuf,
    /// The PostgreSQL of the engine `postgres`: an address, or a list of parameters, as
    /// [libpq] takes them. By default the one on this machine. A password is better in the
    /// environment, or in libpq's own file `.pgpass`, than in `Rocket.toml`.
    ///
    /// ```toml
    /// postgres = "postgres://shop:password@db.internal/shop?sslmode=verify-full"
    /// ```
    ///
    /// [libpq]: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
    pub postgres: Address,
    /// The table of sessions, with the engines `database` and `postgres` and an app's own pool. By
    /// default `sessions`; another name if the app has a table of that name.
    ///
    /// ```toml
    /// table = "web_sessions"
    /// ```
    pub table: TableName,
    /// A table that is missing is made at the start. `false` leaves it to the app's own migrations,
    /// into which [the migration](crate::guide::add_it_to_your_app) is copied; the role of the database then needs no
    /// right to make tables. By default `true`.
    ///
    /// ```toml
    /// create_table = false
    /// ```
    pub create_table: bool,
    folder: RelativePathBuf,
    /// The protection of records in cookies, with the engine `cookie`. By default `encrypted`;
    /// `signed` if the owner of the browser may read what is in the session.
    ///
    /// ```toml
    /// seal = "signed"
    /// ```
    pub seal: Sealing,
    /// The keys of the engine `cookie`, unless they are in a file.
    pub(crate) keys: Option<Keys>,
    key_file: RelativePathBuf,
    /// The app that cookies of the engine `cookie` are sealed for. One that another app has sealed
    /// does not open, even if key and name of the cookie are the same. All servers of one app need
    /// the same. By default it is the name of the program's file: set it before that name changes.
    ///
    /// ```toml
    /// audience = "shop"
    /// ```
    pub audience: String,
    /// The moment at which SQLite makes sure that a commit is on the disk, with the engine
    /// `database`. By default `full`; `normal` where the last logins and carts may go in a power cut
    /// and the disk is slow.
    ///
    /// ```toml
    /// synchronous = "normal"
    /// ```
    pub synchronous: Synchronous,
    /// About how many bytes of memory sessions may take, with the engine `cache`: 64 MiB by default,
    /// and at least 64 times [`max_size`](Config::max_size). When they are full, the session that
    /// was not used for longest goes.
    ///
    /// ```toml
    /// cache_size = 268435456 # 256 MiB
    /// ```
    pub cache_size: u64,
    /// The Redis of the engine `redis`; by default the one on this machine. `rediss://` speaks TLS
    /// and needs the crate's feature `redis-tls`. The number at the end is the database's.
    ///
    /// ```toml
    /// redis = "redis://shop:password@redis.internal:6379/1"
    /// ```
    pub redis: Address,
    /// The beginning of all keys in Redis: apps that share one need not see each other's sessions.
    /// By default `session:`.
    ///
    /// ```toml
    /// redis_prefix = "shop:session:"
    /// ```
    pub redis_prefix: String,
    redis_ca: Option<RelativePathBuf>,
    /// The sentinels that know the address of the primary in [`redis`](Config::redis), which then
    /// has their name for it in the place of a host. Each may have a user and a password of its own.
    /// By default none.
    ///
    /// ```toml
    /// redis = "redis://mymaster"
    /// redis_sentinels = ["redis://10.0.0.1:26379", "redis://10.0.0.2:26379"]
    /// ```
    pub redis_sentinels: Vec<Address>,
    /// The cookie's name, by default `session_id`. A name with the prefix `__Host-` can't be planted
    /// by a neighbour under the same domain, and needs [`secure`](Config::secure). Another name logs
    /// everybody out once.
    ///
    /// ```toml
    /// cookie = "__Host-session_id"
    /// secure = true
    /// ```
    pub cookie: String,
    /// The cookie is for encrypted connections only (Django's `SESSION_COOKIE_SECURE`): by default
    /// if Rocket itself speaks TLS. `true` on every server behind a proxy that does.
    ///
    /// ```toml
    /// secure = true
    /// ```
    pub secure: Secure,
    /// No script in a page may read the cookie (Django's `SESSION_COOKIE_HTTPONLY`): by default
    /// `true`, and there is hardly a reason for another value. A script that runs there can send
    /// requests with the cookie all the same.
    ///
    /// ```toml
    /// http_only = false
    /// ```
    pub http_only: bool,
    /// The requests from other sites with which the cookie comes along. By default `lax`; `none` for
    /// an app that other sites embed in a frame.
    ///
    /// ```toml
    /// same_site = "none"
    /// secure = true
    /// ```
    pub same_site: SameSite,
    /// The path below which the browser sends the cookie (Django's `SESSION_COOKIE_PATH`). By default
    /// `/`; another one for an app that shares its host with others.
    ///
    /// ```toml
    /// path = "/shop"
    /// ```
    pub path: String,
    /// The domain whose hosts all get the cookie (Django's `SESSION_COOKIE_DOMAIN`). By default only
    /// this host does; a domain if `www.` and `shop.` are to share a login.
    ///
    /// ```toml
    /// domain = "example.org"
    /// ```
    pub domain: Option<String>,
    /// Each site that embeds this one has its own jar for the cookie (CHIPS). By default `false`.
    ///
    /// ```toml
    /// partitioned = true
    /// same_site = "none"
    /// secure = true
    /// ```
    pub partitioned: bool,
    /// Seconds without use after which a session ends (Django's `SESSION_COOKIE_AGE`). By default two
    /// weeks, as Django's; a session of its own length is
    /// [`set_expiry`](crate::Session::set_expiry)'s.
    ///
    /// ```toml
    /// idle = 1800 # half an hour
    /// ```
    pub idle: u32,
    /// Seconds after its beginning, or its last login, at which a session ends in any case. By
    /// default thirty days: a stolen cookie is good for no longer.
    ///
    /// ```toml
    /// absolute = 43200 # half a day
    /// ```
    pub absolute: u32,
    /// The browser is to forget the cookie when it closes (Django's
    /// `SESSION_EXPIRE_AT_BROWSER_CLOSE`). By default `false`; `true` for computers that many people
    /// use. The server ends the session by its own limits as ever.
    ///
    /// ```toml
    /// expire_at_browser_close = true
    /// ```
    pub expire_at_browser_close: bool,
    /// The key whose value says who is logged in, a string or a whole number: by default `user`.
    /// Empty: the layer does not know about users, rotates only when told to, can't list a user's
    /// sessions and tells no strangers apart.
    ///
    /// ```toml
    /// identity_key = "member_id"
    /// ```
    pub identity_key: String,
    /// A login gives the session a new ID, by default. `false` leaves that to the app, which then
    /// calls [`rotate`](crate::Session::rotate) at each login itself: without, somebody who has
    /// planted a session ID is logged in along with its owner (session fixation).
    ///
    /// ```toml
    /// rotate_at_login = false
    /// ```
    pub rotate_at_login: bool,
    /// [`SameOrigin`](crate::SameOrigin), where it is attached, refuses requests from elsewhere: by
    /// default `true`. `false` leaves that to the app, as one with tokens in its forms wants it.
    ///
    /// ```toml
    /// same_origin = false
    /// ```
    pub same_origin: bool,
    /// The bytes of JSON that one session may hold, by default 64 KiB. With the engine `cookie` what
    /// fits into a cookie is less.
    ///
    /// ```toml
    /// max_size = 16384
    /// ```
    pub max_size: usize,
    /// The same for a session in which no user has ever logged in: anybody can fill those. By default
    /// 4 KiB; more for large carts without a login.
    ///
    /// ```toml
    /// max_stranger_size = 8192
    /// ```
    pub max_stranger_size: usize,
    /// The most sessions of strangers that are kept while their session IDs have not come back, by
    /// each process: 10,000 by default. The oldest goes first. Robots make them by thousands; each
    /// lives for an hour.
    ///
    /// ```toml
    /// max_unreturned = 100000 # a shop where many strangers begin a cart at once
    /// ```
    pub max_unreturned: usize,
    /// Seconds between two looks for expired sessions, by default ten minutes. An expired session
    /// opens nothing, deleted or not: this is about space alone.
    ///
    /// ```toml
    /// purge_every = 3600
    /// ```
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
            postgres: Address::from("postgres://localhost"),
            table: TableName::default(),
            create_table: true,
            folder: PathBuf::from("var/sessions").into(),
            seal: Sealing::Encrypted,
            keys: None,
            key_file: PathBuf::from("var/session.keys").into(),
            audience: program(),
            synchronous: Synchronous::default(),
            cache_size: 64 * 1024 * 1024,
            redis: Address::from("redis://127.0.0.1:6379"),
            redis_prefix: "session:".to_owned(),
            redis_ca: None,
            redis_sentinels: Vec::new(),
            cookie: "session_id".to_owned(),
            secure: Secure::Auto,
            http_only: true,
            same_site: SameSite::Lax,
            path: "/".to_owned(),
            domain: None,
            partitioned: false,
            idle: 14 * 24 * 60 * 60,
            absolute: 30 * 24 * 60 * 60,
            expire_at_browser_close: false,
            identity_key: "user".to_owned(),
            rotate_at_login: true,
            same_origin: true,
            max_size: 64 * 1024,
            max_stranger_size: 4 * 1024,
            max_unreturned: 10_000,
            purge_every: 600,
        }
    }
}

/// The name of this program's file, as it was started. Not `std::env::current_exe`, which on Linux
/// changes when the file is replaced by a newer version.
fn program() -> String {
    let path = std::env::args_os().next().map(PathBuf::from);
    let name = path.as_deref().and_then(Path::file_stem);
    name.unwrap_or_default().to_string_lossy().into_owned()
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

    /// The setting `database`: the SQLite file of the engine of that name, which is made at the start
    /// with its folder. By default `var/sessions.db`. A relative path in a configuration file counts
    /// from that file's folder.
    ///
    /// A file that other users of the machine may read or write is taken from them (mode 600), with
    /// a warning in the log, also one that the app has made: sessions are in it from then on. To
    /// leave the app's own file as it is, hand its pool in by
    /// [`with_pool`](crate::SessionFairing::with_pool).
    ///
    /// ```toml
    /// database = "/var/lib/shop/sessions.db"
    /// ```
    ///
    /// ```
    /// # use rocket_session_layer::Config;
    /// let config = Config::default();
    /// assert!(config.database().ends_with("sessions.db"));
    /// ```
    pub fn database(&self) -> PathBuf {
        self.database.relative()
    }

    /// The setting `folder`: the folder of the engine `file`, which nobody but the server's user may
    /// enter. By default `var/sessions`. A relative path in a configuration file counts from that
    /// file's folder.
    ///
    /// ```toml
    /// folder = "/var/lib/shop/sessions"
    /// ```
    ///
    /// ```
    /// # use rocket_session_layer::Config;
    /// let config = Config::default();
    /// assert!(config.folder().ends_with("sessions"));
    /// ```
    pub fn folder(&self) -> PathBuf {
        self.folder.relative()
    }

    /// The setting `key_file`: the file with the keys of the engine `cookie`, one a line, the newest
    /// first. By default `var/session.keys`. The first start makes it, and all servers need the same.
    /// A relative path in a configuration file counts from that file's folder.
    ///
    /// ```toml
    /// key_file = "/etc/shop/session.keys"
    /// ```
    ///
    /// The setting `keys` holds them itself, which [no method](crate::Keys) shows: each is 32 bytes in
    /// base64, as `openssl rand -base64 32` makes them. The first seals, all of them open.
    ///
    /// ```toml
    /// keys = ["Tm90IGEgc2VjcmV0OiBhbiBleGFtcGxlLCAzMiBieXQ="]
    /// ```
    ///
    /// ```
    /// # use rocket_session_layer::Config;
    /// let config = Config::default();
    /// assert!(config.key_file().ends_with("session.keys"));
    /// ```
    pub fn key_file(&self) -> PathBuf {
        self.key_file.relative()
    }

    /// The setting `redis_ca`: the file with the certificates by which the Redis behind `rediss://` is
    /// known, in the format PEM. `None`: those that the system trusts. A relative path in a
    /// configuration file counts from that file's folder.
    ///
    /// ```toml
    /// redis_ca = "/etc/shop/redis-ca.pem"
    /// ```
    ///
    /// ```
    /// # use rocket_session_layer::Config;
    /// assert_eq!(Config::default().redis_ca(), None);
    /// ```
    pub fn redis_ca(&self) -> Option<PathBuf> {
        self.redis_ca.as_ref().map(RelativePathBuf::relative)
    }

    pub(crate) fn idle_seconds(&self) -> i64 {
        self.idle.into()
    }

    pub(crate) fn absolute_seconds(&self) -> i64 {
        self.absolute.into()
    }

    /// True if no user has ever logged in to this session, as far as the layer can know.
    pub(crate) fn is_strangers(&self, contents: &Contents) -> bool {
        !self.identity_key.is_empty() && contents.last_user.is_none()
    }

    pub(crate) fn is_identity(&self, key: &str) -> bool {
        !self.identity_key.is_empty() && self.identity_key == key
    }
}
