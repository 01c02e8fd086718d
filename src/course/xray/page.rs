//! The X-ray on a page of its own, and the stream that keeps it up to date (server-sent events: the
//! browser reconnects by itself and says where it was).

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
use super::panel::{ExchangeView, StreamStart, alone};
use super::recorder::Recorder;
use super::time::TimeControl;
use crate::answer::{Answer, render};
use crate::course::language::languages::Language;

/// Delay after which a browser asks again when the stream broke off.
const RETRY: Duration = Duration::from_secs(1);

/// The least time from one look into the history to the next: under load the stream leaves some out
/// instead of becoming a load itself.
const PAUSE: Duration = Duration::from_millis(100);
/// The most exchanges that one look takes.
const AT_ONCE: usize = 20;

/// The time that open streams get to close. Rocket checks only once, the moment it is told to stop,
/// that all connections are closed; if one is open, it waits out its grace period of two seconds.
const CLOSING: Duration = Duration::from_millis(200);

/// Attaches the X-ray. Belongs before what puts fragments into pages.
pub fn stage() -> AdHoc {
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

/// The page with all exchanges that are remembered. The script goes on from there.
#[get("/")]
fn page(
    _onlooker: Onlooker<'_>,
    recorder: &State<Arc<Recorder>>,
    language: Language,
    time: Option<TimeControl>,
) -> Answer {
    recorder.look();
    let (all, last) = {
        let history = recorder.history();
        (history.after(0, KEPT), history.last())
    };
    let newest = all.last().map(|exchange| exchange.chain);
    // A chain stands where it began, and is read downwards; the chains stand newest first.
    let mut chains: Vec<Vec<ExchangeView<'_>>> = Vec::new();
    let mut numbers = Vec::new();
    for exchange in &all {
        let (chain, open) = (exchange.chain, Some(exchange.chain) == newest);
        let view = ExchangeView::of(exchange, language, open);
        match numbers.iter().rposition(|number| *number == chain) {
            Some(place) => chains[place].push(view),
            None => {
                numbers.push(chain);
                chains.push(vec![view]);
            }
        }
    }
    chains.reverse();
    let place = StreamStart::after(recorder, last);
    render("xray/page", context! { chains, time, place })
}

/// The end of a browser's list of exchanges: a run of the server, and a number in it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct StreamPosition {
    /// The run, since numbers begin anew with each.
    run: u64,
    /// The last exchange that the browser has.
    number: u64,
}

impl StreamPosition {
    /// `1751362200000.17`, as the stream writes it. `None` for anything else.
    fn parse(text: &str) -> Option<Self> {
        let (run, number) = text.split_once('.')?;
        let (run, number) = (run.parse().ok()?, number.parse().ok()?);
        Some(StreamPosition { run, number })
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for StreamPosition {
    type Error = ();

    /// A browser that reconnects says its position in a header; one that comes anew, in the address.
    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let last = request.headers().get_one("Last-Event-ID");
        let from = last.and_then(StreamPosition::parse).or_else(|| {
            let from = request.query_value::<&str>("from")?.ok()?;
            StreamPosition::parse(from)
        });
        Outcome::Success(from.unwrap_or_default())
    }
}

/// The stream: each new exchange as HTML, until the browser leaves or the server stops.
#[get("/events")]
fn events<'r>(
    onlooker: Onlooker<'r>,
    recorder: &'r State<Arc<Recorder>>,
    language: Language,
    from: StreamPosition,
    mut end: Shutdown,
) -> EventStream![Event + 'r] {
    let mut newest = recorder.newest.subscribe();
    let run = recorder.run;
    EventStream! {
        yield Event::retry(RETRY);
        let mut last = from.number;
        if from.run != run {
            // The browser's list is of an earlier run: it starts anew, as the server did.
            last = 0;
            yield Event::data("").event("anew").id(format!("{run}.0"));
        }
        loop {
            // Marked before the look: an exchange that comes during it wakes the stream again.
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
