//! `cargo run -- sessions` lists the stored sessions, `sessions end --all` ends every one, and
//! `clearsessions` deletes expired ones, as Django's command of that name does.
//!
//! A running server may use the same files, which the stores are made for. All three ask the
//! session layer, never a table or a file of its own, so they work on every engine that keeps
//! sessions outside the server.

use std::cmp::Reverse;
use std::time::Duration;

use super::call::{Call, Done, Refusal};
use crate::course::language::duration::duration;
use crate::course::terminal::sheet::{Ink, Sheet, room};
use crate::session::{self, Clock, Engine, Layer, Record, Timestamp};

/// Lockers that are read at once, so that a million sessions don't have to fit into one answer of
/// the store.
const PAGE: u32 = 1_000;

/// `sessions` and `sessions end --all`. There is no `end` for one session: that is what the page
/// with a user's own sessions is for.
///
/// # Errors
///
/// [`Refusal::Misunderstood`] for other arguments, [`Refusal::Failed`] if the store can't answer.
pub(super) fn sessions(call: &Call) -> Done {
    let arguments: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => list(call),
        ["end", "--all"] => end_all(call),
        ["end", "--all", argument, ..] | ["end", argument, ..] | [argument, ..] => {
            Err(call.unknown_argument(argument))
        }
    }
}

/// Prints every session; the secret is not in it, since the store has only its hash.
fn list(call: &Call) -> Done {
    let found = match layer(call, Clock::System)? {
        Some(layer) => rocket::execute(all(&layer)),
        None => Ok(Vec::new()),
    };
    let mut found = found.map_err(|error| call.failed(error))?;
    // The last used first, and before them those that can't be read: they need a person.
    found.sort_by_key(|record| Reverse(record.as_ref().map_or(Timestamp::MAX, |it| it.touched)));
    let mut sheet = Sheet::of_terminal();
    if found.is_empty() {
        sheet.line(0, Ink::Plain, &call.language.text("command-sessions-none"));
    }
    for record in &found {
        match record {
            Ok(record) => show(call, &mut sheet, record, Clock::System.now()),
            Err(error) => sheet.line(0, Ink::Bad, &error.to_string()),
        }
    }
    sheet.print();
    Ok(())
}

/// All records, each alone: one that can't be read must not hide the others.
async fn all(layer: &Layer) -> Result<Vec<Result<Record, session::Error>>, session::Error> {
    let (mut found, mut last) = (Vec::new(), None);
    loop {
        let page = layer.lockers(last, PAGE).await?;
        let Some(locker) = page.last() else {
            return Ok(found);
        };
        last = Some(*locker);
        for locker in page {
            // `None` if a running lesson deleted it between the two reads.
            found.extend(layer.record(locker).await.transpose());
        }
    }
}

/// The layer of the configured engine. `None` if there is nothing stored yet: opening would make a
/// file or folder, and a command that looks must leave none behind.
///
/// # Errors
///
/// [`Refusal::Told`] with 0 if only the running server or the browsers have the sessions, which is
/// printed and no failure. [`Refusal::Failed`] if the store can't be opened.
fn layer(call: &Call, clock: Clock) -> Result<Option<Layer>, Refusal> {
    let config = call.config()?;
    let elsewhere = |key| {
        println!("{}", call.language.text(key));
        Err(Refusal::Told(0))
    };
    match config.engine {
        Engine::Cache => return elsewhere("command-sessions-in-memory"),
        Engine::Cookie => return elsewhere("command-sessions-in-cookies"),
        Engine::Database if !config.database().is_file() => return Ok(None),
        Engine::File if !config.folder().is_dir() => return Ok(None),
        _ => {}
    }
    let layer = Layer::open(config, clock).map_err(|error| call.failed(error))?;
    Ok(Some(layer))
}

