//! The walk through the running lesson: its scenario as a checklist, with the questions that it asks. A step is ticked when a request matches it, so students need not tick anything
//! themselves.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::{Request, Response, async_trait};
use serde_json::{Value, json};

use crate::course::guide::progress::Progress;
use crate::course::guide::question::question;
use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::course::lessons::head::Lesson;
use crate::course::scenario::{Act, Checklist, Scenario, ScenarioError};
use crate::course::terminal::lines::OpeningQuestion;
use crate::course::xray::{self, Recorder};
use crate::session::{Config, Engine};

/// Attaches the guide. Belongs before the stages that show it, so that a page shows its own
/// request's tick: response fairings run in the order of attachment.
pub fn stage(lesson: &'static Lesson) -> AdHoc {
    AdHoc::on_ignite("Guide", async move |rocket| {
        // A configuration that can't be used stops the start elsewhere.
        let config = Config::from_figment(rocket.figment()).unwrap_or_default();
        let guide = Guide {
            lesson,
            scenario: lesson.is_numbered().then(|| Scenario::load(lesson)),
            database: config.database(),
            turn: Mutex::default(),
        };
        guide.note_start(config.engine);
        let rocket = match guide.opening_question() {
            Some(question) => rocket.manage(OpeningQuestion(question)),
            None => rocket,
        };
        rocket.manage(guide).attach(Observer)
    })
}

/// The running lesson's scenario, done by hand.
pub struct Guide {
    lesson: &'static Lesson,
    /// The scenario at start. An error is shown on the cover page; the lesson goes on.
    /// An exercise has none.
    scenario: Option<Result<Scenario, ScenarioError>>,
    /// Ticks are kept beside it and nowhere else, so that `cargo run -- reset` needs no restart.
    database: PathBuf,
    /// Held from reading the ticks to writing them: two requests at once must not both tick the
    /// same step. In it are the place of the question that was answered last, and the number of the
    /// exchange that answered it.
    turn: Mutex<Option<(usize, u64)>>,
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
        let Some(Ok(scenario)) = &self.scenario else {
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
        let answered = *self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = answered.filter(|(question, _)| *question == place);
        let seen = |side: &str| shown.map(|(_, number)| xray::column(page, number, side));
        question(predict, (place, ticked), seen, language)
    }

    /// The steps as pages list them. Null if there are none.
    pub fn checklist(&self, language: Language) -> Value {
        let Some(Ok(scenario)) = &self.scenario else {
            return Value::Null;
        };
        let list = self.list(scenario);
        let asked = list.asked();
        let asks = |place: usize| {
            let now = place >= list.done() && asked.contains(&place);
            let predict = scenario.steps[place].predict.as_ref().filter(|_| now);
            predict.map(|predict| predict.question.text(language))
        };
        let steps = scenario.steps.iter().enumerate().map(|(place, step)| {
            json!({
                "asks": asks(place),
                "say": step.say.text(language),
                "command": command(&step.act, list.engine(place), self.lesson),
                "done": place < list.done(),
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

    /// The checklist as far as it is ticked. Read anew each time, see `database`.
    fn list(&self, scenario: &Scenario) -> Checklist {
        Checklist::new(scenario, Progress::beside(&self.database).of(self.lesson))
    }

    /// Ticks the step that asks for a restart.
    fn note_start(&self, engine: Engine) {
        if let Some(Ok(scenario)) = &self.scenario {
            let mut list = self.list(scenario);
            if list.started(engine) {
                self.note(&list);
            }
        }
    }

    /// Ticks the next step if this request and its answer are what it asks for.
    fn observe(&self, request: &Request<'_>, response: &Response<'_>) {
        let Some(Ok(scenario)) = &self.scenario else {
            return;
        };
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut list = self.list(scenario);
        let target = request.uri().to_string();
        // Large type is the course's own, and no part of what the lesson was asked.
        let path = target.strip_suffix("?projector").unwrap_or(&target);
        let place = response.headers().get_one("Location");
        let ticked = list.observe(request.method(), path, response.status().code, place);
        let Some(ticked) = ticked else {
            return;
        };
        self.note(&list);
        if let Some(question) = list.answered_by(ticked) {
            let exchange = Recorder::exchange_of(request);
            *turn = exchange.map(|exchange| (question, exchange.number));
        }
    }

    /// Writes the ticks. A disk that is full must not end the request: the lesson is the point, not
    /// its checklist.
    fn note(&self, list: &Checklist) {
        let noted = Progress::beside(&self.database).note(self.lesson, list.done());
        if let Err(error) = noted {
            log::warn!("the checklist forgets this step: {error}");
        }
    }
}

/// The command for a step that no browser can do: a restart, with another engine if the step names
/// one. `None` for every other step.
fn command(act: &Act, engine: Option<Engine>, lesson: &Lesson) -> Option<String> {
    let Act::Restart(_) = act else {
        return None;
    };
    let setting = engine.map(|engine| format!("ROCKET_SESSION='{{engine=\"{engine}\"}}'"));
    let setting = match setting {
        // In PowerShell a variable is set by a statement of its own.
        Some(setting) if cfg!(windows) => format!("$env:{setting}; "),
        Some(setting) => format!("{setting} "),
        None => String::new(),
    };
    Some(setting + &lesson.command())
}

/// The fairing that shows the guide every answer.
struct Observer;

#[async_trait]
impl Fairing for Observer {
    fn info(&self) -> Info {
        Info {
            name: "Checklist",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if let Some(guide) = request.rocket().state::<Guide>() {
            guide.observe(request, response);
        }
    }
}
