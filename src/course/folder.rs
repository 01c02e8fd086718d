//! The project's folder, where lessons, notes and scenarios are.

use std::path::{Path, PathBuf};

/// The folder of the `Rocket.toml` found upward from the current folder, as for templates and
/// database; where there is none, the current folder.
pub(crate) fn project_folder() -> PathBuf {
    let current = std::env::current_dir().unwrap_or_default();
    let above = |start: &Path| {
        let found = start
            .ancestors()
            .find(|folder| folder.join("Rocket.toml").is_file());
        found.map(Path::to_owned)
    };
    above(&current).unwrap_or(current)
}
