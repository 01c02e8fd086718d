//! The walk through the running lesson: the question that it opens with, and its scenario as a
//! checklist. A step is ticked when a request matches it, so students need not tick anything
//! themselves.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::{Request, Response, async_trait};
use serde_json::{Value, json};

use crate::course::guide::progress::Progress;
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::scenario::{Act, Checklist, Predict, Scenario, ScenarioError};
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
            turn: Mutex::new(()),
        };
        guide.note_start(config.engine);
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
    /// same step.
    turn: Mutex<()>,
}

impl Guide {
    /// The question that the lesson opens with, as pages show it. Null if it asks none.
    pub fn question(&self, language: Language) -> Value {
        match &self.scenario {
            None => Value::Null,
            Some(Err(error)) => json!({ "broken": error.line(language) }),
            Some(Ok(scenario)) => {
                let first = scenario.steps.iter().find_map(|step| step.predict.as_ref());
                first.map_or(Value::Null, |predict| question(predict, language))
            }
        }
    }

    /// The steps as pages list them. Null if there are none.
    pub fn checklist(&self, language: Language) -> Value {
        let Some(Ok(scenario)) = &self.scenario else {
            return Value::Null;
        };
        let list = self.list(scenario);
        let steps = scenario.steps.iter().enumerate().map(|(place, step)| {
            json!({
                "say": step.say.text(language),
                "command": command(&step.act, list.engine(place), self.lesson),
                "done": place < list.done(),
                "demo_only": list.is_demo_only(place),
            })
        });
        let steps: Value = steps.collect();
        json!({ "steps": steps, "done": list.done(), "doable": list.doable() })
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
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut list = self.list(scenario);
        let target = request.uri().to_string();
        // Large type is the course's own, and no part of what the lesson was asked.
        let path = target.strip_suffix("?projector").unwrap_or(&target);
        let place = response.headers().get_one("Location");
        let ticked = list.observe(request.method(), path, response.status().code, place);
        if ticked.is_some() {
            self.note(&list);
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

/// The answers in the order in which they are offered everywhere, so that page, demo and class talk
/// of the same "b". The right one has no `why`.
fn question(predict: &Predict, language: Language) -> Value {
    let (answers, right) = predict.answers();
    let mut reasons = predict.wrong.iter();
    let answers = answers.iter().enumerate().map(|(place, answer)| {
        let reason = if place == right { None } else { reasons.next() };
        let why = reason.map(|wrong| wrong.why.text(language));
        json!({ "text": answer.text(language), "why": why })
    });
    json!({
        "question": predict.question.text(language),
        "answers": answers.collect::<Value>(),
    })
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
