//! A store that passes everything on to another one, counts, and fails or waits when it is told to.

use std::sync::{Arc, Mutex};

use rocket::tokio::sync::{Semaphore, oneshot};
use rocket::tokio::task::yield_now;
use rocket_session_layer::{Capabilities, Locker, Outcome, Record, Store, StoreError, Timestamp};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Load,
    Create,
    Update,
    Delete,
    Replace,
    Touch,
    Purge,
    Lockers,
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
}

/// Clones share everything, so that a test keeps one and hands the other to the app.
#[derive(Clone)]
pub struct Probe(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    calls: Mutex<Vec<Call>>,
    fault: Mutex<Option<(Call, Fault)>>,
    purges: Semaphore,
    capabilities: Mutex<Capabilities>,
    name: Mutex<&'static str>,
    gate: Mutex<Option<Gate>>,
}

/// Both ends of a call that is held: the store's half.
struct Gate {
    call: Call,
    /// True: it is held after its work, with the answer.
    done: bool,
    reached: oneshot::Sender<()>,
    released: oneshot::Receiver<()>,
}

impl Gate {
    async fn pass(self) {
        let _ = self.reached.send(());
        let _ = self.released.await;
    }
}

/// Both ends of a call that is held: the test's half. When it is dropped the call goes on.
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
        let name = Mutex::new(store.name());
        Probe(Arc::new(Inner {
            store,
            name,
            capabilities,
            gate: Mutex::default(),
            calls: Mutex::default(),
            fault: Mutex::default(),
            purges: Semaphore::new(0),
        }))
    }

    /// Takes the calls since the last time. Purges, which come by themselves, are left out.
    pub fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.0.calls.lock().unwrap())
    }

    /// From now on this call goes wrong.
    pub fn breaks(&self, call: Call, fault: Fault) {
        *self.0.fault.lock().unwrap() = Some((call, fault));
    }

    /// The next call of this kind waits before it does anything, until the test lets it go on.
    pub fn holds(&self, call: Call) -> Held {
        self.puts_a_gate(call, false)
    }

    /// The next call of this kind does what it should, and waits with its answer.
    pub fn holds_the_answer(&self, call: Call) -> Held {
        self.puts_a_gate(call, true)
    }

    fn puts_a_gate(&self, call: Call, done: bool) -> Held {
        let (reached, entered) = oneshot::channel();
        let (release, released) = oneshot::channel();
        *self.0.gate.lock().unwrap() = Some(Gate {
            call,
            done,
            reached,
            released,
        });
        Held {
            reached: entered,
            release,
        }
    }

    /// Waits here where the test has put a gate.
    async fn passes(&self, call: Call, done: bool) {
        let here = |gate: &mut Gate| gate.call == call && gate.done == done;
        let gate = self.0.gate.lock().unwrap().take_if(here);
        if let Some(gate) = gate {
            gate.pass().await;
        }
    }

    /// From now on the store claims to be capable of no more than this.
    pub fn claims(&self, capabilities: Capabilities) {
        *self.0.capabilities.lock().unwrap() = capabilities;
    }

    /// From now on the store has this name.
    pub fn is_called(&self, name: &'static str) {
        *self.0.name.lock().unwrap() = name;
    }

    /// From now on everything works.
    pub fn heals(&self) {
        *self.0.fault.lock().unwrap() = None;
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
        self.passes(call, false).await;
        let fault = *self.0.fault.lock().unwrap();
        let lost = StoreError::unavailable("the cable was pulled");
        let answer = match fault.filter(|(broken, _)| *broken == call) {
            Some((_, Fault::Fails)) => Err(lost),
            Some((_, Fault::FailsAfter)) => answer.await.and(Err(lost)),
            Some((_, Fault::Conflicts)) => Ok(refusal),
            None => answer.await,
        };
        self.passes(call, true).await;
        answer
    }
}

#[rocket::async_trait]
impl Store for Probe {
    fn name(&self) -> &'static str {
        *self.0.name.lock().unwrap()
    }

    fn capabilities(&self) -> Capabilities {
        *self.0.capabilities.lock().unwrap()
    }

    async fn prepare(&self) -> Result<(), StoreError> {
        self.0.store.prepare().await
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

    async fn lockers(&self, after: Option<Locker>, most: u32) -> Result<Vec<Locker>, StoreError> {
        let answer = self.0.store.lockers(after, most);
        self.through(Call::Lockers, Vec::new(), answer).await
    }

    async fn count(&self) -> Result<u64, StoreError> {
        let answer = self.0.store.count();
        self.through(Call::Lockers, 0, answer).await
    }

    async fn of_user(&self, user: &str) -> Result<Vec<Record>, StoreError> {
        let answer = self.0.store.of_user(user);
        self.through(Call::OfUser, Vec::new(), answer).await
    }
}
