//! Headers that every page has; OWASP's HTTP Headers Cheat Sheet explains each. A view that sets
//! one of its own keeps it only for `Cache-Control`, `Vary` and `Content-Security-Policy`.

use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::{Request, Response, async_trait};

use super::own_paths::ASSETS;

/// Everything a page loads comes from this server, and scripts and styles only from files: a script
/// that gets into a page by a missing escape does not run (CSP Level 3).
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Request headers that every answer depends on: the language comes by cookie or by header.
const VARY: [&str; 2] = ["Cookie", "Accept-Language"];

/// Attaches the headers. Rocket runs response fairings in the order in which they were attached,
/// and one attached at ignition comes after all of the lesson's: it sees the answer as it leaves.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Headers", async |rocket| rocket.attach(Headers))
}

/// The fairing that sets the headers.
struct Headers;

#[async_trait]
impl Fairing for Headers {
    fn info(&self) -> Info {
        Info {
            name: "Headers",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        response.set_raw_header("X-Content-Type-Options", "nosniff");
        response.set_raw_header("Referrer-Policy", "same-origin");
        // Rocket sends it from a release build that speaks TLS. It holds for all ports of a host, so
        // this browser would find no lesson over plain HTTP any more.
        response.remove_header("Strict-Transport-Security");
        if !response.headers().contains("Content-Security-Policy") {
            response.set_raw_header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        }
        // Assets are the same for everybody and set a `Cache-Control` of their own.
        if request.uri().path().starts_with(ASSETS) && response.status().code < 400 {
            return;
        }
        // A page kept in a cache would still greet a user who has logged out.
        if !response.headers().contains("Cache-Control") {
            response.set_raw_header("Cache-Control", "no-store");
        }
        let vary = joined(response.headers().get("Vary"), &VARY);
        response.set_raw_header("Vary", vary);
    }
}

/// The names in all `Vary` headers and `ours`, each once.
fn joined<'a>(headers: impl Iterator<Item = &'a str>, ours: &[&'a str]) -> String {
    let mut names: Vec<&str> = Vec::new();
    let theirs = headers.flat_map(|header| header.split(',').map(str::trim));
    for name in theirs.chain(ours.iter().copied()) {
        let known = names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if !known && !name.is_empty() {
            names.push(name);
        }
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vary_names_everything_once() {
        let join = |headers: &[&'static str]| joined(headers.iter().copied(), &VARY);
        assert_eq!(join(&[]), "Cookie, Accept-Language");
        assert_eq!(join(&["Cookie"]), "Cookie, Accept-Language");
        assert_eq!(
            join(&["cookie, Origin", "ORIGIN"]),
            "cookie, Origin, Accept-Language"
        );
    }
}
