//! Judges the claims of a step: status, location, page and cookie by what the client received, the
//! user and the row by the server's record.

use super::claim::{AskingClaim, Claims, RowClaim};
use super::pipe::RowState;
use super::played::{CheckedClaim, Played};
use crate::course::language::languages::Language;
use crate::course::protect::masking;

/// Every claim of a step, true or not. Status, target and user are those of the step's own request;
/// the page is the last one, after redirects, since that is what a person sees.
pub(super) fn judged(claims: &Claims, played: &Played, language: Language) -> Vec<CheckedClaim> {
    let first = played.requests.first();
    let status = first.map_or_else(String::new, |first| first.answer.status.to_string());
    let location = first.and_then(|first| first.answer.location.clone());
    let page = played.requests.last().map_or("", |last| &last.answer.page);
    let asking = first.and_then(|first| first.record.as_ref()?.asking());
    let asking = AskingClaim(asking.map(str::to_owned));
    let checked = [
        claims
            .status
            .map(|claimed| same("status", claimed.to_string(), status)),
        claims
            .place
            .clone()
            .map(|claimed| same("place", claimed, location.unwrap_or_else(none))),
        claims.text.as_ref().map(|claimed| {
            let text = claimed.text(language);
            let shown = page.contains(&escaped(&text)).then(|| text.clone());
            same("text", text, shown.unwrap_or_else(|| heading(page)))
        }),
        claims.field.as_ref().map(|claimed| {
            let value = input(page, &claimed.name).unwrap_or_else(none);
            same("field", escaped(&claimed.value), value)
        }),
        claims.asking.as_ref().map(|claimed| CheckedClaim {
            holds: *claimed == asking,
            ..same("asking", claimed.word(), asking.word())
        }),
        claims
            .cookie
            .map(|claimed| same("cookie", claimed.word(), played.cookie.word())),
        claims.row.as_ref().map(|claimed| row(claimed, played)),
    ];
    checked.into_iter().flatten().collect()
}

/// The claim of the open half of a pair: its outcome is not the closed half's, of which these are
/// the claims.
pub(super) fn open(closed: &[CheckedClaim]) -> CheckedClaim {
    let holds = closed.iter().any(|claim| !claim.holds);
    let found = if holds { "open" } else { "closed" };
    CheckedClaim {
        claim: "half",
        expected: "open".to_owned(),
        found: found.to_owned(),
        holds,
    }
}

/// A claim that holds if the same text was found. It is compared as it is and masked only for the
/// report.
fn same(claim: &'static str, expected: String, found: String) -> CheckedClaim {
    CheckedClaim {
        claim,
        holds: expected == found,
        expected: masking::address(&expected).into_owned(),
        found: masking::address(&found).into_owned(),
    }
}

/// Judges the row: it holds exactly the claimed data, no key more, or other data than that. An
/// expired row is as good as none.
fn row(claimed: &RowClaim, played: &Played) -> CheckedClaim {
    let found = match &played.row {
        Some((_, RowState::Live(row))) => RowClaim::Holds(row.data.clone()),
        _ => RowClaim::None,
    };
    CheckedClaim {
        claim: "row",
        holds: match (claimed, &found) {
            (RowClaim::Not(claimed), RowClaim::Holds(found)) => claimed != found,
            _ => *claimed == found,
        },
        expected: claimed.text(),
        found: found.text(),
    }
}

/// The word for something that is not there, as scenarios write it.
fn none() -> String {
    "none".to_owned()
}

/// The text as the templates escape it, since it is looked for in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

/// The value of the input with this name, as it is escaped in the page.
fn input(page: &str, name: &str) -> Option<String> {
    let named = format!(" name=\"{name}\"");
    let mut tags = page.split("<input").skip(1);
    let tag =
        tags.find_map(|rest| Some(rest.split_once('>')?.0).filter(|it| it.contains(&named)))?;
    let value = tag.split_once(" value=\"").map_or("", |(_, rest)| rest);
    Some(value.split('"').next().unwrap_or_default().to_owned())
}

/// The heading of a page, for a report that it does not show something else.
fn heading(page: &str) -> String {
    let inside = page
        .split_once("<h1")
        .and_then(|(_, rest)| rest.split_once('>'));
    let heading = inside.and_then(|(_, rest)| rest.split_once("</h1>"));
    heading.map_or_else(none, |(heading, _)| heading.trim().to_owned())
}
