//! The hosts and paths that a cookie is for (RFC 6265bis, sections 5.1.3 and 5.1.4).

use std::net::Ipv4Addr;

/// A host in lower case and without its port.
pub(super) fn host_of(host: &str) -> String {
    let port = |(_, port): &(&str, &str)| port.bytes().all(|byte| byte.is_ascii_digit());
    let name = host
        .rsplit_once(':')
        .filter(port)
        .map_or(host, |(name, _)| name);
    name.to_ascii_lowercase()
}

/// True if a host is the domain or below it. An address has nothing below it: `1.10.0.0.1` is not
/// part of `10.0.0.1`.
pub(super) fn domain_matches(host: &str, domain: &str) -> bool {
    let below = host.strip_suffix(domain);
    host == domain || !is_address(host) && below.is_some_and(|below| below.ends_with('.'))
}

/// The part of a host that its owner has registered: the last two names of a domain. Everything
/// below it is one site.
pub(super) fn site_of(host: &str) -> String {
    let mut host = host_of(host);
    let below = host.rmatch_indices('.').nth(1);
    if let Some((dot, _)) = below.filter(|_| !is_address(&host)) {
        host.drain(..=dot);
    }
    host
}

/// True if a host is an address, which has nothing below it.
fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

/// True if strangers share this name, so that no host may set a cookie for all of it.
pub(super) fn is_public_suffix(domain: &str) -> bool {
    !domain.contains('.')
}

/// The path of a cookie that names none: the folder of the page that set it.
pub(super) fn default_path(path: &str) -> &str {
    let path = without_query(path);
    match path.rfind('/') {
        Some(slash) if path.starts_with('/') && slash > 0 => &path[..slash],
        _ => "/",
    }
}

/// True if a request's path is the cookie's or below it: `/cart/1` is below `/cart`, `/cartoon` is
/// not.
pub(super) fn path_matches(path: &str, scope: &str) -> bool {
    let below = without_query(path).strip_prefix(scope);
    below.is_some_and(|below| below.is_empty() || scope.ends_with('/') || below.starts_with('/'))
}

/// The path alone, which is all that a cookie's path is compared with.
fn without_query(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}
