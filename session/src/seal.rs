//! Sessions that their browsers carry: the record itself is the cookie's value, sealed so that only
//! the server can have made or changed it (Flask's way). The server keeps nothing.
//!
//! | sealed | value | a reader of the cookie |
//! | --- | --- | --- |
//! | signed | `s2.<JSON>.<HMAC-SHA256>` | can read it |
//! | encrypted | `e2.<nonce, ciphertext, tag>`, XChaCha20-Poly1305 | sees how long it is, nothing else |
//!
//! Each part is base64url (RFC 4648 §5) without padding; the digit is the format's version.
//!
//! | what happens | what is left |
//! | --- | --- |
//! | restart, crash, `kill -9`, power cut | everything: it is in the browsers |
//! | the file with the keys is lost, or a key is taken away | nothing of what that key has sealed |
//! | a second server with the same keys | has the same sessions |
//! | a session grows beyond 4,096 bytes | the change is refused with 413; the session stays as it was |
//!
//! A server that keeps nothing can't compare, take back or look through its sessions:
//!
//! - **Not atomic.** Each request changes the copy that it brought. Of two at once the browser
//!   keeps the answer that comes last, and the other's change is gone.
//! - **Not revocable.** A logout makes the browser forget its cookie. A copy that was made before
//!   opens the session again, until one of its limits is reached: both are in the record, and the
//!   server goes by them whatever the browser does. For the same reason there is no rotation.
//! - **Not listable.** The server can't tell which sessions there are.
//!
//! Revocation could be added with one number a user: an epoch, kept in the database and sealed into
//! each record at the login. A record with another epoch than its user's would open nothing, and to
//! raise the number would end all of that user's sessions. That is one read a request, so much of
//! what the cookie saved; to end a single session takes a list of those that were ended, which is a
//! store again.
//!
//! Two choices in the cryptography:
//!
//! - A nonce of 192 random bits can be drawn for every cookie under one key for ever: two equal
//!   ones become likely only after some 2⁹⁶. The 96 bits of ChaCha20-Poly1305 and AES-GCM would be
//!   too few for a key that seals millions of cookies a day for years.
//! - Each purpose has a key of its own, derived from the configured one, so that a signed value can
//!   never be mistaken for an encrypted one. The cookie's name and the app's (`session.audience`)
//!   are authenticated along with the record, so that a value sealed for one cookie opens nothing
//!   under another one's name, nor in another app that has the same keys.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::config::{Config, Sealing};
use crate::error::{Error, StoreError};
use crate::format;
use crate::id::random;
use crate::keys::{Key, Keys};
use crate::record::Record;
use crate::setup::SetupError;
use crate::target;

/// The longest value that is worth decoding, in bytes: no longer one was ever sealed.
const LONGEST: usize = 4096;

const NONCE: usize = 24;

/// The beginnings of values that the format before this one sealed. They open nothing any more, but
/// they are ours, so their browsers are told to forget them.
const EARLIER_MARKS: [&str; 2] = ["e1.", "s1."];

impl Sealing {
    fn mark(self) -> &'static str {
        match self {
            Sealing::Encrypted => "e2.",
            Sealing::Signed => "s2.",
        }
    }

    fn purpose(self) -> &'static [u8] {
        match self {
            Sealing::Encrypted => b"session cookie 1, encrypted with XChaCha20-Poly1305",
            Sealing::Signed => b"session cookie 1, signed with HMAC-SHA256",
        }
    }
}

/// Seals records and opens them again.
pub(crate) struct Seal {
    sealing: Sealing,
    newest: Key,
    older: Vec<Key>,
    /// Authenticated along with the record: mark, cookie and audience. A mark has one length, and
    /// neither a cookie's name nor what follows here has an `=`, so it is clear where each of them
    /// ends.
    bound: String,
}

impl Seal {
    /// Seals with the newest configured key, and opens the values that any of them has sealed.
    ///
    /// # Errors
    ///
    /// No keys are configured, and the file with the keys can't be used.
    pub(crate) fn configured(config: &Config) -> Result<Self, SetupError> {
        let keys = match &config.keys {
            Some(keys) => keys.clone(),
            None => Keys::from_file(&config.key_file())?,
        };
        let bound = [
            config.seal.mark(),
            &config.cookie,
            "=",
            &config.audience,
            "=",
        ];
        Ok(Seal::new(config.seal, &keys, bound.concat()))
    }

