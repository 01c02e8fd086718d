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

/// As far as the clock goes, in seconds: beyond all limits that a session can have, and still a
/// date that everybody can read.
const MOST: i64 = 10 * 365 * DAY;

/// Hands the lesson the clock of this build, unless it has one, and the control where it can be
/// moved.
pub(crate) fn stage() -> AdHoc {
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

/// The only place that asks what build it is, so that a test can have the other build's clock.
fn of_this_build() -> Clock {
    match cfg!(debug_assertions) {
        true => Clock::movable(),
        false => Clock::System,
    }
}

/// By how much. Nothing else can be asked for, so no form makes the clock run over.
#[derive(Clone, Copy, FromFormField)]
enum By {
    Hour,
    Day,
    Weeks,
    Now,
}

#[derive(FromForm)]
struct Move<'r> {
    by: By,
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
    // To where the next click is, also on a long page.
    redirect(format!("{back}#xray-time"))
}

/// What the control shows.
#[derive(Serialize)]
pub(super) struct Control {
    now: Timestamp,
    /// Such as `14 days + one hour`; empty where the clock was not moved.
    ahead: String,
    back: String,
}

impl Control {
    /// The control beside the page that answers this request. None where there is no clock that
    /// can be moved, or nobody who looks at it.
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
        Some(Control {
            now: clock.now(),
            ahead: parts.map(words).collect::<Vec<_>>().join(" + "),
            back: navigation::this_page(request),
        })
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for Control {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        Control::of(request).map_or(Outcome::Forward(Status::NotFound), Outcome::Success)
    }
}

#[cfg(test)]
mod tests {
    use rocket::figment::Figment;
    use rocket::http::uri::Host;
    use rocket::http::{ContentType, Header};
    use rocket::local::blocking::Client;

    use super::super::onlooker::Enabled;
    use super::*;

    fn client() -> Client {
        client_with(Clock::movable())
    }

    fn client_with(clock: Clock) -> Client {
        let asked_for = Figment::new().merge(("xray", true));
        let xray = Enabled::configured(&asked_for).unwrap();
        let rocket = rocket::build().manage(clock).manage(xray).attach(stage());
        Client::untracked(rocket).unwrap()
    }

    fn post(client: &Client, form: &str) -> (Status, Option<String>) {
        let mut request = client.post("/xray/time").header(ContentType::Form);
        let host = Host::parse("localhost:8000").unwrap();
        request.inner_mut().set_host(host);
        let request = request.remote("127.0.0.1:1".parse().unwrap()).body(form);
        let response = request.dispatch();
        let place = response.headers().get_one("Location").map(str::to_owned);
        (response.status(), place)
    }

    fn ahead(client: &Client) -> i64 {
        client.rocket().state::<Clock>().unwrap().ahead()
    }

    #[test]
    fn each_button_moves_by_what_it_says() {
        let client = client();
        for (by, moved) in [
            ("hour", HOUR),
            ("day", HOUR + DAY),
            ("weeks", HOUR + 15 * DAY),
            ("now", 0),
            ("now", 0),
        ] {
            let (status, place) = post(&client, &format!("by={by}&back=/cart?a=b"));
            assert_eq!(status, Status::SeeOther);
            assert_eq!(place.as_deref(), Some("/cart?a=b#xray-time"));
            assert_eq!(ahead(&client), moved, "{by}");
        }
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/%5C%5Cevil\\",
            "",
        ] {
            let (_, place) = post(&client, &format!("by=now&back={elsewhere}"));
            assert_eq!(place.as_deref(), Some("/xray#xray-time"), "{elsewhere}");
        }
    }

    #[test]
    fn what_is_no_button_moves_nothing() {
        let client = client();
        for by in [
            "",
            "by=",
            "by=9223372036854775807",
            "by=-9223372036854775808",
            "by=year",
            "seconds=60",
        ] {
            assert_eq!(post(&client, by).0, Status::UnprocessableEntity, "{by}");
        }
        assert_eq!(ahead(&client), 0);
    }

    #[test]
    fn the_clock_stops_at_a_date_that_can_be_read() {
        let client = client();
        for _ in 0..300 {
            assert_eq!(post(&client, "by=weeks").0, Status::SeeOther);
        }
        assert_eq!(ahead(&client), MOST);
        assert_eq!(post(&client, "by=now").0, Status::SeeOther);
        assert_eq!(ahead(&client), 0);
    }

    #[test]
    fn a_clock_that_is_in_other_hands_stays_there() {
        let client = client_with(Clock::manual(7));
        assert_eq!(post(&client, "by=day").0, Status::NotFound);
        assert_eq!(client.rocket().state::<Clock>().unwrap().now(), 7);
    }

    #[test]
    fn only_a_debug_build_has_a_clock_that_can_be_moved() {
        let client = Client::untracked(rocket::build().attach(stage())).unwrap();
        let clock: &Clock = client.rocket().state().unwrap();
        let movable = matches!(clock, Clock::Ahead(_));
        assert_eq!(movable, cfg!(debug_assertions));
        assert!(movable || matches!(clock, Clock::System));
    }

    #[test]
    fn the_clock_of_a_release_build_has_no_control() {
        let client = client_with(Clock::System);
        assert_eq!(post(&client, "by=day").0, Status::NotFound);
        assert_eq!(client.rocket().routes().count(), 0);
        assert_eq!(client_with(Clock::movable()).rocket().routes().count(), 1);
    }

    #[test]
    fn it_answers_this_machine_only() {
        let client = client();
        for (peer, host) in [
            ("192.168.0.7:1", "localhost:8000"),
            ("127.0.0.1:1", "evil.example"),
        ] {
            let mut request = client.post("/xray/time").header(ContentType::Form);
            request.inner_mut().set_host(Host::parse(host).unwrap());
            let request = request.header(Header::new("Sec-Fetch-Site", "same-origin"));
            let request = request.remote(peer.parse().unwrap()).body("by=day");
            assert_eq!(
                request.dispatch().status(),
                Status::NotFound,
                "{peer} {host}"
            );
        }
        assert_eq!(ahead(&client), 0);
    }
}
