//! The lesson on a port of this machine.

use rocket::tokio::task::spawn_blocking;

use crate::course::language::languages::Language;
use crate::course::start::running::title_on;

/// A path that no lesson has: it answers with its page for 404, whose title names the lesson. It is
/// one of the course's own addresses, so that neither terminal nor X-ray shows this request, and no
/// step of the checklist ticks by it.
const PATH: &str = "/favicon.ico";

/// The number that an exercise has in the titles of its pages.
pub(super) const EXERCISE: &str = "exercise";

/// The number of the lesson there: `12a`, or [`EXERCISE`]. `None` if no lesson answers.
pub(super) async fn running_on(port: u16) -> Option<String> {
    let title = spawn_blocking(move || title_on(port, PATH, Language::English));
    let title = title.await.ok()??;
    let (_, lesson) = title.rsplit_once(" · ")?;
    let number = lesson.strip_prefix("Lesson ").unwrap_or(EXERCISE);
    Some(number.to_owned())
}
