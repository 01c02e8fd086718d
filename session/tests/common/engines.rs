//! The engines, as tests that run on each of them set them up.

use std::fs;
use std::path::{Path, PathBuf};
#[cfg(postgres_server)]
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::FEATURES;
#[cfg(feature = "redis")]
use super::redis::Server;

/// For a Redis of its own: enough for every test but the one that fills it. A value that does not
/// fit any more is refused, as Redis does unless it is told otherwise.
#[cfg(feature = "redis")]
const LITTLE_MEMORY: [&str; 2] = ["--maxmemory", "3mb"];

/// An engine with the settings that make it what its name says.
pub struct Engine {
    /// As snapshots and the grid in the notes call it.
    pub name: &'static str,
    /// The crate's feature that compiles it in.
    feature: Option<&'static str>,
    settings: fn() -> Value,
}

/// All engines. A further one joins with one line.
const ENGINES: &[Engine] = &[
    Engine {
        name: "database",
        feature: Some("database"),
        settings: || json!({ "engine": "database" }),
    },
    Engine {
        name: "cache",
        feature: None,
        settings: || json!({ "engine": "cache" }),
    },
    Engine {
        name: "file",
        feature: Some("file"),
        settings: || json!({ "engine": "file" }),
    },
    Engine {
        name: "cookie, encrypted",
        feature: Some("cookie"),
        settings: || json!({ "engine": "cookie" }),
    },
    Engine {
        name: "cookie, signed",
        feature: Some("cookie"),
        settings: || json!({ "engine": "cookie", "seal": "signed" }),
    },
    // The course has no such feature, so only the layer's own tests have this engine.
    #[cfg(postgres_server)]
    Engine {
        name: POSTGRES,
        feature: Some(POSTGRES),
        settings: || {
            static TABLES: AtomicU32 = AtomicU32::new(0);
            let table = format!("place{}", TABLES.fetch_add(1, Ordering::Relaxed));
            let url = super::postgres::shared().url();
            json!({ "engine": POSTGRES, "postgres": url, "table": table })
        },
    },
    #[cfg(all(feature = "redis", redis_server))]
    Engine {
        name: REDIS,
        feature: Some("redis"),
        settings: || json!({ "engine": REDIS }),
    },
];

/// The engines that are compiled in.
pub fn engines() -> impl Iterator<Item = &'static Engine> {
    let compiled = |feature| FEATURES.contains(&feature);
    ENGINES
        .iter()
        .filter(move |engine| engine.feature.is_none_or(compiled))
}

/// The engine of this name. `None`: it is not compiled in.
pub fn engine(name: &str) -> Option<&'static Engine> {
    engines().find(|engine| engine.name == name)
}

/// The engines that not everybody compiles.
pub const REDIS: &str = "redis";
#[allow(dead_code, reason = "only the layer's own tests have it")]
pub const POSTGRES: &str = "postgres";

/// Somewhere for sessions, empty at first and gone with the test.
pub struct Place {
    folder: TempDir,
    /// The section `session` of the configuration.
    pub settings: Value,
    #[cfg(feature = "redis")]
    redis: Option<Server>,
}

impl Place {
    pub fn of(engine: &Engine) -> Place {
        Place::with(engine, json!({}))
    }

    /// With some more settings.
    pub fn with(engine: &Engine, more: Value) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        fs::create_dir(&files).unwrap();
        let mut settings = (engine.settings)();
        set(&mut settings, more);
        let places = json!({
            "database": files.join("sessions.db"),
            "folder": files.join("sessions"),
            "key_file": files.join("session.keys"),
        });
        set(&mut settings, places);
        #[cfg(feature = "redis")]
        let redis = (engine.name == REDIS).then(|| {
            let server = Server::start(&files, &LITTLE_MEMORY);
            set(&mut settings, json!({ "redis": server.url() }));
            server
        });
        Place {
            folder,
            settings,
            #[cfg(feature = "redis")]
            redis,
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder with all stored files.
    pub fn files(&self) -> PathBuf {
        self.folder().join("files")
    }

    /// Remembers what is stored.
    pub fn keep(&self) {
        copy(&self.files(), &self.folder().join("kept"));
    }

    /// Has everything stored as it was then, as after a power cut. No server may be using it.
    pub fn lose(&mut self) {
        #[cfg(feature = "redis")]
        if let Some(redis) = &mut self.redis {
            redis.kill();
        }
        fs::remove_dir_all(self.files()).unwrap();
        copy(&self.folder().join("kept"), &self.files());
        #[cfg(feature = "redis")]
        if let Some(redis) = &mut self.redis {
            redis.start_again();
        }
    }
}

fn set(settings: &mut Value, more: Value) {
    let Value::Object(more) = more else {
        panic!("no settings: {more}");
    };
    settings.as_object_mut().unwrap().extend(more);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Settings as the variable `ROCKET_SESSION` has them.
pub fn variable(settings: &Value) -> String {
    let settings = settings.as_object().unwrap().iter();
    let pairs: Vec<String> = settings
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    format!("{{{}}}", pairs.join(","))
}
