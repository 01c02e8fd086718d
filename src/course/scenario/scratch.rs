//! The throw-away folder of a lesson that is started for a scenario.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use super::restart::RestartWith;

/// A throw-away folder below the system's own for temporary files. Dropping it deletes it.
#[derive(Debug)]
pub(super) struct ScratchFolder(PathBuf);

impl ScratchFolder {
    /// A new one. Making it fails if there is one of this name already: in a folder that all users
    /// share, another's link must not be followed.
    pub(super) fn new() -> io::Result<Self> {
        let number = getrandom::u64().map_err(io::Error::other)?;
        let folder = env::temp_dir().join(format!("scenario-{number:016x}"));
        fs::create_dir(&folder).map_err(|error| {
            let reason = format!("{}: {error}", folder.display());
            io::Error::new(error.kind(), reason)
        })?;
        Ok(ScratchFolder(folder))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// These settings, with everything that is stored in here. Of two values for one setting the
    /// last counts.
    pub(super) fn settings(&self, given: &str, with: &RestartWith) -> String {
        let inside = given.trim().strip_prefix('{');
        let inside = inside.and_then(|rest| rest.strip_suffix('}'));
        let mut settings = vec![inside.unwrap_or(given).trim().to_owned()];
        settings.push(with.written());
        settings.retain(|given| !given.is_empty());
        settings.push(format!("database={:?}", self.0.join("scenario.db")));
        settings.push(format!("folder={:?}", self.0.join("sessions")));
        settings.push(format!("key_file={:?}", self.0.join("session.keys")));
        // Nothing in here has to survive a power cut.
        settings.push("synchronous=\"normal\"".to_owned());
        format!("{{{}}}", settings.join(","))
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        // If it stays, the system deletes it one day. A panic while dropping would hide the first
        // fault.
        let _ = fs::remove_dir_all(&self.0);
    }
}
