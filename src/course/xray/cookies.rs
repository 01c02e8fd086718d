//! Cookies on their way to and fro: names and attributes, but no value that opens anything.

use rocket::http::HeaderMap;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::form::line;
use crate::course::language::events::first_of;
use crate::course::language::languages::LANGUAGE_COOKIE;
use crate::session::Locker;

/// More cookies than any of our pages has.
const MOST: usize = 20;

/// Tells values apart without keeping them.
pub(super) type Fingerprint = [u8; 32];

/// A cookie as a header names it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Cookie {
    pub name: String,
    /// What of the value may be seen: of a session ID the locker's first characters, of the
    /// language all, of another program's cookie nothing.
    pub value: String,
    pub kind: Kind,
    #[serde(skip)]
    pub fingerprint: Fingerprint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Session,
    Language,
    Other,
}

/// A cookie as a `Set-Cookie` header sends it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Told {
    pub cookie: Cookie,
    /// Everything after the value.
    pub attributes: String,
    /// Whether it makes the browser forget the cookie.
    pub removal: bool,
}

impl Cookie {
    fn read(pair: &str, session_cookie: &str) -> Option<Self> {
        let (name, value) = pair.trim_matches([' ', '\t']).split_once('=')?;
        let kind = match name {
            _ if name == session_cookie => Kind::Session,
            LANGUAGE_COOKIE => Kind::Language,
            _ => Kind::Other,
        };
        let value = match kind {
            _ if value.is_empty() => String::new(),
            Kind::Session => masked(value),
            Kind::Language => line(value),
            Kind::Other => "…".to_owned(),
        };
        let fingerprint = Sha256::digest(pair.trim_matches([' ', '\t'])).into();
        let name = line(name);
        Some(Cookie {
            name,
            value,
            kind,
            fingerprint,
        })
    }
}

/// A session cookie's value as it may be seen: the beginning of its locker, if it has one.
fn masked(value: &str) -> String {
    let locker = Locker::in_cookie(value).map(|locker| first_of(&locker.to_string()));
    format!("{}…", locker.unwrap_or_default())
}

/// The cookies that a request brought, as its raw headers name them.
pub(super) fn brought(headers: &HeaderMap<'_>, session_cookie: &str) -> Vec<Cookie> {
    headers
        .get("Cookie")
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| Cookie::read(pair, session_cookie))
        .take(MOST)
        .collect()
}

/// The cookies that a response sends.
pub(super) fn told(headers: &HeaderMap<'_>, session_cookie: &str) -> Vec<Told> {
    let read = |header: &str| {
        let (pair, attributes) = header.split_once(';').unwrap_or((header, ""));
        let removal = attributes
            .split(';')
            .any(|attribute| attribute.trim().eq_ignore_ascii_case("max-age=0"));
        Some(Told {
            cookie: Cookie::read(pair, session_cookie)?,
            attributes: line(attributes.trim()),
            removal,
        })
    };
    let headers = headers.get("Set-Cookie");
    headers.filter_map(read).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn headers(name: &'static str, lines: &[String]) -> HeaderMap<'static> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.add_raw(name, line.clone());
        }
        headers
    }

    #[test]
    fn only_the_lockers_first_characters_are_ever_kept() {
        let lines = [format!("lang=ko; session_id={ID}; theirs={ID}; noise")];
        let cookies = brought(&headers("Cookie", &lines), "session_id");
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
            let cookies = brought(&headers("Cookie", &lines), "session_id");
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
        let told = told(&headers("Set-Cookie", &lines), "session_id");
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
        let cookies = brought(&headers("Cookie", &lines), "session_id");
        assert_ne!(cookies[0].fingerprint, cookies[1].fingerprint);
    }

    #[test]
    fn a_header_full_of_cookies_is_cut() {
        let lines = [vec!["a=b"; 500].join("; ")];
        assert_eq!(brought(&headers("Cookie", &lines), "x").len(), MOST);
    }
}
