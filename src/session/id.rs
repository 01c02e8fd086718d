//! The session ID: `<locker>.<secret>`, the cookie's whole value.
//!
//! Think of a locker ticket. The locker's number says where the things are and may be seen by
//! anyone; the secret is what opens it. The store knows the number and a hash of the secret, so
//! that whoever reads the database still can't open a single locker.

use std::fmt;

use data_encoding::{BASE32_DNSSEC, BASE64URL_NOPAD, Encoding};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::error::Error;

const LOCKER_LENGTH: usize = 13;
const SECRET_LENGTH: usize = 43;

/// The public half of a session ID: a random number of 63 bits, written in 13 letters and digits.
///
/// It is the row's own key in the database (SQLite's rowid), which spares every session a second
/// B-tree. It may be shown and logged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locker(i64);

impl Locker {
    fn random() -> Result<Self, Error> {
        let number = getrandom::u64().map_err(|_| Error::NoRandomness)?;
        Ok(Locker((number >> 1) as i64))
    }

    /// The number as a store keeps it.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The locker with this number, as read from a store.
    pub fn from_number(number: i64) -> Self {
        Locker(number)
    }

    /// Reads a locker as it is shown. None where it has not exactly that shape.
    pub fn parse(text: &str) -> Option<Self> {
        // The decoder takes capitals too. A session ID has one spelling only.
        let capital = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let number = i64::from_be_bytes(decode(&BASE32_DNSSEC, text)?);
        (number >= 0 && !capital).then_some(Locker(number))
    }
}

impl fmt::Display for Locker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32_DNSSEC.encode(&self.0.to_be_bytes()))
    }
}

impl fmt::Debug for Locker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Locker {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The private half of a session ID: 256 random bits. Never stored, shown or logged.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret([u8; 32]);

impl Secret {
    pub(super) fn random() -> Result<Self, Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
        Ok(Secret(bytes))
    }

    pub(super) fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }

    fn parse(text: &str) -> Option<Self> {
        decode(&BASE64URL_NOPAD, text).map(Secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Exactly `N` bytes, where the text says so many.
fn decode<const N: usize>(encoding: &Encoding, text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let fits = encoding.decode_len(text.len()).is_ok_and(|len| len == N);
    let decoded = fits.then(|| encoding.decode_mut(text.as_bytes(), &mut bytes));
    matches!(decoded, Some(Ok(_))).then_some(bytes)
}

/// SHA-256 of a secret: what the store keeps instead of it.
///
/// A plain comparison is enough. What its timing could give away is the hash, and from the hash
/// nobody finds the 256 random bits it was made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Stands where there is no secret, because the cookie holds the record itself. Nothing that
    /// anybody could find hashes to it.
    pub const NONE: SecretHash = SecretHash([0; 32]);

    /// The bytes as a store keeps them.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash with these bytes, as read from a store; none where there are not 32 of them.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(SecretHash)
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// Both halves.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct SessionId {
    pub(super) locker: Locker,
    pub(super) secret: Secret,
}

impl SessionId {
    /// A new one from the operating system's randomness.
    pub(super) fn random() -> Result<Self, Error> {
        let (locker, secret) = (Locker::random()?, Secret::random()?);
        Ok(SessionId { locker, secret })
    }

    /// Reads a cookie's value. None where it has not exactly our shape: then another program on
    /// this host has set it.
    pub(super) fn parse(value: &str) -> Option<Self> {
        if value.len() != LOCKER_LENGTH + 1 + SECRET_LENGTH {
            return None;
        }
        let (locker, secret) = value.split_once('.')?;
        let (locker, secret) = (Locker::parse(locker)?, Secret::parse(secret)?);
        Some(SessionId { locker, secret })
    }

    /// The cookie's value.
    pub(super) fn to_cookie_value(&self) -> String {
        format!("{}.{}", self.locker, BASE64URL_NOPAD.encode(&self.secret.0))
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.…", self.locker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_can_be_read() {
        for _ in 0..1_000 {
            let id = SessionId::random().unwrap();
            let value = id.to_cookie_value();
            assert_eq!(value.len(), 57);
            assert_eq!(SessionId::parse(&value), Some(id));
        }
    }

    #[test]
    fn a_session_id_has_one_spelling_only() {
        let value = "0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert!(SessionId::parse(value).is_some());
        for other in [
            // Capitals, bits beyond the number's or the secret's last, a sign, other separators.
            "0123456789ABG.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "0123456789abh.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
            "v123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "0123456789abg-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "é123456789ab.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "",
        ] {
            assert!(SessionId::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn nothing_private_is_printed() {
        let id = SessionId::random().unwrap();
        let value = id.to_cookie_value();
        let secret = value.split_once('.').unwrap().1;
        let printed = format!("{id:?} {:?} {:?}", id.secret, id.secret.hash());
        assert!(!printed.contains(secret));
        assert!(printed.contains(&id.locker.to_string()));
    }
}
