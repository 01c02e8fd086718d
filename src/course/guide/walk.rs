//! The walk through the running lesson: its scenario as a checklist, with the questions that it asks
//! and the tool for the step that is next.

use rocket::fairing::AdHoc;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait, get, routes};
use rocket_dyn_templates::context;
use serde_json::{Value, json};

use crate::answer::{Answer, render};
use crate::course::guide::notes::to_html;
use crate::course::guide::observe::Observer;
use crate::course::guide::question::question;
use crate::course::guide::state::Guide;
use crate::course::guide::tools;
use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::course::lessons::head::Lesson;
use crate::course::lessons::registry::Lessons;
use crate::course::scenario::Checklist;
use crate::course::terminal::lines::OpeningQuestion;
use crate::course::xray::{self, Onlooker};

/// Attaches the guide. Belongs before the stages that show it, so that a page shows its own
/// request's tick: response fairings run in the order of attachment.
pub fn stage(lessons: &'static Lessons, lesson: &'static Lesson) -> AdHoc {
    AdHoc::on_ignite("Guide", async move |rocket| {
        let guide = Guide::of(lessons, lesson, &rocket);
        let rocket = match guide.opening_question() {
            Some(question) => rocket.manage(OpeningQuestion(question)),
            None => rocket,
        };
        rocket
            .manage(guide)
            .mount("/walk", tools::routes())
            .mount("/walk", routes![list])
            .attach(Observer)
    })
}

/// The checklist alone, for a page whose next step is done elsewhere: in another window, in the
/// console or in the terminal.
#[get("/list")]
fn list(_onlooker: Onlooker<'_>, list: Listed) -> Answer {
    render("checklist", context! { checklist: list.0 })
}

/// The checklist as the template shows it.
struct Listed(Value);

#[async_trait]
impl<'r> FromRequest<'r> for Listed {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let guide = request.rocket().state::<Guide>();
        let listed = guide.and_then(|guide| {
            let list = guide.list(guide.scenario()?);
            Some(Listed(guide.checklist(
                &list,
                request,
                Language::of(request),
            )))
        });
        listed.map_or(Outcome::Error((Status::NotFound, ())), Outcome::Success)
    }
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
                    self.question(&self.list(scenario), place, None, language)
                })
            }
        }
    }

    /// The walk as the page that answers this request shows it: its steps, and its questions. `None`
    /// if there are none.
    pub fn walk(
        &self,
        request: &Request<'_>,
        language: Language,
        is_cover: bool,
    ) -> Option<(Value, Value)> {
        let scenario = self.scenario()?;
        let list = self.list(scenario);
        let steps = self.checklist(&list, request, language);
        // The cover page itself shows the first question.
        let first = scenario.first_question().filter(|_| is_cover);
        let asked = list.asked().into_iter();
        let asked = asked.filter(|place| Some(*place) != first);
        let questions = asked.map(|place| self.question(&list, place, Some(request), language));
        Some((steps, questions.collect()))
    }

    /// The question of the step at this place.
    fn question(
        &self,
        list: &Checklist<'_>,
        place: usize,
        page: Option<&Request<'_>>,
        language: Language,
    ) -> Value {
        let Some(predict) = &list.steps()[place].predict else {
            return Value::Null;
        };
        let ticked = place < list.done();
        let shown = self
            .recent()
            .answered
            .filter(|(question, _)| *question == place);
        let seen = |side: &str| shown.map(|(_, number)| xray::column(page, number, side));
        question(predict, (place, ticked), seen, language)
    }

    /// The steps as pages list them, the next one with its tool.
    fn checklist(&self, list: &Checklist<'_>, request: &Request<'_>, language: Language) -> Value {
        let next = list.next().map(|(place, _)| place);
        // The question stands at the step that is next: a redirect may answer it with that one.
        let asked = list.asked().into_iter().find(|place| *place >= list.done());
        let asks = asked.and_then(|place| {
            let question = &list.steps()[place].predict.as_ref()?.question;
            Some(json!({ "step": place + 1, "question": question.text(language) }))
        });
        let missed = next.and_then(|place| self.recent().missed_at(place, language));
        let steps = list.steps().iter().enumerate().map(|(place, step)| {
            let done = place < list.done();
            let outcome = step.instruction.as_ref().filter(|_| done);
            // Steps that the server can't see are done before the next one that it can.
            let is_due = !done && next.is_some_and(|next| place <= next);
            let tool = is_due.then(|| tools::of_step(list, place, self, request, language));
            json!({
                "asks": asks.as_ref().filter(|_| place == list.done()),
                "act": to_html(step.instruction.as_ref().unwrap_or(&step.say).text(language)),
                "outcome": outcome.map(|_| to_html(step.say.text(language))),
                "tool": tool,
                "missed": missed.as_ref().filter(|_| next == Some(place)),
                "done": done,
                "demo_only": list.is_demo_only(place),
            })
        });
        let steps: Value = steps.collect();
        json!({
            "steps": steps,
            "done": list.done(),
            "doable": list.doable(),
            "asks": asks.is_some(),
            "missed": missed,
            "then": self.then(),
        })
    }

    /// The command for those who are through, and the text that leads to it: after an open half comes
    /// the closed one, and after that the exercise.
    fn then(&self) -> Value {
        let closed = self.lessons.other_half(self.lesson);
        match closed.filter(|_| self.lesson.is_open()) {
            Some(closed) => json!({ "text": "walk-done-close", "command": closed.command() }),
            None => {
                let command = format!("cargo run -- start {}", self.lesson.in_course());
                json!({ "text": "walk-done-exercise", "command": command })
            }
        }
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
