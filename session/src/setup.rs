//! Everything that can keep the session layer from starting: one sentence for the person who starts
//! the server.

use std::fmt;
use std::path::PathBuf;

use rocket::figment::{self, error::Kind};

use crate::cause::Cause;
use crate::error::StoreError;

/// Failures that keep the session layer from starting.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The configuration names a setting that is none, or a value of another type.
    #[error("{}", described(.0))]
    Configuration(#[source] Box<figment::Error>),
    /// A setting has a value that can't work.
    #[error("session.{name}: {reason}")]
    Setting {
        /// Its name in the section `session`.
        name: &'static str,
        /// The reason.
        reason: String,
    },
    /// The file with the keys of the engine `cookie` can't be used.
    #[error("the key file {}: {source}", path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: Cause,
    },
    /// The store can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SetupError {
    pub(crate) fn setting(name: &'static str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        SetupError::Setting { name, reason }
    }

    /// The engine is not part of this build.
    pub(crate) fn not_built(engine: impl fmt::Display) -> Self {
        let reason = format!("\"{engine}\" needs the crate's feature \"{engine}\"");
        SetupError::setting("engine", reason)
    }
}

/// Figment's error in one line that begins with the setting's name.
fn described(error: &figment::Error) -> String {
    let Some(mut error) = error.clone().into_iter().next() else {
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
        Kind::UnknownVariant(found, _) if found == "cached_database" => {
            format!("{setting}: \"cached_database\" is no longer there; use \"database\"")
        }
        Kind::UnknownVariant(found, known) => {
            format!("{setting} can't be {found:?}, only {}", known.join(" or "))
        }
        kind if setting.is_empty() => kind.to_string(),
        kind => format!("{setting}: {kind}"),
    }
}