    fn new(sealing: Sealing, keys: &Keys, bound: String) -> Self {
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
            bound,
        }
    }

    /// True if a cookie's value begins as a sealed one does, of either kind.
    pub(crate) fn is_marked(value: &str) -> bool {
        let marks = [Sealing::Encrypted, Sealing::Signed].map(Sealing::mark);
        let mut marks = marks.iter().chain(&EARLIER_MARKS);
        marks.any(|mark| value.starts_with(mark))
    }

    /// True if a marked value, which does not open, is of ours all the same: sealed with another
    /// key, or by an earlier version. False: another program has set it.
    pub(crate) fn can_have_written(value: &str) -> bool {
        let is_written =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if EARLIER_MARKS.iter().any(|mark| value.starts_with(mark)) {
            log::info!(
                target: target::SECURITY,
                "session: a cookie is refused that an earlier version of this crate sealed"
            );
        }
        value.bytes().all(is_written)
    }

    /// The record as the cookie's value.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`] for the nonce.
    pub(crate) fn close(&self, record: &Record) -> Result<String, Error> {
        let json = match self.sealing {
            Sealing::Encrypted => format::to_list(record),
            Sealing::Signed => format::to_json(record),
        };
        let json = json.map_err(StoreError::unavailable)?;
        let (mark, bound) = (self.sealing.mark(), self.bound.as_bytes());
        match self.sealing {
            Sealing::Encrypted => {
                let nonce: [u8; NONCE] = random()?;
                let cipher = XChaCha20Poly1305::new(&self.newest.into());
                let payload = Payload {
                    msg: json.as_bytes(),
                    aad: bound,
                };
                let text = cipher.encrypt(&XNonce::from(nonce), payload);
                let text = text.map_err(|error| StoreError::unavailable(error.to_string()))?;
                let mut value = mark.to_owned();
                BASE64URL_NOPAD.encode_append(&[&nonce[..], &text].concat(), &mut value);
                Ok(value)
            }
            Sealing::Signed => {
                let json = BASE64URL_NOPAD.encode(json.as_bytes());
                let tag = mac(&self.newest, &[bound, json.as_bytes()]);
                let tag = BASE64URL_NOPAD.encode(&tag.finalize().into_bytes());
                Ok(format!("{mark}{json}.{tag}"))
            }
        }
    }

    /// The record in a value of the cookie, expired or not. `None` if no key of ours has sealed
    /// exactly this, in this way and for this cookie.
    pub(crate) fn open(&self, value: &str) -> Option<Record> {
        let sealed = value.strip_prefix(self.sealing.mark())?;
        if value.len() > LONGEST {
            return None;
        }
        let bound = self.bound.as_bytes();
        let mut keys = std::iter::once(&self.newest).chain(&self.older);
        let json = match self.sealing {
            Sealing::Encrypted => {
                let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
                let (nonce, msg) = bytes.split_first_chunk::<NONCE>()?;
                let nonce = XNonce::from(*nonce);
                keys.find_map(|key| {
                    let cipher = XChaCha20Poly1305::new(&(*key).into());
                    let payload = Payload { msg, aad: bound };
                    cipher.decrypt(&nonce, payload).ok()
                })?
            }
            Sealing::Signed => {
                let (json, tag) = sealed.split_once('.')?;
                let tag = BASE64URL_NOPAD.decode(tag.as_bytes()).ok()?;
                keys.find(|key| {
                    let expected = mac(key, &[bound, json.as_bytes()]);
                    // In constant time: how much of a guess is right must not show.
                    expected.verify_slice(&tag).is_ok()
                })?;
                BASE64URL_NOPAD.decode(json.as_bytes()).ok()?
            }
        };
        format::from_json(None, &json).ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::assert_random;

    #[test]
    fn nonces_are_random() {
        let key = BASE64URL_NOPAD.encode(b"Not a secret: an example, 32 byt") + "=";
        let keys = Keys::parse([&*key]).unwrap();
        let seal = Seal::new(Sealing::Encrypted, &keys, "e2.session_id=test=".to_owned());
        let json = r#"{"locker":"0000000000002","version":3,"created":10,"touched":12,"expires":99,"data":{}}"#;
        let record = format::from_json(None, json.as_bytes()).unwrap();
        let nonce = |_| -> [u8; NONCE] {
            let value = seal.close(&record).unwrap();
            let bytes = BASE64URL_NOPAD.decode(&value.as_bytes()[3..]).unwrap();
            *bytes.first_chunk().unwrap()
        };
        assert_random(&(0..10_000).map(nonce).collect::<Vec<_>>());
    }
}
