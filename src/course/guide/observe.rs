//! Watches every answer: a request that is the next step of the walk ticks it, so that students need
//! not tick anything themselves.

use std::io::Cursor;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Request, Response, async_trait};

use crate::course::guide::state::{Guide, warn_of};
use crate::course::scenario::Compared;
use crate::course::xray::Recorder;
use crate::session::Clock;

impl Guide {
    /// Ticks the step that waits, once the clock was moved by so much.
    fn observe_clock(&self, clock: &Clock) {
        let Some(scenario) = self.scenario() else {
            return;
        };
        let mut recent = self.recent();
        let mut list = self.list(scenario);
        while let Some(time) = list.next().and_then(|(_, step)| step.act.waits()) {
            let moved = clock.ahead().saturating_sub(recent.ahead);
            if moved < time {
                return;
            }
            recent.ahead = recent.ahead.saturating_add(time);
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
        let mut recent = self.recent();
        let mut list = self.list(scenario);
        let Some((place, step)) = list.next().map(|(place, step)| (place, step.clone())) else {
            return;
        };
        match list.compare(&target(request), &exchange, &self.named(scenario)) {
            Compared::Other => return,
            Compared::Missed(claim) => {
                recent.missed = Some((place, claim));
                return;
            }
            Compared::Done => recent.missed = None,
        }
        recent.times += 1;
        if recent.times < step.times.unwrap_or(1) {
            return;
        }
        recent.times = 0;
        if let (Some(made), Some(page)) = (&step.made, page) {
            for (name, value) in made.found(page) {
                let value = usize::try_from(value).unwrap_or_default();
                warn_of(self.progress().note_named(&self.name_of(name), value));
            }
        }
        if let Some(clock) = request.rocket().state::<Clock>() {
            recent.ahead = clock.ahead();
        }
        self.tick(&mut list);
        if let Some(question) = list.answered_by(place) {
            recent.answered = Some((question, exchange.number));
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
