//! The X-ray on a page of its own, and the stream that keeps it up to date.

use std::sync::Arc;
use std::time::Duration;

use rocket::fairing::AdHoc;
use rocket::request::{FromRequest, Outcome};
use rocket::response::stream::{Event, EventStream};
use rocket::tokio::{select, time};
use rocket::{Request, Shutdown, State, async_trait, get, routes};
use rocket_dyn_templates::context;

use super::history::KEPT;
use super::onlooker::Onlooker;
use super::panel::{Place, View, alone};
use super::recorder::Recorder;
use super::time::Control;
use crate::answer::{Answer, render};
use crate::course::language::languages::Language;

/// How soon a browser asks again when the stream broke off.
const RETRY: Duration = Duration::from_secs(1);

/// At least so long from one look into the history to the next, and at most so many exchanges at
/// each: under load the stream leaves some out instead of becoming a load itself.
const PAUSE: Duration = Duration::from_millis(100);
const AT_ONCE: usize = 20;

/// How long open streams get to close. Rocket looks but once whether all connections are closed, the
/// moment it is told to stop, and if not, waits out its whole grace period of two seconds.
const CLOSING: Duration = Duration::from_millis(200);

/// Attaches the X-ray. Belongs before what puts fragments into pages.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("X-ray", async |rocket| {
        let recorder = Arc::new(Recorder::new());
        rocket
            .manage(recorder.clone())
            .attach(recorder)
            .attach(AdHoc::on_shutdown("Open streams", |_| {
                Box::pin(time::sleep(CLOSING))
            }))
            .mount("/xray", routes![page, events])
    })
}

#[get("/")]
fn page(
    _onlooker: Onlooker<'_>,
    recorder: &State<Arc<Recorder>>,
    language: Language,
    time: Option<Control>,
) -> Answer {
    recorder.look();
    let (all, last) = {
        let history = recorder.history();
        (history.after(0, KEPT), history.last())
    };
    let newest = all.last().map(|exchange| exchange.chain);
    // A chain stands where it began, and is read downwards; the chains stand newest first.
    let mut chains: Vec<Vec<View<'_>>> = Vec::new();
    let mut numbers = Vec::new();
    for exchange in &all {
        let (chain, open) = (exchange.chain, Some(exchange.chain) == newest);
        let view = View::of(exchange, language, open);
        match numbers.iter().rposition(|number| *number == chain) {
            Some(place) => chains[place].push(view),
            None => {
                numbers.push(chain);
                chains.push(vec![view]);
            }
        }
    }
    chains.reverse();
    let place = Place::after(recorder, last);
    render("xray/page", context! { chains, time, place })
}

/// Where a browser's list of exchanges ends: in which run of the server, and at which number.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct From {
    run: u64,
    number: u64,
}

impl From {
    fn parse(text: &str) -> Option<Self> {
        let (run, number) = text.split_once('.')?;
        let (run, number) = (run.parse().ok()?, number.parse().ok()?);
        Some(From { run, number })
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for From {
    type Error = ();

    /// A browser that comes back by itself says where it was; one that comes anew, in the address.
    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let last = request.headers().get_one("Last-Event-ID");
        let from = last.and_then(From::parse).or_else(|| {
            let from = request.query_value::<&str>("from")?.ok()?;
            From::parse(from)
        });
        Outcome::Success(from.unwrap_or_default())
    }
}

#[get("/events")]
fn events<'r>(
    onlooker: Onlooker<'r>,
    recorder: &'r State<Arc<Recorder>>,
    language: Language,
    from: From,
    mut end: Shutdown,
) -> EventStream![Event + 'r] {
    let mut newest = recorder.newest.subscribe();
    let run = recorder.run;
    EventStream! {
        yield Event::retry(RETRY);
        let mut last = from.number;
        if from.run != run {
            // What the browser has is of an earlier run: it starts anew, as the server did.
            last = 0;
            yield Event::data("").event("anew").id(format!("{run}.0"));
        }
        loop {
            newest.mark_unchanged();
            let new = recorder.history().after(last, AT_ONCE);
            for exchange in new {
                last = exchange.number;
                if let Some(html) = alone(onlooker.rocket, &exchange, language) {
                    yield Event::data(html).id(format!("{run}.{last}"));
                }
            }
            select! {
                changed = newest.changed() => if changed.is_err() { break },
                _ = &mut end => break,
            }
            select! {
                _ = time::sleep(PAUSE) => {}
                _ = &mut end => break,
            }
        }
    }
}
