//! The walk's state: the running lesson's scenario, its ticks, and what was done last.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rocket::{Build, Rocket};

use crate::course::guide::progress::Progress;
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::scenario::{
    CheckedClaim, Checklist, Made, NamedValues, Scenario, ScenarioError,
};
use crate::session::{Clock, Config, Engine};

/// The running lesson's scenario, done by hand.
pub struct Guide {
    pub(super) lesson: &'static Lesson,
    /// The scenario at start. An error is shown on the cover page; the lesson goes on.
    /// An exercise has none.
    pub(super) scenario: Option<Result<Scenario, ScenarioError>>,
    /// Ticks are kept beside it and nowhere else, so that `cargo run -- reset` needs no restart.
    database: PathBuf,
    /// The name of the session cookie.
    pub(super) cookie: String,
    /// True if the server's clock can be moved.
    movable: bool,
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
    /// A request that was nearly the step at this place, and the claim that it missed.
    pub missed: Option<(usize, CheckedClaim)>,
    /// The requests so far of a step that is done several times.
    pub times: u32,
    /// The server's clock at the last tick, in seconds ahead.
    pub ahead: i64,
    /// The cookie's value that was copied.
    pub clipboard: Option<String>,
}

impl Recent {
    /// The claim that the last try at this step missed, in words.
    pub fn missed_at(&self, place: usize, language: Language) -> Option<String> {
        let (_, claim) = self.missed.as_ref().filter(|(at, _)| *at == place)?;
        if claim.claim != "asking" {
            return Some(claim.line(language));
        }
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
    pub(super) fn of(lesson: &'static Lesson, rocket: &Rocket<Build>) -> Self {
        // A configuration that can't be used stops the start elsewhere.
        let config = Config::from_figment(rocket.figment()).unwrap_or_default();
        let guide = Guide {
            lesson,
            scenario: lesson.is_numbered().then(|| Scenario::load(lesson)),
            database: config.database(),
            cookie: config.cookie.clone(),
            movable: matches!(rocket.state(), Some(Clock::Ahead(_))),
            recent: Mutex::default(),
        };
        guide.note_start(config.engine);
        guide
    }

    /// Ticks the step that asks for a restart.
    fn note_start(&self, engine: Engine) {
        if let Some(scenario) = self.scenario() {
            let mut list = self.list(scenario);
            if list.started(engine) {
                self.note(&list);
            }
        }
    }

    /// Ticks the next step and writes it down.
    pub(super) fn tick(&self, list: &mut Checklist) {
        list.tick();
        self.note(list);
    }

    /// Writes the ticks.
    fn note(&self, list: &Checklist) {
        warn_of(self.progress().note(self.lesson, list.done()));
    }
    /// The scenario, if it can be used.
    pub(super) fn scenario(&self) -> Option<&Scenario> {
        self.scenario.as_ref()?.as_ref().ok()
    }

    /// The checklist as far as it is ticked. Read anew each time, see `database`.
    pub(super) fn list(&self, scenario: &Scenario) -> Checklist {
        let done = self.progress().of(self.lesson);
        Checklist::new(scenario, done, self.movable)
    }

    /// The values that done steps have made.
    pub(super) fn named(&self, scenario: &Scenario) -> NamedValues {
        let progress = self.progress();
        let mut named = NamedValues::default();
        for name in scenario
            .steps
            .iter()
            .filter_map(|step| step.made.as_ref())
            .flat_map(Made::names)
        {
            match progress.named(&self.name_of(name)) {
                0 => {}
                value => named.keep(name, value as u64),
            }
        }
        named
    }

    /// The name under which a step's value is noted, as no other lesson's is.
    pub(super) fn name_of(&self, name: &str) -> String {
        format!("{}-{name}", self.lesson.program)
    }

    /// The ticks in their file.
    pub(super) fn progress(&self) -> Progress {
        Progress::beside(&self.database)
    }

    /// The steps that were done last, locked. A panic in another request must not end the walk.
    pub(super) fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A disk that is full must not end the request: the lesson is the point, not its checklist.
pub(super) fn warn_of(noted: io::Result<()>) {
    if let Err(error) = noted {
        log::warn!("the checklist forgets this step: {error}");
    }
}
