//! `cargo run -- sessions`: what is stored. `cargo run -- sessions end --all`: ends every session.
//! `cargo run -- clearsessions`: deletes what is over. All of them work on files and databases
//! that a running server may use at the same time.

use std::cmp::Reverse;
use std::time::Duration;

use diesel::prelude::*;

use super::call::{Call, Outcome, Refusal};
use crate::course::language::duration::duration;
use crate::course::terminal::sheet::{Ink, Sheet, room};
use crate::db::{Database, DatabaseError};
use crate::schema::sessions;
use crate::session::stores::DatabaseStore;
#[cfg(unix)]
use crate::session::stores::FileStore;
#[cfg(feature = "redis")]
use crate::session::stores::RedisStore;
use crate::session::{Clock, Config, Data, Engine, Locker, Record, Store, StoreError, Timestamp};

/// As many as one deletion takes at once.
const BATCH: u32 = 1_000;

/// A row, without the hashes of its secrets.
type Row = (i64, Option<String>, String, i64, i64, i64);

pub(super) fn sessions(call: &Call) -> Outcome {
    let arguments: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => list(call),
        ["end", "--all"] => delete(call, Timestamp::MAX, "command-ended"),
        ["end", argument, ..] | [argument, ..] => Err(call.unknown_argument(argument)),
    }
}

fn list(call: &Call) -> Outcome {
    let config = call.config()?;
    let rows = match config.engine {
        Engine::Database => in_database(call, &config)?,
        #[cfg(unix)]
        Engine::File => in_files(call, &config)?,
        engine => return no_outsider_can(call, engine),
    };
    let mut sheet = Sheet::of_terminal();
    if rows.is_empty() {
        sheet.line(0, Ink::Plain, &call.language.text("command-sessions-none"));
    }
    for row in &rows {
        match row {
            Ok(row) => show(call, &mut sheet, row, Clock::System.now()),
            Err(reason) => sheet.line(0, Ink::Bad, reason),
        }
    }
    sheet.print();
    Ok(())
}

/// Says why there is nothing to read for a program that is not the server.
fn no_outsider_can(call: &Call, engine: Engine) -> Outcome {
    let key = match engine {
        Engine::Cache => "command-sessions-in-memory",
        Engine::Cookie => "command-sessions-in-cookies",
        _ => "command-sessions-elsewhere",
    };
    println!("{}", call.language.text(key));
    Ok(())
}

fn show(call: &Call, sheet: &mut Sheet, row: &Row, now: Timestamp) {
    let (locker, user, data, created, touched, expires) = row;
    let language = call.language;
    let keys = Data::from_json(data).map(|data| {
        let keys: Vec<&str> = data.keys().collect();
        keys.join(", ")
    });
    // The one is in the past and the other mostly not.
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
            user.clone().unwrap_or_else(|| "–".to_owned()),
        ),
        (
            "command-session-keys",
            keys.unwrap_or_else(|error| error.to_string()),
        ),
        (
            "command-session-created",
            time("time-ago", "time-ahead", now, *created),
        ),
        (
            "command-session-touched",
            time("time-ago", "time-ahead", now, *touched),
        ),
        (
            "command-session-expires",
            time("time-over", "time-ahead", now, *expires),
        ),
    ];
    let room = room(
        lines
            .each_ref()
            .map(|(key, _)| language.text(key))
            .iter()
            .map(String::as_str),
    );
    sheet.line(0, Ink::Strong, &Locker::from_number(*locker).to_string());
    for (key, text) in &lines {
        let label = language.text(key);
        sheet.labelled(2, (&label, Ink::Quiet), room, Ink::Plain, text);
    }
    sheet.gap();
}

pub(super) fn clear(call: &Call) -> Outcome {
    let now = Clock::System.now().saturating_add(ahead(call)?);
    delete(call, now, "command-cleared")
}

