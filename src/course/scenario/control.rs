//! The lesson's side of a scenario: it hands the lesson a clock that can be moved, and answers
//! questions on standard input and output, never through a route, which an attacker could call.
//! When standard input ends, so does the lesson: it never outlives the program that started it.

use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex, PoisonError};

use rocket::fairing::AdHoc;
use rocket::http::{Header, HeaderMap};
use rocket::tokio::runtime::Handle;
use rocket::{Build, Orbit, Request, Rocket};
use serde::Serialize;
use serde_json::Value;

use super::pipe::{Greeting, MODEL_BROWSER, Opened, PipeQuestion, RowState, VARIABLE};
use crate::course::exchange::{Exchange, ShownCookie, ShownRow};
use crate::course::xray::Recorder;
use crate::session::{Clock, Layer, Record};

/// True if this lesson was started for a scenario.
pub(crate) fn is_wanted() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// The record of a model browser's last request, in managed state. One is enough: the runner asks
/// after each.
#[derive(Default)]
struct LastExchange(Mutex<Option<Arc<Exchange>>>);

/// Everything that answering needs, taken out of Rocket so that a thread can own it.
struct Answerer {
    clock: Clock,
    last: Arc<LastExchange>,
    recorder: Arc<Recorder>,
    layer: Option<Arc<Layer>>,
}

/// Attaches the control. It comes last, so that the record is complete.
pub(crate) fn attach(rocket: Rocket<Build>) -> Rocket<Build> {
    let time = std::env::var(VARIABLE).ok();
    let time = time.and_then(|time| time.parse().ok());
    rocket
        // This is the one that the session layer takes the time from.
        .manage(Clock::manual(time.unwrap_or_else(|| Clock::System.now())))
        .manage(Arc::new(LastExchange::default()))
        .attach(AdHoc::on_ignite("Control", async |rocket| {
            rocket.attach(AdHoc::on_response("Last exchange", |request, _| {
                Box::pin(async move { note(request) })
            }))
        }))
        .attach(AdHoc::on_liftoff("Control", |rocket| {
            Box::pin(async move { listen(rocket) })
        }))
}

/// Keeps the record if a model browser sent the request. A person may have the lesson open beside a
/// demo, and must not change its transcript.
fn note(request: &Request<'_>) {
    let agent = request.headers().get_one("User-Agent");
    if agent == Some(MODEL_BROWSER)
        && let Some(last) = request.rocket().state::<Arc<LastExchange>>()
    {
        *last.0.lock().unwrap_or_else(PoisonError::into_inner) = Recorder::exchange_of(request);
    }
}

/// Greets, then answers line by line on a thread of its own: reading standard input blocks.
fn listen(rocket: &Rocket<Orbit>) {
    let layer = Layer::of(rocket).cloned();
    say(&Greeting {
        port: rocket.config().port,
        cookie: layer.as_ref().map(|layer| layer.config().cookie.clone()),
        carried: layer
            .as_ref()
            .is_some_and(|layer| !layer.capabilities().revocable),
    });
    let (Some(clock), Some(last), Some(recorder)) =
        (rocket.state(), rocket.state(), rocket.state())
    else {
        return;
    };
    let answerer = Answerer {
        clock: Clock::clone(clock),
        last: Arc::clone(last),
        recorder: Arc::clone(recorder),
        layer,
    };
    let runtime = Handle::current();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            let answer = match serde_json::from_str(&line) {
                Ok(question) => runtime.block_on(answerer.answer(question)),
                Err(error) => Err(error.to_string()),
            };
            say(&answer);
        }
        // The program that has started this lesson is gone.
        std::process::exit(0);
    });
}

impl Answerer {
    /// The answer to one question. An error is a sentence for the runner, which fails with it.
    async fn answer(&self, question: PipeQuestion) -> Result<Value, String> {
        match question {
            PipeQuestion::Advance(seconds) => {
                self.clock.advance(seconds);
                Ok(Value::Null)
            }
            PipeQuestion::Exchange => {
                let last = self.last.0.lock().unwrap_or_else(PoisonError::into_inner);
                json(&last.as_deref())
            }
            PipeQuestion::Opens(value) => json(&self.opened(&value).await?),
            PipeQuestion::Memory => self.recorder.with_memory(|memory| json(memory)),
            PipeQuestion::Remember(earlier) => {
                self.recorder.with_memory(|memory| *memory = earlier);
                Ok(Value::Null)
            }
        }
    }

    /// Looks up the session that a cookie of this value names. Its row is shown also if the secret
    /// is no longer the right one.
    async fn opened(&self, value: &str) -> Result<Opened, String> {
        let Some(layer) = &self.layer else {
            return Ok(Opened::default());
        };
        let name = &layer.config().cookie;
        let cookie = format!("{name}={value}");
        let mut headers = HeaderMap::new();
        headers.add(Header::new("Cookie", cookie.clone()));
        let Some(inspected) = layer.inspect(&headers) else {
            // This engine can't tell, but the one before may have sent it.
            let cookie = ShownCookie::read(&cookie, name);
            let name = self.recorder.with_memory(|memory| {
                let session = memory.sent(cookie.as_ref()?)?.session.as_ref()?;
                Some(session.name.clone())
            });
            return Ok(Opened { name, row: None });
        };
        let record = inspected
            .record()
            .await
            .map_err(|error| error.to_string())?;
        // A row that is over is as good as deleted, purged or not.
        let is_live = |record: &Record| record.expires > layer.now();
        let state = match record {
            Some(record) if is_live(&record) => RowState::Live(ShownRow::of(&record)),
            Some(_) => RowState::Over,
            None => RowState::Gone,
        };
        let (locker, lock) = (inspected.locker, inspected.secret_hash);
        let [name, session] = self.recorder.with_memory(|memory| {
            let name = memory.names.name(locker, lock.bytes()).name;
            [name, memory.names.session(locker)]
        });
        Ok(Opened {
            name: Some(name),
            row: Some((session, state)),
        })
    }
}

fn json(answer: &impl Serialize) -> Result<Value, String> {
    serde_json::to_value(answer).map_err(|error| error.to_string())
}

/// Writes one line to the runner.
fn say(line: &impl Serialize) {
    // When the other side is gone, standard input ends too, and the lesson with it.
    let mut out = std::io::stdout().lock();
    let line = serde_json::to_string(line).unwrap_or_default();
    // On a line of its own, also after a `print!` in a view.
    let _ = writeln!(out, "\n{line}").and_then(|()| out.flush());
}
