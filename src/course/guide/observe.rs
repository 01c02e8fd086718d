//! Watches every answer: a request that is the next step of the walk ticks it, so that students need
//! not tick anything themselves.

use std::io::Cursor;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Request, Response, async_trait};

use crate::course::guide::walk::Guide;
use crate::course::language::languages::Language;
use crate::course::scenario::{CheckedClaim, Checklist, Compared};
use crate::course::xray::Recorder;
use crate::session::{Clock, Engine};

/// The last that was done.
#[derive(Default)]
pub(super) struct Turn {
    /// The place of the question that was answered last, and the number of the exchange that
    /// answered it.
    pub answered: Option<(usize, u64)>,
    /// A request that was nearly the step at this place, and the claim that it missed.
    missed: Option<(usize, CheckedClaim)>,
    /// The requests so far of a step that is done several times.
    times: u32,
    /// The server's clock at the last tick, in seconds ahead.
    ahead: i64,
    /// The cookie's value that was copied.
    pub clipboard: Option<String>,
}

impl Turn {
    /// The claim that the last try at this step missed, in words.
    pub fn missed_at(&self, place: usize, language: Language) -> Option<String> {
        let (at, claim) = self.missed.as_ref()?;
        (*at == place).then(|| claim.line(language))
    }
}

impl Guide {
    /// Ticks the step that asks for a restart.
    pub(super) fn note_start(&self, engine: Engine) {
        if let Some(scenario) = self.scenario() {
            let mut list = self.list(scenario);
            if list.started(engine) {
                self.note(&list);
            }
        }
    }

    /// Ticks the step that waits, once the clock was moved by so much.
    fn observe_clock(&self, clock: &Clock) {
        let Some(scenario) = self.scenario() else {
            return;
        };
        let mut turn = self.turn();
        let mut list = self.list(scenario);
        while let Some(time) = list.next().and_then(|(_, step)| step.act.waits()) {
            let moved = clock.ahead().saturating_sub(turn.ahead);
            if moved < time {
                return;
            }
            turn.ahead = turn.ahead.saturating_add(time);
            self.tick(&mut list);
        }
    }

    /// Ticks the next step if this request and its answer are what it means. `page` is there if the
    /// step has made values that it shows.
    fn observe(&self, request: &Request<'_>, page: Option<&str>) {
        let (Some(scenario), Some(exchange)) = (self.scenario(), Recorder::exchange_of(request))
        else {
            return;
        };
        let mut turn = self.turn();
        let mut list = self.list(scenario);
        let Some((place, step)) = list.next().map(|(place, step)| (place, step.clone())) else {
            return;
        };
        match list.compare(&target(request), &exchange, &self.named(scenario)) {
            Compared::Other => return,
            Compared::Missed(claim) => {
                turn.missed = Some((place, claim));
                return;
            }
            Compared::Done => turn.missed = None,
        }
        turn.times += 1;
        if turn.times < step.times.unwrap_or(1) {
            return;
        }
        turn.times = 0;
        if let (Some(made), Some(page)) = (&step.made, page) {
            for (name, value) in made.found(page) {
                let value = usize::try_from(value).unwrap_or_default();
                warn_of(self.progress().note_named(&self.name_of(name), value));
            }
        }
        if let Some(clock) = request.rocket().state::<Clock>() {
            turn.ahead = clock.ahead();
        }
        self.tick(&mut list);
        if let Some(question) = list.answered_by(place) {
            turn.answered = Some((question, exchange.number));
        }
    }

    /// True if the next step's page has values that later steps name.
    fn wants_page(&self) -> bool {
        let next = self.scenario().and_then(|scenario| {
            let list = self.list(scenario);
            list.next().map(|(_, step)| step.made.is_some())
        });
        next.unwrap_or(false)
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
}

/// A disk that is full must not end the request: the lesson is the point, not its checklist.
fn warn_of(noted: std::io::Result<()>) {
    if let Err(error) = noted {
        log::warn!("the checklist forgets this step: {error}");
    }
}

/// Path and query. Large type is the course's own, and no part of what the lesson was asked.
fn target(request: &Request<'_>) -> String {
    let target = request.uri().to_string();
    match target.strip_suffix("?projector") {
        Some(usual) => usual.to_owned(),
        None => target,
    }
}

/// The fairing that shows the guide every answer.
pub(super) struct Observer;

#[async_trait]
impl Fairing for Observer {
    fn info(&self) -> Info {
        Info {
            name: "Checklist",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let rocket = request.rocket();
        let Some(guide) = rocket.state::<Guide>() else {
            return;
        };
        if let Some(clock) = rocket.state::<Clock>() {
            guide.observe_clock(clock);
        }
        let mut page = None;
        if guide.wants_page() && response.body().preset_size().is_some() {
            // A body that can't be read to its end would be cut off for the browser as well.
            let body = response
                .body_mut()
                .take()
                .to_bytes()
                .await
                .unwrap_or_default();
            page = Some(String::from_utf8_lossy(&body).into_owned());
            response.set_sized_body(body.len(), Cursor::new(body));
        }
        guide.observe(request, page.as_deref());
    }
}
