//! Programs that a bench starts.

use std::path::Path;
use std::process::Command;

/// The command that starts a program, without the variables that configure your own server.
pub fn program(file: &Path) -> Command {
    let mut command = Command::new(file);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ROCKET_") {
            command.env_remove(name);
        }
    }
    command
}
