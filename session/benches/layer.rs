//! The cost of the session layer without HTTP: its part of one request, on each engine.
//!
//!     cargo bench --bench layer
//!
//! Rocket's local client makes the requests, but none is dispatched: the guard loads the session,
//! the handle changes it, the fairing commits it, and only that is measured. Counted are the
//! allocations of all threads (SQLite's own are C's and not among them) and the statements that
//! Diesel sends to SQLite.

#[allow(dead_code)]
mod common;
#[path = "layer/cost.rs"]
mod cost;

use std::collections::BTreeMap;
use std::sync::Arc;

use rocket::fairing::Fairing;
use rocket::figment::{Figment, value::Value};
use rocket::futures::future::join_all;
use rocket::http::Header;
use rocket::local::asynchronous::{Client, LocalRequest};
use rocket::log::LogLevel;
use rocket::tokio::runtime::Builder;
use rocket::{Request, Response};
use rocket_session_layer::{Clock, Config, Layer, Session};

use common::Failure;
use common::choice::Choice;
use common::engines;
use common::report::Report;
use cost::Cost;

const DAY: i64 = 24 * 60 * 60;

/// First records that are stored at once before the purge, so that they share commits.
const AT_ONCE: usize = 256;

fn main() -> Result<(), Failure> {
    let choice = Choice::read()?;
    let mut report = Report::new("The layer alone", &choice)?;
    cost::count_statements()?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for engine in engines::chosen(&choice) {
        // Paths of the settings are relative to the current folder.
        let folder = common::folder()?;
        std::env::set_current_dir(folder.path())?;
        let made = engine.prepare().and_then(|prepared| {
            let bed = runtime.block_on(Bed::make(&prepared.settings))?;
            Ok((bed, prepared.keeper))
        });
        match made {
            Ok((bed, _keeper)) => {
                let costs = runtime.block_on(bed.measure(&choice))?;
                rows.extend(costs.iter().map(|cost| cost.row(engine.name)));
            }
            Err(reason) => left_out.push(format!("Left out: {}. {reason}.", engine.name)),
        }
    }
    std::env::set_current_dir(env!("CARGO_MANIFEST_DIR"))?;
    let head = [
        "engine",
        "what",
        "times",
        "median µs",
        "p99 µs",
        "allocations",
        "bytes",
        "statements",
    ];
    report.table(&head, &rows);
    if !left_out.is_empty() {
        report.list(&left_out);
    }
    report.keep("layer.md", &choice)
}

/// An app that has the layer and nothing else.
struct Bed {
    client: Client,
    clock: Clock,
}

impl Bed {
    /// Builds the app with this section `session`, or says in a sentence why it can't be built.
    async fn make(settings: &str) -> Result<Self, String> {
        let quiet = rocket::Config {
            log_level: LogLevel::Off,
            ..rocket::Config::release_default()
        };
        let Ok(settings) = settings.parse::<Value>();
        let figment = Figment::from(quiet).merge(("session", settings));
        Config::from_figment(&figment).map_err(|error| error.to_string())?;
        let clock = Clock::manual(1_800_000_000);
        let fairing = Session::fairing().with_clock(clock.clone());
        let client = Client::untracked(rocket::custom(figment).attach(fairing)).await;
        let client = client.map_err(|error| error.to_string())?;
        Ok(Bed { client, clock })
    }

    async fn measure(&self, choice: &Choice) -> Result<Vec<Cost>, Failure> {
        let times = choice.count(2_000, 100);
        let mut create = Cost::new("create", 1);
        let mut load = Cost::new("load", 1);
        let mut commit = Cost::new("commit of one key", 1);
        let mut update = Cost::new("update", 1);
        for number in 0..times {
            let request = self.request(None);
            let first = first_visit(request.inner(), number);
            let mut cookie = create.of(first).await?;

            // The first return is written to the row, which makes one day of life two weeks: it is
            // no plain load.
            let request = self.request(cookie.as_deref());
            session(request.inner()).await?;
            cookie = answer(request.inner()).await.or(cookie);

            let request = self.request(cookie.as_deref());
            let user = load.of(user(request.inner())).await?;
            assert!(user.is_some(), "a session was lost");

            let request = self.request(cookie.as_deref());
            let known = session(request.inner()).await?;
            known.set("seen", number)?;
            cookie = commit.of(answer(request.inner())).await.or(cookie);

            let request = self.request(cookie.as_deref());
            let known = session(request.inner()).await?;
            let add_one = |cart: &mut BTreeMap<String, usize>| {
                *cart.entry("pencil".to_owned()).or_default() += 1;
            };
            update.of(known.update("cart", add_one)).await?;
        }
        let purge = self.purge(choice).await?;
        Ok(vec![load, commit, create, update, purge])
    }

    /// Stores sessions that no browser comes back to, and deletes them once they have expired.
    async fn purge(&self, choice: &Choice) -> Result<Cost, Failure> {
        let count: usize = choice.count(100_000, 2_560);
        for first in (0..count).step_by(AT_ONCE) {
            let visits = (first..count.min(first + AT_ONCE)).map(|number| async move {
                let request = self.request(None);
                first_visit(request.inner(), number).await
            });
            for visit in join_all(visits).await {
                visit?;
            }
        }
        self.clock.advance(2 * DAY);
        let layer = self.client.rocket().state::<Arc<Layer>>();
        let layer = layer.ok_or("there is no layer")?;
        let mut cost = Cost::new("purge", count);
        let purged = cost.of(layer.purge()).await?;
        if purged < count {
            cost.what = "purge (does not delete by itself)";
        }
        Ok(cost)
    }

    fn request(&self, cookie: Option<&str>) -> LocalRequest<'_> {
        let request = self.client.get("/");
        match cookie {
            Some(cookie) => request.header(Header::new("Cookie", cookie.to_owned())),
            None => request,
        }
    }
}

/// Loads the session, as a view that asks for `&Session` does.
async fn session<'r>(request: &'r Request<'_>) -> Result<&'r Session, Failure> {
    let session = request.guard::<&Session>().await.succeeded();
    session.ok_or_else(|| "the store does not answer".into())
}

async fn user(request: &Request<'_>) -> Result<Option<String>, Failure> {
    Ok(session(request).await?.get("user")?)
}

/// A visitor without a session logs in. Returns the cookie.
async fn first_visit(request: &Request<'_>, number: usize) -> Result<Option<String>, Failure> {
    let session = session(request).await?;
    session.set("user", format!("user{number:07}"))?;
    let cookie = answer(request).await;
    cookie.map(Some).ok_or_else(|| "no cookie came".into())
}

/// Ends the request as the fairing does when the response is ready. `None`: no cookie is sent.
async fn answer(request: &Request<'_>) -> Option<String> {
    let mut response = Response::new();
    Session::fairing().on_response(request, &mut response).await;
    let cookie = response.headers().get_one("Set-Cookie")?;
    Some(cookie.split(';').next()?.to_owned())
}
