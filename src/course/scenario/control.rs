//! The lesson's side of a scenario: it hands the lesson a clock that can be moved, and answers
//! questions on standard input and output, never through a route.
//!
//! One JSON object a line, and one back: `{"advance": 60}` moves the clock by a minute,
//! `{"account": true}` asks what the session layer did for the last request of a model browser,
//! `{"row": "k3f…"}` for what a locker holds. When standard input ends, so does the lesson.

use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket::fairing::AdHoc;
use rocket::tokio::runtime::Handle;
use rocket::{Build, Orbit, Request, Rocket};
use serde_json::{Value, json};

use crate::session::{Account, Clock, Event, Layer, Locker, Record, Session};

/// The environment variable that starts a lesson for a scenario.
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
    /// The account of the last request of a model browser.
    last: Mutex<Account>,
}

/// Attaches the control. It comes last, so that the account is complete.
pub(crate) fn attach(rocket: Rocket<Build>) -> Rocket<Build> {
    let clock = Clock::manual(Clock::System.now());
    let control = Control {
        clock: clock.clone(),
        last: Mutex::default(),
    };
    rocket
        // This is the one that the session layer takes the time from.
        .manage(clock)
        .manage(Arc::new(control))
        .attach(AdHoc::on_ignite("Control", async |rocket| {
            rocket.attach(AdHoc::on_response("Account", |request, _| {
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
        *control.last() = Session::account_of(request);
    }
}

fn listen(rocket: &Rocket<Orbit>) {
    let layer: Option<Arc<Layer>> = rocket.state().cloned();
    let cookie = layer.as_ref().map(|layer| &layer.config().cookie);
    say(&json!({ "port": rocket.config().port, "cookie": cookie }));
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
        if question["account"] == true {
            let told = |event: &Event| json!({ "subgoal": event.subgoal(), "event": event });
            return json!({ "account": self.last().iter().map(told).collect::<Vec<_>>() });
        }
        let locker = question["row"].as_str().and_then(Locker::parse);
        let (Some(layer), Some(locker)) = (layer, locker) else {
            return json!({ "row": null });
        };
        match layer.look_into(locker).await {
            // What is over is as good as deleted, whether or not it was purged by now.
            Ok(record) => {
                let over = |record: &Record| record.expires <= layer.now();
                let is_over = record.as_ref().is_some_and(over);
                let live = record.filter(|_| !is_over);
                json!({ "row": live.map(|record| record.contents.data), "over": is_over })
            }
            Err(error) => json!({ "error": error.to_string() }),
        }
    }

    fn last(&self) -> MutexGuard<'_, Account> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn say(value: &Value) {
    // When the other side is gone, standard input ends too, and the lesson with it.
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{value}").and_then(|()| out.flush());
}
