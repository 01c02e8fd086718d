//! The file with the keys, made at the first start.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use data_encoding::BASE64;

use super::keys::{Key, Keys};

const HEAD: &str = "# What seals the session cookies. Whoever has a key can log in as anybody.
# One key a line, the newest first; older ones still open what they sealed.
";

impl Keys {
    /// Reads the keys from a file, one a line, the newest first; blank lines and those with a `#`
    /// in front do not count. Where there is no file, it is made, with a random key and, on Unix,
    /// for its owner's eyes only. Of two processes that do so at once one makes it.
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the server: the file can't be read or made, others may read
    /// it, or a line is no key.
    pub fn from_file(path: &Path) -> Result<Self, String> {
        let named = |reason: String| format!("the key file {}: {reason}", path.display());
        let text = match read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => make(path),
            Ok(text) if text.is_empty() => make(path),
            read => read,
        };
        let text = text.map_err(|error| named(error.to_string()))?;
        let lines = text.lines().map(str::trim);
        Keys::parse(lines.filter(|line| !line.is_empty() && !line.starts_with('#'))).map_err(named)
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    // Until whoever is making it is done.
    file.lock_shared()?;
    refuse_if_others_may_read(&file)?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// Writes a first key, unless somebody was faster. A process that dies in between leaves an empty
/// file, which counts as none.
fn make(path: &Path) -> io::Result<String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.lock()?;
    refuse_if_others_may_read(&file)?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    if text.is_empty() {
        let mut key: Key = [0; 32];
        getrandom::fill(&mut key).map_err(io::Error::other)?;
        text = format!("{HEAD}{}\n", BASE64.encode(&key));
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    Ok(text)
}

#[cfg(unix)]
fn refuse_if_others_may_read(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match file.metadata()?.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(io::Error::other(
            "others than its owner may use it; make that impossible with chmod 600",
        )),
    }
}

#[cfg(not(unix))]
fn refuse_if_others_may_read(_: &File) -> io::Result<()> {
    Ok(())
}
