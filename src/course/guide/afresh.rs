//! "Start afresh" on the cover page: `POST /afresh`.

use std::sync::Arc;

use rocket::fairing::AdHoc;
use rocket::http::{CookieJar, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{State, async_trait, post, routes, uri};

use crate::answer::{Answer, redirect};
use crate::course::guide::cover;
use crate::course::language::languages::LANGUAGE_COOKIE;
use crate::course::protect::own_cookies::OwnCookies;
use crate::session::{Config, Layer, Session};

/// Mounts the view.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Start afresh", async |rocket| {
        rocket.mount("/", routes![afresh])
    })
}

// The course's other cookie goes too: afterwards DevTools shows an empty list, and whatever is in
// it next was sent by the lesson.
#[post("/afresh")]
fn afresh(_gone: SessionGone, cookies: &CookieJar<'_>, own: &State<OwnCookies>) -> Answer {
    forget(cookies, own, LANGUAGE_COOKIE);
    redirect(uri!(cover::cover))
}

/// Ends the session of the request.
///
/// The view can't ask for `&Session` itself: lesson 01 has no session layer, and such a view would
/// keep it from starting.
struct SessionGone;

#[async_trait]
impl<'r> FromRequest<'r> for SessionGone {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let figment = request.rocket().figment();
        if request.rocket().state::<Arc<Layer>>().is_some() {
            let Some(session) = request.guard::<&Session>().await.succeeded() else {
                return Outcome::Error((Status::ServiceUnavailable, ()));
            };
            session.flush();
        } else if let Ok(config) = Config::from_figment(figment) {
            // Nobody here can read the row of what another lesson left: it ends when its time is
            // over. The browser forgets at once.
            forget(
                request.cookies(),
                &OwnCookies::configured(figment),
                &config.cookie,
            );
        }
        Outcome::Success(SessionGone)
    }
}

/// A cookie that did not come needs no removal.
fn forget(cookies: &CookieJar<'_>, own: &OwnCookies, name: &str) {
    if cookies.get(name).is_some() {
        cookies.remove(own.cookie(name, ""));
    }
}
