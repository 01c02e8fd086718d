//! Watches every answer: a request that is the next step of the walk ticks it, so that students need
//! not tick anything themselves.

use std::io::Cursor;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Orbit, Request, Response, Rocket, async_trait};

use crate::course::guide::state::{Guide, Reason, Recent};
use crate::course::protect::own_paths::ASSETS;
use crate::course::scenario::{Checklist, Compared, Made, Scenario};
use crate::course::start::second;
use crate::course::xray::Recorder;
use crate::session::{Clock, Layer};

impl Guide {
    /// Ticks the steps that wait, once the clock was moved by so much since the last tick.
    pub(super) fn observe_clock(
        &self,
        recent: &mut Recent,
        list: &mut Checklist<'_>,
        clock: &Clock,
    ) {
        // The clock may have been set back.
        recent.ahead = recent.ahead.min(clock.ahead());
        while let Some(time) = list.next().and_then(|(_, step)| step.act.waits()) {
            if clock.ahead() - recent.ahead < time {
                return;
            }
            recent.ahead += time;
            self.tick(list);
        }
    }

    /// Ticks the next step if this request and its answer are what it means. `page` is there if it
    /// has values that later steps name.
    fn observe(&self, request: &Request<'_>, page: Option<&str>) {
        let Some(scenario) = self.scenario() else {
            return;
        };
        let mut recent = self.recent();
        let mut list = self.list(scenario);
        let clock = request.rocket().state::<Clock>();
        if let Some(clock) = clock {
            self.observe_clock(&mut recent, &mut list, clock);
        }
        let Some(exchange) = Recorder::exchange_of(request) else {
            return;
        };
        let target = target(request);
        let maker = list.maker();
        let maker = maker.filter(|step| list.compare(step, &target, &exchange).is_done());
        let made = maker.and_then(|step| step.made.as_ref()).zip(page);
        let has_values = made.is_some_and(|(made, page)| self.keep(made, page, &mut list));
        let Some((place, step)) = list.next() else {
            return;
        };
        match list.compare(step, &target, &exchange) {
            Compared::Other => return,
            Compared::Missed(claim) => {
                recent.missed = Some((place, Reason::Outcome(claim)));
                return;
            }
            // Without the value the steps that name it could never be done.
            Compared::Done if step.made.is_some() && !has_values => return,
            Compared::Done => recent.missed = None,
        }
        recent.times += 1;
        if recent.times < step.times.unwrap_or(1) {
            return;
        }
        recent.times = 0;
        recent.ahead = clock.map_or(0, Clock::ahead);
        self.tick(&mut list);
        if let Some(question) = list.answered_by(place) {
            recent.answered = Some((question, exchange.number));
        }
    }

    /// Notes the values that this page has. Returns false if it lacks one.
    fn keep(&self, made: &Made, page: &str, list: &mut Checklist<'_>) -> bool {
        let mut found = 0;
        for (name, value) in made.found(page) {
            found += 1;
            if list.named.keep(name, value) {
                self.note_named(name, value);
            }
        }
        found == made.names().count()
    }
}

/// The whole page. `None` if it is still being made, or can't be read to its end: the answer then
/// has no body, as Rocket would cut it off too.
async fn whole_page(response: &mut Response<'_>) -> Option<String> {
    response.body().preset_size()?;
    let body = response.body_mut().take().to_bytes().await.ok()?;
    let page = String::from_utf8_lossy(&body).into_owned();
    response.set_sized_body(body.len(), Cursor::new(body));
    Some(page)
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
            kind: Kind::Liftoff | Kind::Response,
        }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        // The lesson's own defaults are in the layer only. A lesson without one has no such step.
        // The first server goes on beside a second one: nothing is started again.
        if let (Some(guide), Some(layer)) = (rocket.state::<Guide>(), Layer::of(rocket))
            && !second::is_second(rocket)
        {
            guide.note_start(layer.config());
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if request.uri().path().starts_with(ASSETS) {
            return;
        }
        let Some(guide) = request.rocket().state::<Guide>() else {
            return;
        };
        let makes = |it: &Scenario| it.makes_values(request.method(), &target(request));
        let page = if guide.scenario().is_some_and(makes) {
            whole_page(response).await
        } else {
            None
        };
        guide.observe(request, page.as_deref());
    }
}
