//! A user's own sessions: one line each, and a way to end it.

use rocket::post;
use serde::Serialize;

use super::notice::{Notice, to_account_page};
use crate::accounts::{BrowserName, User, ends_sessions};
use crate::answer::Answer;
use crate::session::{Locker, Record, Session, Timestamp};

/// Sessions that are shown at most. A robot that logs in all day must not make the page endless.
const MOST_SHOWN: usize = 50;

/// A user's sessions as the page shows them.
#[derive(Serialize)]
pub(super) struct List {
    lines: Vec<SessionLine>,
    /// The number of those that are not shown.
    more: usize,
}

/// One session. The locker is all that the page gets of its ID.
#[derive(Serialize)]
struct SessionLine {
    locker: Locker,
    browser: BrowserName,
    /// True for the session of the browser that looks.
    here: bool,
    /// The time since it was last used, in seconds, to the minute.
    seconds: i64,
}

/// The list as it is to be shown at `now` to the session in the locker `own`: that one first, then
/// the others as they come, the last used first.
pub(super) fn list(records: Vec<Record>, own: Option<Locker>, now: Timestamp) -> List {
    let total = records.len();
    let line = |record: &Record| {
        let here = Some(record.locker) == own;
        // The one that looks is used now, whether or not that was worth a write.
        let unused = if here {
            0
        } else {
            now.saturating_sub(record.touched)
        };
        SessionLine {
            locker: record.locker,
            browser: BrowserName::of(record),
            here,
            seconds: unused.max(0),
        }
    };
    let mut lines: Vec<SessionLine> = records.iter().map(line).collect();
    lines.sort_by_key(|line| !line.here);
    lines.truncate(MOST_SHOWN);
    let more = total - lines.len();
    List { lines, more }
}

// A form, not a link: what only reads ahead must not log anybody out.
#[post("/account/sessions/<locker>/end")]
pub(super) async fn end(locker: &str, user: &User, session: &Session) -> Answer {
    let locker = Locker::parse(locker);
    if locker.is_some() && locker == session.locker() {
        // As logging out: the cookie goes, too.
        session.flush();
        return to_account_page();
    }
    let layer = session.layer();
    // Only among the user's own ones. For another user's session, or one that is over, the answer
    // is the same: nothing was ended, and the list shows the rest. A difference would tell which
    // lockers exist.
    match locker.filter(|_| ends_sessions(layer)) {
        Some(locker) if layer.end_session(&user.userid, locker).await? => {
            Notice::SessionEnded.on_account_page(session)
        }
        _ => to_account_page(),
    }
}

// For a user who has lost a phone, or fears that somebody has copied a cookie: every session but
// this one ends, and this one gets a new ID, so that a copy of its cookie opens nothing. If it got
// one while this ran, nobody knows who has that, and the answer is a 409 rather than a claim.
#[post("/account/sessions/end-others")]
pub(super) async fn end_others(_user: &User, session: &Session) -> Answer {
    let layer = session.layer();
    if !ends_sessions(layer) {
        // The page says so.
        return to_account_page();
    }
    session.end_others().await?;
    Notice::OthersEnded.on_account_page(session)
}
