//! One request in that world: what it has found, what it still wants, and what its browser is to
//! hear.

use rocket_session_layer::Timestamp;

use super::history::Op;
use super::seen::{News, Point};
use super::world::{Contents, Lookup, World};

/// The news that the answer has for the browser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Due {
    Nothing,
    Remove,
    /// An ID that was never sent: this lock of this row.
    New(usize, usize),
    /// The ID that it brought, or may bring, once more.
    Same(usize, usize),
    MaySame(usize, usize),
}

#[derive(Clone, Debug)]
pub struct Asker {
    pub lookup: Lookup,
    /// The row as it last saw it, its lock, and how long it was to live.
    pub saw: Contents,
    pub saw_lock: usize,
    pub saw_lives: (i64, i64),
    /// The row whose ID it brought.
    pub brought: Option<usize>,
    /// The time at which it came.
    pub since: Timestamp,
    /// The operations that wait for the commit, and the number of those that were called.
    pub pending: Vec<Op>,
    called: usize,
    pub due: Due,
    /// The status with which a call has failed.
    pub failed: Option<u16>,
}

impl Asker {
    pub fn new(world: &World, lookup: Lookup, at: &Point) -> Self {
        let brought = match lookup {
            Lookup::Known(number) => Some(number),
            _ => None,
        };
        let mut asker = Asker {
            lookup,
            saw: Contents::default(),
            saw_lock: 0,
            saw_lives: (0, 0),
            brought,
            since: at.since.now,
            pending: Vec::new(),
            called: 0,
            due: Due::Nothing,
            failed: None,
        };
        asker.sees(world);
        asker
    }

    /// Takes its session as it is now.
    pub fn sees(&mut self, world: &World) {
        if let Lookup::Known(number) = self.lookup {
            let row = &world.rows[number];
            self.saw = row.contents.clone();
            (self.saw_lock, self.saw_lives) = (row.lock, row.lives);
        }
    }

    /// Calls the operations before the next update. False: there is none.
    pub fn calls_on(&mut self, ops: &[Op]) -> bool {
        while let Some(op) = ops.get(self.called).copied() {
            self.called += 1;
            match op {
                Op::Update => return true,
                Op::Pop(key) if !self.view().data.contains_key(key) => {}
                op => self.push(op),
            }
        }
        false
    }

    fn view(&self) -> Contents {
        let mut contents = self.saw.clone();
        self.pending.iter().for_each(|op| contents.apply(*op));
        contents
    }

    /// Later operations make earlier ones pointless.
    fn push(&mut self, op: Op) {
        let key = |op: &Op| match *op {
            Op::Set(key, _) | Op::Pop(key) => Some(key),
            Op::Login(_) => Some("user"),
            _ => None,
        };
        match op {
            Op::Flush => self.pending.clear(),
            Op::Clear => {
                (self.pending).retain(|old| matches!(old, Op::Flush | Op::Rotate | Op::Expire(_)))
            }
            _ if key(&op).is_some() => {
                let login = |old: &Op| matches!(old, Op::Login(_));
                let since = self.pending.iter().rposition(login).map_or(0, |at| at + 1);
                let same = |old: &Op| key(old) == key(&op);
                if let Some(at) = self.pending[since..].iter().position(same) {
                    self.pending.remove(since + at);
                }
            }
            _ => {}
        }
        self.pending.push(op);
    }

    /// Takes the operations that an update commits along with it: those on its key or, if one is
    /// not about a single key, all.
    pub fn takes_for_update(&mut self) -> Vec<Op> {
        let simple = |op: &Op| match op {
            Op::Set(..) => true,
            Op::Pop(key) => *key != "user",
            _ => false,
        };
        let all = !self.pending.iter().all(simple);
        let taken = |op: &Op| all || matches!(op, Op::Set("n", _) | Op::Pop("n"));
        let (taken, left) = self.pending.drain(..).partition(taken);
        self.pending = left;
        taken
    }

    /// Hears of a commit's cookie.
    pub fn is_due(&mut self, due: Due) {
        self.due = match (self.due, due) {
            (Due::New(..) | Due::Same(..), Due::MaySame(..)) => self.due,
            (_, due) => due,
        };
    }
}

impl World {
    /// Takes down the cookie that a browser was sent. False: it is not the one that was due.
    pub fn sends(&mut self, due: Due, news: &News) -> bool {
        match (due, news) {
            (Due::Nothing | Due::MaySame(..), News::Nothing) | (Due::Remove, News::Removed) => true,
            (Due::New(row, lock), News::Sent(cookie)) => {
                self.ids.insert(cookie.clone(), (row, lock)).is_none() || self.carried
            }
            (Due::Same(row, lock) | Due::MaySame(row, lock), News::Sent(cookie)) => {
                self.ids.get(cookie) == Some(&(row, lock))
            }
            _ => false,
        }
    }
}

/// A request as it is in one of the possible orders. `None`: its view was not reached yet.
pub type Asking = Option<Asker>;
