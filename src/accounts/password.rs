//! Passwords are kept as bcrypt hashes, and bcrypt takes its time on purpose.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::available_parallelism;

use bcrypt::BcryptResult;
use data_encoding::BASE64;
use rocket::figment::Figment;
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;
use sha2::{Digest, Sha256};

use super::Error;

/// bcrypt's cost where nothing else is configured: one hash takes about 0.4 s.
pub const DEFAULT_COST: u32 = 12;

/// How many passwords may be under way, hashed or waiting. Who came later would wait longer than a
/// visitor does: at 0.4 s each, two cores need 13 s for so many.
const PLACES: usize = 64;

/// The setting's name in Rocket.toml; for one run it is `ROCKET_PASSWORD_COST`.
const SETTING: &str = "password_cost";

/// Hashes and verifies passwords, without keeping the server from its other requests.
pub struct Passwords {
    /// The logarithm of the number of rounds: one more is twice the time.
    cost: u32,
    /// One permit a core. Were everybody hashed at once, a crowd that logs in would fill the
    /// blocking pool, which the database needs too. The queue is in order of arrival.
    pub(super) cores: Arc<Semaphore>,
    /// One permit a password that is hashed or waits for a core.
    places: Arc<Semaphore>,
    /// What an unknown user's password is compared with, so that the answer takes as long as a
    /// known user's. It has the shape of a hash, but nobody knows a password that gives it.
    decoy: String,
    /// How often bcrypt ran since the start.
    runs: AtomicU64,
}

impl Passwords {
    /// Passwords of that bcrypt cost, from 4 (for tests) to 31.
    ///
    /// A stored hash carries its own cost: after a change, older passwords still fit.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`]: bcrypt knows no such cost.
    pub fn new(cost: u32) -> Result<Self, Error> {
        if !(4..=31).contains(&cost) {
            let reason = format!("{SETTING} must be a number from 4 to 31, not {cost}");
            return Err(Error::Setting(reason));
        }
        let cores = available_parallelism().map_or(1, |cores| cores.get());
        let salt_and_hash = ".".repeat(22 + 31);
        Ok(Passwords {
            cost,
            cores: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(PLACES)),
            decoy: format!("$2b${cost:02}${salt_and_hash}"),
            runs: AtomicU64::new(0),
        })
    }

    /// Passwords of the cost that the server's configuration names as `password_cost`, else of
    /// [`DEFAULT_COST`].
    ///
    /// # Errors
    ///
    /// [`Error::Setting`]: what stands there is no number, or none that bcrypt knows.
    pub fn from_figment(figment: &Figment) -> Result<Self, Error> {
        let figment = Figment::from(figment).join((SETTING, DEFAULT_COST));
        let cost: u32 = figment
            .extract_inner(SETTING)
            .map_err(|error| Error::Setting(error.to_string()))?;
        Passwords::new(cost)
    }

    /// The text to keep in place of a new password.
    ///
    /// # Errors
    ///
    /// [`Error::Crowded`]; the system gives no random numbers, or the server is shutting down.
    pub async fn hash(&self, password: &str) -> Result<String, Error> {
        let digest = digest(password);
        let cost = self.cost;
        self.run(move || bcrypt::hash(digest, cost)).await
    }

    /// Whether `password` is the one that `hash` was made of.
    ///
    /// Without a hash it never is, and to find that out takes just as long.
    ///
    /// # Errors
    ///
    /// [`Error::Crowded`]; what is given is no bcrypt hash, or the server is shutting down.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, Error> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.clone());
        let digest = digest(password);
        let fits = self.run(move || bcrypt::verify(digest, &hash)).await?;
        Ok(known && fits)
    }

    /// How many passwords went through bcrypt since the start, to be hashed or to be verified.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> BcryptResult<T> + Send + 'static,
    ) -> Result<T, Error> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| Error::Crowded)?;
        let waiting = Arc::clone(&self.cores).acquire_owned();
        let core = waiting.await.map_err(|_| Error::Interrupted)?;
        self.runs.fetch_add(1, Ordering::Relaxed);
        let done = spawn_blocking(move || {
            // Held by the job itself: when a visitor goes away, the request ends but bcrypt does
            // not, and neither its core nor its place is free before it is done.
            let _taken = (core, place);
            job()
        });
        Ok(done.await.map_err(|_| Error::Interrupted)??)
    }
}

