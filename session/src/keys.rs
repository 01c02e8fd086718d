//! The keys that seal and open the cookies of the engine `cookie`: from the configuration, or from a
//! file that the first start makes.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use data_encoding::BASE64;
use serde::de::{Deserialize, Deserializer, Error};

use crate::error::Cause;
use crate::id::random;
use crate::setup::SetupError;

const HEAD: &str = "# Keys of the session cookies. A reader of one can log in as anybody.
# One key a line, the newest first; older ones still open the cookies they sealed.
";

pub(crate) type Key = [u8; 32];

/// At least one key of 256 bits. A reader of one can log in as anybody: they are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// The one that seals.
    pub(crate) newest: Key,
    /// Those that only open the cookies they sealed before.
    pub(crate) older: Vec<Key>,
}

/// Why there are no keys. It never repeats any part of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// There is not a single one.
    #[error("there is no key")]
    Missing,
    /// The one at this place, counted from 1, is not 32 bytes in base64.
    #[error("key {0} is not 32 bytes in base64")]
    Malformed(usize),
}

impl Keys {
    /// Reads keys, the newest first, each 32 bytes in base64 (`openssl rand -base64 32`).
    ///
    /// # Errors
    ///
    /// One is not of that shape, or there is none.
    ///
    /// ```
    /// use rocket_session_layer::Keys;
    ///
    /// let key = "Tm90IGEgc2VjcmV0OiBhbiBleGFtcGxlLCAzMiBieXQ=";
    /// assert!(Keys::parse([key]).is_ok());
    /// assert!(Keys::parse(["too short"]).is_err());
    /// ```
    pub fn parse<'k>(written: impl IntoIterator<Item = &'k str>) -> Result<Self, KeyError> {
        let read = |(index, key): (usize, &str)| {
            let bytes = BASE64.decode(key.as_bytes()).ok();
            let key: Option<Key> = bytes.and_then(|bytes| bytes.try_into().ok());
            key.ok_or(KeyError::Malformed(index + 1))
        };
        let mut keys = written.into_iter().enumerate().map(read);
        let newest = keys.next().ok_or(KeyError::Missing)??;
        let older = keys.collect::<Result<_, _>>()?;
        Ok(Keys { newest, older })
    }

    /// Reads the keys from a file, one a line, the newest first; blank lines and those with a `#` in
    /// front do not count. A file that is missing is made, with a random key and, on Unix, for its
    /// owner's eyes only. If two processes start at once, one makes it and the other reads it.
    ///
    /// # Errors
    ///
    /// The file can't be read or made, others may read it, or a line is no key.
    ///
    /// ```
    /// # use std::path::Path;
    /// # use rocket_session_layer::{Keys, SetupError};
    /// fn keys() -> Result<Keys, SetupError> {
    ///     Keys::from_file(Path::new("var/session.keys"))
    /// }
    /// ```
    pub fn from_file(path: &Path) -> Result<Self, SetupError> {
        let refused = |source: Cause| SetupError::KeyFile {
            path: path.to_owned(),
            source,
        };
        let text = match read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => make(path),
            Ok(text) if text.is_empty() => make(path),
            read => read,
        };
        let text = text.map_err(|error| refused(error.into()))?;
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        Keys::parse(lines).map_err(|error| refused(error.into()))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own sentence would quote a key.
        let written = Vec::<String>::deserialize(deserializer);
        let written =
            written.map_err(|_| D::Error::custom("expected a list of keys, each in \"\""))?;
        Keys::parse(written.iter().map(String::as_str)).map_err(D::Error::custom)
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    // Waits for a process that is just making it.
    file.lock_shared()?;
    refuse_if_others_may_read(&file)?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// Writes a first key, unless another process was faster. A process that dies in between leaves an
/// empty file, which counts as none.
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
        let key: [u8; 32] = random().map_err(io::Error::other)?;
        text = format!("{HEAD}{}\n", BASE64.encode(&key));
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    Ok(text)
}

#[cfg(unix)]
fn refuse_if_others_may_read(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if file.metadata()?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    let reason = "others than its owner may use it; make that impossible with chmod 600";
    Err(io::Error::other(reason))
}

#[cfg(not(unix))]
fn refuse_if_others_may_read(_: &File) -> io::Result<()> {
    Ok(())
}
