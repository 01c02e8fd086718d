//! The app's pages. The view does whatever a test hands to it.

use rocket::fairing::AdHoc;
use rocket::http::{Header, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{Redirect, Responder};
use rocket::{Catcher, Route, catch, catchers, get, routes};
use rocket_session_layer::{Error, Session};

use super::errand::Errand;

pub fn views() -> Vec<Route> {
    routes![view, plain, moved, cached, varied, members, strangers]
}

pub fn error_pages() -> Vec<Catcher> {
    catchers![own_page, other_page]
}

/// Puts down what the layer says of the request when it is over. At an address with `late`, it
/// tries to set a key as well.
pub fn reporter() -> AdHoc {
    AdHoc::on_response("Reporter", |request, response| {
        let trace = Session::trace_of(request);
        Box::pin(async move {
            *Errand::of(request).trace.lock().unwrap() = trace;
            if request.uri().query().is_some_and(|query| query == "late")
                && let Outcome::Success(session) = request.guard::<&Session>().await
            {
                let set = session.set("late", 1);
                let popped = session.pop("a");
                let updated = session.update("late", |n: &mut u64| *n += 1).await;
                let ended = session.end_others().await;
                let all = format!("{set:?} {popped:?} {updated:?} {ended:?}");
                response.set_raw_header("Late", all);
            }
        })
    })
}

/// Does what the test says, and answers with the JSON of what came out.
#[get("/view")]
async fn view(session: &Session, errand: &Errand) -> Result<(Status, String), Error> {
    let view = errand.view.lock().unwrap().take().unwrap();
    Ok((errand.status, view(session).await?.to_string()))
}

#[get("/plain")]
fn plain() -> &'static str {
    "plain"
}

#[get("/moved")]
fn moved(_session: &Session) -> Redirect {
    Redirect::to("/plain")
}

#[derive(Responder)]
struct With(&'static str, Header<'static>);

#[derive(Responder)]
struct Cached(
    &'static str,
    Header<'static>,
    Header<'static>,
    Header<'static>,
);

#[get("/cached?<set>")]
fn cached(set: bool, session: &Session) -> Result<Cached, Error> {
    if set {
        session.set("a", 1)?;
    }
    let header = |name| Header::new(name, "private, max-age=60");
    let names = ["Cache-Control", "CDN-Cache-Control", "Surrogate-Control"];
    let [all, shared, surrogates] = names.map(header);
    Ok(Cached("cached", all, shared, surrogates))
}

#[get("/varied")]
fn varied(_session: &Session) -> With {
    With("varied", Header::new("Vary", "Accept-Language, cookie"))
}

/// A guard that asks for the session so that the view need not.
struct Member;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Member {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<&Session>().await {
            Outcome::Success(session) if session.has("user") => Outcome::Success(Member),
            _ => Outcome::Forward(Status::Unauthorized),
        }
    }
}

#[get("/members")]
fn members(_member: Member) -> &'static str {
    "members"
}

/// Answers strangers, whom the guard of the view before it does not let pass.
#[get("/members", rank = 2)]
fn strangers() -> &'static str {
    "strangers"
}

#[catch(503)]
fn own_page() -> &'static str {
    "The app's own page: come again later."
}

#[catch(default)]
fn other_page(status: Status, _: &Request<'_>) -> String {
    format!("The app's own page for {}.", status.code)
}
