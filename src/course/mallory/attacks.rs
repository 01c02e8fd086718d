//! The answers of Mallory's server to forms and scripts.

use rocket::http::uri::Origin;
use rocket::http::{Header, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::response::{Redirect, Responder};
use rocket::{Request, Response, Route, State, async_trait, get, post, response, routes};

use super::address::back;
use super::arrival::Arrival;
use super::haul::{Pocket, in_cookie_header, in_query};
use super::lines::{planted, tossed};

pub(super) fn attacks() -> Vec<Route> {
    routes![note, plant, toss, loot]
}

/// The headers of a request that the attacks look at. A browser sends each once.
struct Brought<'r> {
    cookie: &'r str,
    referer: &'r str,
}

#[async_trait]
impl<'r> FromRequest<'r> for Brought<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let header = |name| request.headers().get_one(name).unwrap_or_default();
        let (cookie, referer) = (header("Cookie"), header("Referer"));
        Outcome::Success(Brought { cookie, referer })
    }
}

/// The way back to the page with the button, and a cookie for this browser.
struct Done {
    back: String,
    cookie: Option<String>,
}

impl Done {
    /// Gives this browser a cookie, made of what she has.
    fn giving(
        pocket: &Pocket,
        headers: &Brought<'_>,
        cookie: fn(&str, &str) -> String,
        done: &'static str,
    ) -> Self {
        let haul = pocket.haul();
        let said = if haul.is_some() { done } else { "nothing" };
        Done {
            back: back(headers.referer, said),
            cookie: haul.map(|haul| cookie(haul.name, &haul.value)),
        }
    }
}

impl<'r> Responder<'r, 'static> for Done {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from(Redirect::to(self.back).respond_to(request)?);
        if let Some(cookie) = self.cookie {
            response.header_adjoin(Header::new("Set-Cookie", cookie));
        }
        response.ok()
    }
}

/// Keeps the session ID that this browser has brought: cookies don't know ports, so it brings the
/// lesson's.
#[post("/note")]
fn note(_arrival: Arrival, headers: Brought<'_>, pocket: &State<Pocket>) -> Done {
    let found = in_cookie_header(headers.cookie);
    let said = if found.is_some() { "noted" } else { "none" };
    if let Some(haul) = found {
        pocket.keep(haul);
    }
    let (back, cookie) = (back(headers.referer, said), None);
    Done { back, cookie }
}

/// Sets what she has as this browser's session ID.
#[post("/plant")]
fn plant(_arrival: Arrival, headers: Brought<'_>, pocket: &State<Pocket>) -> Done {
    Done::giving(pocket, &headers, planted, "planted")
}

/// Sets what she has as a second cookie, for the name above this one. The lesson ignores a cookie
/// that opens no session, so she takes a session ID of her own.
#[post("/toss")]
fn toss(_arrival: Arrival, headers: Brought<'_>, pocket: &State<Pocket>) -> Done {
    Done::giving(pocket, &headers, tossed, "tossed")
}

/// Keeps the session ID in what a script has sent. The script gets nothing back, and needs nothing.
#[get("/loot")]
fn loot(_arrival: Arrival, uri: &Origin<'_>, pocket: &State<Pocket>) -> Status {
    let query = uri.query().map(|query| query.as_str());
    if let Some(haul) = query.and_then(in_query) {
        pocket.keep(haul);
    }
    Status::NoContent
}
