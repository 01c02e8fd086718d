//! The control that moves the server's clock, so that a class can watch a session die.
//!
//! It is there in debug builds only, for this machine only, and not where a scenario has the clock
//! in its own hands.

use std::sync::Arc;
use std::time::Duration;

use rocket::fairing::AdHoc;
use rocket::form::Form;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{FromForm, FromFormField, Request, State, async_trait, post, routes};
use serde::Serialize;

use super::onlooker::Onlooker;
use crate::answer::own_path_or;
use crate::answer::{Answer, redirect};
use crate::course::language::duration::duration;
use crate::course::language::languages::Language;
use crate::course::pages::navigation;
use crate::session::{Clock, Layer, Timestamp};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// The most that the clock can be ahead, in seconds: beyond all limits that a session can have, and
/// still a date that everybody can read.
const MOST: i64 = 10 * 365 * DAY;

/// Hands the lesson the clock of this build, unless it has one, and the control where it can be
/// moved.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Time", async |rocket| {
        let rocket = match rocket.state::<Clock>() {
            Some(_) => rocket,
            None => rocket.manage(of_this_build()),
        };
        match rocket.state::<Clock>() {
            Some(Clock::Ahead(_)) => rocket.mount("/xray", routes![move_time]),
            _ => rocket,
        }
    })
}

/// True if a lesson's clock can be moved by hand.
pub fn moves_in_this_build() -> bool {
    cfg!(debug_assertions)
}

/// The only place that asks what build it is, so that a test can have the other build's clock.
fn of_this_build() -> Clock {
    if moves_in_this_build() {
        Clock::movable()
    } else {
        Clock::System
    }
}

/// The moves that there are, a button each. A form can ask for no other, so none makes the clock
/// run over.
#[derive(Clone, Copy, FromFormField)]
enum By {
    Hour,
    Day,
    Weeks,
    Now,
}

/// The form of the buttons.
#[derive(FromForm)]
struct Move<'r> {
    by: By,
    /// The page to come back to.
    #[field(default = "/")]
    back: &'r str,
}

// Forms of other sites don't get here: the check for the same origin refuses them before.
#[post("/time", data = "<form>")]
fn move_time(_onlooker: Onlooker<'_>, form: Form<Move<'_>>, clock: &State<Clock>) -> Answer {
    let ahead = clock.ahead();
    let seconds = match form.by {
        By::Hour => HOUR,
        By::Day => DAY,
        By::Weeks => 14 * DAY,
        By::Now => -ahead,
    };
    clock.advance(seconds.min(MOST - ahead));
    let back = own_path_or(form.back, "/xray");
    // Scrolls back to the buttons, also on a long page.
    redirect(format!("{back}#xray-time"))
}

/// The control as a template shows it.
#[derive(Serialize)]
pub(super) struct TimeControl {
    now: Timestamp,
    /// Such as `14 days + one hour`; empty if the clock was not moved.
    ahead: String,
    /// The page on which the control stands.
    back: String,
}

impl TimeControl {
    /// The control beside the page that answers this request. `None` if the clock can't be
    /// moved, or there are no sessions to watch.
    pub(super) fn of(request: &Request<'_>) -> Option<Self> {
        let rocket = request.rocket();
        let clock: &Clock = rocket.state()?;
        let Clock::Ahead(_) = clock else { return None };
        rocket.state::<Arc<Layer>>()?;
        let ahead = clock.ahead();
        let parts = [ahead - ahead % DAY, ahead % DAY];
        let parts = parts.into_iter().filter(|part| *part > 0);
        let words = |part: i64| {
            let time = Duration::from_secs(part.unsigned_abs());
            duration(time, Language::of(request))
        };
        Some(TimeControl {
            now: clock.now(),
            ahead: parts.map(words).collect::<Vec<_>>().join(" + "),
            back: navigation::this_page(request),
        })
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for TimeControl {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        TimeControl::of(request).map_or(Outcome::Forward(Status::NotFound), Outcome::Success)
    }
}

#[cfg(test)]
mod tests;
