//! A store that passes everything on to another one, counts, and fails or waits when it is told to.

use std::sync::{Arc, Mutex};

use rocket::tokio::pin;
use rocket::tokio::sync::{Notify, Semaphore, oneshot};
use rocket::tokio::task::yield_now;
use session_lessons::session::stores::{Capabilities, Outcome, Seal, Store, StoreError};
use session_lessons::session::{Locker, Record, Timestamp};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Load,
    Create,
    Update,
    Delete,
    Replace,
    Touch,
    Purge,
    OfUser,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The store can't be reached.
    Fails,
    /// It is reached and does what it should, but its answer is lost.
    FailsAfter,
    /// Another request was always faster.
    Conflicts,
    /// The next call, and only that one, waits until everything works again.
    Waits,
    /// It does what it should, and waits with its answer.
    WaitsAfter,
}

/// Clones share everything, so that a test keeps one and hands the other to the app.
#[derive(Clone)]
pub struct Probe(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    calls: Mutex<Vec<Call>>,
    fault: Mutex<Option<(Call, Fault)>>,
    purges: Semaphore,
    /// Calls that wait, or have waited.
    reached: Semaphore,
    healed: Notify,
    capabilities: Mutex<Capabilities>,
    gate: Mutex<Option<(Call, Gate)>>,
}

/// Both ends of a call that is held: the store's half.
struct Gate {
    reached: oneshot::Sender<()>,
    released: oneshot::Receiver<()>,
}

/// Both ends of a call that is held: the test's half.
pub struct Held {
    reached: oneshot::Receiver<()>,
    release: oneshot::Sender<()>,
}

impl Held {
    /// Waits for the call to come.
    pub async fn reached(&mut self) {
        (&mut self.reached).await.expect("the call should come");
    }

    /// Lets it go on.
    pub fn release(self) {
        self.release.send(()).expect("the call should be waiting");
    }
}

impl Probe {
    pub fn new(store: Arc<dyn Store>) -> Self {
        let capabilities = Mutex::new(store.capabilities());
        Probe(Arc::new(Inner {
            store,
            capabilities,
            gate: Mutex::default(),
            calls: Mutex::default(),
            fault: Mutex::default(),
            purges: Semaphore::new(0),
            reached: Semaphore::new(0),
            healed: Notify::new(),
        }))
    }

    /// What was asked of the store since this was last called. Purges, which come by themselves,
    /// are left out.
    pub fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.0.calls.lock().unwrap())
    }

    /// What this store has to be asked where one that keeps records is asked so much: a record that
    /// came with the request need not be loaded.
    pub fn needed<const N: usize>(&self, calls: [Call; N]) -> Vec<Call> {
        let travels = self.0.store.seal().is_some();
        let mut calls = calls.to_vec();
        calls.retain(|call| *call != Call::Load || !travels);
        calls
    }

    /// From now on this call goes wrong.
    pub fn breaks(&self, call: Call, fault: Fault) {
        *self.0.fault.lock().unwrap() = Some((call, fault));
    }

    /// The next call of this kind waits before it does anything, until the test lets it go on.
    pub fn holds(&self, call: Call) -> Held {
        let (reached, entered) = oneshot::channel();
        let (release, released) = oneshot::channel();
        *self.0.gate.lock().unwrap() = Some((call, Gate { reached, released }));
        Held {
            reached: entered,
            release,
        }
    }

    /// From now on the store claims to be capable of no more than this.
    pub fn claims(&self, capabilities: Capabilities) {
        *self.0.capabilities.lock().unwrap() = capabilities;
    }

    /// From now on everything works.
    pub fn heals(&self) {
        *self.0.fault.lock().unwrap() = None;
        self.0.healed.notify_waiters();
    }

    /// Until a call that was not yet waited for has come to where it waits.
    pub async fn reached(&self) {
        self.0.reached.acquire().await.unwrap().forget();
    }

    async fn wait(&self) {
        let healed = self.0.healed.notified();
        pin!(healed);
        healed.as_mut().enable();
        *self.0.fault.lock().unwrap() = None;
        self.0.reached.add_permits(1);
        healed.await;
    }

    /// Waits for a purge that was not yet waited for to be over.
    pub async fn purged(&self) {
        self.0.purges.acquire().await.unwrap().forget();
    }

    async fn through<T>(
        &self,
        call: Call,
        refusal: T,
        answer: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        if call != Call::Purge {
            self.0.calls.lock().unwrap().push(call);
        }
        // A store that never waits would keep requests that are sent at once from ever meeting.
        yield_now().await;
        let gate = self
            .0
            .gate
            .lock()
            .unwrap()
            .take_if(|(held, _)| *held == call);
        if let Some((_, Gate { reached, released })) = gate {
            let _ = reached.send(());
            let _ = released.await;
        }
        let fault = *self.0.fault.lock().unwrap();
        let lost = StoreError::unavailable("the cable was pulled");
        match fault.filter(|(broken, _)| *broken == call) {
            Some((_, Fault::Fails)) => Err(lost),
            Some((_, Fault::FailsAfter)) => answer.await.and(Err(lost)),
            Some((_, Fault::Conflicts)) => Ok(refusal),
            Some((_, Fault::Waits)) => {
                self.wait().await;
                answer.await
            }
            Some((_, Fault::WaitsAfter)) => {
                let answer = answer.await;
                self.wait().await;
                answer
            }
            None => answer.await,
        }
    }
}

#[rocket::async_trait]
impl Store for Probe {
    fn capabilities(&self) -> Capabilities {
        *self.0.capabilities.lock().unwrap()
    }

    fn seal(&self) -> Option<&Seal> {
        self.0.store.seal()
    }

    async fn load(&self, locker: Locker) -> Result<Option<Record>, StoreError> {
        let answer = self.0.store.load(locker);
        self.through(Call::Load, None, answer).await
    }

    async fn create(&self, record: &Record) -> Result<Outcome, StoreError> {
        let answer = self.0.store.create(record);
        self.through(Call::Create, Outcome::Conflict, answer).await
    }

    async fn update(&self, record: &Record, version: i64) -> Result<Outcome, StoreError> {
        let answer = self.0.store.update(record, version);
        self.through(Call::Update, Outcome::Conflict, answer).await
    }

    async fn delete(&self, locker: Locker, version: Option<i64>) -> Result<Outcome, StoreError> {
        let answer = self.0.store.delete(locker, version);
        self.through(Call::Delete, Outcome::Conflict, answer).await
    }

    async fn replace(
        &self,
        ended: Locker,
        version: i64,
        created: &Record,
    ) -> Result<Outcome, StoreError> {
        let answer = self.0.store.replace(ended, version, created);
        self.through(Call::Replace, Outcome::Conflict, answer).await
    }

    async fn touch(&self, record: &Record) -> Result<Outcome, StoreError> {
        let answer = self.0.store.touch(record);
        self.through(Call::Touch, Outcome::Conflict, answer).await
    }

    async fn purge(&self, now: Timestamp, most: u32) -> Result<usize, StoreError> {
        let answer = self.0.store.purge(now, most);
        let answer = self.through(Call::Purge, 0, answer).await;
        self.0.purges.add_permits(1);
        answer
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let answer = self.0.store.of_user(user);
        self.through(Call::OfUser, Vec::new(), answer).await
    }
}
