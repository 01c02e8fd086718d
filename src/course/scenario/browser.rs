//! The model browser: what an actor's browser keeps, and what of it goes with a request.
//!
//! Cookies belong to a host, whatever the port; each actor's browser knows only one host here, so
//! a jar needs no host at all.

use std::time::Duration;

use rocket::http::{Cookie, Method, SameSite};

/// One actor's browser.
#[derive(Debug, Default)]
pub struct Browser {
    kept: Vec<Kept>,
}

/// A cookie in the jar.
#[derive(Clone, Debug)]
pub struct Kept {
    /// As it was last set.
    pub cookie: Cookie<'static>,
    /// When it was set, on the scenario's clock.
    at: Duration,
}

/// What decides which cookies go with a request.
#[derive(Clone, Copy, Debug)]
pub struct Going<'a> {
    /// GET or POST.
    pub method: Method,
    /// The path, with or without a query.
    pub path: &'a str,
    /// Whether the link or form stands on another site's page.
    pub foreign: bool,
    /// Whether the connection is encrypted.
    pub tls: bool,
}

impl Browser {
    /// Takes a `Set-Cookie` header in. What a browser would not take changes nothing.
    pub fn set(&mut self, header: &str, tls: bool, now: Duration) {
        let Ok(cookie) = Cookie::parse(header.to_owned()) else {
            return;
        };
        let path = |cookie: &Cookie<'_>| cookie.path().unwrap_or("/").to_owned();
        let same = |kept: &Kept| {
            kept.cookie.name() == cookie.name() && path(&kept.cookie) == path(&cookie)
        };
        let needs_tls = cookie.secure() == Some(true);
        // A page without encryption may neither set such a cookie nor replace one.
        let guarded = |kept: &Kept| same(kept) && kept.cookie.secure() == Some(true);
        if !tls && (needs_tls || self.kept.iter().any(guarded)) {
            return;
        }
        self.kept.retain(|kept| !same(kept));
        let kept = Kept { cookie, at: now };
        if kept.is_live(now) {
            self.kept.push(kept);
        }
    }

    /// The `Cookie` header of a request, if any cookie goes with it.
    pub fn header(&self, going: Going<'_>, now: Duration) -> Option<String> {
        let going = self.live(now).filter(|kept| kept.goes(going));
        let pairs: Vec<String> = going
            .map(|kept| format!("{}={}", kept.cookie.name(), kept.cookie.value()))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// The cookie of this name.
    pub fn cookie(&self, name: &str, now: Duration) -> Option<&Kept> {
        self.live(now).find(|kept| kept.cookie.name() == name)
    }

    /// What scripts of a page can read: every cookie without `HttpOnly`.
    pub fn seen_by_scripts(&self, now: Duration) -> impl Iterator<Item = &Kept> {
        self.live(now)
            .filter(|kept| kept.cookie.http_only() != Some(true))
    }

    /// Gives the cookie of this name this value by hand. What was not there before goes when the
    /// browser closes.
    pub fn put(&mut self, name: &str, value: String, now: Duration) {
        match self.kept.iter_mut().find(|kept| kept.cookie.name() == name) {
            Some(kept) => kept.cookie.set_value(value),
            None => self.set(&format!("{name}={value}; Path=/"), false, now),
        }
    }

    fn live(&self, now: Duration) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(move |kept| kept.is_live(now))
    }

    /// Closes the browser: cookies without a lifetime are forgotten.
    pub fn close(&mut self) {
        self.kept.retain(|kept| kept.cookie.max_age().is_some());
    }
}

impl Kept {
    /// How long it is kept yet; none for a cookie that goes when the browser closes.
    pub fn left(&self, now: Duration) -> Option<Duration> {
        let seconds = self.cookie.max_age()?.whole_seconds();
        let end = self.at + Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
        Some(end.saturating_sub(now))
    }

    fn is_live(&self, now: Duration) -> bool {
        self.left(now) != Some(Duration::ZERO)
    }

