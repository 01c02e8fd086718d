//! A check of every form, for a lesson that writes it itself.

use rocket::fairing::AdHoc;
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, async_trait};

/// Asks `is_ours` about each POST before its view runs, and answers 403 if it is not.
///
/// ```
/// use rocket::Request;
/// use session_lessons::views::check_forms;
///
/// fn is_ours(request: &Request<'_>) -> bool {
///     request.headers().get_one("Sec-Fetch-Site") == Some("same-origin")
/// }
/// let rocket = rocket::build().attach(check_forms(is_ours));
/// # let _ = rocket;
/// ```
pub fn check_forms(is_ours: fn(&Request<'_>) -> bool) -> AdHoc {
    // At ignition, as the course's own routes, so that no page lists it among the lesson's.
    AdHoc::on_ignite("Form check", async move |rocket| {
        // Rocket asks the route of the lowest rank first; the very lowest is the session layer's.
        let rank = isize::MIN + 1;
        let check = FormCheck(is_ours);
        rocket.mount("/", [Route::ranked(rank, Method::Post, "/<_..>", check)])
    })
}

#[derive(Clone)]
struct FormCheck(fn(&Request<'_>) -> bool);

#[async_trait]
impl Handler for FormCheck {
    async fn handle<'r>(&self, request: &'r Request<'_>, form: Data<'r>) -> Outcome<'r> {
        if (self.0)(request) {
            Outcome::forward(form, Status::NotFound)
        } else {
            Outcome::error(Status::Forbidden)
        }
    }
}
