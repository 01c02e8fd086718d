//! Commands as a person types them here.

/// The command with a variable set for it. Outside Windows for this run alone; in PowerShell, by a
/// statement of its own, until the window is closed.
pub(crate) fn with_variable(variable: &str, value: &str, command: &str) -> String {
    if cfg!(windows) {
        format!("$env:{variable}={value}; {command}")
    } else {
        format!("{variable}={value} {command}")
    }
}
