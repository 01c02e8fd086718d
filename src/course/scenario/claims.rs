//! What a step claims against what was found.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value};

use super::runner::Played;
use super::{Claims, CookieClaim, RowClaim};
use crate::course::languages::Language;

/// A claim that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The field in the scenario.
    pub claim: &'static str,
    /// What it says.
    pub expected: String,
    /// What is so.
    pub found: String,
}

impl Checked {
    /// Whether the claim is true.
    pub fn holds(&self) -> bool {
        self.expected == self.found
    }

    /// The claim in one line, for one that does not hold.
    pub fn line(&self, language: Language) -> String {
        let variables = [
            ("claim", self.claim),
            ("expected", self.expected.as_str()),
            ("found", self.found.as_str()),
        ];
        language.text_with("scenario-fails", &variables)
    }
}

impl CookieClaim {
    /// What became of a cookie whose value was `before` and is `after`.
    pub(super) fn of(before: Option<&str>, after: Option<&str>) -> Self {
        match (before, after) {
            (None, None) => CookieClaim::None,
            (Some(_), None) => CookieClaim::Gone,
            (before, after) if before == after => CookieClaim::Same,
            _ => CookieClaim::New,
        }
    }

    fn word(self) -> &'static str {
        match self {
            CookieClaim::New => "new",
            CookieClaim::Same => "same",
            CookieClaim::Gone => "gone",
            CookieClaim::None => "none",
        }
    }
}

/// Every claim of a step, true or not.
pub(super) fn check(claims: &Claims, played: &Played, language: Language) -> Vec<Checked> {
    let mut checked = Vec::new();
    let mut claim = |claim, expected: Option<String>, found: String| {
        checked.extend(expected.map(|expected| Checked {
            claim,
            expected,
            found,
        }));
    };
    let first = played.exchanges.first();
    let last = played.exchanges.last();
    let status = first.map_or_else(String::new, |first| first.status.to_string());
    claim(
        "status",
        claims.status.map(|status| status.to_string()),
        status,
    );
    let place = first.and_then(|first| first.place.clone());
    claim("place", claims.place.clone(), place.unwrap_or_else(none));
    let text = claims.text.as_ref().map(|text| {
        let variables = text.variables.iter();
        let variables: Vec<(&str, &str)> = variables
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        language.text_with(&text.key, &variables)
    });
    let page = last.map_or("", |last| &last.page);
    let shown = text.clone().filter(|text| page.contains(&escaped(text)));
    claim("text", text, shown.unwrap_or_else(|| heading(page)));
    let asking = first.and_then(|first| first.asking());
    let asking = asking.unwrap_or("nobody").to_owned();
    claim("asking", claims.asking.clone(), asking);
    let cookie = claims.cookie.map(|cookie| cookie.word().to_owned());
    claim("cookie", cookie, played.cookie.word().to_owned());
    let row = claims.row.as_ref().map(|row| match row {
        RowClaim::None => none(),
        RowClaim::Data(data) => json(data),
    });
    let data = played.row.as_ref().and_then(|row| row.data.as_ref());
    claim("row", row, data.map_or_else(none, json));
    checked
}

fn none() -> String {
    "none".to_owned()
}

/// A row's data with a gap after each comma and colon, so that long ones can be read and wrapped.
pub(super) fn json(data: &Map<String, Value>) -> String {
    let mut text = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut text, Airy);
    // A map of texts to values can always be written.
    let _ = data.serialize(&mut serializer);
    String::from_utf8_lossy(&text).into_owned()
}

struct Airy;

impl Formatter for Airy {
    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }
}

/// As the templates escape it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

/// What a page shows in the first place, for a report that it does not show something else.
fn heading(page: &str) -> String {
    let inside = page
        .split_once("<h1")
        .and_then(|(_, rest)| rest.split_once('>'));
    let heading = inside.and_then(|(_, rest)| rest.split_once("</h1>"));
    heading.map_or_else(none, |(heading, _)| heading.trim().to_owned())
}