/// Prints one session: its locker, then user, keys and times. Values are left out: a list of a
/// class's sessions is often on a projector.
fn show(call: &Call, sheet: &mut Sheet, record: &Record, now: Timestamp) {
    let language = call.language;
    let keys: Vec<&str> = record.contents.data.keys().collect();
    // Created and touched are mostly in the past and expiry in the future. The other way round
    // happens too: a lesson's clock may be ahead, and an expired session waits for its purge.
    let time = |key: &str, other: &str, from: i64, to: i64| {
        let time = duration(Duration::from_secs(from.abs_diff(to)), language);
        let key = if from == to {
            "time-now"
        } else if from > to {
            key
        } else {
            other
        };
        language.text_with(key, &[("time", &time)])
    };
    let lines = [
        (
            "command-session-user",
            record.contents.user.as_deref().unwrap_or("–").to_owned(),
        ),
        ("command-session-keys", keys.join(", ")),
        (
            "command-session-created",
            time("time-ago", "time-ahead", now, record.created),
        ),
        (
            "command-session-touched",
            time("time-ago", "time-ahead", now, record.touched),
        ),
        (
            "command-session-expires",
            time("time-over", "time-ahead", now, record.expires),
        ),
    ];
    let room = room(
        lines
            .each_ref()
            .map(|(key, _)| language.text(key))
            .iter()
            .map(String::as_str),
    );
    sheet.line(0, Ink::Strong, &record.locker.to_string());
    for (key, text) in &lines {
        let label = language.text(key);
        sheet.labelled(2, (&label, Ink::Quiet), room, Ink::Plain, text);
    }
    sheet.gap();
}

/// `clearsessions`: deletes the expired sessions, as the server does in the background.
///
/// # Errors
///
/// [`Refusal::Misunderstood`] for other arguments than `--ahead 2d`, [`Refusal::Failed`] if the
/// store can't answer.
pub(super) fn clear(call: &Call) -> Done {
    let clock = Clock::movable();
    clock.advance(ahead(call)?);
    let layer = layer(call, clock)?;
    let purged = layer.map_or(Ok(0), |layer| rocket::execute(layer.purge()));
    count(call, "command-cleared", purged)
}

/// `sessions end --all`: every user is logged out, and every cart of a stranger is gone.
fn end_all(call: &Call) -> Done {
    let layer = layer(call, Clock::System)?;
    let ended = layer.map_or(Ok(0), |layer| rocket::execute(layer.end_all_sessions()));
    count(call, "command-ended", ended)
}

/// Prints the number of sessions that were deleted, in the text with this key.
fn count(call: &Call, text: &str, done: Result<usize, session::Error>) -> Done {
    let done = done.map_err(|error| call.failed(error))?;
    println!("{}", call.language.text_counted(text, done as u64));
    Ok(())
}

/// Seconds ahead of the machine's clock, from `--ahead 1d`: a lesson's server may be ahead too,
/// after the buttons that move its time.
fn ahead(call: &Call) -> Result<i64, Refusal> {
    let Some(first) = call.arguments.first() else {
        return Ok(0);
    };
    let [ahead, time] = &call.arguments[..] else {
        return Err(call.unknown_argument(first));
    };
    if ahead != "--ahead" {
        return Err(call.unknown_argument(first));
    }
    seconds(time).ok_or_else(|| call.unknown_argument(time))
}

/// `2d` or `12h` in seconds. `None` for anything else; a `u16` of days can't overflow an `i64` of
/// seconds.
fn seconds(time: &str) -> Option<i64> {
    let (number, unit) = match time.strip_suffix('d') {
        Some(days) => (days, 24 * 60 * 60),
        None => (time.strip_suffix('h')?, 60 * 60),
    };
    let number: u16 = number.parse().ok()?;
    Some(i64::from(number) * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_to_look_ahead_is_told_in_days_or_hours() {
        assert_eq!(seconds("2d"), Some(172_800));
        assert_eq!(seconds("12h"), Some(43_200));
        for wrong in ["", "d", "2", "-1d", "2w", "1.5d", "99999999999d", "2dd"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