/// What bcrypt is given for a password: 44 letters and digits, whatever was typed. bcrypt itself
/// reads only the first 72 bytes, and stops at a NUL; what follows there would not count.
fn digest(password: &str) -> String {
    BASE64.encode(&Sha256::digest(password))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    use rocket::futures::FutureExt;
    use rocket::futures::future::join_all;
    use rocket::tokio;

    fn cheap() -> Passwords {
        Passwords::new(4).unwrap()
    }

    #[tokio::test]
    async fn every_character_counts_behind_72_bytes_and_behind_nul() {
        let passwords = cheap();
        let long = "x".repeat(100);
        for (password, other) in [
            (format!("{long}a"), format!("{long}b")),
            ("secret\0a".to_owned(), "secret\0b".to_owned()),
            ("secret\0".to_owned(), "secret".to_owned()),
        ] {
            let hash = passwords.hash(&password).await.unwrap();
            let verify = |typed| passwords.verify(typed, Some(hash.clone()));
            assert!(verify(&password).await.unwrap());
            assert!(!verify(&other).await.unwrap());
        }
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() {
        let passwords = cheap();
        let one = passwords.hash("secret").await.unwrap();
        let two = passwords.hash("secret").await.unwrap();
        assert!(one.starts_with("$2b$04$"));
        assert_ne!(one, two);
    }

    #[tokio::test]
    async fn without_a_hash_bcrypt_runs_once_and_says_no() {
        let passwords = cheap();
        assert!(!passwords.verify("secret", None).await.unwrap());
        assert_eq!(passwords.runs(), 1);
        assert!(bcrypt::verify("secret", &passwords.decoy).is_ok());
    }

    #[tokio::test]
    async fn a_password_waits_while_every_core_is_busy() {
        let passwords = cheap();
        let all = passwords.cores.available_permits();
        let busy = passwords.cores.acquire_many(all as u32).await.unwrap();
        let mut hashing = Box::pin(passwords.hash("secret"));
        assert!((&mut hashing).now_or_never().is_none());
        assert_eq!(passwords.runs(), 0);
        drop(busy);
        assert!(hashing.await.is_ok());
        assert_eq!(passwords.runs(), 1);
    }

    #[tokio::test]
    async fn passwords_are_served_in_order_and_the_crowd_behind_them_is_sent_away() {
        let passwords = cheap();
        let all = passwords.cores.available_permits() as u32;
        let mut busy = passwords.cores.acquire_many(all).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut waiting = Vec::new();
        for number in 0..PLACES {
            let order = order.clone();
            let mut job = Box::pin(passwords.run(move || {
                order.lock().unwrap().push(number);
                Ok(())
            }));
            assert!((&mut job).now_or_never().is_none());
            waiting.push(job);
        }
        for _ in 0..3 {
            let refused = passwords.hash("secret").now_or_never();
            assert!(matches!(refused, Some(Err(Error::Crowded))));
        }
        // One core, so that they end in the order in which they begin.
        drop(busy.split(1));
        assert!(join_all(waiting).await.iter().all(Result::is_ok));
        assert_eq!(*order.lock().unwrap(), Vec::from_iter(0..PLACES));
        drop(busy);
        assert!(passwords.hash("secret").await.is_ok());
    }

    #[tokio::test]
    async fn a_damaged_hash_is_an_error_and_no_wrong_password() {
        let answer = cheap().verify("secret", Some("damaged".to_owned())).await;
        assert!(matches!(answer, Err(Error::Hashing(_))));
    }

    #[test]
    fn the_cost_comes_from_the_configuration() {
        let cost = |figment: Figment| Passwords::from_figment(&figment).map(|made| made.cost);
        assert!(matches!(cost(Figment::new()), Ok(DEFAULT_COST)));
        assert!(matches!(cost(Figment::from((SETTING, 5))), Ok(5)));
        for figment in [
            Figment::from((SETTING, 3)),
            Figment::from((SETTING, 32)),
            Figment::from((SETTING, "much")),
        ] {
            let error = cost(figment).unwrap_err().to_string();
            assert!(error.contains(SETTING), "{error}");
        }
    }
}
