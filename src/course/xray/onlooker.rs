//! Decides which requests may look: those of programs on this machine, under a name that only this
//! machine has, for which no proxy speaks.

use std::net::{Ipv4Addr, SocketAddr};

use rocket::figment::{self, Figment};
use rocket::http::Status;
use rocket::http::uri::Host;
use rocket::request::{FromRequest, Outcome};
use rocket::{Orbit, Request, Rocket, async_trait};

/// The setting that opens the X-ray in a release build, or closes it in a debug build.
const SETTING: &str = "xray";

/// Headers in which proxies tell for whom they ask (RFC 7239, RFC 9110 §7.6.3, and the names that
/// were in use before). Further beginnings and ends of names are in `is_forwarding`.
const FORWARDING: [&str; 7] = [
    "cdn-loop",
    "front-end-https",
    "via",
    "x-azure-clientip",
    "x-envoy-external-address",
    "x-scheme",
    "x-url-scheme",
];

/// The managed answer to the question whether this server has an X-ray at all.
pub struct Enabled(bool);

impl Enabled {
    /// A release build has none unless the setting asks for it. Its server may stand behind a
    /// proxy, which is on this machine, too, and lets in the whole world. Not every proxy says what
    /// it is.
    ///
    /// # Errors
    ///
    /// The setting is neither true nor false.
    pub fn configured(figment: &Figment) -> Result<Self, Box<figment::Error>> {
        match figment.extract_inner(SETTING) {
            Err(error) if error.missing() => Ok(Enabled(cfg!(debug_assertions))),
            configured => Ok(Enabled(configured.map_err(Box::new)?)),
        }
    }

    /// True if there is one.
    pub fn is_on(&self) -> bool {
        self.0
    }
}

/// A request guard for requests that may see the X-ray. For all others there is no such page.
pub struct Onlooker<'r> {
    /// Renders the templates, also after the request is answered.
    pub(super) rocket: &'r Rocket<Orbit>,
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

/// The other name of this machine, with the port, under which the same server is another site:
/// `127.0.0.1` for `localhost`, and `localhost` for every other one.
pub struct OtherName(pub String);

impl OtherName {
    /// The other name. `None` for a request that may not look.
    pub fn of(request: &Request<'_>) -> Option<Self> {
        let host = request.host().filter(|_| may_look(request))?;
        let other = match host.domain().as_str() {
            "localhost" => "127.0.0.1",
            _ => "localhost",
        };
        let port = host.port().map(|port| format!(":{port}"));
        Some(OtherName(other.to_owned() + &port.unwrap_or_default()))
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for OtherName {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        OtherName::of(request).map_or(Outcome::Forward(Status::NotFound), Outcome::Success)
    }
}

/// Tells whether this request may see it. The peer's address is not enough: a page from elsewhere
/// can give its own name our address (DNS rebinding), and would then read everything as its own;
/// and a proxy on this machine asks for browsers elsewhere.
pub fn may_look(request: &Request<'_>) -> bool {
    let enabled = request.rocket().state::<Enabled>();
    let mut headers = request.headers().iter();
    enabled.is_some_and(Enabled::is_on)
        && request.remote().is_some_and(is_this_machine)
        && request.host().is_some_and(names_this_machine)
        && !headers.any(|header| is_forwarding(header.name().as_str()))
}

/// True for a header that a proxy adds. Names are compared as proxies write them: in any case, with
/// `_` for `-`.
fn is_forwarding(header: &str) -> bool {
    let header = header.to_ascii_lowercase().replace('_', "-");
    let begins = [
        "cf-",
        "forwarded",
        "x-forwarded",
        "x-original-",
        "x-remote-",
    ]
    .iter();
    let ends = ["client-ip", "connecting-ip", "real-ip", "user-ip"].iter();
    FORWARDING.contains(&&*header)
        || begins.into_iter().any(|begin| header.starts_with(begin))
        || ends.into_iter().any(|end| header.ends_with(end))
}

/// True for a peer on this machine, also for `::ffff:127.0.0.1`, as IPv4 arrives at an IPv6 socket.
fn is_this_machine(peer: SocketAddr) -> bool {
    peer.ip().to_canonical().is_loopback()
}

/// True for a host name that only this machine has (RFC 6761, section 6.3): no other machine's DNS
/// can give it our address.
pub fn names_this_machine(host: &Host<'_>) -> bool {
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
    fn a_proxy_betrays_itself() {
        for header in [
            "Forwarded",
            "Via",
            "X-Forwarded-For",
            "x-forwarded-proto",
            "X-Forwarded-Host",
            "X-Forwarded-Server",
            "X-Real-IP",
            "X-Original-Host",
            "CF-Connecting-IP",
            "True-Client-IP",
            "Client-IP",
            "X-Cluster-Client-IP",
            "CDN-Loop",
            "CF-Ray",
            "Forwarded-For",
            "X-Remote-Addr",
            "x_forwarded_for",
        ] {
            assert!(is_forwarding(header), "{header}");
        }
        for header in [
            "Host",
            "Referer",
            "Sec-Fetch-Site",
            "X-Requested-With",
            "Origin",
        ] {
            assert!(!is_forwarding(header), "{header}");
        }
    }

    #[test]
    fn a_release_build_has_none_unless_it_is_asked_for() {
        let enabled = |figment: Figment| Enabled::configured(&figment).map(|enabled| enabled.0);
        let unset = enabled(Figment::new());
        assert_eq!(unset.unwrap(), cfg!(debug_assertions));
        for asked in [true, false] {
            assert_eq!(
                enabled(Figment::new().merge((SETTING, asked))).unwrap(),
                asked
            );
        }
        assert!(enabled(Figment::new().merge((SETTING, "perhaps"))).is_err());
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
