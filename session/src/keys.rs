//! The keys that seal and open the cookies of the engine `cookie`: from the configuration, or from
//! a file that the first start makes.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use data_encoding::BASE64;
use serde::de::{Deserialize, Deserializer, Error};

use crate::cause::Cause;
use crate::id::random;
use crate::private;
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

/// Failures to have keys. They never repeat any part of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// There is not a single one.
    #[error("there is no key")]
    Missing,
    /// The one at this place, counted from 1, is not 32 bytes in base64.
    #[error("key {0} is not 32 bytes in base64")]
    Malformed(usize),
    /// The one at this place is zeros, a repeated pattern, or as easy to guess.
    #[error("key {0} can be guessed: make a random one with openssl rand -base64 32")]
    Obvious(usize),
}

impl Keys {
    /// Reads keys, the newest first, each 32 bytes in base64 (`openssl rand -base64 32`).
    ///
    /// # Errors
    ///
    /// One is not of that shape or can be guessed, as 32 zeros can, or there is none.
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
            let key = key.ok_or(KeyError::Malformed(index + 1))?;
            if is_obvious(&key) {
                return Err(KeyError::Obvious(index + 1));
            }
            Ok(key)
        };
        let mut keys = written.into_iter().enumerate().map(read);
        let newest = keys.next().ok_or(KeyError::Missing)??;
        let older = keys.collect::<Result<_, _>>()?;
        Ok(Keys { newest, older })
    }

    /// Reads the keys from a file, one a line, the newest first; blank lines and those with a `#`
    /// in front do not count. A file that is missing is made, with a random key and, on Unix, for
    /// its owner's eyes only. If two processes start at once, one makes it and the other reads it.
    ///
    /// # Errors
    ///
    /// The file can't be read or made, is no plain file, others may read it, or a line is no key.
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
    let mut file = private::open_plain(path, |path| File::open(path))?;
    // Waits for a process that is just making it.
    file.lock_shared()?;
    private::refuse_if_shared(&file)?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// Writes a first key, unless another process was faster. A process that dies in between leaves an
/// empty file, which counts as none.
fn make(path: &Path) -> io::Result<String> {
    if let Some(folder) = path.parent() {
        private::make_folder(folder)?;
    }
    let mut options = private::to_write();
    options.read(true).create(true).truncate(false);
    let mut file = private::open_plain(path, |path| options.open(path))?;
    file.lock()?;
    private::refuse_if_shared(&file)?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    if text.is_empty() {
        text = first_text()?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    Ok(text)
}

/// The text of a new file: one random key.
fn first_text() -> io::Result<String> {
    let key: Key = random().map_err(io::Error::other)?;
    Ok(format!("{HEAD}{}\n", BASE64.encode(&key)))
}

/// True for a key that can't have been drawn at random: of a few different bytes, of a pattern that
/// is repeated, or of bytes that go up or down in equal steps. A random key is refused one time in
/// 10³⁶.
fn is_obvious(key: &Key) -> bool {
    let repeats = |period: usize| {
        key.iter()
            .zip(&key[period..])
            .all(|(one, next)| one == next)
    };
    let step = key[1].wrapping_sub(key[0]);
    let steps = key
        .windows(2)
        .all(|pair| pair[1].wrapping_sub(pair[0]) == step);
    let different: BTreeSet<u8> = key.iter().copied().collect();
    different.len() < 8 || steps || (1..=16).any(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::assert_random;

    #[test]
    fn new_keys_are_random() {
        let key = |_| {
            let text = first_text().unwrap();
            let key = text.lines().find(|line| !line.starts_with('#'));
            Keys::parse(key).unwrap().newest
        };
        assert_random(&(0..10_000).map(key).collect::<Vec<_>>());
    }

    #[test]
    fn a_key_that_can_be_guessed_is_refused() {
        let pattern = |length: usize| std::array::from_fn(|place| (place % length * 37) as u8);
        let mut one = [0; 32];
        one[31] = 1;
        let refused: [Key; 8] = [
            [0; 32],
            [0xff; 32],
            one,
            pattern(2),
            pattern(11),
            pattern(16),
            std::array::from_fn(|place| place as u8),
            std::array::from_fn(|place| 255 - 3 * place as u8),
        ];
        let good = BASE64.encode(&pattern(31));
        assert!(Keys::parse([&*good]).is_ok());
        for key in refused {
            let key = BASE64.encode(&key);
            assert_eq!(
                Keys::parse([&*key]).unwrap_err(),
                KeyError::Obvious(1),
                "{key}"
            );
            // A key that only opens lets a forged cookie in, too.
            assert_eq!(
                Keys::parse([&*good, &key]).unwrap_err(),
                KeyError::Obvious(2)
            );
        }
    }
}
