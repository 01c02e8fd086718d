//! A request and its response, as they are shown. Both ends can make them: the server, and a client
//! that has no server to ask.

use rocket::http::HeaderMap;
use serde::{Deserialize, Serialize};

use super::cookies::{CookieKind, ShownCookie, ShownSetCookie};
use super::form::ShownForm;
use super::line::line;
use super::names::SessionNames;
use crate::course::protect::masking;

/// A request without passwords and secrets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ShownRequest {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The form in its body, if there is one.
    pub form: Option<ShownForm>,
    /// The cookies that it brings.
    pub cookies: Vec<ShownCookie>,
    /// The headers that name another server's page as its sender. Empty for a page of this one.
    pub sender: Vec<String>,
}

/// A response without secrets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ShownResponse {
    /// The status code.
    pub status: u16,
    /// The words beside the status code.
    pub reason: String,
    /// The target of a redirect.
    pub location: Option<String>,
    /// The cookies that it sends.
    pub set_cookies: Vec<ShownSetCookie>,
}

impl ShownRequest {
    /// A request with these `Cookie` headers. `session_cookie` is the name of the session cookie.
    pub fn new<'h>(
        (method, target): (&str, &str),
        form: Option<ShownForm>,
        cookies: impl IntoIterator<Item = &'h str>,
        session_cookie: &str,
    ) -> Self {
        ShownRequest {
            method: method.to_owned(),
            target: line(&masking::address(target)),
            form,
            cookies: ShownCookie::all(cookies, session_cookie),
            sender: Vec::new(),
        }
    }

    /// With the headers that say whose page sends it, if the browser calls that page another
    /// server's.
    pub fn sent_with(mut self, headers: &HeaderMap<'_>) -> Self {
        let is_foreign = |site| !matches!(site, "same-origin" | "none");
        if headers.get("Sec-Fetch-Site").any(is_foreign) {
            let names = ["Origin", "Sec-Fetch-Site"].into_iter();
            let said = names.filter_map(|name| Some((name, headers.get_one(name)?)));
            self.sender = said
                .map(|(name, said)| format!("{name}: {}", line(said)))
                .collect();
        }
        self
    }

    /// With its session IDs named, as far as a client can: it can't look into a sealed session.
    pub fn named(mut self, names: &mut SessionNames) -> Self {
        self.session_cookies()
            .for_each(|cookie| cookie.name_by_value(names));
        self
    }

    /// True if it comes with a session cookie.
    pub(crate) fn brings_session(&self) -> bool {
        let mut cookies = self.cookies.iter();
        cookies.any(|cookie| cookie.kind == CookieKind::Session)
    }

    pub(crate) fn session_cookies(&mut self) -> impl Iterator<Item = &mut ShownCookie> {
        self.cookies
            .iter_mut()
            .filter(|cookie| cookie.kind == CookieKind::Session)
    }
}

impl ShownResponse {
    /// A response with these `Set-Cookie` headers.
    pub fn new<'h>(
        (status, reason): (u16, &str),
        location: Option<&str>,
        set_cookies: impl IntoIterator<Item = &'h str>,
        session_cookie: &str,
    ) -> Self {
        ShownResponse {
            status,
            reason: reason.to_owned(),
            location: location.map(|location| line(&masking::address(location))),
            set_cookies: ShownSetCookie::all(set_cookies, session_cookie),
        }
    }

    /// With its session IDs named, as far as a client can.
    pub fn named(mut self, names: &mut SessionNames) -> Self {
        self.session_cookies()
            .for_each(|cookie| cookie.name_by_value(names));
        self
    }

    /// True if it makes the browser forget the session cookie.
    pub(crate) fn removes_session(&self) -> bool {
        let mut sent = self.set_cookies.iter();
        sent.any(|sent| sent.removal && sent.cookie.kind == CookieKind::Session)
    }

    /// Those that it sends, without those that it makes the browser forget.
    pub(crate) fn session_cookies(&mut self) -> impl Iterator<Item = &mut ShownCookie> {
        let sent = self.set_cookies.iter_mut().filter(|sent| !sent.removal);
        let cookies = sent.map(|sent| &mut sent.cookie);
        cookies.filter(|cookie| cookie.kind == CookieKind::Session)
    }
}
