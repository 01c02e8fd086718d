//! The queue in which passwords wait for a core, without keeping the server from its other
//! requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::timeout;

use super::AccountError;
use super::network::Network;

/// The number of passwords that may be under way, hashed or next in line. At 0.4 s each, two cores
/// need 13 s for them, and a visitor does not wait longer.
const PLACES: usize = 64;

/// The share of the places that one network may hold. A crowd of wrong logins from one address
/// leaves the others to everybody else.
const SHARE: usize = 16;

/// The number of requests of one network that may hold a place or wait for one.
const LINE: usize = 128;

/// The time that a request waits for a place. Sent away at once, a crowd that asks again at once
/// would take every place as it falls free, before a person at the same address.
const PATIENCE: Duration = Duration::from_secs(10);

/// Cores for passwords, and the places in line for them.
pub(super) struct Queue {
    /// One permit a core. Were everybody hashed at once, a crowd that logs in would fill the
    /// blocking pool, which the database needs too. The queue is in order of arrival.
    pub cores: Arc<Semaphore>,
    places: Arc<Semaphore>,
    /// The shares of those networks that have a password under way.
    shares: Mutex<HashMap<Network, Share>>,
    patience: Duration,
}

/// The share of one network.
#[derive(Clone)]
struct Share {
    line: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// The turn to use one core. The next in line gets it when this and its jobs are gone.
pub(super) struct Turn(Arc<[OwnedSemaphorePermit; 4]>);

impl Queue {
    pub fn new() -> Self {
        let cores = available_parallelism().map_or(1, |cores| cores.get());
        Queue {
            cores: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(PLACES)),
            shares: Mutex::default(),
            patience: PATIENCE,
        }
    }

    /// Waits until a core is free for that network.
    ///
    /// # Errors
    ///
    /// [`AccountError::Crowded`]: its line is full, or the places stay taken; [`AccountError::Interrupted`]: the
    /// server shuts down.
    pub async fn turn(&self, from: Network) -> Result<Turn, AccountError> {
        let Share { line, places } = self.share(from);
        let line = line
            .try_acquire_owned()
            .map_err(|_| AccountError::Crowded)?;
        let place = async {
            let share = places.acquire_owned().await.map_err(closed)?;
            let place = Arc::clone(&self.places).acquire_owned().await;
            Ok::<_, AccountError>([share, place.map_err(closed)?])
        };
        let place = timeout(self.patience, place).await;
        let [share, place] = place.map_err(|_| AccountError::Crowded)??;
        let core = Arc::clone(&self.cores).acquire_owned().await;
        Ok(Turn(Arc::new([core.map_err(closed)?, place, share, line])))
    }

    fn share(&self, from: Network) -> Share {
        let shares = self.shares.lock();
        let mut shares = shares.unwrap_or_else(PoisonError::into_inner);
        // Those that only the map still knows have no password under way.
        shares.retain(|_, share| Arc::strong_count(&share.line) > 1);
        let share = shares.entry(from).or_insert_with(|| Share {
            line: Arc::new(Semaphore::new(LINE)),
            places: Arc::new(Semaphore::new(SHARE)),
        });
        share.clone()
    }
}

impl Turn {
    /// Does the job on the blocking pool.
    ///
    /// # Errors
    ///
    /// [`AccountError::Interrupted`]: the job panicked, or the server shuts down; the job's own error.
    pub async fn run<T, E>(
        &self,
        job: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, AccountError>
    where
        T: Send + 'static,
        E: Send + 'static,
        AccountError: From<E>,
    {
        // Held by the job itself: when a visitor goes away, the request ends but bcrypt does not,
        // and neither its core nor its place is free before it is done.
        let turn = Arc::clone(&self.0);
        let done = spawn_blocking(move || {
            let _turn = turn;
            job()
        });
        Ok(done.await.map_err(|_| AccountError::Interrupted)??)
    }
}

fn closed<E>(_: E) -> AccountError {
    AccountError::Interrupted
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use rocket::futures::FutureExt;
    use rocket::futures::future::join_all;
    use rocket::tokio;

    use super::*;

    fn from(host: u8) -> Network {
        Some([192, 0, 2, host].into()).into()
    }

    async fn busy(queue: &Queue) -> tokio::sync::SemaphorePermit<'_> {
        let all = queue.cores.available_permits() as u32;
        queue.cores.acquire_many(all).await.unwrap()
    }

