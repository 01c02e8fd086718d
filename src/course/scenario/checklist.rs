//! A scenario as a checklist: a step ticks when it is done by hand. Ticks are in order, so the
//! number of done steps is all that has to be kept.

use rocket::http::Method;

use super::act::{Act, DevTools, OtherServer};
use super::named::NamedValues;
use super::played::CheckedClaim;
use super::restart::RestartWith;
use super::step::{Scenario, ScenarioStep};
use super::tick::missed;
use crate::course::exchange::Exchange;
use crate::session::Config;

/// The steps of a scenario, and the number of those that are done.
#[derive(Clone, Debug)]
pub struct Checklist<'s> {
    steps: &'s [ScenarioStep],
    done: usize,
    /// True if time and cookies can be changed by hand.
    movable: bool,
    /// True if this is the second of two servers, which ticks the steps that are done there.
    pub(crate) at_second: bool,
    /// The values that done steps have made.
    pub(crate) named: NamedValues,
}

/// A request by hand, compared with a step.
pub(crate) enum Compared {
    /// It is that step.
    Done,
    /// It is that step's request with another outcome.
    Missed(CheckedClaim),
    /// It is another request.
    Other,
}

impl Compared {
    pub(crate) fn is_done(&self) -> bool {
        matches!(self, Compared::Done)
    }
}

impl<'s> Checklist<'s> {
    /// The checklist of a scenario of which the first `done` steps are done. `movable`: the server's
    /// clock and a browser's cookie can be changed by hand, as they can in a debug build.
    pub fn new(scenario: &'s Scenario, done: usize, movable: bool) -> Self {
        let steps = scenario.steps.as_slice();
        Checklist {
            steps,
            done: done.min(steps.len()),
            movable,
            at_second: false,
            named: NamedValues::default(),
        }
    }

    /// Compares a request for this target, a path with its query, with a step.
    pub(crate) fn compare(
        &self,
        step: &ScenarioStep,
        target: &str,
        exchange: &Exchange,
    ) -> Compared {
        let Act::Send(sent) = &step.act else {
            return Compared::Other;
        };
        let path = self.named.filled(&sent.path);
        if (sent.server == Some(OtherServer::Second)) != self.at_second {
            return Compared::Other;
        }
        if sent.method.as_str() != exchange.request.method || path != target {
            return Compared::Other;
        }
        let missed = missed(&step.claims, sent, exchange).into_iter().next();
        missed.map_or(Compared::Done, Compared::Missed)
    }

    /// Takes notice that the lesson was started, with this configuration. That ticks the next step if
    /// it asks for a restart with these settings. Returns true if it did.
    pub fn started(&mut self, config: &Config) -> bool {
        let Some((place, step)) = self.next() else {
            return false;
        };
        let ticks = matches!(step.act, Act::Restart(_)) && self.restarted(place).holds(config);
        if ticks {
            self.tick();
        }
        ticks
    }

    /// Ticks the next step, and what the server can't see before it.
    pub fn tick(&mut self) {
        if let Some((next, _)) = self.next() {
            self.done = next + 1;
        }
    }

    /// Goes back to the last step that copies a cookie, and returns its place. The copy is lost
    /// with the program that had it.
    pub(crate) fn copy_again(&mut self) -> Option<usize> {
        let copies = |step: &ScenarioStep| step.act == Act::DevTools(DevTools::Copy);
        let place = self.steps[..self.done].iter().rposition(copies)?;
        self.done = place;
        Some(place)
    }

    /// The settings that restarts have named up to the step at this place.
    pub fn restarted(&self, place: usize) -> RestartWith {
        let steps = self.steps.iter().take(place + 1);
        steps.fold(RestartWith::default(), |earlier, step| match &step.act {
            Act::Restart(with) => with.clone().or(earlier),
            _ => earlier,
        })
    }

    /// The step that ticks next, and its place; `None` if there is none left to do by hand.
    ///
    /// A step that the server can't see ticks with the next one.
    pub fn next(&self) -> Option<(usize, &'s ScenarioStep)> {
        let left = self.steps.iter().enumerate().take(self.doable());
        let mut seen = left.filter(|(_, step)| step.is_seen());
        seen.find(|(place, _)| *place >= self.done)
    }

    /// The last step so far whose page has values that later steps name, or the next step if it is
    /// one. Done again, it makes them anew: a student may have deleted the first ones.
    pub(crate) fn maker(&self) -> Option<&'s ScenarioStep> {
        let next = self.next().map_or(self.done, |(place, _)| place + 1);
        let mut steps = self.steps[..next].iter().rev();
        steps.find(|step| step.made.is_some())
    }

    /// The places of the questions to show: the last one whose step is done, and those of the next
    /// step. The first one is asked from the start.
    pub fn asked(&self) -> Vec<usize> {
        let all = (0..self.steps.len()).filter(|place| self.steps[*place].predict.is_some());
        let all: Vec<usize> = all.collect();
        let done = all.partition_point(|place| *place < self.done);
        let now = all.iter().enumerate().skip(done);
        let now = now.filter(|(number, place)| *number == 0 || self.is_next(**place));
        let last = done.checked_sub(1).map(|last| all[last]);
        last.into_iter()
            .chain(now.map(|(_, place)| *place))
            .collect()
    }

    /// True if the step at this place is done next, perhaps together with others: a redirect leaves
    /// no time for a question between two steps.
    fn is_next(&self, place: usize) -> bool {
        let next = self.next().map_or(usize::MAX, |(place, _)| place);
        let led_to = |place: usize| match &self.steps[place].act {
            Act::Send(sent) if sent.method == Method::Get => {
                self.steps[place - 1].claims.place.as_ref() == Some(&sent.path)
            }
            _ => false,
        };
        place >= self.done && (place <= next || (next + 1..=place).all(led_to))
    }

    /// The place of the question that the outcome of the step at this place answers: its own, or
    /// that of a step without a request to the lesson just before it.
    pub fn answered_by(&self, place: usize) -> Option<usize> {
        let is_sent =
            |at: usize| matches!(self.steps[at].act, Act::Send(_)) && self.steps[at].is_seen();
        let mut ticked = (0..=place)
            .rev()
            .take_while(|at| *at == place || !is_sent(*at));
        ticked.find(|at| self.steps[*at].predict.is_some())
    }

    /// All steps in their order.
    pub(crate) fn steps(&self) -> &'s [ScenarioStep] {
        self.steps
    }

    /// The number of steps that are done: the first ones.
    pub fn done(&self) -> usize {
        self.done
    }

    /// The number of steps that can be done by hand: all, or all before time moves or a cookie
    /// changes if they can't be.
    pub fn doable(&self) -> usize {
        let by_tool = |step: &ScenarioStep| matches!(step.act, Act::Wait(_) | Act::DevTools(_));
        let first = self.steps.iter().position(by_tool);
        first.filter(|_| !self.movable).unwrap_or(self.steps.len())
    }

    /// True if only a demo can do the step at this place, or one before it: no student waits
    /// fifteen days.
    pub fn is_demo_only(&self, place: usize) -> bool {
        place >= self.doable()
    }
}

#[cfg(test)]
mod tests;
