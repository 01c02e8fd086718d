//! Compares a step with what somebody did by hand: by its meaning, not by everything that the
//! script claims. A student's session may hold more than the script's.

use super::act::Sent;
use super::claim::{AskingClaim, Claims, CookieClaim, RowClaim};
use super::played::CheckedClaim;
use crate::course::exchange::Exchange;

/// The claims of a step that a request with its answer does not fulfil: none if it was this step.
/// Texts are not judged, since the page may be in the other language.
pub(super) fn missed(claims: &Claims, sent: &Sent, exchange: &Exchange) -> Vec<CheckedClaim> {
    let asking = AskingClaim(exchange.asking().map(str::to_owned));
    let place = exchange.response.location.as_deref();
    let mut judged = Vec::new();
    let mut judge = |claim, holds: bool, expected: String, found: String| {
        if !holds {
            judged.push(CheckedClaim {
                claim,
                expected,
                found,
                holds,
            });
        }
    };
    // The values may be a student's own, but without a field it is another form: a box that was
    // not ticked, or a line that was not pasted.
    let form = exchange.request.form.as_ref();
    let mut fields = sent.form.iter().map(|(name, _)| name);
    let lacks = |name: &&String| !form.is_some_and(|form| form.may_have(name));
    if let Some(name) = fields.find(lacks) {
        judge("form", false, name.clone(), "none".to_owned());
    }
    if let Some(status) = claims.status {
        let found = exchange.response.status;
        judge(
            "status",
            status == found,
            status.to_string(),
            found.to_string(),
        );
    }
    if let Some(claimed) = &claims.place {
        // A query may hold a count, which depends on what was there before.
        let holds = place.is_some_and(|place| path(place) == path(claimed));
        judge(
            "place",
            holds,
            claimed.clone(),
            place.unwrap_or("none").to_owned(),
        );
    }
    if let Some(claimed) = &claims.asking {
        judge("asking", *claimed == asking, claimed.word(), asking.word());
    }
    // A form from elsewhere comes without the cookie, and so without a session.
    if sent.is_foreign() {
        return judged;
    }
    if let Some(claimed) = claims.cookie {
        let found = cookie(exchange);
        judge(
            "cookie",
            cookie_holds(claimed, found),
            claimed.word(),
            found.word(),
        );
    }
    if let Some(claimed) = &claims.row
        && !exchange.trace.is_empty()
    {
        let found = exchange.row.as_ref();
        let found = found.map_or(RowClaim::None, |row| RowClaim::Holds(row.data.clone()));
        let ended = claims.cookie == Some(CookieClaim::Gone);
        judge(
            "row",
            row_holds(claimed, &found, ended),
            claimed.text(),
            found.text(),
        );
    }
    judged
}

/// The change of the session cookie, as far as the server can see it.
fn cookie(exchange: &Exchange) -> CookieClaim {
    if exchange.response.removes_session() {
        CookieClaim::Gone
    } else if exchange.then.is_some() {
        CookieClaim::New
    } else if exchange.request.brings_session() {
        CookieClaim::Same
    } else {
        CookieClaim::None
    }
}

/// A cookie that a browser has lost by itself, and one that it is told to drop, both open nothing
/// from then on.
fn cookie_holds(claimed: CookieClaim, found: CookieClaim) -> bool {
    use CookieClaim::{Gone, New, None, Same};
    match claimed {
        New => found == New,
        Same => found == Same,
        Gone => matches!(found, Gone | None),
        None => found != New,
    }
}

/// A claimed row is there with all its keys and the same user. Without one, nobody is logged in; if
/// the session has `ended`, nothing is left of it at all.
fn row_holds(claimed: &RowClaim, found: &RowClaim, ended: bool) -> bool {
    match (claimed, found) {
        (RowClaim::Holds(claimed), RowClaim::Holds(found)) => found.has_all_of(claimed),
        (RowClaim::Not(claimed), RowClaim::Holds(found)) => claimed != found,
        (RowClaim::None, RowClaim::Holds(found)) => !ended && !found.names_a_user(),
        (RowClaim::None, RowClaim::None) => true,
        (_, RowClaim::None | RowClaim::Not(_)) => false,
    }
}

/// An address without its query.
fn path(address: &str) -> &str {
    address.split('?').next().unwrap_or(address)
}
