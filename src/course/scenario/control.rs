//! The lesson's side of a scenario: it hands the lesson a clock that can be moved, and answers
//! questions on standard input and output, never through a route.
//!
//! One JSON object a line, and one back: `{"advance": 60}` moves the clock by a minute,
//! `{"trace": true}` asks what the session layer did for the last request of a model browser,
//! `{"cookie": "k3f….…"}` which session a cookie's value names and what that holds. When standard
//! input ends, so does the lesson.

use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket::fairing::AdHoc;
use rocket::http::{Header, HeaderMap};
use rocket::tokio::runtime::Handle;
use rocket::{Build, Orbit, Request, Rocket};
use serde_json::{Value, json};

use super::Need;
use crate::session::{Clock, Event, Layer, Record, Session, Trace};

/// The environment variable that starts a lesson for a scenario. Its value is the time, in seconds
/// since 1970: the clock stands there until it is moved.
pub(super) const VARIABLE: &str = "COURSE_CONTROL";

/// What a model browser calls itself, so that whoever watches beside it is told apart.
pub(super) const MODEL_BROWSER: &str = "model-browser";

/// Whether this lesson was started for a scenario.
pub(crate) fn is_wanted() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// What answering needs.
struct Control {
    clock: Clock,
    /// The trace of the last request of a model browser.
    last: Mutex<Trace>,
}

/// Attaches the control. It comes last, so that the trace is complete.
pub(crate) fn attach(rocket: Rocket<Build>) -> Rocket<Build> {
    let time = std::env::var(VARIABLE).ok();
    let time = time.and_then(|time| time.parse().ok());
    let clock = Clock::manual(time.unwrap_or_else(|| Clock::System.now()));
    let control = Control {
        clock: clock.clone(),
        last: Mutex::default(),
    };
    rocket
        // This is the one that the session layer takes the time from.
        .manage(clock)
        .manage(Arc::new(control))
        .attach(AdHoc::on_ignite("Control", async |rocket| {
            rocket.attach(AdHoc::on_response("Trace", |request, _| {
                Box::pin(async move { note(request) })
            }))
        }))
        .attach(AdHoc::on_liftoff("Control", |rocket| {
            Box::pin(async move { listen(rocket) })
        }))
}

fn note(request: &Request<'_>) {
    let agent = request.headers().get_one("User-Agent");
    if agent == Some(MODEL_BROWSER)
        && let Some(control) = request.rocket().state::<Arc<Control>>()
    {
        *control.last() = Session::trace_of(request);
    }
}

fn listen(rocket: &Rocket<Orbit>) {
    let layer: Option<Arc<Layer>> = rocket.state().cloned();
    let cookie = layer.as_ref().map(|layer| &layer.config().cookie);
    let lacks = layer
        .as_ref()
        .map(|layer| Need::unmet(layer.capabilities()));
    let carried = layer
        .as_ref()
        .is_some_and(|layer| !layer.capabilities().revocable);
    let port = rocket.config().port;
    say(
        &json!({ "port": port, "cookie": cookie, "lacks": lacks.unwrap_or_default(), "carried": carried }),
    );
    let Some(control) = rocket.state::<Arc<Control>>().cloned() else {
        return;
    };
    let runtime = Handle::current();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            let question = serde_json::from_str(&line).unwrap_or_default();
            say(&runtime.block_on(control.answer(&question, layer.as_deref())));
        }
        // Whoever started this lesson is gone.
        std::process::exit(0);
    });
}

impl Control {
    async fn answer(&self, question: &Value, layer: Option<&Layer>) -> Value {
        if let Some(seconds) = question["advance"].as_i64() {
            self.clock.advance(seconds);
            return json!({});
        }
        if question["trace"] == true {
            let told = |event: &Event| json!({ "subgoal": event.subgoal(), "event": event });
            return json!({ "trace": self.last().iter().map(told).collect::<Vec<_>>() });
        }
        match (layer, question["cookie"].as_str()) {
            (Some(layer), Some(value)) => session(layer, value).await,
            _ => json!({}),
        }
    }

    fn last(&self) -> MutexGuard<'_, Trace> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Which session a cookie's value names, and its data if it is live; nothing where it is no session
/// ID.
async fn session(layer: &Layer, value: &str) -> Value {
    let mut headers = HeaderMap::new();
    let cookie = format!("{}={value}", layer.config().cookie);
    headers.add(Header::new("Cookie", cookie));
    let Some(inspected) = layer.inspect(&headers) else {
        return json!({});
    };
    match inspected.record().await {
        // What is over is as good as deleted, whether or not it was purged by now.
        Ok(record) => {
            let is_live = |record: &Record| record.expires > layer.now();
            let over = record.as_ref().is_some_and(|record| !is_live(record));
            let row = record.filter(is_live).map(|record| record.contents.data);
            let (locker, lock) = (inspected.locker, inspected.secret_hash.bytes());
            json!({ "locker": locker, "lock": lock, "row": row, "over": over })
        }
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn say(value: &Value) {
    // When the other side is gone, standard input ends too, and the lesson with it.
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{value}").and_then(|()| out.flush());
}
