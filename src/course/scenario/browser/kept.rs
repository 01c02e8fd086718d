//! A cookie in the jar: the conditions on which a browser takes it, and the requests that it goes
//! with (RFC 6265bis, sections 5.7 and 5.8).

use std::time::Duration;

use rocket::http::{Method, SameSite};

use super::going::Going;
use super::scope::{default_path, domain_matches, host_of, is_public_suffix, path_matches};
use super::set_cookie::SetCookie;
use crate::session::Timestamp;

/// The longest time that a browser keeps a cookie, in seconds: 400 days (RFC 6265bis, section 5.5).
const LONGEST: Timestamp = 400 * 24 * 60 * 60;

/// The time in seconds for which a cookie without `SameSite` goes along with a form of another site
/// too, counted from when it got its value. Chromium grants it, since logins come back from other
/// sites by such forms; RFC 6265bis allows it (section 5.6.7.2).
const GRACE: Timestamp = 2 * 60;

/// A cookie in the jar.
#[derive(Clone, Debug)]
pub struct JarCookie {
    /// Its name. Empty for a cookie that has only a value.
    pub name: String,
    /// Its value as it was last set.
    pub value: String,
    /// The host, or the domain that the cookie named.
    domain: String,
    /// True if it goes to no other host below the domain.
    host_only: bool,
    /// The path below which it goes along.
    pub(super) path: String,
    /// True if it goes over TLS only, except on this machine.
    secure: bool,
    /// True if scripts can't read it.
    pub(super) http_only: bool,
    /// The requests from other sites with which it goes. `None` is `Lax` with a grace period.
    same_site: Option<SameSite>,
    /// The time at which it got its value.
    since: Timestamp,
    /// `None`: it goes when the browser closes.
    ends: Option<Timestamp>,
}

impl JarCookie {
    /// The cookie as the jar keeps it. `None` if a browser does not take it from there: it names
    /// another's domain, wants TLS on a plain connection, is open to other sites without being
    /// `Secure`, or breaks the promise of its prefix.
    pub(super) fn new(cookie: SetCookie<'_>, going: Going<'_>, now: Timestamp) -> Option<Self> {
        let (domain, host_only) = domain(cookie.domain, going)?;
        let own_path = cookie.path.filter(|path| path.starts_with('/'));
        let path = own_path.unwrap_or_else(|| default_path(going.path));
        let needs_tls = cookie.secure && !going.is_secure();
        let is_open = cookie.same_site == Some(SameSite::None) && !cookie.secure;
        let keeps_host = host_only && own_path == Some("/");
        let keeps_prefix = (cookie.secure || !has_prefix(&cookie, "__Secure-"))
            && (cookie.secure && keeps_host || !has_prefix(&cookie, "__Host-"))
            && (cookie.secure && cookie.http_only || !has_prefix(&cookie, "__Http-"))
            && (cookie.http_only || !has_prefix(&cookie, "__Host-Http-"));
        if needs_tls || is_open || !keeps_prefix {
            return None;
        }
        // `Max-Age` counts more than `Expires`, whichever comes first in the header.
        let lifetime = cookie.max_age.map(|seconds| now.saturating_add(seconds));
        let ends = lifetime.or(cookie.expires);
        Some(JarCookie {
            name: cookie.name.to_owned(),
            value: cookie.value.to_owned(),
            domain,
            host_only,
            path: path.to_owned(),
            secure: cookie.secure,
            http_only: cookie.http_only,
            same_site: cookie.same_site,
            since: now,
            ends: ends.map(|ends| ends.min(now.saturating_add(LONGEST))),
        })
    }

    /// The time for which it is still kept; `None` for a cookie that goes when the browser closes.
    pub fn left(&self, now: Timestamp) -> Option<Duration> {
        let seconds = self.ends?.saturating_sub(now);
        Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
    }

    /// False once its time is over.
    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        self.left(now) != Some(Duration::ZERO)
    }

    /// True if it survives closing the browser.
    pub(super) fn is_persistent(&self) -> bool {
        self.ends.is_some()
    }

    /// Takes over the attributes of a cookie with the same key and value, which is as old as this one.
    pub(super) fn renew(&mut self, cookie: JarCookie) {
        let since = self.since;
        *self = JarCookie { since, ..cookie };
    }

    /// Tells cookies apart: a new one with the same key replaces the old one.
    pub(super) fn key(&self) -> (&str, &str, bool, &str) {
        (&self.name, &self.domain, self.host_only, &self.path)
    }

    /// True if this one needs TLS, and the other one would go wherever it goes.
    pub(super) fn is_shadowed_by(&self, other: &JarCookie) -> bool {
        self.secure
            && self.name == other.name
            && (domain_matches(&self.domain, &other.domain)
                || domain_matches(&other.domain, &self.domain))
            && path_matches(&other.path, &self.path)
    }

    /// True if it goes with this request.
    pub(super) fn goes(&self, going: Going<'_>, now: Timestamp) -> bool {
        let host = host_of(going.host);
        let to_host = host == self.domain || !self.host_only && domain_matches(&host, &self.domain);
        // From another site, Lax lets links pass and forms not.
        let is_link = matches!(going.method, Method::Get | Method::Head);
        let from_there = match self.same_site {
            Some(SameSite::Strict) => false,
            Some(SameSite::Lax) => is_link,
            Some(SameSite::None) => true,
            None => is_link || now <= self.since.saturating_add(GRACE),
        };
        to_host
            && path_matches(going.path, &self.path)
            && (going.is_secure() || !self.secure)
            && (from_there || !going.is_cross_site())
    }

    /// Name and value as the `Cookie` header has them.
    pub(super) fn pair(&self) -> String {
        if self.name.is_empty() {
            return self.value.clone();
        }
        format!("{}={}", self.name, self.value)
    }
}

/// The domain of a cookie, and true if it is for this host alone. `None` for a domain that the
/// host may not speak for.
fn domain(attribute: &str, going: Going<'_>) -> Option<(String, bool)> {
    let host = host_of(going.host);
    let domain = attribute
        .strip_prefix('.')
        .unwrap_or(attribute)
        .to_ascii_lowercase();
    if domain.is_empty() || is_public_suffix(&domain) && domain == host {
        return Some((host, true));
    }
    let may = domain_matches(&host, &domain) && !is_public_suffix(&domain);
    may.then_some((domain, false))
}

/// True if a cookie claims a prefix. One without a name may claim it by its value, which a server
/// reads as name and value.
fn has_prefix(cookie: &SetCookie<'_>, prefix: &str) -> bool {
    let begins = |text: &str| {
        let start = text.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    begins(cookie.name) || cookie.name.is_empty() && begins(cookie.value)
}
