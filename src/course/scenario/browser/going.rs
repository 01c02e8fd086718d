//! A request on its way, as far as cookies depend on it.

use rocket::http::Method;

/// A request: decides which cookies go with it, and which its answer may set.
#[derive(Clone, Copy, Debug)]
pub struct Going<'a> {
    /// GET or POST.
    pub method: Method,
    /// The host, with or without a port.
    pub host: &'a str,
    /// The path, with or without a query.
    pub path: &'a str,
    /// True if the link or form stands on another site's page.
    pub foreign: bool,
    /// True if the connection is encrypted.
    pub tls: bool,
}
