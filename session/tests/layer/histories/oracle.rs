//! Looks for an order in which what was seen is what one request after the other would have seen.

use super::asker::Asking;
use super::points::after;
use super::seen::{Point, Visit};
use super::world::World;

/// The most worlds that are looked at. A history with an order needs some hundred.
const MOST: usize = 200_000;

struct Search<'v> {
    visits: &'v [Visit],
    looked_at: usize,
    /// The longest order so far.
    longest: Vec<usize>,
}

/// # Errors
///
/// There is no such order; with the longest beginning of one.
pub fn explain(visits: &[Visit], carried: bool) -> Result<(), String> {
    let mut search = Search {
        visits,
        looked_at: 0,
        longest: Vec::new(),
    };
    let askers = vec![None; visits.len()];
    if search.goes_on(&World::new(carried), &askers, &mut Vec::new()) {
        return Ok(());
    }
    assert!(search.looked_at < MOST, "too many orders to try");
    let mut said = String::from("no order explains\n");
    for (number, visit) in visits.iter().enumerate() {
        let done = search.longest.iter().filter(|at| **at == number).count();
        let all = visit.points.len();
        said += &format!("  {number} {visit}\n      {done} of {all} explained\n");
    }
    Err(said)
}

impl Search<'_> {
    fn goes_on(&mut self, world: &World, askers: &[Asking], order: &mut Vec<usize>) -> bool {
        self.looked_at += 1;
        if order.len() > self.longest.len() {
            self.longest.clone_from(order);
        }
        let next = |number: usize| {
            let done = order.iter().filter(|at| **at == number).count();
            self.visits[number].points.get(done)
        };
        let next: Vec<_> = (0..askers.len()).map(next).collect();
        let Some(earliest) = next.iter().flatten().map(|point| point.until.step).min() else {
            return true;
        };
        // A point that begins only after another is over can't come before it.
        let may_come = |point: &&Point| point.since.step <= earliest;
        for (number, point) in next.iter().enumerate() {
            let Some(point) = point.filter(|point| may_come(point)) else {
                continue;
            };
            for (world, asker) in after(world, &askers[number], &self.visits[number], point) {
                if self.looked_at >= MOST {
                    return false;
                }
                let mut askers = askers.to_vec();
                askers[number] = asker;
                order.push(number);
                if self.goes_on(&world, &askers, order) {
                    return true;
                }
                order.pop();
            }
        }
        false
    }
}
