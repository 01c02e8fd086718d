//! The keys that seal and open, from the configuration.

use std::fmt;

use data_encoding::BASE64;
use serde::de::{Deserialize, Deserializer, Error};

pub(super) type Key = [u8; 32];

/// At least one key of 256 bits. Whoever has one can log in as anybody: they are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// The one that seals.
    pub(super) newest: Key,
    /// Those that only open what they have sealed before.
    pub(super) older: Vec<Key>,
}

impl Keys {
    /// Reads keys, the newest first, each 32 bytes in base64 (`openssl rand -base64 32`).
    ///
    /// # Errors
    ///
    /// A sentence for whoever wrote them, which never repeats what they wrote: one is not of that
    /// shape, or there is none.
    pub fn parse<'k>(written: impl IntoIterator<Item = &'k str>) -> Result<Self, String> {
        let read = |(place, key): (usize, &str)| {
            let bytes = BASE64.decode(key.as_bytes()).ok();
            let key: Option<Key> = bytes.and_then(|bytes| bytes.try_into().ok());
            key.ok_or_else(|| format!("key {} is not 32 bytes in base64", place + 1))
        };
        let mut keys = written.into_iter().enumerate().map(read);
        let newest = keys.next().ok_or("there is no key")??;
        let older = keys.collect::<Result<_, _>>()?;
        Ok(Keys { newest, older })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own sentence would quote what it found.
        let written = Vec::<String>::deserialize(deserializer);
        let written =
            written.map_err(|_| D::Error::custom("expected a list of keys, each in \"\""))?;
        Keys::parse(written.iter().map(String::as_str)).map_err(D::Error::custom)
    }
}