/// Deletes the sessions that are over at this time, and says how many, in the text of this key.
fn delete(call: &Call, time: Timestamp, text: &str) -> Outcome {
    let config = call.config()?;
    let store: Option<Box<dyn Store>> = match config.engine {
        Engine::Database => match database(call, &config)? {
            Some(database) => {
                let store = DatabaseStore::open(database).map_err(|error| call.failed(error))?;
                Some(Box::new(store))
            }
            None => None,
        },
        #[cfg(unix)]
        Engine::File => match files(call, &config)? {
            Some(store) => Some(Box::new(store)),
            None => None,
        },
        #[cfg(feature = "redis")]
        Engine::Redis => {
            let store = RedisStore::open(&config.redis, &*config.redis_prefix);
            Some(Box::new(store.map_err(|error| call.failed(error))?))
        }
        engine => return no_outsider_can(call, engine),
    };
    let mut deleted = 0;
    if let Some(store) = store {
        let all = async {
            loop {
                match store.purge(time, BATCH).await? {
                    0 => return Ok::<_, StoreError>(()),
                    batch => deleted += batch,
                }
            }
        };
        rocket::execute(all).map_err(|error| call.failed(error))?;
    }
    println!("{}", call.language.text_counted(text, deleted as u64));
    Ok(())
}

/// How many seconds ahead of the machine's clock to look: a lesson's server may be ahead of it.
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

/// `2d` or `12h` in seconds.
fn seconds(time: &str) -> Option<i64> {
    let (number, unit) = match time.strip_suffix('d') {
        Some(days) => (days, 24 * 60 * 60),
        None => (time.strip_suffix('h')?, 60 * 60),
    };
    let number: u16 = number.parse().ok()?;
    Some(i64::from(number) * unit)
}

/// What is stored, or why a part of it can't be read. The last used first.
type Rows = Vec<Result<Row, String>>;

#[cfg(unix)]
fn in_files(call: &Call, config: &Config) -> Result<Rows, Refusal> {
    let Some(store) = files(call, config)? else {
        return Ok(Vec::new());
    };
    let lockers = store.lockers().map_err(|error| call.failed(error))?;
    let mut rows = Vec::new();
    for locker in lockers {
        let record = rocket::execute(store.load(locker));
        // What is gone by now was deleted by a lesson that runs.
        let row = record.map(|record| record.map(row)).transpose();
        rows.extend(row.map(|row| row.map_err(|error| error.to_string())));
    }
    rows.sort_by_key(|row| Reverse(row.as_ref().map_or(0, |(.., touched, _)| *touched)));
    Ok(rows)
}

/// The folder, if there is one: to look must not make one.
#[cfg(unix)]
fn files(call: &Call, config: &Config) -> Result<Option<FileStore>, Refusal> {
    if !config.folder().is_dir() {
        return Ok(None);
    }
    let store = FileStore::open(config.folder());
    store.map(Some).map_err(|error| call.failed(error))
}

fn row(record: Record) -> Row {
    let contents = record.contents;
    let data = contents.data.to_json().unwrap_or_default();
    let locker = record.locker.number();
    (
        locker,
        contents.user,
        data,
        record.created,
        record.touched,
        record.expires,
    )
}

fn in_database(call: &Call, config: &Config) -> Result<Rows, Refusal> {
    let Some(database) = database(call, config)? else {
        return Ok(Vec::new());
    };
    let rows = rows(&database).map_err(|error| call.failed(error))?;
    Ok(rows.into_iter().map(Ok).collect())
}

/// The database, if there is one: to look must not make one.
fn database(call: &Call, config: &Config) -> Result<Option<Database>, Refusal> {
    if !config.database().is_file() {
        return Ok(None);
    }
    let database = Database::open(config.database(), config.synchronous);
    database.map(Some).map_err(|error| call.failed(error))
}

/// The last used first. Where no lesson with sessions has run there is no table yet.
fn rows(database: &Database) -> Result<Vec<Row>, DatabaseError> {
    let query = |connection: &mut SqliteConnection| {
        sessions::table
            .order(sessions::touched.desc())
            .select((
                sessions::locker,
                sessions::user,
                sessions::data,
                sessions::created,
                sessions::touched,
                sessions::expires,
            ))
            .load(connection)
    };
    match database.read(|connection| query(connection).map_err(DatabaseError::from)) {
        Err(DatabaseError::Query(error)) if error.to_string().contains("no such table") => {
            Ok(Vec::new())
        }
        answer => answer,
    }
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
