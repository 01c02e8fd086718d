//! The browser's name, in the words of the person who uses it: "Firefox on Windows".

use std::convert::Infallible;

use rocket::request::{FromRequest, Outcome, Request};
use serde::{Deserialize, Serialize};

use crate::session::Record;

/// The part of the header that is looked at, in bytes. Browsers send about a hundred.
const SEEN: usize = 512;

/// Signs in the header, and the browsers that they stand for. Most browsers also say what they are
/// compatible with, so the first sign that fits counts. Chrome sends what any Chromium does.
const NAMES: [(&str, &str); 11] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Whale/", "Whale"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chromium"),
    ("Safari/", "Safari"),
];

/// The same for what it runs on.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
    ("FreeBSD", "FreeBSD"),
];

/// A browser as it calls itself in the header `User-Agent`, as a request guard: `browser: BrowserName`.
///
/// It is a help for the eye, and no proof of anything. The header itself is never kept, only the
/// words of it that are known here; so a long, broken or hostile one does no harm. The crates that
/// know thousands of browsers bring megabytes of patterns, which have to be renewed all the time,
/// and since browsers tell less and less these few words say nearly as much.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowserName {
    /// `None` if it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The system it runs on. `None` if it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
}

impl BrowserName {
    /// The key under which a login leaves it in the session.
    pub const KEY: &'static str = "browser";

    /// The browser that sends this `User-Agent`.
    pub fn from_user_agent(header: &str) -> Self {
        let seen = &header.as_bytes()[..header.len().min(SEEN)];
        let find = |known: &[(&str, &str)]| {
            let found = known.iter().find(|(sign, _)| contains(seen, sign));
            found.map(|(_, name)| (*name).to_owned())
        };
        BrowserName {
            name: find(&NAMES),
            system: find(&SYSTEMS),
        }
    }

    /// The browser that a session was begun with, as far as it is known.
    pub fn of(record: &Record) -> Self {
        let kept = record.contents.data.get(BrowserName::KEY);
        kept.ok().flatten().unwrap_or_default()
    }
}

fn contains(seen: &[u8], sign: &str) -> bool {
    let mut places = seen.windows(sign.len());
    places.any(|place| place == sign.as_bytes())
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for BrowserName {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let header = request.headers().get_one("User-Agent");
        Outcome::Success(BrowserName::from_user_agent(header.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(header: &str) -> String {
        let BrowserName { name, system } = BrowserName::from_user_agent(header);
        let [name, system] = [name, system].map(|word| word.unwrap_or_else(|| "?".to_owned()));
        format!("{name} on {system}")
    }

    #[test]
    fn browsers_are_known_by_what_they_call_themselves() {
        const WEBKIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let windows = format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT}");
        let android = format!("Mozilla/5.0 (Linux; Android 10; K) {WEBKIT}");
        let mac = format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT}");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15";
        for (header, name) in [
            (
                format!("{windows} Chrome/156.0.0.0 Safari/537.36"),
                "Chromium on Windows",
            ),
            (
                format!("{windows} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0"),
                "Edge on Windows",
            ),
            (
                format!("{windows} Chrome/156.0.0.0 Whale/4.3 Safari/537.36"),
                "Whale on Windows",
            ),
            (
                format!("{mac} Chrome/156.0.0.0 Safari/537.36 OPR/120.0.0.0"),
                "Opera on macOS",
            ),
            (
                format!("{mac} Version/18.5 Safari/605.1.15"),
                "Safari on macOS",
            ),
            (
                format!("{iphone} Version/18.5 Mobile/15E148 Safari/604.1"),
                "Safari on iPhone",
            ),
            (
                format!("{iphone} CriOS/156.0 Mobile/15E148 Safari/604.1"),
                "Chrome on iPhone",
            ),
            (
                format!("{iphone} FxiOS/150.0 Mobile/15E148 Safari/604.1"),
                "Firefox on iPhone",
            ),
            (
                format!("{android} Chrome/156.0.0.0 Mobile Safari/537.36"),
                "Chromium on Android",
            ),
            (
                format!("{android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"),
                "Samsung Internet on Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0".to_owned(),
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0".to_owned(),
                "Chromium on Linux",
            ),
            ("curl/8.10.1".to_owned(), "? on ?"),
            (String::new(), "? on ?"),
        ] {
            assert_eq!(named(&header), name, "{header}");
        }
    }

    #[test]
    fn nothing_of_a_hostile_header_is_kept() {
        let hostile = "<script>\u{7}\u{202e}Firefox/<b> \"Linux\" {{ 7 }}";
        let kept = serde_json::to_string(&BrowserName::from_user_agent(hostile)).unwrap();
        assert_eq!(kept, r#"{"name":"Firefox","system":"Linux"}"#);
        let unknown = serde_json::to_string(&BrowserName::from_user_agent("<b>\0")).unwrap();
        assert_eq!(unknown, "{}");
    }

    #[test]
    fn only_the_beginning_is_looked_at() {
        // Cut within a character, too.
        let long = format!("{}Firefox/1.0", "한".repeat(SEEN));
        assert_eq!(named(&long), "? on ?");
    }
}
