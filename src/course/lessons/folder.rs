//! The project's folder, where lessons, notes and scenarios are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The text of a file, its lines ended by `\n`: on Windows, Git and editors may have made them
/// `\r\n`. Anything but a plain file is refused before it is opened: to open a named pipe waits until
/// another program writes into it.
pub fn read_plain(file: &Path) -> io::Result<String> {
    if fs::metadata(file)?.is_file() {
        Ok(fs::read_to_string(file)?.replace("\r\n", "\n"))
    } else {
        Err(io::Error::other("it is no plain file"))
    }
}

/// The folder of the `Rocket.toml` found upward from the current folder, as for templates and
/// database; where there is none, the current folder.
pub fn project_folder() -> PathBuf {
    let current = std::env::current_dir().unwrap_or_default();
    let above = |start: &Path| {
        let found = start
            .ancestors()
            .find(|folder| folder.join("Rocket.toml").is_file());
        found.map(Path::to_owned)
    };
    above(&current).unwrap_or(current)
}
