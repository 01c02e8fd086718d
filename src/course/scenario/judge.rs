//! Judges the claims of a step: status, location, page and cookie by what the client received, the
//! user and the row by the server's record.

use super::claim::{Claims, RowClaim};
use super::pipe::RowState;
use super::played::{CheckedClaim, Played};
use crate::course::language::languages::Language;
use crate::course::protect::masking;

/// Every claim of a step, true or not.
pub(super) fn judged(claims: &Claims, played: &Played, language: Language) -> Vec<CheckedClaim> {
    let first = played.requests.first();
    let mut checked = Vec::new();
    let mut claim = |claim, expected: Option<String>, found: String| {
        checked.extend(expected.map(|expected| CheckedClaim {
            claim,
            holds: expected == found,
            expected: masking::address(&expected).into_owned(),
            found: masking::address(&found).into_owned(),
        }));
    };
    let status = first.map_or_else(String::new, |first| first.answer.status.to_string());
    let claimed = claims.status.map(|status| status.to_string());
    claim("status", claimed, status);
    let location = first.and_then(|first| first.answer.location.clone());
    claim("place", claims.place.clone(), location.unwrap_or_else(none));
    let text = claims.text.as_ref().map(|text| text.text(language));
    let page = played.requests.last().map_or("", |last| &last.answer.page);
    let shown = text.clone().filter(|text| page.contains(&escaped(text)));
    claim("text", text, shown.unwrap_or_else(|| heading(page)));
    let asking = first.and_then(|first| first.record.asking());
    let asking = asking.unwrap_or("nobody").to_owned();
    claim("asking", claims.asking.clone(), asking);
    let cookie = claims.cookie.map(|cookie| cookie.word());
    claim("cookie", cookie, played.cookie.word());
    checked.extend(claims.row.as_ref().map(|row| judged_row(row, played)));
    checked
}

fn judged_row(claimed: &RowClaim, played: &Played) -> CheckedClaim {
    let found = match &played.row {
        Some((_, RowState::Live(row))) => RowClaim::Holds(row.data.clone()),
        _ => RowClaim::None,
    };
    CheckedClaim {
        claim: "row",
        holds: *claimed == found,
        expected: claimed.text(),
        found: found.text(),
    }
}

fn none() -> String {
    "none".to_owned()
}

/// As the templates escape it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

/// The heading of a page, for a report that it does not show something else.
fn heading(page: &str) -> String {
    let inside = page
        .split_once("<h1")
        .and_then(|(_, rest)| rest.split_once('>'));
    let heading = inside.and_then(|(_, rest)| rest.split_once("</h1>"));
    heading.map_or_else(none, |(heading, _)| heading.trim().to_owned())
}
