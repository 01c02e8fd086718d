//! Notices that a browser does not bring back the session cookie that it was just sent, and lets
//! the page say so: otherwise a person who blocks cookies logs in and is at the login form again.
//!
//! One request alone can't tell that: without a cookie comes every stranger, too. But an answer
//! that sends the cookie and redirects is followed at once, by a request that has to bring it.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::{Data, Request, Response, async_trait};

use crate::session::Layer;

/// A redirect that was not followed within this time is given up. Browsers follow at once; half a
/// minute leaves room for a slow network, and longer a request to the same page could be another
/// visit.
const PATIENCE: Duration = Duration::from_secs(30);

/// Redirects remembered at a time. Beyond it the oldest is forgotten: then a notice is missing at
/// worst, and memory can't grow.
const MOST: usize = 64;

/// Attaches the watch. Belongs after the session layer, whose cookie it looks for.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("No cookie", async |rocket| rocket.attach(Watch::default()))
}

/// True if this request should have brought the session cookie, and has not.
pub fn is_missing(request: &Request<'_>) -> bool {
    request.local_cache(|| Missing(false)).0
}

/// The request's mark, in its own cache, so that templates can ask for it later.
struct Missing(bool);

/// Redirects that are to be followed with a cookie, the oldest first.
#[derive(Default)]
struct Watch(Mutex<VecDeque<Redirected>>);

/// An answer that has sent the session cookie and a redirect.
struct Redirected {
    /// The browser that got it.
    browser: Peer,
    /// The path and query that it was sent to.
    target: String,
    when: Instant,
}

/// A browser, as far as one without a cookie can be told from others: by address and `User-Agent`.
/// Two alike behind one address can be mixed up; the notice is a hint and decides nothing.
#[derive(PartialEq, Eq)]
struct Peer(Option<IpAddr>, Option<String>);

impl Peer {
    fn of(request: &Request<'_>) -> Self {
        let agent = request.headers().get_one("User-Agent");
        Peer(
            request.remote().map(|peer| peer.ip()),
            agent.map(str::to_owned),
        )
    }
}

impl Watch {
    /// The list. A panic while it was locked leaves it whole, so poisoning is ignored.
    fn redirected(&self) -> MutexGuard<'_, VecDeque<Redirected>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Fairing for Watch {
    fn info(&self) -> Info {
        Info {
            name: "No cookie",
            kind: Kind::Request | Kind::Response,
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let Some(cookie) = session_cookie(request) else {
            return;
        };
        let (browser, target) = (Peer::of(request), request.uri().to_string());
        let mut redirected = self.redirected();
        redirected.retain(|to| to.when.elapsed() < PATIENCE);
        let follows = redirected
            .iter()
            .position(|to| to.browser == browser && to.target == target);
        let Some(place) = follows else { return };
        redirected.remove(place);
        // It has to bring any session cookie, not a valid one.
        if request.cookies().get(cookie).is_none() {
            request.local_cache(|| Missing(true));
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let (Some(cookie), Some(target)) = (
            session_cookie(request),
            response.headers().get_one("Location"),
        ) else {
            return;
        };
        // A removal has an empty value, `session_id=; …`, and no browser brings that back.
        let sends = |line: &str| {
            let value = line
                .strip_prefix(cookie)
                .and_then(|rest| rest.strip_prefix('='));
            value.is_some_and(|value| !value.starts_with(';'))
        };
        // A chain of redirects: a request that came without its cookie hands the question on.
        if !is_missing(request) && !response.headers().get("Set-Cookie").any(sends) {
            return;
        }
        let mut redirected = self.redirected();
        if redirected.len() == MOST {
            redirected.pop_front();
        }
        redirected.push_back(Redirected {
            browser: Peer::of(request),
            target: target.to_owned(),
            when: Instant::now(),
        });
    }
}

/// The name of the session cookie. `None` in a lesson without a session layer.
fn session_cookie<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let layer = request.rocket().state::<Arc<Layer>>()?;
    Some(&layer.config().cookie)
}
