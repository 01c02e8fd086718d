//! A history as it is seen from outside: each request as the few points at which it looked at its
//! session or changed it, and the time between which each of them lies.

use std::collections::BTreeMap;
use std::fmt;

use rocket_session_layer::Timestamp;
use serde_json::Value;

use super::history::Request;
use crate::common::{Answer, Call, Fault};

pub type Data = BTreeMap<String, Value>;

/// A step of the history, and the time that it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub step: usize,
    pub now: Timestamp,
}

/// One request, or a purge.
#[derive(Clone)]
pub struct Visit {
    pub cookie: Option<String>,
    pub request: Request,
    pub points: Vec<Point>,
}

#[derive(Clone)]
pub struct Point {
    pub since: Moment,
    pub until: Moment,
    /// The call of the store that went wrong in between.
    pub fault: Option<(Call, Fault)>,
    pub sight: Sight,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// The view was reached, and this is what it found.
    Found(Data),
    /// An update returned this number, or this status. `None`: its visitor gave up.
    Updated(Option<Result<u64, u16>>),
    /// The answer's status and cookie. `None`: its visitor gave up.
    Answered(Option<(u16, News)>),
    /// Sessions that were over were deleted.
    Purged,
}

/// The news for the browser.
#[derive(Clone, PartialEq)]
pub enum News {
    Nothing,
    Removed,
    Sent(String),
}

impl News {
    pub fn of(answer: &Answer) -> News {
        let Some(line) = answer.cookie() else {
            return News::Nothing;
        };
        let pair = line.split(';').next().unwrap();
        match pair.split_once('=').unwrap() {
            (_, "") => News::Removed,
            (_, value) => News::Sent(value.to_owned()),
        }
    }
}

/// The end of a cookie's value is enough to tell them apart.
fn tail(cookie: &str) -> &str {
    &cookie[cookie.len().saturating_sub(6)..]
}

impl fmt::Debug for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            News::Nothing => f.write_str("no cookie"),
            News::Removed => f.write_str("removed"),
            News::Sent(cookie) => write!(f, "…{}", tail(cookie)),
        }
    }
}

impl fmt::Display for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cookie = self.cookie.as_deref().map_or("nothing", tail);
        let Request { ops, ends, .. } = &self.request;
        write!(f, "…{cookie} {ops:?} {ends}:")?;
        for point in &self.points {
            let (since, until) = (point.since.step, point.until.step);
            write!(f, "\n      {since}–{until} {:?}", point.sight)?;
            if point.since.now < point.until.now {
                write!(f, " {} s later", point.until.now - point.since.now)?;
            }
            if let Some(fault) = point.fault {
                write!(f, " {fault:?}")?;
            }
        }
        Ok(())
    }
}
