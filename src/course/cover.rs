//! The cover page of every lesson: `GET /`.

use rocket::fairing::AdHoc;
use rocket::http::Method;
use rocket::{State, get, routes};
use rocket_dyn_templates::context;

use super::demo_users::DEMO_USERS;
use super::navigation::Running;
use crate::answer::{Answer, render};

/// Mounts the cover page.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Cover", async |rocket| rocket.mount("/", routes![cover]))
}

#[get("/")]
fn cover(running: &State<Running>) -> Answer {
    let lesson = running.lesson;
    // The playground changes under the student's hands: nothing leads where nothing is.
    let start: Vec<&str> = lesson
        .start
        .iter()
        .copied()
        .filter(|path| running.mounts(Method::Get, path))
        .collect();
    let neighbour = |lesson: &crate::course::Lesson| context! { command: lesson.command(), title: lesson.title };
    let users: Vec<_> = DEMO_USERS
        .iter()
        .map(|user| context! { userid: user.userid, password: user.password })
        .collect();
    render(
        "cover",
        context! {
            start,
            users,
            previous: lesson.previous().map(neighbour),
            next: lesson.next().map(neighbour),
        },
    )
}
