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
    /// Renders the templates, also after the request is answered; has the layer, if there is one.
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

/// The other name of this machine, with the port, under which the same server is another site:
/// `127.0.0.1` for `localhost`, and `localhost` for every other one. To browsers `shop.localhost` is
/// another site than `localhost`, too.
pub struct OtherName {
    /// The name and port that the request was sent to.
    pub here: String,
    /// The other name, with the same port.
    other: String,
    scheme: &'static str,
}

impl OtherName {
    /// The other name. `None` for a request that may not look.
    pub fn of(request: &Request<'_>) -> Option<Self> {
        let host = request.host().filter(|_| may_look(request))?;
        let is_plain = host.domain().as_str().eq_ignore_ascii_case("localhost");
        let other = if is_plain { "127.0.0.1" } else { "localhost" };
        let port = host.port().map(|port| format!(":{port}"));
        let tls = request.rocket().config().tls_enabled();
        Some(OtherName {
            here: host.to_string(),
            other: other.to_owned() + &port.unwrap_or_default(),
            scheme: if tls { "https" } else { "http" },
        })
    }

    /// The origin of the other site.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.other)
    }

    /// The origin that a page of the other site was opened from, if it is one of this machine. The
    /// other name can't tell: `localhost` is that of `127.0.0.1` and of all names below it.
    pub fn opener(&self, named: Option<&str>) -> String {
        let host = named.and_then(|named| Host::parse(named).ok());
        let host = host.filter(names_this_machine);
        host.map_or_else(|| self.origin(), |host| format!("{}://{host}", self.scheme))
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

/// True for a host name that only this machine has, such as `shop.localhost` (RFC 6761, section
/// 6.3): no other machine's DNS can give it our address.
pub fn names_this_machine(host: &Host<'_>) -> bool {
    let name = host.domain().as_str().to_ascii_lowercase();
    let address: Option<Ipv4Addr> = name.parse().ok();
    let is_label = |label: &str| {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && label.bytes().all(is_letter)
    };
    let below = name.strip_suffix(".localhost");
    name == "localhost"
        || below.is_some_and(|labels| labels.split('.').all(is_label))
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
            ("shop.localhost:8000", true),
            ("Shop.LOCALHOST", true),
            ("evil.shop.localhost:9000", true),
            ("127.0.0.1:8000", true),
            ("127.1.2.3", true),
            ("[::1]:8000", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("evillocalhost", false),
            ("shop.localhost.evil.com", false),
            ("shop.localhost.", false),
            ("shop.localhost@evil.com", false),
            (".localhost", false),
            ("shop..localhost", false),
            ("shop;localhost", false),
            ("*.localhost", false),
            ("a;b.localhost", false),
            ("evil%2Elocalhost", false),
            ("evil.com%2F.localhost", false),
            ("xlocalhost:8000", false),
            ("127.0.0.1.evil.example", false),
            ("192.168.0.7:8000", false),
            ("[::2]", false),
        ];
        for (host, may) in table {
            // A text that is no host reaches no view.
            let names = Host::parse(host).is_ok_and(|host| names_this_machine(&host));
            assert_eq!(names, may, "{host}");
        }
    }

    #[test]
    fn a_page_of_the_other_site_goes_back_to_where_it_was_opened() {
        let name = OtherName {
            here: "localhost:8000".to_owned(),
            other: "127.0.0.1:8000".to_owned(),
            scheme: "https",
        };
        let back = |named| name.opener(named);
        let shop = "shop.localhost:8000";
        assert_eq!(back(Some(shop)), format!("https://{shop}"));
        for named in [
            None,
            Some(""),
            Some("evil.com"),
            Some("shop.localhost.evil.com"),
            Some("a b.localhost"),
        ] {
            assert_eq!(back(named), "https://127.0.0.1:8000", "{named:?}");
        }
    }
}
