//! A request on its way, as far as cookies depend on it.

use std::net::Ipv4Addr;

use rocket::http::Method;

use super::scope::{host_of, site_of};

/// A request: decides which cookies go with it, and which its answer may set.
#[derive(Clone, Copy, Debug)]
pub struct Going<'a> {
    /// GET or POST.
    pub method: Method,
    /// The host, with or without a port.
    pub host: &'a str,
    /// The path, with or without a query.
    pub path: &'a str,
    /// The origin of the page with the link or form, such as `http://localhost:9000`. `None` for a
    /// page of this very server, and for an address that was typed.
    pub from: Option<&'a str>,
    /// True if the connection is encrypted.
    pub tls: bool,
}

impl Going<'_> {
    /// True if the link or form stands on another site's page. A site is a scheme and a domain that
    /// somebody can register: neither ports nor names below the domain make another one.
    pub fn is_cross_site(self) -> bool {
        let scheme = if self.tls { "https" } else { "http" };
        let page = self.from.and_then(|page| page.split_once("://"));
        page.is_some_and(|(from, host)| from != scheme || site_of(host) != site_of(self.host))
    }

    /// True if a `Secure` cookie may come and go here: over TLS, and on this machine, where nobody
    /// listens on the way.
    pub(super) fn is_secure(self) -> bool {
        let host = host_of(self.host);
        let address = host.parse::<Ipv4Addr>();
        let is_here = host == "localhost" || host.ends_with(".localhost") || host == "[::1]";
        self.tls || is_here || address.is_ok_and(|address| address.is_loopback())
    }
}
