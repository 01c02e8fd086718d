//! One request with its response, as it is shown.

use rocket::http::Method;
use serde::Serialize;

use super::cookies::{Cookie, Kind, Told};
use super::form::Form;
use super::row::{Line, Row};
use crate::session::{Engine, Locker, SecretHash, Trace};

/// A session ID as the session layer publishes it: the secret's hash stands for the secret.
pub(super) type Id = (Locker, SecretHash);

/// One request with its response. It is kept for the page that shows it, so no password and no
/// secret is ever in it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Exchange {
    /// Counted from the server's start; 0 where it is not to be listed.
    pub number: u64,
    /// The number of the first one in a chain of redirects: of itself, mostly.
    pub chain: u64,
    pub method: Method,
    pub target: String,
    pub form: Option<Form>,
    pub brought: Vec<Cookie>,
    pub status: u16,
    pub reason: &'static str,
    pub location: Option<String>,
    pub told: Vec<Told>,
    /// Where sessions live; none where there is no session layer.
    pub engine: Option<Engine>,
    /// The session that the request found.
    pub who: Option<Name>,
    /// The session that the browser has afterwards, if it is another one or has another ID.
    pub then: Option<Name>,
    /// What the browser keeps, as far as it told us and we told it.
    pub browser: Vec<Kept>,
    /// A text key: what else is to be said of the row, or why none is shown.
    pub note: Option<&'static str>,
    pub row: Option<Row>,
    pub lines: Vec<Line>,
    #[serde(skip)]
    pub trace: Trace,
}

/// A session's name, and what to look for in the browser's list of cookies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Name {
    pub name: String,
    pub locker: String,
}

/// A cookie that a browser keeps.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Kept {
    pub name: String,
    pub value: String,
    pub kind: Kind,
    pub session: Option<Name>,
    /// None where this server did not send the cookie since it started.
    pub attributes: Option<String>,
    /// A text key: what the response did to it.
    pub mark: Option<&'static str>,
}

/// What the browser keeps after it brought some cookies and was told some.
pub(super) fn kept(
    brought: &[Cookie],
    told: &[Told],
    attributes: impl Fn(&Cookie) -> Option<String>,
) -> Vec<Kept> {
    let keep = |cookie: &Cookie, attributes, mark| Kept {
        name: cookie.name.clone(),
        value: cookie.value.clone(),
        kind: cookie.kind,
        session: None,
        attributes,
        mark,
    };
    let mut all: Vec<Kept> = brought
        .iter()
        .map(|cookie| keep(cookie, attributes(cookie), None))
        .collect();
    for told in told {
        let cookie = &told.cookie;
        let old = brought.iter().position(|old| old.name == cookie.name);
        let same = old.is_some_and(|old| brought[old].fingerprint == cookie.fingerprint);
        let mark = match old {
            _ if told.removal => "xray-mark-gone",
            None => "xray-mark-new",
            Some(_) if same => "xray-mark-again",
            Some(_) => "xray-mark-changed",
        };
        let mut new = keep(cookie, Some(told.attributes.clone()), Some(mark));
        match old.and_then(|old| all.get_mut(old)) {
            Some(old) => {
                if told.removal {
                    new.value = old.value.clone();
                }
                *old = new;
            }
            // To forget what it does not have changes nothing.
            None if told.removal => {}
            None => all.push(new),
        }
    }
    all
}
