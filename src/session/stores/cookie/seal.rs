//! A record as a cookie's value: sealed so that nobody else can have made or changed it.
//!
//! | sealed | value | whoever has the cookie |
//! | --- | --- | --- |
//! | signed | `s1.<JSON>.<HMAC-SHA256>` | can read it |
//! | encrypted | `e1.<nonce, ciphertext, tag>`, XChaCha20-Poly1305 | sees how long it is, nothing else |
//!
//! Each part is base64url (RFC 4648 §5) without padding; the digit is the format's version.
//!
//! - The cookie's name is authenticated along with the record: what was sealed for one cookie opens
//!   nothing under another one's name.
//! - A nonce of 192 random bits can be drawn for every cookie under one key for ever: two equal ones
//!   become likely only after some 2⁹⁶. The 96 bits of ChaCha20-Poly1305 and AES-GCM would be too
//!   few for a key that seals millions of cookies a day for years.
//! - Each purpose has a key of its own, derived from the configured one, so that what is signed can
//!   never be mistaken for what is encrypted.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;

use super::keys::{Key, Keys};
use super::payload;
use crate::session::config::Config;
use crate::session::error::Error;
use crate::session::record::Record;
use crate::session::stores::StoreError;

/// How a record in a cookie is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sealing {
    /// Nobody but the server can read or change it.
    Encrypted,
    /// Nobody but the server can change it, and whoever has the cookie can read it (Flask's way).
    Signed,
}

/// No longer value was ever sealed, so none is worth decoding.
const LONGEST: usize = 4096;

const NONCE: usize = 24;

impl Sealing {
    /// What a value begins with.
    fn mark(self) -> &'static str {
        match self {
            Sealing::Encrypted => "e1.",
            Sealing::Signed => "s1.",
        }
    }

    fn purpose(self) -> &'static [u8] {
        match self {
            Sealing::Encrypted => b"session cookie 1, encrypted with XChaCha20-Poly1305",
            Sealing::Signed => b"session cookie 1, signed with HMAC-SHA256",
        }
    }
}

/// What seals records and opens them again.
pub struct Seal {
    sealing: Sealing,
    newest: Key,
    older: Vec<Key>,
}

impl Seal {
    /// Seals with the newest of these keys, and opens what any of them has sealed.
    pub fn new(sealing: Sealing, keys: &Keys) -> Self {
        let derived = |key: &Key| -> Key {
            mac(key, &[sealing.purpose()])
                .finalize()
                .into_bytes()
                .into()
        };
        Seal {
            sealing,
            newest: derived(&keys.newest),
            older: keys.older.iter().map(derived).collect(),
        }
    }

    /// Whether a cookie's value has the shape of a sealed one, of either kind.
    pub(in crate::session) fn is_like(value: &str) -> bool {
        let is_written =
            |byte: u8| byte.is_ascii_alphanumeric() | matches!(byte, b'-' | b'_' | b'.');
        let marks = [Sealing::Encrypted, Sealing::Signed].map(Sealing::mark);
        // To the end in any case, and so many bytes at once: nearly every value is well written.
        let is_all_written = || value.bytes().fold(true, |all, byte| all & is_written(byte));
        marks.iter().any(|mark| value.starts_with(mark)) && is_all_written()
    }

    /// The record as the value of the configured cookie.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`] for the nonce.
    pub(in crate::session) fn close(
        &self,
        record: &Record,
        config: &Config,
    ) -> Result<String, Error> {
        let json = match self.sealing {
            Sealing::Encrypted => payload::list(record, config),
            Sealing::Signed => payload::named(record, config),
        };
        let json = json.map_err(StoreError::unavailable)?;
        let (mark, bound) = (self.sealing.mark(), self.bound(config));
        match self.sealing {
            Sealing::Encrypted => {
                let mut bytes = [0; NONCE];
                getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
                let (msg, aad) = (json.as_bytes(), bound.as_bytes());
                let cipher = XChaCha20Poly1305::new(&self.newest.into());
                let text = cipher.encrypt(&XNonce::from(bytes), Payload { msg, aad });
                let text = text.map_err(StoreError::unavailable)?;
                let mut value = mark.to_owned();
                BASE64URL_NOPAD.encode_append(&[&bytes[..], &text].concat(), &mut value);
                Ok(value)
            }
            Sealing::Signed => {
                let json = BASE64URL_NOPAD.encode(json.as_bytes());
                let tag = mac(&self.newest, &[bound.as_bytes(), json.as_bytes()]);
                let tag = BASE64URL_NOPAD.encode(&tag.finalize().into_bytes());
                Ok(format!("{mark}{json}.{tag}"))
            }
        }
    }

    /// The record in a value of the configured cookie, expired or not; none where no key of ours has
    /// sealed exactly this, in this way and for this cookie.
    pub(in crate::session) fn open(&self, value: &str, config: &Config) -> Option<Record> {
        let sealed = value.strip_prefix(self.sealing.mark())?;
        if value.len() > LONGEST {
            return None;
        }
        let bound = self.bound(config);
        let mut keys = std::iter::once(&self.newest).chain(&self.older);
        let json = match self.sealing {
            Sealing::Encrypted => {
                let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
                let (nonce, msg) = bytes.split_first_chunk::<NONCE>()?;
                let (nonce, aad) = (XNonce::from(*nonce), bound.as_bytes());
                keys.find_map(|key| {
                    let cipher = XChaCha20Poly1305::new(&(*key).into());
                    cipher.decrypt(&nonce, Payload { msg, aad }).ok()
                })?
            }
            Sealing::Signed => {
                let (json, tag) = sealed.split_once('.')?;
                let tag = BASE64URL_NOPAD.decode(tag.as_bytes()).ok()?;
                keys.find(|key| {
                    let expected = mac(key, &[bound.as_bytes(), json.as_bytes()]);
                    // In constant time: how much of a guess is right must not show.
                    expected.verify_slice(&tag).is_ok()
                })?;
                BASE64URL_NOPAD.decode(json.as_bytes()).ok()?
            }
        };
        payload::read(&json)
    }

    /// What is authenticated besides the record. A cookie's name has no `=`, so it ends there.
    fn bound(&self, config: &Config) -> String {
        [self.sealing.mark(), &config.cookie, "="].concat()
    }
}

/// HMAC-SHA256 over these parts in a row: to sign, and to derive a key for a purpose.
fn mac(key: &Key, parts: &[&[u8]]) -> Hmac<Sha256> {
    // A key of 32 bytes is padded with zeros to a block of SHA-256 (RFC 2104), which is the same.
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    parts.iter().fold(mac, |mac, part| mac.chain_update(part))
}
