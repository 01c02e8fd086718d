//! Passwords are kept as bcrypt hashes, and bcrypt takes its time on purpose.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use bcrypt::{BcryptResult, HashParts};
use data_encoding::BASE64;
use rocket::figment::Figment;
use sha2::{Digest, Sha256};

use super::network::Network;
use super::queue::{Queue, Turn};
use super::{AccountError, opaque};

/// bcrypt's cost where nothing else is configured: one hash takes about 0.4 s.
pub const DEFAULT_COST: u32 = 12;

/// The setting's name in Rocket.toml; for one run it is `ROCKET_PASSWORD_COST`.
const SETTING: &str = "password_cost";

/// Hashes and verifies passwords, each when it is its turn.
pub struct Passwords {
    /// The logarithm of the number of rounds: one more is twice the time.
    cost: u32,
    /// The cost of a refusal: the highest one that a stored hash may have.
    refusal_cost: AtomicU32,
    pub(super) queue: Queue,
    /// The work that bcrypt has done since the start, in rounds.
    rounds: Arc<AtomicU64>,
    /// The number of turns that were taken since the start.
    runs: AtomicU64,
}

/// The turn to hash or verify.
pub(super) struct Run<'a> {
    passwords: &'a Passwords,
    turn: Turn,
}

/// The judgement of a stored hash on a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verified {
    Wrong,
    Right,
    /// Right, but hashed at another cost or in another form than passwords are today.
    Outdated,
}

impl Passwords {
    /// Passwords of that bcrypt cost, from 4 (for tests) to 31.
    ///
    /// A stored hash carries its own cost: after a change, older passwords still fit, and are
    /// hashed anew when their users log in.
    ///
    /// # Errors
    ///
    /// [`AccountError::Setting`]: bcrypt knows no such cost.
    pub fn new(cost: u32) -> Result<Self, AccountError> {
        if !(4..=31).contains(&cost) {
            let reason = format!("{SETTING} must be a number from 4 to 31, not {cost}");
            return Err(AccountError::Setting(reason));
        }
        Ok(Passwords {
            cost,
            refusal_cost: AtomicU32::new(cost),
            queue: Queue::new(),
            rounds: Arc::default(),
            runs: AtomicU64::new(0),
        })
    }

    /// Passwords of the cost that the server's configuration names as `password_cost`, else of
    /// [`DEFAULT_COST`].
    ///
    /// # Errors
    ///
    /// [`AccountError::Setting`]: the value is no number, or none that bcrypt knows.
    pub fn from_figment(figment: &Figment) -> Result<Self, AccountError> {
        let figment = Figment::from(figment).join((SETTING, DEFAULT_COST));
        let cost: u32 = figment
            .extract_inner(SETTING)
            .map_err(|error| AccountError::Setting(error.to_string()))?;
        Passwords::new(cost)
    }

    /// Waits for the turn of that network.
    ///
    /// # Errors
    ///
    /// [`AccountError::Crowded`]; the server is shutting down.
    pub(super) async fn turn(&self, from: Network) -> Result<Run<'_>, AccountError> {
        let turn = self.queue.turn(from).await?;
        Ok(Run {
            passwords: self,
            turn,
        })
    }

    /// Makes refusals take as long as a hash of that cost does, where it is higher than the
    /// configured one.
    pub(super) fn expect_cost(&self, cost: u32) {
        self.refusal_cost.fetch_max(cost.min(31), Ordering::Relaxed);
    }

    /// The number of passwords that were hashed or verified since the start.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// The rounds that bcrypt has done for them.
    pub fn rounds(&self) -> u64 {
        self.rounds.load(Ordering::Relaxed)
    }
}

impl Run<'_> {
    /// The text to keep in place of a new password.
    ///
    /// # Errors
    ///
    /// The system gives no random numbers, or the server is shutting down.
    pub async fn hash(&self, password: &str) -> Result<String, AccountError> {
        let digest = digest(&opaque::normalise(password));
        let (cost, rounds) = (self.passwords.cost, self.count());
        let hash = move || {
            count_rounds(&rounds, cost);
            bcrypt::hash(digest, cost)
        };
        self.turn.run(hash).await
    }

    /// Tells whether `password` is the one that `hash` was made of.
    ///
    /// Without a hash it never is. Every refusal does the same work: an account that was made at a
    /// lower cost than today's would otherwise be known by a quicker answer.
    ///
    /// # Errors
    ///
    /// The text is no bcrypt hash, or the server is shutting down.
    pub async fn verify(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<Verified, AccountError> {
        let normal = opaque::normalise(password);
        let mut digests = vec![digest(&normal)];
        if normal != password {
            // As passwords were hashed before they were normalised.
            digests.push(digest(password));
        }
        let (passwords, rounds) = (self.passwords, self.count());
        let parts: Option<HashParts> = hash.map(|hash| hash.parse()).transpose()?;
        if let Some(parts) = &parts {
            passwords.expect_cost(parts.get_cost());
        }
        let (cost, refusal) = (
            passwords.cost,
            passwords.refusal_cost.load(Ordering::Relaxed),
        );
        let verify = move || {
            for (number, digest) in digests.iter().enumerate() {
                if fits(digest, parts.as_ref(), refusal, &rounds)? {
                    let is_new = number == 0 && parts.is_some_and(|parts| parts.get_cost() == cost);
                    return Ok::<_, AccountError>(if is_new {
                        Verified::Right
                    } else {
                        Verified::Outdated
                    });
                }
            }
            Ok(Verified::Wrong)
        };
        self.turn.run(verify).await
    }

    fn count(&self) -> Arc<AtomicU64> {
        self.passwords.runs.fetch_add(1, Ordering::Relaxed);
        Arc::clone(&self.passwords.rounds)
    }
}

/// Tells whether the digest is the one in the stored hash. If not, as much work was done as at the
/// cost `refusal`.
fn fits(
    digest: &str,
    stored: Option<&HashParts>,
    refusal: u32,
    rounds: &AtomicU64,
) -> BcryptResult<bool> {
    let Some(stored) = stored else {
        spend(digest, refusal, rounds);
        return Ok(false);
    };
    let cost = stored.get_cost();
    count_rounds(rounds, cost);
    if bcrypt::verify(digest, &stored.to_string())? {
        return Ok(true);
    }
    // The rest up to the cost of a refusal: 2^10 + (2^10 + 2^11) = 2^12. Django's
    // `harden_runtime` does the same.
    (cost..refusal).for_each(|cost| spend(digest, cost, rounds));
    Ok(false)
}

/// Lets bcrypt work for nothing.
fn spend(digest: &str, cost: u32, rounds: &AtomicU64) {
    count_rounds(rounds, cost);
    std::hint::black_box(bcrypt::bcrypt(cost, [0; 16], digest.as_bytes()));
}

fn count_rounds(rounds: &AtomicU64, cost: u32) {
    rounds.fetch_add(1 << cost, Ordering::Relaxed);
}

/// The text that bcrypt is given for a password: 44 letters of base64, whatever was typed. bcrypt
/// itself reads only the first 72 bytes, and stops at a NUL, so that the rest would not count.
fn digest(password: &str) -> String {
    BASE64.encode(&Sha256::digest(password))
}
