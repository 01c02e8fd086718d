//! What a step claims against what was found.

use serde_json::{Map, Value};

use super::played::{Played, Row};
use super::{Claims, CookieClaim, LeftOut, Need};
use crate::course::language::languages::Language;
use crate::course::protect::masking;

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
        let shown = |text| {
            if self.claim == "row" && text != none() {
                masking::json("", text)
            } else {
                masking::address(text)
            }
        };
        let (expected, found) = (shown(&self.expected), shown(&self.found));
        let variables = [
            ("claim", self.claim),
            ("expected", &*expected),
            ("found", &*found),
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
}

impl Claims {
    /// Whether something is claimed in this field.
    pub(super) fn claim(&self, field: &str) -> bool {
        match field {
            "status" => self.status.is_some(),
            "place" => self.place.is_some(),
            "text" => self.text.is_some(),
            "asking" => self.asking.is_some(),
            "cookie" => self.cookie.is_some(),
            "row" => self.row.is_some(),
            _ => false,
        }
    }
}

/// Puts down every claim of a step: true or not, or left out because the engine lacks what it
/// needs.
pub(super) fn check(claims: &Claims, lacks: &[Need], played: &mut Played, language: Language) {
    let (mut checked, mut left_out) = (Vec::new(), Vec::new());
    let mut claim = |claim, expected: Option<String>, found: String| {
        let Some(expected) = expected else { return };
        match claims.needs.get(claim) {
            Some(needs) if lacks.contains(needs) => left_out.push(LeftOut {
                claim,
                needs: *needs,
            }),
            _ => checked.push(Checked {
                claim,
                expected,
                found,
            }),
        }
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
    let word = |cookie: CookieClaim| format!("{cookie:?}").to_lowercase();
    claim("cookie", claims.cookie.map(word), word(played.cookie));
    let row = match &played.row {
        Some((_, Row::Live(data))) => data.clone(),
        _ => none(),
    };
    claim("row", claims.row.clone(), row);
    played.claims = checked;
    played.left_out = left_out;
}

fn none() -> String {
    "none".to_owned()
}

/// A row's data with gaps, so that long ones can be read and wrapped.
pub(super) fn json(data: &Map<String, Value>) -> String {
    let json = serde_json::to_string(data).unwrap_or_default();
    json.replace("\":", "\": ").replace(",\"", ", \"")
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
