//! The walk's state: the running lesson's scenario, its ticks, and what was done last.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rocket::{Build, Rocket};

use crate::course::guide::progress::Progress;
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::lessons::registry::Lessons;
use crate::course::scenario::{CheckedClaim, Checklist, Made, Scenario, ScenarioError};
use crate::course::start::second;
use crate::course::xray::Enabled;
use crate::session::{Clock, Config};

/// The running lesson's scenario, done by hand.
pub struct Guide {
    /// The list that `lesson` is from, for its other half.
    pub(super) lessons: &'static Lessons,
    pub(super) lesson: &'static Lesson,
    /// The scenario at start. An error is shown on the cover page; the lesson goes on.
    /// An exercise has none.
    pub(super) scenario: Option<Result<Scenario, ScenarioError>>,
    /// Ticks are kept beside it and nowhere else, so that `cargo run -- reset` needs no restart.
    database: PathBuf,
    /// True if the server's clock and a browser's cookie can be changed by hand.
    movable: bool,
    /// True if this is the second of two servers.
    at_second: bool,
    /// Held from reading the ticks to writing them: two requests at once must not both tick the
    /// same step.
    recent: Mutex<Recent>,
}

/// The steps that were done last.
#[derive(Default)]
pub(super) struct Recent {
    /// The place of the question that was answered last, and the number of the exchange that
    /// answered it.
    pub answered: Option<(usize, u64)>,
    /// The last try that did not do the step at this place, and the reason.
    pub missed: Option<(usize, Reason)>,
    /// The requests so far of a step that is done several times.
    pub times: u32,
    /// The server's clock at the last tick, in seconds ahead.
    pub ahead: i64,
    /// The cookie's value that was copied.
    pub clipboard: Option<String>,
}

/// The reason for which a try has not done a step.
pub(super) enum Reason {
    /// The request had another outcome.
    Outcome(CheckedClaim),
    /// A tool can't do it in this browser; a text key.
    Tool(&'static str),
}

impl Recent {
    /// The reason for which the last try has not done this step, in words.
    pub fn missed_at(&self, place: usize, language: Language) -> Option<String> {
        let (_, reason) = self.missed.as_ref().filter(|(at, _)| *at == place)?;
        let claim = match reason {
            Reason::Tool(text) => return Some(language.text(text)),
            Reason::Outcome(claim) if claim.claim != "asking" => return Some(claim.line(language)),
            Reason::Outcome(claim) => claim,
        };
        let [expected, found] = [&claim.expected, &claim.found].map(|user| match user.as_str() {
            "nobody" => language.text("walk-nobody"),
            user => user.to_owned(),
        });
        let users = [("expected", expected.as_str()), ("found", found.as_str())];
        Some(language.text_with("walk-missed-user", &users))
    }
}

impl Guide {
    /// The walk of a lesson that is being started.
    pub(super) fn of(
        lessons: &'static Lessons,
        lesson: &'static Lesson,
        rocket: &Rocket<Build>,
    ) -> Self {
        // A configuration that can't be used stops the start elsewhere.
        let config = Config::from_figment(rocket.figment()).unwrap_or_default();
        Guide {
            lessons,
            lesson,
            scenario: lesson.is_numbered().then(|| Scenario::load(lesson)),
            database: config.database(),
            movable: matches!(rocket.state(), Some(Clock::Ahead(_)))
                && rocket.state().is_some_and(Enabled::is_on),
            at_second: second::is_second(rocket),
            recent: Mutex::default(),
        }
    }

    /// Ticks the step that asks for a restart with these settings.
    pub(super) fn note_start(&self, config: &Config) {
        if let Some(scenario) = self.scenario() {
            let mut list = self.list(scenario);
            if list.started(config) {
                self.note(&list);
            }
        }
    }

    /// Ticks the next step and writes it down.
    pub(super) fn tick(&self, list: &mut Checklist<'_>) {
        list.tick();
        self.note(list);
    }

    /// Writes the ticks.
    pub(super) fn note(&self, list: &Checklist<'_>) {
        warn_of(self.progress().note(self.lesson, list.done()));
    }

    /// The scenario, if it can be used.
    pub(super) fn scenario(&self) -> Option<&Scenario> {
        self.scenario.as_ref()?.as_ref().ok()
    }

    /// True if the walk leads to Mallory's site.
    pub(super) fn has_mallory(&self) -> bool {
        self.scenario().is_some_and(Scenario::has_mallory)
    }

    /// The checklist as far as it is ticked, with the values that its steps have made. Each call
    /// reads the file anew, see `database`.
    pub(super) fn list<'s>(&self, scenario: &'s Scenario) -> Checklist<'s> {
        let progress = self.progress();
        let mut list = Checklist::new(scenario, progress.of(self.lesson), self.movable);
        list.at_second = self.at_second;
        let made = scenario.steps.iter().filter_map(|step| step.made.as_ref());
        for name in made.flat_map(Made::names) {
            let value = progress.named(&self.name_of(name));
            if value > 0 {
                list.named.keep(name, value);
            }
        }
        list
    }

    /// The name under which a step's value is noted, as no other lesson's is.
    fn name_of(&self, name: &str) -> String {
        format!("{}-{name}", self.lesson.program)
    }

    /// Writes a value that a step has made.
    pub(super) fn note_named(&self, name: &str, value: usize) {
        warn_of(self.progress().note_named(&self.name_of(name), value));
    }

    /// The ticks in their file.
    fn progress(&self) -> Progress {
        Progress::beside(&self.database)
    }

    /// The steps that were done last, locked. A panic in another request must not end the walk.
    pub(super) fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A disk that is full must not end the request: the lesson is the point, not its checklist.
fn warn_of(noted: io::Result<()>) {
    if let Err(error) = noted {
        log::warn!("the checklist forgets this step: {error}");
    }
}
