//! The model browser: the cookies that an actor's browser keeps, and those that go with a request.
//! It follows RFC 6265bis: `set_cookie` is its section 5.6, `date` 5.1.1, `scope` 5.1.3 and 5.1.4,
//! `kept` 5.7, and this file 5.8. Ports do not separate cookies.
//!
//! Browsers differ, and then it does as Chromium, which a trial holds it to: on this machine a
//! `Secure` cookie needs no TLS (in Safari it does), a cookie without `SameSite` is not quite `Lax`,
//! and one with a new value goes to the end of the line. Only a public suffix is simply a name without
//! a dot: no lesson needs the long list.

mod date;
mod going;
mod kept;
mod scope;
mod set_cookie;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use crate::session::Timestamp;

pub use going::Going;
pub use kept::JarCookie;
use set_cookie::SetCookie;

/// One actor's browser.
#[derive(Debug, Default)]
pub struct ModelBrowser {
    /// The cookies, in the order in which they got their values.
    kept: Vec<JarCookie>,
}

impl ModelBrowser {
    /// Takes in a `Set-Cookie` header of the answer to this request. A header that a browser
    /// would refuse changes nothing.
    pub fn set(&mut self, header: &str, going: Going<'_>, now: Timestamp) {
        let cookie = SetCookie::parse(header).and_then(|cookie| JarCookie::new(cookie, going, now));
        let Some(cookie) = cookie else { return };
        self.kept.retain(|kept| kept.is_live(now));
        // Without encryption nothing may stand in front of a cookie that needs it.
        if !going.is_secure() && self.kept.iter().any(|kept| kept.is_shadowed_by(&cookie)) {
            return;
        }
        match self.kept.iter_mut().find(|kept| kept.key() == cookie.key()) {
            Some(kept) if kept.value == cookie.value => kept.renew(cookie),
            _ => {
                self.kept.retain(|kept| kept.key() != cookie.key());
                self.kept.push(cookie);
            }
        }
        self.kept.retain(|kept| kept.is_live(now));
    }

    /// The `Cookie` header of a request, if any cookie goes with it.
    pub fn header(&self, going: Going<'_>, now: Timestamp) -> Option<String> {
        let going = self.live(now).filter(|kept| kept.goes(going, now));
        in_order(going.collect())
    }

    /// The cookie of this name.
    pub fn cookie(&self, name: &str, now: Timestamp) -> Option<&JarCookie> {
        self.live(now).find(|kept| kept.name == name)
    }

    /// The cookies that a script can read on the page that this request loads: those that go with it
    /// and are not `HttpOnly`.
    pub fn seen_by_scripts(&self, going: Going<'_>, now: Timestamp) -> Option<String> {
        let going = self.live(now).filter(|kept| kept.goes(going, now));
        in_order(going.filter(|kept| !kept.http_only).collect())
    }

    /// Gives the cookie of this name this value by hand. A cookie that was not there yet belongs
    /// to the whole host and goes when the browser closes.
    pub fn put(&mut self, name: &str, value: String, going: Going<'_>, now: Timestamp) {
        match self.kept.iter_mut().find(|kept| kept.name == name) {
            Some(kept) => kept.value = value,
            None => self.set(&format!("{name}={value}; Path=/"), going, now),
        }
    }

    fn live(&self, now: Timestamp) -> impl Iterator<Item = &JarCookie> {
        self.kept.iter().filter(move |kept| kept.is_live(now))
    }

    /// Closes the browser: cookies without a lifetime are forgotten.
    pub fn close(&mut self) {
        self.kept.retain(JarCookie::is_persistent);
    }
}

/// The cookies as a header has them, if there are any: longer paths first, and of equal ones those
/// that were there first.
fn in_order(mut cookies: Vec<&JarCookie>) -> Option<String> {
    cookies.sort_by_key(|kept| Reverse(kept.path.len()));
    let pairs: Vec<String> = cookies.into_iter().map(JarCookie::pair).collect();
    (!pairs.is_empty()).then(|| pairs.join("; "))
}
