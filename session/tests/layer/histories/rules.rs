//! The rules for a change, applied to one session that stands still.

use super::asker::{Asker, Due};
use super::history::Op;
use super::seen::Point;
use super::world::{Contents, Lookup, World};

/// A world after a commit, and what has become of the request. `Err`: it was refused with a 409.
pub type After = (World, Asker, Result<(), ()>);

/// The things that a list of operations wants with the session as a whole.
struct Wish {
    ends: bool,
    rotates: bool,
    login: Option<&'static str>,
    adds: bool,
    updates: bool,
}

impl Wish {
    fn of(ops: &[Op]) -> Wish {
        let any = |wanted: fn(&Op) -> bool| ops.iter().any(wanted);
        let login = ops.iter().rev().find_map(|op| match op {
            Op::Login(user) => Some(Some(*user)),
            Op::Pop("user") | Op::Clear | Op::Flush => Some(None),
            _ => None,
        });
        Wish {
            ends: any(|op| *op == Op::Flush),
            rotates: any(|op| matches!(op, Op::Login(_) | Op::Rotate)),
            login: login.flatten(),
            adds: any(|op| matches!(op, Op::Set(..) | Op::Login(_) | Op::Update)),
            updates: any(|op| *op == Op::Update),
        }
    }
}

/// Everything that a commit of these operations may lead to.
pub fn commit(world: &World, asker: &Asker, ops: &[Op], at: &Point) -> Vec<After> {
    let wish = Wish::of(ops);
    let refused = |cookie: bool| {
        let mut asker = asker.clone();
        if cookie {
            asker.due = Due::Nothing;
        }
        (world.clone(), asker, Err(()))
    };
    let begins = |left: Option<usize>| begin(world, asker, ops, wish.login, left, at);
    let gone = || match (wish.login, wish.adds) {
        (Some(_), _) => begins(None),
        (None, true) => {
            let (world, mut asker, refused) = refused(true);
            asker.lookup = Lookup::Vanished;
            vec![(world, asker, refused)]
        }
        (None, false) => {
            let mut asker = asker.clone();
            (asker.lookup, asker.due) = (Lookup::Vanished, Due::Nothing);
            vec![(world.clone(), asker, Ok(()))]
        }
    };
    match asker.lookup {
        Lookup::Nothing => begins(None),
        Lookup::Refused(earlier) => begins(earlier),
        Lookup::Superseded(row) if wish.login.is_some() => begins(Some(row)),
        Lookup::Superseded(_) => vec![refused(false)],
        Lookup::Vanished => gone(),
        Lookup::Known(row) => {
            let mut all = Vec::new();
            if world.rows[row].may_be_over(at) {
                all.extend(gone());
            }
            if world.rows[row].may_be_live(at) {
                let change = if world.carried { carry } else { change };
                all.extend(match change(world, asker, row, ops, &wish, at) {
                    Some((world, asker)) => vec![(world, asker, Ok(()))],
                    None if wish.login.is_some() => begins(Some(row)),
                    None => vec![refused(true)],
                });
            }
            all
        }
    }
}

/// Stores a first record, if there is something to store. A login takes along what is in the row
/// that its ID once opened, if the same user is logged in there.
fn begin(
    world: &World,
    asker: &Asker,
    ops: &[Op],
    login: Option<&str>,
    left: Option<usize>,
    at: &Point,
) -> Vec<After> {
    let own = |row: &usize| login.is_some() && world.rows[*row].contents.user() == login;
    let left = left.filter(own);
    let taken = left.filter(|row| world.rows[*row].may_be_live(at));
    let not_taken = left.is_none_or(|row| world.rows[row].may_be_over(at));
    let ways = [taken.map(Some), not_taken.then_some(None)];
    ways.into_iter()
        .flatten()
        .map(|left| {
            let (mut world, mut asker) = (world.clone(), asker.clone());
            let mut contents = Contents::default();
            if let Some(left) = left {
                world.rows[left].is_left();
                contents = world.rows[left].contents.clone();
            }
            ops.iter().for_each(|op| contents.apply(*op));
            if !contents.data.is_empty() {
                asker.lookup = Lookup::Known(world.begin(contents, at));
                asker.due = Due::New(world.rows.len() - 1, 0);
            }
            (world, asker, Ok(()))
        })
        .collect()
}

/// Changes a session that the server keeps. `None`: it is no longer the one that was seen.
fn change(
    world: &World,
    asker: &Asker,
    number: usize,
    ops: &[Op],
    wish: &Wish,
    at: &Point,
) -> Option<(World, Asker)> {
    let (mut world, mut asker) = (world.clone(), asker.clone());
    let row = &mut world.rows[number];
    let then = &asker.saw;
    let (now, new_lock) = (row.contents.clone(), row.lock != asker.saw_lock);
    let other_user = now.user() != then.user() || wish.updates || wish.login.is_some();
    if now.last_user != then.last_user || (new_lock && other_user) {
        return None;
    }
    let mut contents = now.clone();
    ops.iter().for_each(|op| contents.apply(*op));
    if wish.ends {
        let goes_on = !contents.data.is_empty();
        if goes_on && new_lock {
            return None;
        }
        row.ended = true;
        asker.lookup = Lookup::Nothing;
        asker.due = if new_lock { Due::Nothing } else { Due::Remove };
        if goes_on {
            let number = world.begin(contents, at);
            (asker.lookup, asker.due) = (Lookup::Known(number), Due::New(number, 0));
        }
        return Some((world, asker));
    }
    let new_expiry = contents.expiry != now.expiry;
    let logged_out = now.user().is_some() && contents.user().is_none();
    row.contents = contents;
    if asker.brought == Some(number) {
        row.is_used(at.since.now, at);
    } else if new_expiry {
        row.begins_anew();
    }
    if new_lock {
        asker.due = Due::Nothing;
    } else if wish.rotates {
        row.rotate(at);
        asker.due = Due::New(number, row.lock);
    } else if (new_expiry || logged_out) && !matches!(asker.due, Due::New(..)) {
        asker.due = Due::Same(number, row.lock);
    } else {
        asker.is_due(Due::MaySame(number, row.lock));
    }
    Some((world, asker))
}

/// Changes a session that its browser carries: the new one is in the answer's cookie, and the old
/// one stays in the old cookie.
fn carry(
    world: &World,
    asker: &Asker,
    row: usize,
    ops: &[Op],
    wish: &Wish,
    at: &Point,
) -> Option<(World, Asker)> {
    let (mut world, mut asker) = (world.clone(), asker.clone());
    let mut contents = world.rows[row].contents.clone();
    ops.iter().for_each(|op| contents.apply(*op));
    if wish.ends && contents.data.is_empty() {
        (asker.lookup, asker.due) = (Lookup::Nothing, Due::Remove);
    } else {
        let number = world.begin(contents, at);
        (asker.lookup, asker.due) = (Lookup::Known(number), Due::New(number, 0));
        asker.brought = (!wish.ends).then_some(number);
    }
    Some((world, asker))
}
