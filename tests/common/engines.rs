//! The engines, as tests that run on each of them set them up.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

/// An engine with the settings that make it what its name says.
pub struct Engine {
    /// As snapshots and the grid in the notes call it.
    pub name: &'static str,
    settings: fn() -> Value,
}

/// All engines. A further one joins with one line.
pub const ENGINES: &[Engine] = &[
    Engine {
        name: "database",
        settings: || json!({ "engine": "database" }),
    },
    Engine {
        name: "cached_database",
        settings: || json!({ "engine": "cached_database" }),
    },
    Engine {
        name: "cache",
        settings: || json!({ "engine": "cache" }),
    },
    Engine {
        name: "file",
        settings: || json!({ "engine": "file" }),
    },
];

/// Somewhere for sessions, empty at first and gone with the test.
pub struct Place {
    folder: TempDir,
    /// The section `session` of the configuration.
    pub settings: Value,
}

impl Place {
    pub fn of(engine: &Engine) -> Place {
        Place::with(engine, json!({}))
    }

    /// With some more settings.
    pub fn with(engine: &Engine, more: Value) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = (engine.settings)();
        let files = json!({
            "database": folder.path().join("files/sessions.db"),
            "folder": folder.path().join("files/sessions"),
        });
        for more in [files, more] {
            let Value::Object(more) = more else { panic!() };
            settings.as_object_mut().unwrap().extend(more);
        }
        let place = Place { folder, settings };
        std::fs::create_dir(place.files()).unwrap();
        place
    }

    /// Where everything is that is stored.
    pub fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// A folder beside it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
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
