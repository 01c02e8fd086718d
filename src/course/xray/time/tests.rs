//! Moving the clock.

use rocket::figment::Figment;
use rocket::http::uri::Host;
use rocket::http::{ContentType, Header};
use rocket::local::blocking::Client;

use super::*;
use crate::course::xray::onlooker::Enabled;

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