    fn goes(&self, going: Going<'_>) -> bool {
        let path = going.path.split('?').next().unwrap_or_default();
        let scope = self.cookie.path().unwrap_or("/");
        let rest = path.strip_prefix(scope);
        let in_path = rest
            .is_some_and(|rest| rest.is_empty() || scope.ends_with('/') || rest.starts_with('/'));
        // From another site, Lax lets links pass and forms not. It is what a browser assumes
        // where a cookie says nothing.
        let from_there = match self.cookie.same_site().unwrap_or(SameSite::Lax) {
            SameSite::Strict => false,
            SameSite::Lax => going.method == Method::Get,
            SameSite::None => true,
        };
        let secure = going.tls || self.cookie.secure() != Some(true);
        in_path && secure && (from_there || !going.foreign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Duration = Duration::ZERO;
    const HERE: Going<'_> = Going {
        method: Method::Get,
        path: "/main",
        foreign: false,
        tls: false,
    };

    fn with(headers: &[&str]) -> Browser {
        let mut browser = Browser::default();
        for header in headers {
            browser.set(header, false, START);
        }
        browser
    }

    #[test]
    fn a_cookie_goes_where_its_path_and_its_site_let_it() {
        let table = [
            ("a=1", "/main", Method::Get, false, true),
            ("a=1; Path=/", "/x/y?z=/", Method::Post, false, true),
            ("a=1; Path=/cart", "/cart/add", Method::Post, false, true),
            ("a=1; Path=/cart", "/cart?x", Method::Get, false, true),
            ("a=1; Path=/cart", "/cartoon", Method::Get, false, false),
            ("a=1; Path=/cart/", "/cart", Method::Get, false, false),
            ("a=1; SameSite=Lax", "/", Method::Get, true, true),
            ("a=1; SameSite=Lax", "/", Method::Post, true, false),
            ("a=1", "/", Method::Post, true, false),
            ("a=1; SameSite=Strict", "/", Method::Get, true, false),
            ("a=1; SameSite=Strict", "/", Method::Post, false, true),
        ];
        for (header, path, method, foreign, goes) in table {
            let going = Going {
                method,
                path,
                foreign,
                tls: false,
            };
            let sent = with(&[header]).header(going, START);
            assert_eq!(sent.is_some(), goes, "{header} {method} {path} {foreign}");
        }
    }

    #[test]
    fn a_secure_cookie_needs_an_encrypted_connection() {
        let mut browser = with(&["a=1; Secure"]);
        assert_eq!(browser.header(HERE, START), None);
        browser.set("a=1; Secure; SameSite=None", true, START);
        assert_eq!(browser.header(HERE, START), None);
        let tls = Going {
            tls: true,
            foreign: true,
            method: Method::Post,
            ..HERE
        };
        assert_eq!(browser.header(tls, START).as_deref(), Some("a=1"));
        browser.set("a=planted", false, START);
        assert_eq!(browser.header(tls, START).as_deref(), Some("a=1"));
    }

    #[test]
    fn lifetimes_end_and_a_closed_browser_forgets() {
        let mut browser = with(&["a=1; Max-Age=60", "b=2", "a=3; Max-Age=60; Path=/x"]);
        assert_eq!(browser.header(HERE, START).as_deref(), Some("a=1; b=2"));
        browser.close();
        assert_eq!(browser.header(HERE, START).as_deref(), Some("a=1"));
        let later = Duration::from_secs(60);
        assert_eq!(browser.header(HERE, later), None);
        assert!(browser.cookie("a", later).is_none());
        browser.set("a=4; Max-Age=0", false, START);
        assert_eq!(browser.header(HERE, START), None);
    }

    #[test]
    fn scripts_see_only_what_is_not_http_only() {
        let browser = with(&["a=1; HttpOnly", "b=2"]);
        let seen: Vec<&str> = browser
            .seen_by_scripts(START)
            .map(|kept| kept.cookie.name())
            .collect();
        assert_eq!(seen, ["b"]);
    }
}
