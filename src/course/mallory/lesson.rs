//! The lesson on a port of this machine.

use rocket::tokio::task::spawn_blocking;

use crate::course::language::languages::Language;
use crate::course::start::running::title_on;

/// A path that no lesson has: it answers with its page for 404, whose title names the lesson. It is
/// one of the course's own addresses, so that neither terminal nor X-ray shows this request, and no
/// step of the checklist ticks by it.
const PATH: &str = "/favicon.ico";

/// The number of the lesson there, as its pages' titles have it: "Lesson 12a". `None` if no lesson
/// answers.
pub(super) async fn running_on(port: u16, language: Language) -> Option<String> {
    let title = spawn_blocking(move || title_on(port, PATH, language));
    let title = title.await.ok()??;
    title.rsplit(" · ").next().map(str::to_owned)
}
