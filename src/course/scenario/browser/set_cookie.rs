//! A `Set-Cookie` header, taken apart (RFC 6265bis, section 5.6).

use rocket::http::SameSite;

use super::date;
use crate::session::Timestamp;

/// The most that name and value may have together, in bytes. A larger cookie is ignored as a whole,
/// which lesson 09 shows.
const LARGEST: usize = 4096;

/// The most that the value of an attribute may have, in bytes. A longer attribute is ignored.
const LARGEST_ATTRIBUTE: usize = 1024;

/// Name, value and attributes. Of an attribute that is there twice, the last one counts.
pub(super) struct SetCookie<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) expires: Option<Timestamp>,
    /// In seconds; 0 for a cookie that is to go.
    pub(super) max_age: Option<Timestamp>,
    pub(super) domain: &'a str,
    pub(super) path: Option<&'a str>,
    pub(super) secure: bool,
    pub(super) http_only: bool,
    /// `None` for a cookie that says nothing, or a word that is unknown.
    pub(super) same_site: Option<SameSite>,
}

impl<'a> SetCookie<'a> {
    /// `None` for a header that a browser ignores: with control characters, too large, or empty; and,
    /// in Chromium, a value with a `=` and without a name.
    pub(super) fn parse(header: &'a str) -> Option<Self> {
        let is_control = |c: char| c.is_ascii_control() && c != '\t';
        let mut parts = header.split(';');
        let pair = parts.next()?;
        // Without a `=` it is the value of a cookie without a name.
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        let (name, value) = (trimmed(name), trimmed(value));
        let size = name.len() + value.len();
        // Without its name the one would look like two.
        let is_ambiguous = name.is_empty() && value.contains('=');
        if header.contains(is_control) || is_ambiguous || !(1..=LARGEST).contains(&size) {
            return None;
        }
        let mut cookie = SetCookie {
            name,
            value,
            expires: None,
            max_age: None,
            domain: "",
            path: None,
            secure: false,
            http_only: false,
            same_site: None,
        };
        for part in parts {
            let (attribute, value) = part.split_once('=').unwrap_or((part, ""));
            cookie.add(trimmed(attribute), trimmed(value));
        }
        Some(cookie)
    }

    /// Takes over one attribute. Unknown ones are ignored, as the RFC demands, so that new ones can
    /// be invented.
    fn add(&mut self, attribute: &str, value: &'a str) {
        if value.len() > LARGEST_ATTRIBUTE {
            return;
        }
        match attribute.to_ascii_lowercase().as_str() {
            "expires" => self.expires = date::read(value).or(self.expires),
            "max-age" => self.max_age = seconds(value).or(self.max_age),
            "domain" => self.domain = value,
            "path" => self.path = Some(value),
            "secure" => self.secure = true,
            "httponly" => self.http_only = true,
            "samesite" => {
                self.same_site = match value.to_ascii_lowercase().as_str() {
                    "strict" => Some(SameSite::Strict),
                    "lax" => Some(SameSite::Lax),
                    "none" => Some(SameSite::None),
                    _ => None,
                }
            }
            _ => {}
        }
    }
}

/// Without the spaces and tabs around it.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// The value of `Max-Age`; `None` if it is no number.
fn seconds(value: &str) -> Option<Timestamp> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_past = value.starts_with('-');
    // Only a number that is too large can't be read.
    Some(if is_past {
        0
    } else {
        digits.parse().unwrap_or(Timestamp::MAX)
    })
}
