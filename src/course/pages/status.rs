//! The pages for what went wrong. They never ask for a session: it may be the very thing that
//! can't be had just now.

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
use crate::session::{Event, SameOrigin, Session};

/// What the page says and what to do next, as text keys.
struct Words {
    code: u16,
    title: &'static str,
    what: &'static str,
    next: &'static str,
}

const KNOWN: [Words; 8] = [
    Words {
        code: 403,
        title: "status-403-title",
        what: "status-403-what",
        next: "status-403-next",
    },
    Words {
        code: 404,
        title: "status-404-title",
        what: "status-404-what",
        next: "status-404-next",
    },
    Words {
        code: 409,
        title: "status-409-title",
        what: "status-409-what",
        next: "status-409-next",
    },
    Words {
        code: 413,
        title: "status-413-title",
        what: "status-413-what",
        next: "status-413-next",
    },
    Words {
        code: 422,
        title: "status-422-title",
        what: "status-422-what",
        next: "status-422-next",
    },
    Words {
        code: 429,
        title: "status-429-title",
        what: "status-429-what",
        next: "status-429-next",
    },
    Words {
        code: 500,
        title: "status-500-title",
        what: "status-500-what",
        next: "status-500-next",
    },
    Words {
        code: 503,
        title: "status-503-title",
        what: "status-503-what",
        next: "status-503-next",
    },
];

/// For a 403 that a view has answered: what is to be changed belongs to somebody else.
const NOT_YOURS: Words = Words {
    code: 403,
    title: "status-403-title",
    what: "status-403-own-what",
    next: "status-403-own-next",
};

/// For a 413 that comes from the session, not from what was sent.
const SESSION_FULL: Words = Words {
    code: 413,
    title: "status-413-title",
    what: "status-413-session-what",
    next: "status-413-session-next",
};

const ANY_OTHER: Words = Words {
    code: 0,
    title: "status-other-title",
    what: "status-other-what",
    next: "status-other-next",
};

/// How many seconds to wait when the server can't answer just now.
const RETRY_AFTER: u64 = 5;

/// Registers a page for every status from 400 up.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Status pages", async |rocket| {
        let known = KNOWN.iter().map(|words| Catcher::new(words.code, catch));
        let mut catchers: Vec<Catcher> = known.collect();
        catchers.push(Catcher::new(None, catch));
        rocket.register("/", catchers)
    })
}

fn catch<'r>(status: Status, request: &'r Request<'_>) -> BoxFuture<'r> {
    Box::pin(async move { status_page(status, request) })
}

fn status_page<'r>(status: Status, request: &'r Request<'_>) -> catcher::Result<'r> {
    let words = KNOWN.iter().find(|words| words.code == status.code);
    let words = match words {
        Some(words) if words.code == 403 && !SameOrigin::refused(request) => &NOT_YOURS,
        Some(words) if words.code == 413 && session_failed(request) => &SESSION_FULL,
        Some(words) => words,
        None => &ANY_OTHER,
    };
    let running = request.rocket().state::<Running>();
    let routes = running.filter(|_| status == Status::NotFound);
    let waits = matches!(status, Status::TooManyRequests | Status::ServiceUnavailable);
    let wait = RetryAfter::of(request).unwrap_or(RETRY_AFTER);
    let page = render(
        "status",
        context! {
            code: status.code,
            title: words.title,
            what: words.what,
            next: words.next,
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

fn session_failed(request: &Request<'_>) -> bool {
    let trace = Session::trace_of(request);
    let failed = |event: &Event| matches!(event, Event::Failed { .. });
    trace.iter().any(failed)
}