    #[tokio::test]
    async fn the_queue_is_in_order_and_the_crowd_behind_it_is_sent_away_after_a_short_wait() {
        let queue = Queue {
            patience: Duration::ZERO,
            ..Queue::new()
        };
        let mut busy = busy(&queue).await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut waiting = Vec::new();
        for number in 0..PLACES {
            let (queue, order) = (&queue, order.clone());
            let mut job = Box::pin(async move {
                let turn = queue.turn(from((number / SHARE) as u8)).await?;
                let job = move || {
                    order.lock().unwrap().push(number);
                    Ok::<_, AccountError>(())
                };
                turn.run(job).await
            });
            assert!((&mut job).now_or_never().is_none());
            waiting.push(job);
        }
        for host in [0, 100] {
            let refused = queue.turn(from(host)).await;
            assert!(matches!(refused, Err(AccountError::Crowded)), "{host}");
        }
        // One core, so that they end in the order in which they begin.
        drop(busy.split(1));
        assert!(join_all(waiting).await.iter().all(Result::is_ok));
        assert_eq!(*order.lock().unwrap(), Vec::from_iter(0..PLACES));
    }

    /// Waits for a turn, and makes no use of it.
    async fn pass(queue: &Queue, host: u8) -> Result<(), AccountError> {
        queue.turn(from(host)).await.map(drop)
    }

    #[tokio::test]
    async fn one_network_holds_no_more_than_its_share() {
        let queue = Queue::new();
        let busy = busy(&queue).await;
        let mut crowd: Vec<_> = (0..70).map(|_| Box::pin(pass(&queue, 1))).collect();
        for turn in &mut crowd {
            assert!(turn.now_or_never().is_none());
        }
        assert_eq!(queue.places.available_permits(), PLACES - SHARE);
        let mut person = Box::pin(pass(&queue, 2));
        assert!((&mut person).now_or_never().is_none());
        drop(busy);
        // Behind the share of the crowd, and not behind the crowd.
        crowd.truncate(SHARE);
        join_all(crowd).await;
        assert!(person.await.is_ok());
    }

    #[tokio::test]
    async fn behind_a_full_line_nobody_waits() {
        let queue = Queue::new();
        let _busy = busy(&queue).await;
        let mut crowd: Vec<_> = (0..LINE).map(|_| Box::pin(pass(&queue, 1))).collect();
        for turn in &mut crowd {
            assert!(turn.now_or_never().is_none());
        }
        let refused = pass(&queue, 1).now_or_never();
        assert!(matches!(refused, Some(Err(AccountError::Crowded))));
        crowd.pop();
        assert!(pass(&queue, 1).now_or_never().is_none());
    }

    #[tokio::test]
    async fn a_place_that_falls_free_goes_to_the_one_who_waits_longest() {
        let queue = Queue::new();
        let busy = busy(&queue).await;
        let mut crowd: Vec<_> = (0..SHARE).map(|_| Box::pin(pass(&queue, 1))).collect();
        for turn in &mut crowd {
            assert!(turn.now_or_never().is_none());
        }
        let mut person = Box::pin(pass(&queue, 1));
        assert!((&mut person).now_or_never().is_none());
        // One of the crowd goes away and asks again, at once.
        crowd.pop();
        let mut again = Box::pin(pass(&queue, 1));
        assert!((&mut again).now_or_never().is_none());
        assert!((&mut person).now_or_never().is_none());
        drop(busy);
        join_all(crowd).await;
        assert!(person.now_or_never().is_some());
        assert!(again.await.is_ok());
    }

    #[tokio::test]
    async fn networks_without_a_password_under_way_are_forgotten() {
        let queue = Queue::new();
        for host in 0..100 {
            drop(queue.turn(from(host)).await.unwrap());
        }
        assert!(queue.shares.lock().unwrap().len() <= 2);
    }

    #[tokio::test]
    async fn a_core_stays_taken_by_a_job_whose_visitor_has_left() {
        let queue = Queue::new();
        let all = queue.cores.available_permits();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let turn = queue.turn(from(1)).await.unwrap();
        let job = turn.run(move || Ok::<_, AccountError>(ended.recv().is_ok()));
        assert!(Box::pin(job).as_mut().now_or_never().is_none());
        drop(turn);
        assert_eq!(queue.cores.available_permits(), all - 1);
        end.send(()).unwrap();
        while queue.cores.available_permits() < all {
            tokio::task::yield_now().await;
        }
    }
}
