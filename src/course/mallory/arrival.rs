//! A request's own words: under which name the site was opened, in which language, and on
//! which port of this machine the lesson is.

use rocket::http::Status;
use rocket::http::uri::Host;
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait};

use super::address::Details;
use crate::course::language::languages::Language;
use crate::course::xray::names_this_machine;

/// The port of the lesson unless an address names another, in managed state.
pub(super) struct LessonPort(pub(super) u16);

/// A request guard. A host name that other machines may have is refused: a page from elsewhere could
/// give its name this machine's address (DNS rebinding), and read what Mallory keeps.
#[derive(Debug)]
pub(super) struct Arrival {
    /// The name of this machine that the browser has used.
    pub(super) host: String,
    pub(super) own_port: u16,
    pub(super) lesson_port: u16,
    pub(super) language: Language,
    pub(super) details: Details,
}

#[async_trait]
impl<'r> FromRequest<'r> for Arrival {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        // Rocket's local client sets the header only.
        let header = || Host::parse(request.headers().get_one("Host")?).ok();
        let host = request.host().cloned().or_else(header);
        let Some(host) = host.filter(names_this_machine) else {
            return Outcome::Error((Status::MisdirectedRequest, ()));
        };
        let query = request.uri().query().map(|query| query.as_str());
        let details = Details::of(query.unwrap_or_default());
        let usual = request.rocket().state::<LessonPort>().map(|port| port.0);
        Outcome::Success(Arrival {
            host: host.domain().as_str().to_ascii_lowercase(),
            own_port: request.rocket().config().port,
            lesson_port: details.port.or(usual).unwrap_or_default(),
            language: details.language.unwrap_or_else(|| Language::of(request)),
            details,
        })
    }
}
