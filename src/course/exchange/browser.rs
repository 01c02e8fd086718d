//! The cookies that a browser keeps after an exchange.

use serde::{Deserialize, Serialize};

use super::cookies::{ShownCookie, ShownSetCookie};
use super::mark::Mark;
use super::memory::Memory;

/// A cookie that a browser keeps, as far as it told us and we told it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct BrowserCookie {
    #[serde(flatten)]
    pub cookie: ShownCookie,
    /// `None` if this server did not send the cookie.
    pub attributes: Option<String>,
    /// The change by the response.
    pub mark: Option<Mark>,
}

/// The cookies that the browser keeps after it brought some and was sent some.
pub(crate) fn browser_cookies(
    brought: &[ShownCookie],
    sent: &[ShownSetCookie],
    memory: &Memory,
) -> Vec<BrowserCookie> {
    let keep = |cookie: &ShownCookie| BrowserCookie {
        cookie: cookie.clone(),
        attributes: memory.sent(cookie).map(|sent| sent.attributes.clone()),
        mark: None,
    };
    let mut all: Vec<BrowserCookie> = brought.iter().map(keep).collect();
    for sent in sent {
        let old = brought.iter().position(|old| old.name == sent.cookie.name);
        let same = |old: usize| brought[old].fingerprint == sent.cookie.fingerprint;
        let mut new = BrowserCookie {
            cookie: sent.cookie.clone(),
            attributes: Some(sent.attributes.clone()),
            mark: Some(match old {
                _ if sent.removal => Mark::Gone,
                None => Mark::New,
                Some(old) if same(old) => Mark::Again,
                Some(_) => Mark::Changed,
            }),
        };
        match old.and_then(|old| all.get_mut(old)) {
            Some(old) => {
                if sent.removal {
                    new.cookie = old.cookie.clone();
                }
                *old = new;
            }
            // To forget a cookie that it does not have changes nothing.
            None if sent.removal => {}
            None => all.push(new),
        }
    }
    all
}
