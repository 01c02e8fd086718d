//! A scenario as a checklist: a step ticks when it is done by hand. Ticks are in order, so the
//! number of done steps is all that has to be kept.

use rocket::http::Method;

use super::step::{Act, Scenario, ScenarioStep};
use crate::session::Engine;

/// The steps of a scenario, and the number of those that are done.
#[derive(Clone, Debug)]
pub struct Checklist {
    steps: Vec<ScenarioStep>,
    done: usize,
}

impl Checklist {
    /// The checklist of a scenario of which the first `done` steps are done.
    pub fn new(scenario: &Scenario, done: usize) -> Self {
        let steps = scenario.steps.clone();
        let done = done.min(steps.len());
        Checklist { steps, done }
    }

    /// Takes notice of a request, `path` with its query, and of its outcome, from whatever browser.
    /// Returns the place of the step that is ticked by it: the next one, if it is this request and
    /// this is its outcome.
    pub fn observe(
        &mut self,
        method: Method,
        path: &str,
        status: u16,
        place: Option<&str>,
    ) -> Option<usize> {
        let next = self.next()?;
        let ScenarioStep { act, claims, .. } = &self.steps[next];
        // Status and target tell success from failure. The other claims are not judged: a student
        // may be another user than the script's, and the page in another language.
        let claimed = claims.status.is_none_or(|claimed| claimed == status)
            && (claims.place.is_none() || claims.place.as_deref() == place);
        let ticks = matches!(act, Act::Send(sent) if sent.method == method && sent.path == path);
        if ticks && claimed {
            self.done = next + 1;
        }
        (ticks && claimed).then_some(next)
    }

    /// Takes notice that the lesson was started, with this engine. That ticks the next step if it
    /// asks for a restart with this engine. Returns true if it did.
    pub fn started(&mut self, engine: Engine) -> bool {
        let due = self.steps.get(self.done).map(|step| &step.act);
        let ticks = matches!(due, Some(Act::Restart(_)))
            && self.engine(self.done).is_none_or(|wanted| wanted == engine);
        self.done += usize::from(ticks);
        ticks
    }

    /// The engine of the step at this place, if one was named up to there.
    pub fn engine(&self, place: usize) -> Option<Engine> {
        let mut steps = self.steps.iter().take(place + 1).rev();
        steps.find_map(|step| match step.act {
            Act::Restart(engine) => engine,
            _ => None,
        })
    }

    /// The place of the step that ticks next; `None` if there is none left to do by hand.
    ///
    /// The server can't see what is done in a browser alone. Such a step ticks with the next one
    /// that can be seen.
    fn next(&self) -> Option<usize> {
        let unseen = |act: &Act| matches!(act, Act::Close | Act::DevTools(_));
        let mut left = self.done..self.doable();
        left.find(|place| !unseen(&self.steps[*place].act))
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
        let next = self.next().unwrap_or(usize::MAX);
        let led_to = |place: usize| match &self.steps[place].act {
            Act::Send(sent) if sent.method == Method::Get => {
                self.steps[place - 1].claims.place.as_ref() == Some(&sent.path)
            }
            _ => false,
        };
        place >= self.done && (place <= next || (next + 1..=place).all(led_to))
    }

    /// The place of the question that the outcome of the step at this place answers: its own, or
    /// that of a step without a request just before it.
    pub fn answered_by(&self, place: usize) -> Option<usize> {
        let is_sent = |at: usize| matches!(self.steps[at].act, Act::Send(_));
        let mut ticked = (0..=place)
            .rev()
            .take_while(|at| *at == place || !is_sent(*at));
        ticked.find(|at| self.steps[*at].predict.is_some())
    }

    /// The number of steps that are done: the first ones.
    pub fn done(&self) -> usize {
        self.done
    }

    /// The number of steps that can be done by hand: all before time moves.
    pub fn doable(&self) -> usize {
        let moves_time = |step: &ScenarioStep| matches!(step.act, Act::Wait(_));
        let first = self.steps.iter().position(moves_time);
        first.unwrap_or(self.steps.len())
    }

    /// True if only a demo can do the step at this place, since time must have moved before it: no
    /// student waits fifteen days.
    pub fn is_demo_only(&self, place: usize) -> bool {
        place >= self.doable()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Lessons;

    const GET: Method = Method::Get;
    const POST: Method = Method::Post;

    fn second_lesson(done: usize) -> Checklist {
        let scenario = Scenario::load(&Lessons::of_project().unwrap().all()[1])
            .unwrap_or_else(|error| panic!("{error:?}"));
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
    fn a_restart_ticks_at_the_start_with_its_engine() {
        let step = |act: &str| {
            format!("[[step]]\nwho = \"bob\"\n{act}\nsay = {{ en = \"x\", ko = \"x\" }}\n")
        };
        let acts = [
            "restart = true",
            "send = \"GET /main\"",
            "restart = { engine = \"file\" }",
            "restart = true",
        ];
        let source: String = acts.map(step).concat();
        let scenario = Scenario::parse("x.toml", &source).unwrap_or_else(|e| panic!("{e:?}"));
        let mut list = Checklist::new(&scenario, 0);
        assert_eq!(list.observe(GET, "/main", 200, None), None);
        assert!(list.started(Engine::Cache) && !list.started(Engine::File));
        assert_eq!(list.observe(GET, "/main", 200, None), Some(1));
        assert!(!list.started(Engine::Cache) && list.started(Engine::File));
        assert!(!list.started(Engine::Cache) && list.started(Engine::File));
        assert!(!list.started(Engine::File));
        assert_eq!((list.engine(1), list.engine(3)), (None, Some(Engine::File)));
    }

    #[test]
    fn a_question_is_asked_when_its_step_is_next_and_stays_until_the_one_after_it() {
        let asked = |done: usize| second_lesson(done).asked();
        assert_eq!((asked(0), asked(3)), (vec![3], vec![3]));
        assert!(second_lesson(2).is_next(3), "the login leads to it");
        assert_eq!(
            (asked(4), asked(5), asked(6)),
            (vec![3], vec![3, 5], vec![5])
        );
        // The browser is closed before the step that asks next, which the server can't see.
        assert_eq!(
            (asked(7), asked(8), asked(11)),
            (vec![5, 8], vec![5, 8], vec![8])
        );
        let list = second_lesson(7);
        assert!(list.is_next(7) && list.is_next(8) && !list.is_next(9));
        let answered = [3, 4, 8].map(|place| list.answered_by(place));
        assert_eq!(answered, [Some(3), None, Some(8)]);
    }

    #[test]
    fn questions_of_steps_that_only_a_demo_can_do_are_asked_after_the_others() {
        let tenth = Scenario::load(&Lessons::of_project().unwrap().all()[9])
            .unwrap_or_else(|error| panic!("{error:?}"));
        let asked = |done| Checklist::new(&tenth, done).asked();
        assert_eq!((asked(0), asked(6)), (vec![7], vec![7, 9]));
    }

    #[test]
    fn a_restart_is_answered_by_the_request_after_it() {
        let eighth = Scenario::load(&Lessons::of_project().unwrap().all()[7])
            .unwrap_or_else(|error| panic!("{error:?}"));
        let list = Checklist::new(&eighth, 1);
        assert_eq!((list.asked(), list.answered_by(2)), (vec![1], Some(1)));
    }

    #[test]
    fn more_done_than_there_is_counts_as_all() {
        assert_eq!(second_lesson(99).done(), 11);
    }
}
