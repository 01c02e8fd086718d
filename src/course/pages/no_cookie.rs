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

/// A redirect that was not followed within this time is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Redirects remembered at a time.
const MOST: usize = 64;

/// Attaches the watch. Belongs after the session layer, whose cookie it looks for.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("No cookie", async |rocket| rocket.attach(Watch::default()))
}

/// True if this request should have brought the session cookie, and has not.
pub(crate) fn is_missing(request: &Request<'_>) -> bool {
    request.local_cache(|| Missing(false)).0
}

struct Missing(bool);

/// Redirects that are to be followed with a cookie.
#[derive(Default)]
struct Watch(Mutex<VecDeque<Redirected>>);

struct Redirected {
    browser: Peer,
    target: String,
    when: Instant,
}

/// A browser, as far as one without a cookie can be told from others.
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
        let sends = |line: &str| {
            let value = line
                .strip_prefix(cookie)
                .and_then(|rest| rest.strip_prefix('='));
            value.is_some_and(|value| !value.starts_with(';'))
        };
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

/// The name of the session cookie, in a lesson that has one.
fn session_cookie<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let layer = request.rocket().state::<Arc<Layer>>()?;
    Some(&layer.config().cookie)
}
