//! The walk through the running lesson: its scenario as a checklist, with the questions that it asks
//! and the tool for the step that is next.

use rocket::Request;
use rocket::fairing::AdHoc;
use serde_json::{Value, json};

use crate::course::guide::notes::to_html;
use crate::course::guide::observe::Observer;
use crate::course::guide::question::question;
use crate::course::guide::state::Guide;
use crate::course::guide::tools;
use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::course::lessons::head::Lesson;
use crate::course::scenario::Scenario;
use crate::course::terminal::lines::OpeningQuestion;
use crate::course::xray;

/// Attaches the guide. Belongs before the stages that show it, so that a page shows its own
/// request's tick: response fairings run in the order of attachment.
pub fn stage(lesson: &'static Lesson) -> AdHoc {
    AdHoc::on_ignite("Guide", async move |rocket| {
        let guide = Guide::of(lesson, &rocket);
        let rocket = match guide.opening_question() {
            Some(question) => rocket.manage(OpeningQuestion(question)),
            None => rocket,
        };
        rocket
            .manage(guide)
            .mount("/walk", tools::routes())
            .attach(Observer)
    })
}

impl Guide {
    /// The question that the lesson opens with, as the cover page shows it. Null if it asks none.
    pub fn opening(&self, language: Language) -> Value {
        match &self.scenario {
            None => Value::Null,
            Some(Err(error)) => json!({ "broken": error.line(language) }),
            Some(Ok(scenario)) => {
                let first = scenario.first_question();
                first.map_or(Value::Null, |place| {
                    self.question(scenario, place, None, language)
                })
            }
        }
    }

    /// The questions of the page that answers this request: the last one that was answered, and
    /// those of the next step. Without the first one on the cover page, which shows it itself.
    pub fn questions(&self, request: &Request<'_>, language: Language, is_cover: bool) -> Value {
        let Some(scenario) = self.scenario() else {
            return Value::Null;
        };
        let first = scenario.first_question().filter(|_| is_cover);
        let asked = self.list(scenario).asked().into_iter();
        let asked = asked.filter(|place| Some(*place) != first);
        asked
            .map(|place| self.question(scenario, place, Some(request), language))
            .collect()
    }

    /// The question of the step at this place.
    fn question(
        &self,
        scenario: &Scenario,
        place: usize,
        page: Option<&Request<'_>>,
        language: Language,
    ) -> Value {
        let Some(predict) = &scenario.steps[place].predict else {
            return Value::Null;
        };
        let ticked = place < self.list(scenario).done();
        let shown = self
            .recent()
            .answered
            .filter(|(question, _)| *question == place);
        let seen = |side: &str| shown.map(|(_, number)| xray::column(page, number, side));
        question(predict, (place, ticked), seen, language)
    }

    /// The steps as pages list them, the next one with its tool. Null if there are none.
    pub fn checklist(&self, request: &Request<'_>, language: Language) -> Value {
        let Some(scenario) = self.scenario() else {
            return Value::Null;
        };
        let list = self.list(scenario);
        let next = list.next().map(|(place, _)| place);
        let asked = list.asked();
        let asks = |place: usize| {
            let now = place >= list.done() && asked.contains(&place);
            let predict = scenario.steps[place].predict.as_ref().filter(|_| now);
            predict.map(|predict| predict.question.text(language))
        };
        let steps = scenario.steps.iter().enumerate().map(|(place, step)| {
            let done = place < list.done();
            let outcome = step.instruction.as_ref().filter(|_| done);
            let tool = (next == Some(place)).then(|| {
                let named = self.named(scenario);
                tools::of_step(&list, &named, self.lesson, request, language)
            });
            json!({
                "asks": asks(place),
                "act": to_html(step.instruction.as_ref().unwrap_or(&step.say).text(language)),
                "outcome": outcome.map(|_| to_html(step.say.text(language))),
                "tool": tool,
                "missed": self.recent().missed_at(place, language),
                "done": done,
                "demo_only": list.is_demo_only(place),
            })
        });
        let steps: Value = steps.collect();
        let now = asked.last().is_some_and(|place| *place >= list.done());
        json!({ "steps": steps, "done": list.done(), "doable": list.doable(), "asks": now })
    }

    /// The question that the lesson opens with.
    fn opening_question(&self) -> Option<Say> {
        let scenario = self.scenario.as_ref()?.as_ref().ok()?;
        let step = &scenario.steps[scenario.first_question()?];
        step.predict
            .as_ref()
            .map(|predict| predict.question.clone())
    }
}
