//! A random history: requests that meet, and the order in which they go on.

use std::time::Duration;

use fastrand::Rng;
use rocket_session_layer::Expiry;

use crate::common::Fault;
use crate::common::app::{DAY, HOUR, MINUTE};

/// The limit of a session whose view asks for a short life, in seconds.
pub const SHORT: i64 = 30 * MINUTE;

/// One thing that a view does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// The value is set nowhere else in its history.
    Set(&'static str, u64),
    /// Of the key `user` this is a logout.
    Pop(&'static str),
    /// Adds one to `n`, at once.
    Update,
    Login(&'static str),
    Clear,
    Flush,
    Rotate,
    Expire(Expiry),
}

#[derive(Clone)]
pub struct Request {
    /// The number of the server that gets it.
    pub server: usize,
    /// The cookie it brings: none, or the one with this number, modulo, of all that were sent so
    /// far, the newest first.
    pub brings: Option<usize>,
    pub ops: Vec<Op>,
    /// The status of its view.
    pub ends: u16,
    /// The number of the store's call that goes wrong.
    pub fault: Option<(usize, Fault)>,
    /// The number of steps after which its visitor gives up.
    pub patience: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The request with this number, modulo, goes on to its next gate, or the next that is not
    /// over.
    Go(usize),
    /// Time passes, in seconds.
    Wait(i64),
    /// Sessions that are over are deleted.
    Purge,
}

#[derive(Clone)]
pub struct History {
    /// One after the other: the sessions there are.
    pub opening: Vec<Request>,
    /// All at once. `None`: one that was left out, to make the history smaller.
    pub meeting: Vec<Option<Request>>,
    pub steps: Vec<Step>,
}

impl History {
    /// The history of this number, the same on each machine.
    pub fn of(number: u64) -> History {
        let mut rng = Rng::with_seed(number);
        let mut values = 1_000..;
        let mut opening = Vec::new();
        for _ in 0..rng.usize(1..=2) {
            let mut ops = vec![set(&mut rng, &mut values)];
            if rng.bool() {
                ops.push(Op::Login(user(&mut rng)));
            }
            opening.push(Request::of(None, ops));
            // It comes back, or not; its ID is replaced, or not.
            if rng.u8(..4) > 0 {
                opening.push(Request::of(Some(0), vec![]));
            }
            if rng.u8(..3) == 0 {
                let op = [Op::Rotate, Op::Login(user(&mut rng)), Op::Pop("user")];
                opening.push(Request::of(Some(0), vec![op[rng.usize(..3)]]));
            }
        }
        let requests = rng.usize(2..=6);
        let meeting = (0..requests).map(|_| Some(Request::random(&mut rng, &mut values)));
        let meeting = meeting.collect();
        let mut steps: Vec<_> = (0..requests * 8).map(|_| Step::random(&mut rng)).collect();
        // Once at most, so that no session comes to its absolute limit.
        if rng.u8(..4) == 0 {
            steps.insert(rng.usize(..steps.len()), Step::Wait(15 * DAY));
        }
        History {
            opening,
            meeting,
            steps,
        }
    }

    /// Each history in which one thing less happens.
    pub fn smaller(&self) -> Vec<History> {
        let requests = (0..self.meeting.len()).filter(|at| self.meeting[*at].is_some());
        let without_request = requests.map(|at| {
            let mut less = self.clone();
            less.meeting[at] = None;
            less
        });
        let moments = (0..self.steps.len()).filter(|at| !matches!(self.steps[*at], Step::Go(_)));
        let without_moment = moments.map(|at| {
            let mut less = self.clone();
            less.steps.remove(at);
            less
        });
        without_request.chain(without_moment).collect()
    }
}

impl Request {
    pub fn of(brings: Option<usize>, ops: Vec<Op>) -> Self {
        Request {
            server: 0,
            brings,
            ops,
            ends: 200,
            fault: None,
            patience: None,
        }
    }

    fn random(rng: &mut Rng, values: &mut impl Iterator<Item = u64>) -> Self {
        let brings = (rng.u8(..10) > 0).then(|| rng.usize(..64));
        let ops = (0..[0, 1, 1, 1, 2, 2, 3][rng.usize(..7)]).map(|_| Op::random(rng, values));
        let ops = ops.collect();
        let faults = [Fault::Fails, Fault::FailsAfter, Fault::Conflicts];
        Request {
            server: rng.usize(..2),
            brings,
            ops,
            ends: [200, 200, 200, 200, 200, 200, 404, 500][rng.usize(..8)],
            fault: (rng.u8(..6) == 0).then(|| (rng.usize(..5), faults[rng.usize(..3)])),
            patience: (rng.u8(..12) == 0).then(|| rng.usize(1..12)),
        }
    }
}

impl Op {
    fn random(rng: &mut Rng, values: &mut impl Iterator<Item = u64>) -> Op {
        let expiries = [
            Expiry::Default,
            Expiry::BrowserClose,
            Expiry::After(Duration::from_secs(SHORT as u64)),
        ];
        match rng.u8(..20) {
            0..=3 => set(rng, values),
            4..=5 => Op::Pop(["a", "b", "n"][rng.usize(..3)]),
            6..=9 => Op::Update,
            10..=12 => Op::Login(user(rng)),
            13 => Op::Pop("user"),
            14 => Op::Clear,
            15..=16 => Op::Flush,
            17..=18 => Op::Rotate,
            _ => Op::Expire(expiries[rng.usize(..3)]),
        }
    }
}

impl Step {
    fn random(rng: &mut Rng) -> Step {
        match rng.u8(..40) {
            0 => Step::Wait([1, MINUTE, HOUR, DAY][rng.usize(..4)]),
            1 if rng.u8(..4) == 0 => Step::Purge,
            _ => Step::Go(rng.usize(..720)),
        }
    }
}

fn set(rng: &mut Rng, values: &mut impl Iterator<Item = u64>) -> Op {
    // Far apart, so that no count of one value reaches another.
    Op::Set(
        ["a", "b", "n"][rng.usize(..3)],
        values.next().unwrap() * 100,
    )
}

fn user(rng: &mut Rng) -> &'static str {
    ["alice", "bob"][rng.usize(..2)]
}
