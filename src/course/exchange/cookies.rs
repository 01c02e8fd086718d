//! Cookies on their way to and fro: names and attributes, but no value that opens anything.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::line::line;
use super::names::{SessionName, SessionNames};
use crate::course::language::events::first_of;
use crate::course::language::languages::LANGUAGE_COOKIE;
use crate::session::Locker;

/// More cookies than any of our pages has.
const MOST: usize = 20;

/// Tells values apart without keeping them.
pub(super) type Fingerprint = [u8; 32];

/// A cookie as a header names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShownCookie {
    /// Its name.
    pub name: String,
    /// The part of the value that may be seen: of a session ID the locker's first characters, of
    /// the language all, of another program's cookie nothing.
    pub value: String,
    /// Its purpose.
    pub kind: CookieKind,
    /// The session that it names, as far as that is known.
    pub session: Option<SessionName>,
    #[serde(skip)]
    pub(super) fingerprint: Fingerprint,
    /// `None` if the value is no session ID.
    #[serde(skip)]
    locker: Option<Locker>,
}

/// The purpose of a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CookieKind {
    /// It names or holds the session.
    Session,
    /// It holds the visitor's language.
    Language,
    /// It is another program's.
    Other,
}

/// A cookie as a `Set-Cookie` header sends it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShownSetCookie {
    /// Name and value.
    pub cookie: ShownCookie,
    /// Everything after the value.
    pub attributes: String,
    /// True if it makes the browser forget the cookie.
    pub removal: bool,
}

impl ShownCookie {
    /// Reads `name=value`; `None` if it is none. `session_cookie` is the session cookie's name.
    pub(crate) fn read(pair: &str, session_cookie: &str) -> Option<Self> {
        let pair = pair.trim_matches([' ', '\t']);
        let (name, value) = pair.split_once('=')?;
        let kind = match name {
            _ if name == session_cookie => CookieKind::Session,
            LANGUAGE_COOKIE => CookieKind::Language,
            _ => CookieKind::Other,
        };
        let locker = Locker::in_cookie(value).filter(|_| kind == CookieKind::Session);
        let first = locker.map(|locker| first_of(&locker.to_string()));
        Some(ShownCookie {
            name: line(name),
            value: match kind {
                _ if value.is_empty() => String::new(),
                CookieKind::Language => line(value),
                _ => first.unwrap_or_default() + "…",
            },
            kind,
            session: None,
            fingerprint: Sha256::digest(pair).into(),
            locker,
        })
    }

    /// The cookies of `Cookie` headers.
    pub(super) fn all<'h>(
        headers: impl IntoIterator<Item = &'h str>,
        session_cookie: &str,
    ) -> Vec<Self> {
        let pairs = headers.into_iter().flat_map(|header| header.split(';'));
        let cookies = pairs.filter_map(|pair| ShownCookie::read(pair, session_cookie));
        cookies.take(MOST).collect()
    }

    /// Names the session ID in the value, if it is one. A sealed session can't be named so: only
    /// the server can open it.
    pub(super) fn name_by_value(&mut self, names: &mut SessionNames) {
        let name = |locker| names.name(locker, &self.fingerprint);
        self.session = self.locker.map(name);
    }
}

impl ShownSetCookie {
    /// The cookies of `Set-Cookie` headers.
    pub(super) fn all<'h>(
        headers: impl IntoIterator<Item = &'h str>,
        session_cookie: &str,
    ) -> Vec<Self> {
        let read = |header: &str| {
            let (pair, attributes) = header.split_once(';').unwrap_or((header, ""));
            let mut each = attributes.split(';');
            Some(ShownSetCookie {
                cookie: ShownCookie::read(pair, session_cookie)?,
                attributes: line(attributes.trim()),
                removal: each.any(|one| one.trim().eq_ignore_ascii_case("max-age=0")),
            })
        };
        headers.into_iter().filter_map(read).take(MOST).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn brought(lines: &[String]) -> Vec<ShownCookie> {
        ShownCookie::all(lines.iter().map(String::as_str), "session_id")
    }

    #[test]
    fn only_the_lockers_first_characters_are_ever_kept() {
        let lines = [format!("lang=ko; session_id={ID}; theirs={ID}; noise")];
        let cookies = brought(&lines);
        let shown: Vec<_> = cookies.iter().map(|c| (&*c.name, &*c.value)).collect();
        assert_eq!(
            shown,
            [("lang", "ko"), ("session_id", "0123…"), ("theirs", "…")]
        );
        assert!(!format!("{cookies:?}").contains("AAAA"));
        let sealed = "AAAA".repeat(40);
        let (signed, encrypted) = (format!("s1.{sealed}.{}", &ID[14..]), format!("e1.{sealed}"));
        for odd in [
            "x",
            "no.shape",
            &ID[..56],
            "0123456789abcdef",
            &signed,
            &encrypted,
        ] {
            let lines = [format!("session_id={odd}")];
            let cookies = brought(&lines);
            assert_eq!(cookies[0].value, "…", "{odd}");
        }
    }

    #[test]
    fn what_is_sent_keeps_its_attributes() {
        let attributes = "HttpOnly; SameSite=Lax; Path=/; Max-Age=60";
        let lines = [
            format!("session_id={ID}; {attributes}"),
            "session_id=; Path=/; Max-Age=0".to_owned(),
        ];
        let lines = lines.iter().map(String::as_str);
        let told = ShownSetCookie::all(lines, "session_id");
        assert_eq!(told[0].attributes, attributes);
        assert_eq!(told[0].cookie.value, "0123…");
        assert!(!told[0].removal);
        assert_eq!(told[1].cookie.value, "");
        assert!(told[1].removal);
        assert!(!format!("{told:?}").contains("AAAA"));
    }

    #[test]
    fn values_are_told_apart_without_being_kept() {
        let lines = [format!("session_id={ID}"), format!("session_id={ID}X")];
        let cookies = brought(&lines);
        assert_ne!(cookies[0].fingerprint, cookies[1].fingerprint);
    }

    #[test]
    fn a_header_full_of_cookies_is_cut() {
        let lines = [vec!["a=b"; 500].join("; ")];
        assert_eq!(brought(&lines).len(), MOST);
    }
}
