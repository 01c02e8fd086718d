//! The session ID: `<locker>.<secret>`, the cookie's whole value.
//!
//! Think of a locker ticket. The locker's number says where the things are and may be seen by
//! anyone; the secret is what opens it. The field calls such a pair a split token, its halves
//! selector and verifier: the store finds the row by the locker and keeps only a hash of the
//! secret, so a reader of the database can't open a single locker.

use std::fmt;

use data_encoding::{BASE32_DNSSEC, BASE64URL_NOPAD, Encoding};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

const LOCKER_LENGTH: usize = 13;
const SECRET_LENGTH: usize = 43;

/// The operating system gave no random bytes, so there can be no new session ID.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct NoRandomness(getrandom::Error);

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// The public half of a session ID: a random number of 63 bits, written in 13 letters and digits.
///
/// It is the row's own key in the database (SQLite's rowid), which spares every session a second
/// B-tree. It may be shown and logged.
///
/// ```
/// use rocket_session_layer::Locker;
///
/// let locker = Locker::from_number(7);
/// assert_eq!(Locker::parse(&locker.to_string()), Some(locker));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locker(i64);

impl Locker {
    fn random() -> Result<Self, NoRandomness> {
        let number = u64::from_ne_bytes(random()?);
        Ok(Locker((number >> 1) as i64))
    }

    /// The number as a store keeps it.
    ///
    /// ```
    /// # use rocket_session_layer::Locker;
    /// assert_eq!(Locker::from_number(7).number(), 7);
    /// ```
    pub fn number(self) -> i64 {
        self.0
    }

    /// The locker with this number, as read from a store.
    ///
    /// ```
    /// # use rocket_session_layer::{Locker, SecretHash};
    /// assert_eq!(Locker::from_number(0).to_string(), "0000000000000");
    /// ```
    pub fn from_number(number: i64) -> Self {
        Locker(number)
    }

    /// Reads a locker as it is shown. `None` if it has not exactly that shape.
    ///
    /// ```
    /// # use rocket_session_layer::{Locker, SecretHash};
    /// assert_eq!(Locker::parse("0000000000000"), Some(Locker::from_number(0)));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        // The decoder takes capitals too. A session ID has one spelling only.
        let capital = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let number = i64::from_be_bytes(decode(&BASE32_DNSSEC, text)?);
        (number >= 0 && !capital).then_some(Locker(number))
    }

    /// The locker in a session cookie's value: all of it that may be shown. `None` if the value is
    /// no session ID; then nothing of it may be shown, since it may be a sealed record or another
    /// program's secret.
    ///
    /// ```
    /// use rocket_session_layer::Locker;
    ///
    /// assert_eq!(Locker::in_cookie("another program's"), None);
    /// ```
    pub fn in_cookie(value: &str) -> Option<Self> {
        SessionId::parse(value).map(|id| id.locker)
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

/// Exactly `N` bytes. `None` if the text stands for more, for fewer, or for none at all.
fn decode<const N: usize>(encoding: &Encoding, text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let fits = encoding.decode_len(text.len()).is_ok_and(|len| len == N);
    let decoded = fits.then(|| encoding.decode_mut(text.as_bytes(), &mut bytes));
    matches!(decoded, Some(Ok(_))).then_some(bytes)
}

/// SHA-256 of a secret: what the store keeps instead of it.
///
/// A plain comparison is enough. Its timing could give away the hash at most, and the hash does not
/// lead back to the 256 random bits it was made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Stands in records that their browsers carry: those have no secret, the seal protects them.
    /// No secret that anybody could find hashes to it.
    pub(crate) const NONE: SecretHash = SecretHash([0; 32]);

    /// The bytes as a store keeps them.
    ///
    /// ```
    /// # use rocket_session_layer::{Locker, SecretHash};
    /// assert_eq!(SecretHash::from_bytes(&[7; 32]).map(|hash| hash.bytes()[0]), Some(7));
    /// ```
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash with these bytes, as read from a store. `None` unless there are 32 of them.
    ///
    /// ```
    /// # use rocket_session_layer::{Locker, SecretHash};
    /// assert_eq!(SecretHash::from_bytes(b"too short"), None);
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(SecretHash)
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// Both halves: the public locker, and the secret of 256 random bits that is never stored, shown or
/// logged.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SessionId {
    pub(crate) locker: Locker,
    secret: [u8; 32],
}

impl SessionId {
    /// A new one from the operating system's randomness.
    pub(crate) fn random() -> Result<Self, NoRandomness> {
        SessionId::with_new_secret(Locker::random()?)
    }

    /// A new lock for the same locker: a rotation.
    pub(crate) fn with_new_secret(locker: Locker) -> Result<Self, NoRandomness> {
        let secret = random()?;
        Ok(SessionId { locker, secret })
    }

    pub(crate) fn secret_hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.secret).into())
    }

    /// Reads a cookie's value. `None` if it has not exactly our shape: then another program on this
    /// host has set it.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        if value.len() != LOCKER_LENGTH + 1 + SECRET_LENGTH {
            return None;
        }
        let (locker, secret) = value.split_once('.')?;
        let (locker, secret) = (Locker::parse(locker)?, decode(&BASE64URL_NOPAD, secret)?);
        Some(SessionId { locker, secret })
    }

    pub(crate) fn to_cookie_value(&self) -> String {
        format!("{}.{}", self.locker, BASE64URL_NOPAD.encode(&self.secret))
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
    use crate::randomness::assert_random;

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
    fn lockers_and_secrets_are_random() {
        let ids = || (0..10_000).map(|_| SessionId::random().unwrap());
        let written = |id: SessionId| {
            let value = id.to_cookie_value();
            decode(&BASE64URL_NOPAD, value.split_once('.').unwrap().1).unwrap()
        };
        assert_random::<32>(&ids().map(written).collect::<Vec<_>>());
        let locker = Locker::from_number(7);
        let rotated = |_| written(SessionId::with_new_secret(locker).unwrap());
        assert_random::<32>(&(0..10_000).map(rotated).collect::<Vec<_>>());
        // Of the 63 bits of a locker the upper 56, and the lower 8.
        let bytes = |id: SessionId| {
            let number = id.locker.number().cast_unsigned();
            let mut bytes = (number << 1).to_be_bytes();
            bytes[7] = number as u8;
            bytes
        };
        assert_random(&ids().map(bytes).collect::<Vec<_>>());
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
    fn a_cookie_shows_its_locker_only_if_it_holds_a_session_id() {
        let id = SessionId::random().unwrap();
        let value = id.to_cookie_value();
        assert_eq!(Locker::in_cookie(&value), Some(id.locker));
        for other in ["", "e2.AAAA", &value[..56], &value[..13]] {
            assert_eq!(Locker::in_cookie(other), None, "{other}");
        }
    }

    #[test]
    fn nothing_private_is_printed() {
        let id = SessionId::random().unwrap();
        let value = id.to_cookie_value();
        let secret = value.split_once('.').unwrap().1;
        let printed = format!("{id:?} {:?}", id.secret_hash());
        assert!(!printed.contains(secret));
        assert!(printed.contains(&id.locker.to_string()));
    }
}
