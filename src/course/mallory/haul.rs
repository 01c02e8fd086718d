//! The session ID that Mallory has: one at a time, in memory.

use std::sync::{Mutex, PoisonError};

/// The longest value that is kept, in bytes. Browsers take no longer cookie (RFC 6265bis, section
/// 5.6).
const MOST: usize = 4096;

/// The names that session cookies have, or end with. The longer one comes first.
const NAMES: [&str; 2] = ["__Host-session_id", "session_id"];

/// A session cookie, and the way by which Mallory has got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Haul {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// True if a script in a page of the lesson has sent it.
    pub(super) by_script: bool,
}

impl Haul {
    /// Its beginning, as the X-ray shows session IDs: enough to compare, too little to use.
    pub(super) fn shown(&self) -> String {
        let start: String = self.value.chars().take(4).collect();
        start + "…"
    }
}

/// The place of the one that she has.
#[derive(Debug, Default)]
pub(super) struct Pocket(Mutex<Option<Haul>>);

impl Pocket {
    /// The haul, if there is any. A panic while it was locked leaves it whole.
    pub(super) fn haul(&self) -> Option<Haul> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps this one instead of what was there.
    pub(super) fn keep(&self, haul: Haul) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(haul);
    }
}

/// The session ID in a `Cookie` header: the last one, since browsers send the older ones first.
pub(super) fn in_cookie_header(header: &str) -> Option<Haul> {
    header.rsplit(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        let name = NAMES.into_iter().find(|known| name.ends_with(known))?;
        let (value, by_script) = (usable(value)?, false);
        Some(Haul {
            name,
            value,
            by_script,
        })
    })
}

/// The session ID in what a script has sent: `document.cookie`, percent-encoded or not, with or
/// without a name in front.
pub(super) fn in_query(query: &str) -> Option<Haul> {
    let text = rocket::http::RawStr::new(query).percent_decode().ok()?;
    text.rsplit([';', '&', ' ']).find_map(|part| {
        let mut known = NAMES.into_iter();
        let (name, value) = known.find_map(|name| Some((name, part.split_once(name)?.1)))?;
        let (value, by_script) = (usable(value.strip_prefix('=')?)?, true);
        Some(Haul {
            name,
            value,
            by_script,
        })
    })
}

/// The value, if a cookie can hold it (RFC 6265, section 4.1.1): her server sends it on in a header.
fn usable(value: &str) -> Option<String> {
    let octet =
        |byte: u8| matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e);
    let fits = (1..=MOST).contains(&value.len()) && value.bytes().all(octet);
    fits.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_cookie_is_found_by_the_end_of_its_name() {
        let long = format!("session_id={}", "a".repeat(MOST + 1));
        let table = [
            ("session_id=abc", Some("abc")),
            ("lang=ko; session_id=abc; theme=x", Some("abc")),
            ("__Host-session_id=abc", Some("abc")),
            ("session_id=old; __Host-session_id=abc", Some("abc")),
            ("session_id=a=b", Some("a=b")),
            ("session_id=", None),
            ("session_id", None),
            ("session_ids=abc", None),
            ("session_id=a\"b", None),
            ("session_id=a b", None),
            ("session_id=가", None),
            ("lang=session_id", None),
            (long.as_str(), None),
            ("", None),
            (";;=;", None),
        ];
        for (header, value) in table {
            let found = in_cookie_header(header).map(|haul| haul.value);
            assert_eq!(found.as_deref(), value, "{header}");
        }
    }

    #[test]
    fn a_script_may_send_the_cookies_in_any_shape() {
        let table = [
            ("session_id=abc", Some("abc")),
            ("lang=ko;%20session_id=abc", Some("abc")),
            ("session_id%3Dabc%3B%20lang%3Dko", Some("abc")),
            ("cookie=session_id=abc&x=y", Some("abc")),
            ("__Host-session_id=abc", Some("abc")),
            ("session_id=%0d%0aSet-Cookie:x", None),
            ("session_id=%ff", None),
            ("session_id=%", Some("%")),
            ("session_id", None),
            ("", None),
        ];
        for (query, value) in table {
            let found = in_query(query).map(|haul| haul.value);
            assert_eq!(found.as_deref(), value, "{query}");
        }
    }

    #[test]
    fn the_name_is_kept_as_it_came() {
        for name in NAMES {
            for found in [
                in_cookie_header(&format!("lang=ko; {name}=abc")),
                in_query(&format!("lang=ko;%20{name}=abc")),
            ] {
                assert_eq!(found.map(|haul| haul.name), Some(name));
            }
        }
    }

    #[test]
    fn only_the_beginning_is_shown() {
        let haul = |value: &str| Haul {
            name: "session_id",
            value: value.to_owned(),
            by_script: false,
        };
        assert_eq!(haul("53amxyz").shown(), "53am…");
        assert_eq!(haul("5").shown(), "5…");
    }

    #[test]
    fn the_last_one_is_kept() {
        let pocket = Pocket::default();
        assert_eq!(pocket.haul(), None);
        for value in ["one", "two"] {
            let value = value.to_owned();
            let haul = Haul {
                name: "session_id",
                value,
                by_script: true,
            };
            pocket.keep(haul.clone());
            assert_eq!(pocket.haul(), Some(haul));
        }
    }
}
