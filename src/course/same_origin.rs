//! Forms that come from another site are refused before their view runs.
//!
//! A browser sends our cookies with any form that names our address, also with one that stands on
//! somebody else's page. It tells us, though, where the form stands, and pages can't forge that.

use rocket::fairing::AdHoc;
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, async_trait};

/// GET, HEAD and OPTIONS change nothing, so they may come from anywhere.
const METHODS_THAT_CHANGE: [Method; 6] = [
    Method::Post,
    Method::Put,
    Method::Patch,
    Method::Delete,
    Method::Connect,
    Method::Trace,
];

/// Mounts the check in front of every view, whether or not there is one for the path.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Same origin", async |rocket| {
        // Behind a proxy that speaks TLS, only the configuration knows of it.
        let tls = rocket.figment().extract_inner("session.secure") == Ok(true);
        // Rocket asks routes in the order of their ranks: this one is asked first, and hands
        // everything that is not foreign on, body unread, to the view.
        let check = |method| Route::ranked(isize::MIN, method, "/<_..>", Check { tls });
        rocket.mount("/", METHODS_THAT_CHANGE.map(check))
    })
}

/// Whether the check refused this request: views may answer 403 too, for reasons of their own.
struct Foreign(bool);

/// Whether this request was refused because it came from another site.
pub(super) fn is_foreign(request: &Request<'_>) -> bool {
    request.local_cache(|| Foreign(false)).0
}

#[derive(Clone)]
struct Check {
    /// Whether browsers reach this server by https.
    tls: bool,
}

#[async_trait]
impl Handler for Check {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let said = Said {
            fetch_site: request.headers().get("Sec-Fetch-Site").collect(),
            origin: request.headers().get("Origin").collect(),
            host: request.headers().get_one("Host"),
        };
        if said.foreign(self.tls) {
            request.local_cache(|| Foreign(true));
            Outcome::error(Status::Forbidden)
        } else {
            Outcome::forward(data, Status::NotFound)
        }
    }
}

/// What a request says of where it comes from.
struct Said<'r> {
    fetch_site: Vec<&'r str>,
    origin: Vec<&'r str>,
    host: Option<&'r str>,
}

impl Said<'_> {
    fn foreign(&self, tls: bool) -> bool {
        if !self.fetch_site.is_empty() {
            // `same-site` is foreign too: it may be a neighbour's page under the same domain, or
            // another program on another port of this machine.
            let own = |site: &&str| matches!(*site, "same-origin" | "none");
            return !self.fetch_site.iter().all(own);
        }
        // Older browsers, and all of them where the address is neither https nor this machine.
        // Neither header: no browser, so nobody's cookies are at stake.
        let own = |origin: &&str| same_place(origin, self.host, tls);
        !self.origin.iter().all(own)
    }
}

/// Whether an origin is scheme, host and port of this server. `null` never is.
fn same_place(origin: &str, host: Option<&str>, tls: bool) -> bool {
    let (scheme, usual_port) = if tls {
        ("https://", ":443")
    } else {
        ("http://", ":80")
    };
    let (Some(place), Some(host)) = (origin.strip_prefix(scheme), host) else {
        return false;
    };
    let without_usual_port = |place: &str| {
        let shorter = place.strip_suffix(usual_port);
        shorter.unwrap_or(place).to_ascii_lowercase()
    };
    !place.is_empty() && without_usual_port(place) == without_usual_port(host)
}

#[cfg(test)]
mod tests {
    use rocket::http::{ContentType, Header, Status};

    use super::*;
    use crate::course::trial;

    #[test]
    fn what_a_browser_says_of_the_form_decides() {
        let here = Some("localhost:8000");
        type Row = (
            &'static [&'static str],
            &'static [&'static str],
            Option<&'static str>,
            bool,
        );
        let table: [Row; 21] = [
            (&["same-origin"], &[], here, false),
            (&["none"], &[], here, false),
            (&["same-site"], &[], here, true),
            (&["cross-site"], &[], here, true),
            (&["new-word"], &[], here, true),
            (&["same-origin", "cross-site"], &[], here, true),
            (&["cross-site"], &["http://localhost:8000"], here, true),
            (&["same-origin"], &["http://evil.example"], here, false),
            (&[], &[], here, false),
            (&[], &[], None, false),
            (&[], &["http://localhost:8000"], here, false),
            (&[], &["http://LOCALHOST:8000"], here, false),
            (&[], &["https://localhost:8000"], here, true),
            (&[], &["http://localhost:8001"], here, true),
            (&[], &["http://localhost"], here, true),
            (&[], &["http://localhost:80"], Some("localhost"), false),
            (&[], &["http://evil.example"], here, true),
            (&[], &["http://localhost:8000.evil.example"], here, true),
            (&[], &["null"], here, true),
            (&[], &["nonsense"], here, true),
            (&[], &["http://localhost:8000"], None, true),
        ];
        for (fetch_site, origin, host, foreign) in table {
            let said = Said {
                fetch_site: fetch_site.to_vec(),
                origin: origin.to_vec(),
                host,
            };
            assert_eq!(
                said.foreign(false),
                foreign,
                "{fetch_site:?} {origin:?} {host:?}"
            );
        }
    }

    #[test]
    fn behind_tls_the_origin_is_an_https_one() {
        assert!(same_place("https://a.example", Some("a.example"), true));
        assert!(same_place("https://a.example", Some("a.example:443"), true));
        assert!(!same_place("http://a.example", Some("a.example"), true));
    }

    #[test]
    fn a_foreign_form_never_reaches_its_view() {
        let client = trial::client();
        let post = |path: &'static str, site: &'static str| {
            let request = client
                .post(path)
                .header(Header::new("Sec-Fetch-Site", site));
            let request = request.header(ContentType::Form).body("text=hello");
            let response = request.dispatch();
            (response.status(), response.into_string().unwrap())
        };
        let (status, text) = post("/echo", "same-origin");
        assert_eq!((status, text.as_str()), (Status::Ok, "hello"));
        for path in ["/echo", "/nowhere", "/language", "/"] {
            assert_eq!(post(path, "cross-site").0, Status::Forbidden, "{path}");
        }
        assert_eq!(post("/nowhere", "same-origin").0, Status::NotFound);
    }

    #[test]
    fn links_from_other_sites_work() {
        let client = trial::client();
        let request = client
            .get("/")
            .header(Header::new("Sec-Fetch-Site", "cross-site"));
        assert_eq!(request.dispatch().status(), Status::Ok);
    }
}
