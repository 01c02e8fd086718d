//! "Start afresh" on the cover page: `POST /afresh`. A student who wants to see a lesson from the
//! beginning needs a browser that has no session yet.

use std::sync::Arc;

use rocket::fairing::AdHoc;
use rocket::http::{CookieJar, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{async_trait, post, routes, uri};

use crate::accounts::Accounts;
use crate::answer::{Answer, redirect};
use crate::course::guide::cover;
use crate::course::protect::own_cookies::OwnCookies;
use crate::session::{Config, Layer, Session};

/// Mounts the view.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Start afresh", async |rocket| {
        rocket.mount("/", routes![afresh])
    })
}

// The chosen language stays: a walk begins with this button, and goes on in that language. A demo
// user whom somebody has deleted is made again.
#[post("/afresh")]
async fn afresh(_gone: SessionGone, accounts: &Accounts) -> Answer {
    accounts.ensure_demo_users().await?;
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
        // A layer that is attached ends its session and removes its cookie itself.
        let figment = request.rocket().figment();
        if request.rocket().state::<Arc<Layer>>().is_some() {
            let Some(session) = request.guard::<&Session>().await.succeeded() else {
                // The store can't answer. "Forgotten" would be a lie.
                return Outcome::Error((Status::ServiceUnavailable, ()));
            };
            session.flush();
        } else if let Ok(config) = Config::from_figment(figment) {
            // A lesson without the layer can't read the row that another lesson left: that one ends
            // when its time is over. The browser forgets at once.
            forget(
                request.cookies(),
                &OwnCookies::configured(figment),
                &config.cookie,
            );
        }
        Outcome::Success(SessionGone)
    }
}

/// Removes a cookie. One that did not come needs no removal, and its header would only be noise in
/// the X-ray.
fn forget(cookies: &CookieJar<'_>, own: &OwnCookies, name: &str) {
    if cookies.get(name).is_some() {
        cookies.remove(own.cookie(name, ""));
    }
}
