//! The lesson that runs on a port already.

use std::time::Duration;

use crate::course::language::languages::Language;

/// The time that a program on the port may take to say who it is. A lesson needs milliseconds, on a
/// busy machine a second; all of it passes only with a program that says nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The title of the page that a lesson on this port of this machine has at this path. `None` if no
/// lesson is there.
pub fn title_on(port: u16, path: &str, language: Language) -> Option<String> {
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        // The page of an error tells it as well.
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None);
    let agent: ureq::Agent = agent.build().into();
    let page = agent.get(format!("http://localhost:{port}{path}"));
    let page = page.header("Accept-Language", language.code()).call();
    let page = page.ok()?.body_mut().read_to_string().ok()?;
    let (_, title) = page.split_once("<title>")?;
    let (title, rest) = title.split_once("</title>")?;
    let is_lesson = rest.contains("/assets/locker.svg");
    is_lesson.then(|| title.to_owned())
}
