//! What Mallory's server does when a form or a script arrives.

use rocket::http::uri::Origin;
use rocket::http::{Header, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::response::{Redirect, Responder};
use rocket::{Request, Response, Route, State, async_trait, get, post, response, routes};

use super::address::back;
use super::asked::Asked;
use super::haul::{Haul, Pocket, in_cookie_header, in_query};
use super::lines::{TOSSED, planted};

pub(super) fn attacks() -> Vec<Route> {
    routes![note, plant, toss, loot]
}

/// The headers of a request that the attacks look at. A browser sends each once.
struct Headers<'r> {
    cookie: &'r str,
    referer: &'r str,
}

#[async_trait]
impl<'r> FromRequest<'r> for Headers<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let header = |name| request.headers().get_one(name).unwrap_or_default();
        let (cookie, referer) = (header("Cookie"), header("Referer"));
        Outcome::Success(Headers { cookie, referer })
    }
}

/// The way back to the page with the button, and cookies for this browser.
struct Done {
    back: String,
    cookies: Vec<String>,
}

impl<'r> Responder<'r, 'static> for Done {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from(Redirect::to(self.back).respond_to(request)?);
        for cookie in self.cookies {
            response.header_adjoin(Header::new("Set-Cookie", cookie));
        }
        response.ok()
    }
}

/// Keeps the session ID that this browser has brought: cookies don't know ports, so it brings the
/// lesson's.
#[post("/note")]
fn note(_asked: Asked, headers: Headers<'_>, pocket: &State<Pocket>) -> Done {
    let found = in_cookie_header(headers.cookie);
    let said = if found.is_some() { "noted" } else { "none" };
    if let Some(value) = found {
        let by_script = false;
        pocket.keep(Haul { value, by_script });
    }
    let (back, cookies) = (back(headers.referer, said), Vec::new());
    Done { back, cookies }
}

/// Sets what she has as this browser's session ID.
#[post("/plant")]
fn plant(_asked: Asked, headers: Headers<'_>, pocket: &State<Pocket>) -> Done {
    let haul = pocket.haul();
    let said = if haul.is_some() { "planted" } else { "nothing" };
    let cookies = haul.map(|haul| planted(&haul.value));
    Done {
        back: back(headers.referer, said),
        cookies: cookies.into_iter().collect(),
    }
}

/// Sets a second cookie for the name above this one.
#[post("/toss")]
fn toss(_asked: Asked, headers: Headers<'_>) -> Done {
    Done {
        back: back(headers.referer, "tossed"),
        cookies: TOSSED.map(str::to_owned).into(),
    }
}

/// Keeps the session ID in what a script has sent. The script gets nothing back, and needs nothing.
#[get("/loot")]
fn loot(_asked: Asked, uri: &Origin<'_>, pocket: &State<Pocket>) -> Status {
    let query = uri.query().map(|query| query.as_str());
    if let Some(value) = query.and_then(in_query) {
        let by_script = true;
        pocket.keep(Haul { value, by_script });
    }
    Status::NoContent
}
