//! Who may look: programs on this machine, under a name that only this machine has.

use std::net::{Ipv4Addr, SocketAddr};

use rocket::http::Status;
use rocket::http::uri::Host;
use rocket::request::{FromRequest, Outcome};
use rocket::{Orbit, Request, Rocket, async_trait};

/// A request guard: whoever may see what is normally hidden. For all others there is no such page.
pub(super) struct Onlooker<'r> {
    /// What renders the templates, also after the request is answered.
    pub rocket: &'r Rocket<Orbit>,
}

#[async_trait]
impl<'r> FromRequest<'r> for Onlooker<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        if may_look(request) {
            let rocket = request.rocket();
            Outcome::Success(Onlooker { rocket })
        } else {
            Outcome::Error((Status::NotFound, ()))
        }
    }
}

/// Whether this request may see it. The peer's address is not enough: a page from elsewhere can
/// give its own name our address (DNS rebinding), and would then read everything as its own.
pub(super) fn may_look(request: &Request<'_>) -> bool {
    let peer = request.remote().is_some_and(is_this_machine);
    peer && request.host().is_some_and(names_this_machine)
}

fn is_this_machine(peer: SocketAddr) -> bool {
    peer.ip().to_canonical().is_loopback()
}

fn names_this_machine(host: &Host<'_>) -> bool {
    let name = host.domain().as_str().to_ascii_lowercase();
    let address: Option<Ipv4Addr> = name.parse().ok();
    name == "localhost"
        || name.ends_with(".localhost")
        || name == "[::1]"
        || address.is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_may_look() {
        let table = [
            ("127.0.0.1:1", true),
            ("127.8.9.1:1", true),
            ("[::1]:1", true),
            ("[::ffff:127.0.0.1]:1", true),
            ("192.168.0.7:1", false),
            ("[::ffff:192.168.0.7]:1", false),
            ("0.0.0.0:1", false),
        ];
        for (peer, may) in table {
            assert_eq!(is_this_machine(peer.parse().unwrap()), may, "{peer}");
        }
    }

    #[test]
    fn only_under_a_name_of_this_machine() {
        let table = [
            ("localhost", true),
            ("LocalHost:8000", true),
            ("lesson.localhost:8000", true),
            ("127.0.0.1:8000", true),
            ("127.1.2.3", true),
            ("[::1]:8000", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("evillocalhost", false),
            ("127.0.0.1.evil.example", false),
            ("192.168.0.7:8000", false),
            ("[::2]", false),
        ];
        for (host, may) in table {
            let parsed = Host::parse(host).unwrap();
            assert_eq!(names_this_machine(&parsed), may, "{host}");
        }
    }
}
