//! The cover page of every lesson: `GET /`. First the question, then the pages to try: a student
//! who has guessed looks at the answer with other eyes.

use rocket::fairing::AdHoc;
use rocket::{State, get, routes};
use rocket_dyn_templates::context;

use crate::accounts::DEMO_USERS;
use crate::answer::{Answer, render};
use crate::course::guide::state::Guide;
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::pages::navigation::Running;

/// Mounts the cover page.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Cover", async |rocket| rocket.mount("/", routes![cover]))
}

/// Fills the cover page. It asks for no session: the lesson begins at its own first page.
#[get("/")]
pub fn cover(running: &State<Running>, guide: &State<Guide>, language: Language) -> Answer {
    let lesson = running.lesson;
    let neighbour = |lesson: &Lesson| {
        let (command, title) = (lesson.command(), lesson.title_in(language));
        context! { command, title, half: lesson.half_key() }
    };
    let users: Vec<_> = DEMO_USERS
        .iter()
        .map(|user| context! { userid: user.userid, password: user.password })
        .collect();
    render(
        "cover",
        context! {
            prediction: guide.opening(language),
            start: running.start(),
            users,
            other_half: running.lessons.other_half(lesson).map(neighbour),
            previous: running.lessons.previous(lesson).map(neighbour),
            next: running.lessons.next(lesson).map(neighbour),
        },
    )
}
