//! A scenario as a checklist: a step ticks when somebody does it by hand.

use rocket::http::Method;

use super::{Act, Scenario};

/// The steps of a scenario, and how far somebody has come.
#[derive(Clone, Debug)]
pub struct Checklist {
    items: Vec<Item>,
    done: usize,
}

/// One step as a checklist sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    /// A request and its outcome.
    Request {
        method: Method,
        path: String,
        status: Option<u16>,
        place: Option<String>,
    },
    /// What the server can't see: closing the browser. It ticks with the step after it.
    Unseen,
    /// Time must have passed: only a demo can do that.
    DemoOnly,
}

impl Checklist {
    /// The checklist of a scenario of which the first `done` steps are done.
    pub fn new(scenario: &Scenario, done: usize) -> Self {
        let mut time_moved = false;
        let items: Vec<Item> = scenario
            .steps
            .iter()
            .map(|step| {
                // What comes after a wait happens at a time that has not come yet.
                time_moved |= matches!(step.act, Act::Wait(_));
                match &step.act {
                    _ if time_moved => Item::DemoOnly,
                    Act::Send(sent) => Item::Request {
                        method: sent.method,
                        path: sent.path.clone(),
                        status: step.claims.status,
                        place: step.claims.place.clone(),
                    },
                    Act::Close | Act::Wait(_) => Item::Unseen,
                }
            })
            .collect();
        let done = done.min(items.len());
        Checklist { items, done }
    }

    /// Takes notice of a request, `path` with its query, and of its outcome, from whatever browser.
    /// Returns the place of the
    /// step that is ticked by it: the next one, if it is this request and this is its outcome.
    pub fn observe(
        &mut self,
        method: Method,
        path: &str,
        status: u16,
        place: Option<&str>,
    ) -> Option<usize> {
        let left = self.items.iter().enumerate().skip(self.done);
        let mut left = left.filter(|(_, item)| **item != Item::Unseen);
        let (next, item) = left.next()?;
        let Item::Request {
            method: wanted_method,
            path: wanted_path,
            status: wanted_status,
            place: wanted_place,
        } = item
        else {
            return None;
        };
        let ticks = *wanted_method == method
            && wanted_path == path
            && wanted_status.is_none_or(|wanted| wanted == status)
            && wanted_place
                .as_deref()
                .is_none_or(|wanted| place == Some(wanted));
        if ticks {
            self.done = next + 1;
        }
        ticks.then_some(next)
    }

    /// How many steps are done: the first so many.
    pub fn done(&self) -> usize {
        self.done
    }

    /// How many steps can be done by hand.
    pub fn doable(&self) -> usize {
        let by_hand = |item: &&Item| **item != Item::DemoOnly;
        self.items.iter().take_while(by_hand).count()
    }

    /// Whether only a demo can do the step at this place.
    pub fn is_demo_only(&self, place: usize) -> bool {
        self.items.get(place) == Some(&Item::DemoOnly)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::LESSONS;

    const GET: Method = Method::Get;
    const POST: Method = Method::Post;

    fn second_lesson(done: usize) -> Checklist {
        let scenario = Scenario::load(&LESSONS[1]).unwrap_or_else(|error| panic!("{error:?}"));
        Checklist::new(&scenario, done)
    }

    #[test]
    fn a_step_ticks_with_its_request_and_outcome_in_order() {
        let mut list = second_lesson(0);
        assert_eq!(list.observe(POST, "/login", 422, None), None);
        assert_eq!(list.observe(GET, "/main", 200, None), None);
        assert_eq!(list.observe(GET, "/main", 303, Some("/cart")), None);
        assert_eq!(list.observe(GET, "/main", 303, Some("/login")), Some(0));
        assert_eq!(list.observe(GET, "/login", 200, None), None);
        assert_eq!(list.observe(POST, "/login", 422, None), Some(1));
        assert_eq!(list.done(), 2);
    }

    #[test]
    fn what_the_server_cant_see_ticks_with_the_next_step() {
        let mut list = second_lesson(7);
        assert_eq!(list.observe(GET, "/main", 200, None), Some(8));
        assert_eq!(list.done(), 9);
    }

    #[test]
    fn from_a_wait_on_it_is_for_the_demo_only() {
        let mut list = second_lesson(9);
        assert_eq!(list.doable(), 9);
        assert!(!list.is_demo_only(8) && list.is_demo_only(9) && list.is_demo_only(10));
        assert_eq!(list.observe(GET, "/main", 303, Some("/login")), None);
    }

    #[test]
    fn more_done_than_there_is_counts_as_all() {
        assert_eq!(second_lesson(99).done(), 11);
    }
}
