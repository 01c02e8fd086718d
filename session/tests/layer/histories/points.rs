//! The worlds that each kind of point leads to, if it was seen as it was.

use super::asker::{Asker, Asking, Due};
use super::history::Op;
use super::rules::commit;
use super::seen::{News, Point, Sight, Visit};
use super::world::{Lookup, World};
use crate::common::{Call, Fault};

const CHANGED: u16 = 409;
const UNAVAILABLE: u16 = 503;

pub fn after(world: &World, asker: &Asking, visit: &Visit, at: &Point) -> Vec<(World, Asking)> {
    match (&at.sight, asker) {
        (Sight::Purged, _) => {
            let mut world = world.clone();
            world.purge(at);
            vec![(world, None)]
        }
        (Sight::Found(data), _) => {
            let lookups = world.look_up(visit.cookie.as_ref(), at).into_iter();
            let askers = lookups.map(|lookup| Asker::new(world, lookup, at));
            let seen = askers.filter(|asker| asker.saw.data == *data);
            seen.map(|asker| (world.clone(), Some(asker))).collect()
        }
        (Sight::Updated(seen), Some(asker)) => updated(world, asker.clone(), visit, at, seen),
        (Sight::Answered(seen), Some(asker)) => answered(world, asker.clone(), visit, at, seen),
        // The store did not even load its session.
        (Sight::Answered(Some((UNAVAILABLE, News::Nothing))), None) if broken(at).is_some() => {
            vec![(world.clone(), None)]
        }
        _ => Vec::new(),
    }
}

/// The store failed a change at this point. True: the change may have been made all the same.
fn broken(at: &Point) -> Option<bool> {
    use Call::{Create, Delete, Replace, Update};
    match at.fault? {
        (Create, Fault::Conflicts) => Some(false),
        (_, Fault::Conflicts) => None,
        (Create | Update | Delete | Replace, Fault::FailsAfter) => Some(true),
        _ => Some(false),
    }
}

/// The ways in which a commit that the store failed leaves the world. Its request learns nothing.
/// An answer that was lost may have been a conflict.
fn unanswered(world: &World, asker: &Asker, ops: &[Op], at: &Point, done: bool) -> Vec<World> {
    let mut ways = Vec::new();
    if done {
        let all = commit(world, asker, ops, at).into_iter();
        ways.extend(all.filter(|all| all.2.is_ok()).map(|all| all.0));
    }
    let mut world = world.clone();
    if let Lookup::Known(row) | Lookup::Superseded(row) | Lookup::Refused(Some(row)) = asker.lookup
        && ops.iter().any(|op| matches!(op, Op::Login(_)))
    {
        world.rows[row].is_left();
    }
    ways.push(world);
    ways
}

fn updated(
    world: &World,
    mut asker: Asker,
    visit: &Visit,
    at: &Point,
    seen: &Option<Result<u64, u16>>,
) -> Vec<(World, Asking)> {
    if !asker.calls_on(&visit.request.ops) {
        return Vec::new();
    }
    let before = asker.clone();
    let mut ops = asker.takes_for_update();
    ops.push(Op::Update);
    let failed = |mut asker: Asker, status: u16| {
        asker.failed = Some(status);
        Some(asker)
    };
    let lost = |done| {
        let worlds = unanswered(world, &before, &ops, at, done).into_iter();
        worlds.map(|world| (world, failed(before.clone(), UNAVAILABLE)))
    };
    match (broken(at), seen) {
        (Some(done), None | Some(Err(UNAVAILABLE))) => lost(done).collect(),
        (Some(_), _) => Vec::new(),
        (None, None) => lost(true).collect(),
        (None, Some(seen)) => {
            let all = commit(world, &asker, &ops, at).into_iter();
            let fits = all.filter_map(|(world, mut asker, result)| match (result, seen) {
                (Ok(()), Ok(n)) => {
                    asker.sees(&world);
                    let counted = asker.saw.data.get("n")? == n;
                    counted.then_some((world, Some(asker)))
                }
                (Err(()), Err(CHANGED)) => {
                    asker.pending.clone_from(&before.pending);
                    Some((world, failed(asker, CHANGED)))
                }
                _ => None,
            });
            fits.collect()
        }
    }
}

fn answered(
    world: &World,
    mut asker: Asker,
    visit: &Visit,
    at: &Point,
    seen: &Option<(u16, News)>,
) -> Vec<(World, Asking)> {
    let unfinished = asker.failed.is_none() && asker.calls_on(&visit.request.ops);
    let Some((status, news)) = seen else {
        let ops = asker.pending.clone();
        let worlds = unanswered(world, &asker, &ops, at, !unfinished).into_iter();
        return worlds.map(|world| (world, None)).collect();
    };
    if unfinished {
        return Vec::new();
    }
    let ends = asker.failed.unwrap_or(visit.request.ends);
    let drops = ends >= 500 || (ends >= 400 && asker.failed.is_some());
    let mut ways: Vec<(World, Asker, u16)> = match broken(at) {
        _ if drops => vec![(world.clone(), asker, ends)],
        _ if asker.pending.is_empty() => {
            let (world, asker) = looked(world, asker, at, news);
            vec![(world, asker, ends)]
        }
        Some(done) => {
            let worlds = unanswered(world, &asker, &asker.pending, at, done).into_iter();
            let failed = worlds.map(|world| (world, asker.clone(), UNAVAILABLE));
            failed.collect()
        }
        None => {
            let all = commit(world, &asker, &asker.pending, at).into_iter();
            let ways = all.map(|(world, asker, result)| {
                let status = result.map_or(CHANGED, |()| ends);
                (world, asker, status)
            });
            ways.collect()
        }
    };
    ways.retain_mut(|(world, asker, would)| {
        if matches!(asker.lookup, Lookup::Refused(_)) && !drops && *would == ends {
            asker.due = Due::Remove;
        }
        would == status && world.sends(asker.due, news)
    });
    ways.into_iter()
        .map(|(world, _, _)| (world, None))
        .collect()
}

/// A request that only looks: its use is recorded, and its browser may be told.
fn looked(world: &World, mut asker: Asker, at: &Point, news: &News) -> (World, Asker) {
    let mut world = world.clone();
    let Lookup::Known(number) = asker.lookup else {
        return (world, asker);
    };
    let row = &mut world.rows[number];
    if asker.brought != Some(number) || !row.may_be_live(at) {
        return (world, asker);
    }
    if world.carried {
        // It is written down nowhere but in the cookie, if one is sent.
        if matches!(news, News::Sent(_)) {
            let mut used = row.clone();
            used.may_be_used(at);
            world.rows.push(used);
            asker.due = Due::New(world.rows.len() - 1, 0);
        }
        return (world, asker);
    }
    // A change that came between has recorded its own use, and a login elsewhere may have left it.
    if at.fault.is_none() && row.lives == asker.saw_lives && !row.may_be_over(at) {
        row.is_used(asker.since, at);
    } else {
        row.may_be_used(at);
    }
    if row.lock == asker.saw_lock {
        asker.is_due(Due::MaySame(number, row.lock));
    }
    (world, asker)
}
