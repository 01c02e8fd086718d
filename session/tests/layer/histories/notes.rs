//! A request puts down what it sees, point by point.

use std::sync::{Arc, Mutex, MutexGuard};

use rocket::tokio::task::yield_now;
use rocket_session_layer::{Clock, Error, Session};
use serde_json::Value;

use super::history::Op;
use super::seen::{Data, Moment, Point, Sight};
use crate::common::errand::View;
use crate::common::{Call, Fault};

/// The points of one request so far. Clones share them: the stage and the view both write.
#[derive(Clone)]
pub struct Notes(Arc<Mutex<Noted>>);

struct Noted {
    clock: Clock,
    step: usize,
    /// The beginning of the point at which the request is, if it is at one, and what is seen of it
    /// if its visitor gives up.
    at: Option<(Moment, Sight)>,
    fault: Option<(Call, Fault)>,
    points: Vec<Point>,
}

impl Notes {
    /// A request comes, and looks up its session.
    pub fn begun(clock: Clock, step: usize) -> Notes {
        let notes = Notes(Arc::new(Mutex::new(Noted {
            clock,
            step,
            at: None,
            fault: None,
            points: Vec::new(),
        })));
        notes.begins(Sight::Found(Data::new()));
        notes
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap()
    }

    pub fn steps_on(&self, step: usize) {
        self.noted().step = step;
    }

    /// The store fails at this point.
    pub fn fails(&self, call: Call, fault: Fault) {
        self.noted().fault = Some((call, fault));
    }

    fn begins(&self, sight: Sight) {
        let mut noted = self.noted();
        noted.at = Some((noted.moment(), sight));
    }

    pub fn ends(&self, sight: Sight) {
        let mut noted = self.noted();
        let until = noted.moment();
        let point = Point {
            since: noted.at.take().map_or(until, |(since, _)| since),
            until,
            fault: noted.fault.take(),
            sight,
        };
        noted.points.push(point);
    }

    pub fn gives_up(&self) {
        let at = self.noted().at.clone();
        match at {
            // It has changed nothing so far.
            None | Some((_, Sight::Found(_))) => {}
            Some((_, sight)) => self.ends(sight),
        }
    }

    pub fn points(&self) -> Vec<Point> {
        self.noted().points.clone()
    }
}

impl Noted {
    fn moment(&self) -> Moment {
        Moment {
            step: self.step,
            now: self.clock.now(),
        }
    }
}

/// A view that does these things one after the other, with a gate before each and at its end.
pub fn view(ops: Vec<Op>, notes: Notes) -> View {
    Box::new(|session| {
        Box::pin(async move {
            let json = session.data().to_json().unwrap();
            notes.ends(Sight::Found(serde_json::from_str(&json).unwrap()));
            for op in ops {
                yield_now().await;
                let done = does(session, op, &notes).await;
                notes.begins(Sight::Answered(None));
                done?;
            }
            notes.begins(Sight::Answered(None));
            yield_now().await;
            Ok(Value::Null)
        })
    })
}

async fn does(session: &Session, op: Op, notes: &Notes) -> Result<(), Error> {
    match op {
        Op::Set(key, value) => session.set(key, value)?,
        Op::Pop(key) => drop(session.pop(key)),
        Op::Login(user) => session.set("user", user)?,
        Op::Clear => session.clear(),
        Op::Flush => session.flush(),
        Op::Rotate => session.rotate(),
        Op::Expire(expiry) => session.set_expiry(expiry)?,
        Op::Update => {
            notes.begins(Sight::Updated(None));
            let add_one = |n: &mut u64| {
                *n += 1;
                *n
            };
            let updated = session.update("n", add_one).await;
            let status = |error: &Error| error.status().code;
            let seen = updated.as_ref().map_err(status).copied();
            notes.ends(Sight::Updated(Some(seen)));
            updated?;
        }
    }
    Ok(())
}
