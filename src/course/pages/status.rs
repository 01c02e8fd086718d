//! The pages for errors: a title, what happened, and what to do next. They never ask for a session:
//! it may be the very thing that can't be had just now.

use std::time::Duration;

use rocket::catcher::{self, BoxFuture};
use rocket::fairing::AdHoc;
use rocket::http::{Header, Status};
use rocket::response::Responder;
use rocket::{Catcher, Request, Response};
use rocket_dyn_templates::context;

use crate::answer::{RetryAfter, render};
use crate::course::language::duration::duration;
use crate::course::language::languages::Language;
use crate::course::pages::navigation::Running;
use crate::session::{Event, SameOrigin, Session, SessionFairing};

/// Statuses with texts of their own: `status-404-title`, `status-404-what` and `status-404-next`.
/// All others share `status-other-…`.
const KNOWN: [u16; 8] = [403, 404, 409, 413, 422, 429, 500, 503];

/// Registers a page for every status from 400 up.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Status pages", async |rocket| {
        let known = KNOWN.iter().map(|code| Catcher::new(*code, catch));
        let mut catchers: Vec<Catcher> = known.collect();
        catchers.push(Catcher::new(None, catch));
        rocket.register("/", catchers)
    })
}

/// The catcher in the shape that Rocket wants.
fn catch<'r>(status: Status, request: &'r Request<'_>) -> BoxFuture<'r> {
    Box::pin(async move { status_page(status, request) })
}

/// Fills the page for this status.
///
/// # Errors
///
/// The template can't be filled; Rocket then answers with its plain page for 500.
fn status_page<'r>(status: Status, request: &'r Request<'_>) -> catcher::Result<'r> {
    let code = match status.code {
        code if KNOWN.contains(&code) => code.to_string(),
        _ => "other".to_owned(),
    };
    // The same status for another reason says something else, since the remedy is another one.
    let reason = match status.code {
        // A view has refused: the thing to change is another user's.
        403 if !SameOrigin::refused(request) && !is_foreign(request) => "-own",
        // The session is full, and not the form too large.
        413 if session_failed(request) => "-session",
        _ => "",
    };
    let running = request.rocket().state::<Running>();
    // A 404 lists the lesson's routes: mostly the path was mistyped.
    let routes = running.filter(|_| status == Status::NotFound);
    // `Retry-After` belongs to these two (RFC 9110, section 10.2.3; RFC 6585, section 4).
    let waits = matches!(status, Status::TooManyRequests | Status::ServiceUnavailable);
    let wait = RetryAfter::of(request).unwrap_or(SessionFairing::RETRY_AFTER);
    let page = render(
        "status",
        context! {
            code: status.code,
            title: format!("status-{code}-title"),
            what: format!("status-{code}{reason}-what"),
            next: format!("status-{code}{reason}-next"),
            method: request.method(),
            path: request.uri().path().as_str(),
            wait: duration(Duration::from_secs(wait), Language::of(request)),
            routes: routes.map(|running| &running.routes),
        },
    );
    let mut response = Response::build_from(page.respond_to(request)?);
    response.status(status);
    if waits {
        response.header(Header::new("Retry-After", wait.to_string()));
    }
    response.ok()
}

/// True if the browser says that the request comes from another server's page: an app that checks
/// this itself has refused it.
fn is_foreign(request: &Request<'_>) -> bool {
    let mut sites = request.headers().get("Sec-Fetch-Site");
    sites.any(|site| !matches!(site, "same-origin" | "none"))
}

/// True if a call on the session has failed in this request: the trace remembers it.
fn session_failed(request: &Request<'_>) -> bool {
    let trace = Session::trace_of(request);
    let failed = |event: &Event| matches!(event, Event::Failed { .. });
    trace.iter().any(failed)
}
