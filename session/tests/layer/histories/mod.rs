//! Random histories of requests that meet, judged by a small oracle.
//!
//! A history opens one or two sessions, and then two to six requests meet there, at two servers on
//! one place: with cookies that are new, old or missing, with up to three operations each, with
//! statuses of their own. Each stops at gates: in its view, before and after each call of the
//! store. A list of steps says which one goes on to its next gate, when time passes and what is
//! over is purged. Calls of the store fail before or after their work, and visitors give up.
//! Nothing sleeps, and the number of a history makes all of it.
//!
//! The oracle knows the promises for one request at a time, in a world where nothing else moves. It
//! is shown what could be seen from outside: the data that a view found, what an update returned,
//! status and cookie of each answer, and at the end what every cookie opens that was ever sent.
//! Each of these happened at one point between two steps. The oracle tries all orders of the points
//! that the steps allow. If the promises hold there is one in which a request after the other would
//! have seen just that. Otherwise an update was lost, an ended session came back, a login met a
//! stranger's data, an answered change was not stored, a refused one was, or a cookie was sent that
//! opens nothing. Sessions that their browsers carry are judged by the few rules that hold for
//! them.
//!
//! A history that fails is made smaller before it is shown.
//!
//! | variable | |
//! | --- | --- |
//! | `SESSION_HISTORIES=10000` | plays this many on each engine, rather than 300 |
//! | `SESSION_HISTORY=17` | plays only this one |

mod asker;
mod history;
mod notes;
mod oracle;
mod points;
mod rules;
mod seen;
mod stage;
mod world;

use std::ops::Range;
use std::sync::Arc;

use rocket_session_layer::Store;
use serde_json::json;

use self::history::History;
use super::{Fixture, two_handles};
use crate::common::app::DAY;
use crate::common::broken::{Broken, Flaw};
use crate::common::fixtures::{Backend, CacheFixture, StoreFixture};
use crate::common::{App, Setup};

/// The number of histories on each engine, if nothing else is said.
const FEW: u64 = 300;

/// The numbers of the histories that are played.
fn numbers() -> Range<u64> {
    let said = |name: &str| Some(std::env::var(name).ok()?.parse().unwrap());
    match said("SESSION_HISTORY") {
        Some(one) => one..one + 1,
        None => 0..said("SESSION_HISTORIES").unwrap_or(FEW),
    }
}

/// Plays these histories one after the other, until one of them fails.
///
/// # Errors
///
/// The number of that history, and what can't be explained in it.
async fn play_all(place: (Backend, Backend), numbers: Range<u64>) -> Result<(), String> {
    let one = App::on(place.0).await;
    let other = Setup::configured(json!({})).at_the_time_of(&one);
    let other = other.on(place.1).await;
    for number in numbers {
        let mut history = History::of(number);
        if let Err(mut why) = play([&one, &other], &history).await {
            while let Some((smaller, still)) = smaller([&one, &other], &history).await {
                (history, why) = (smaller, still);
            }
            return Err(format!("SESSION_HISTORY={number}: {why}"));
        }
    }
    Ok(())
}

async fn play(servers: [&App; 2], history: &History) -> Result<(), String> {
    let visits = stage::play(servers, history).await;
    // The next history begins with nothing.
    let [one, _] = servers;
    one.clock.advance(100 * DAY);
    if one.keeps_records() {
        one.layer().purge().await.unwrap();
    }
    oracle::explain(&visits, !one.keeps_records())
}

/// A history in which one thing less happens and that fails as well.
async fn smaller(servers: [&App; 2], history: &History) -> Option<(History, String)> {
    for smaller in history.smaller() {
        if let Err(why) = play(servers, &smaller).await {
            return Some((smaller, why));
        }
    }
    None
}

pub async fn every_history_has_an_order_that_explains_it(place: &dyn Fixture) {
    let played = play_all(two_handles(place), numbers()).await;
    played.unwrap_or_else(|why| panic!("{why}"));
}

async fn is_seen(flaw: Flaw) {
    let store: Arc<dyn Store> = Arc::new(Broken::new(CacheFixture.store(), Some(flaw)));
    let place = Backend::from(store);
    let played = play_all((place.clone(), place), 0..FEW).await;
    println!("{}", played.expect_err("the flaw should be seen"));
}

#[rocket::async_test]
async fn a_store_that_forgets_versions_is_seen() {
    is_seen(Flaw::ForgetsVersions).await;
}

#[rocket::async_test]
async fn a_store_that_revives_deleted_records_is_seen() {
    is_seen(Flaw::RevivesTheDeleted).await;
}

#[rocket::async_test]
async fn a_store_that_loses_a_field_is_seen() {
    is_seen(Flaw::LosesAField).await;
}

#[rocket::async_test]
async fn a_store_that_forgets_updates_is_seen() {
    is_seen(Flaw::ForgetsUpdates).await;
}

#[rocket::async_test]
async fn a_store_that_shows_the_old_is_seen() {
    is_seen(Flaw::ShowsTheOld).await;
}
