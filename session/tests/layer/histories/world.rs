//! The sessions there are and who knows which ID, if all that happens does so one thing at a time.

use std::collections::BTreeMap;

use rocket_session_layer::{Expiry, Timestamp};

use super::history::{Op, SHORT};
use super::seen::{Data, Point};
use crate::common::app::{DAY, HOUR, MINUTE};

/// A session's data, and whose it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    pub data: Data,
    pub last_user: Option<String>,
    pub expiry: Option<Expiry>,
}

/// A session.
#[derive(Clone, Debug)]
pub struct Row {
    pub ended: bool,
    /// The number of IDs it had before this one.
    pub lock: usize,
    /// The last change of the ID: not before the first moment, and not after the second. A clock may be
    /// moved while a request is on its way, so no time is known better.
    rotated: (Timestamp, Timestamp),
    touched: (Timestamp, Timestamp),
    /// The seconds that it lives after that, at least and at most.
    pub lives: (i64, i64),
    pub contents: Contents,
}

/// The rules of one engine, and everything that is stored.
#[derive(Clone)]
pub struct World {
    /// Each browser carries its session, so that an old cookie opens what was in it.
    pub carried: bool,
    pub rows: Vec<Row>,
    /// The row and the lock that a cookie is for.
    pub ids: BTreeMap<String, (usize, usize)>,
}

/// The session that a cookie opens, or the reason why it opens none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lookup {
    Nothing,
    /// It opens nothing, and its browser is told to forget it. It may have been this row's once.
    Refused(Option<usize>),
    /// It was this row's until a moment ago.
    Superseded(usize),
    /// The row was ended while the request was on its way.
    Vanished,
    Known(usize),
}

impl Contents {
    pub fn user(&self) -> Option<&str> {
        self.data.get("user")?.as_str()
    }

    pub fn apply(&mut self, op: Op) {
        match op {
            Op::Set(key, value) => drop(self.data.insert(key.into(), value.into())),
            Op::Pop(key) => drop(self.data.remove(key)),
            Op::Update => {
                let n = self.data.get("n").and_then(|n| n.as_u64());
                self.data.insert("n".into(), (n.unwrap_or(0) + 1).into());
            }
            Op::Login(user) => {
                if self.last_user.as_ref().is_some_and(|last| last != user) {
                    *self = Contents::default();
                }
                self.data.insert("user".into(), user.into());
                self.last_user = Some(user.into());
            }
            Op::Clear => {
                self.data.clear();
                self.last_user = None;
            }
            Op::Flush => *self = Contents::default(),
            Op::Rotate => {}
            Op::Expire(expiry) => self.expiry = Some(expiry),
        }
    }

    /// Seconds without use after which it is over.
    fn limit(&self) -> i64 {
        match self.expiry {
            Some(Expiry::After(_)) => SHORT,
            _ => 14 * DAY,
        }
    }

    /// Seconds after which it is over if its ID never comes back.
    fn unreturned(&self) -> i64 {
        let wait = if self.last_user.is_some() { DAY } else { HOUR };
        wait.min(self.limit())
    }
}

impl Row {
    pub fn may_be_live(&self, at: &Point) -> bool {
        !self.ended && at.since.now < self.touched.1 + self.lives.1
    }

    pub fn may_be_over(&self, at: &Point) -> bool {
        self.ended || at.until.now >= self.touched.0 + self.lives.0
    }

    pub fn rotate(&mut self, at: &Point) {
        self.lock += 1;
        self.rotated = (at.since.now, at.until.now);
    }

    /// Its ID was brought and its use recorded, to five minutes or a twentieth of its limit.
    pub fn is_used(&mut self, since: Timestamp, at: &Point) {
        let limit = self.contents.limit();
        let coarse = (limit / 20).min(5 * MINUTE);
        self.touched = (since - coarse, at.until.now.max(self.touched.1));
        self.lives = (limit, limit);
    }

    /// Its ID was brought, and it can't be told whether that was recorded.
    pub fn may_be_used(&mut self, at: &Point) {
        let limit = self.contents.limit();
        self.touched.1 = at.until.now.max(self.touched.1);
        self.lives = (self.lives.0.min(limit), limit);
    }

    /// Its lifetime was changed by the request that began it.
    pub fn begins_anew(&mut self) {
        let limit = self.contents.unreturned();
        self.lives = (limit, limit);
    }

    /// A login went on in a session of its own.
    pub fn is_left(&mut self) {
        self.lives.0 = self.lives.0.min(DAY);
    }
}

impl World {
    pub fn new(carried: bool) -> World {
        World {
            carried,
            rows: Vec::new(),
            ids: BTreeMap::new(),
        }
    }

    /// A new session, and its number.
    pub fn begin(&mut self, contents: Contents, at: &Point) -> usize {
        let now = (at.since.now, at.until.now);
        let lives = if self.carried {
            contents.limit()
        } else {
            contents.unreturned()
        };
        self.rows.push(Row {
            ended: false,
            lock: 0,
            rotated: now,
            touched: now,
            lives: (lives, lives),
            contents,
        });
        self.rows.len() - 1
    }

    /// The session that a cookie opens now: several, if its time may or may not be over.
    pub fn look_up(&self, cookie: Option<&String>, at: &Point) -> Vec<Lookup> {
        let Some((number, lock)) = cookie.and_then(|cookie| self.ids.get(cookie)).copied() else {
            return vec![Lookup::Nothing];
        };
        let row = &self.rows[number];
        let mut all = Vec::new();
        if row.may_be_over(at) {
            all.push(Lookup::Refused(None));
        }
        if row.ended {
        } else if lock == row.lock {
            all.extend(row.may_be_live(at).then_some(Lookup::Known(number)));
        } else if lock + 1 == row.lock {
            if at.since.now < row.rotated.1 + MINUTE {
                all.push(Lookup::Superseded(number));
            }
            if at.until.now >= row.rotated.0 + MINUTE {
                all.push(Lookup::Refused(Some(number)));
            }
        } else {
            all.push(Lookup::Refused(None));
        }
        all
    }

    /// Deletes what is over.
    pub fn purge(&mut self, at: &Point) {
        for row in &mut self.rows {
            row.ended |= !self.carried && !row.may_be_live(at);
        }
    }
}
