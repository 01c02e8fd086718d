//! The wait of a write while a million expired sessions are deleted.
//!
//! The server purges when it starts. So it starts on a database full of expired sessions, and is
//! written to at a steady pace until none of them is left.

use std::path::Path;
use std::time::{Duration, Instant};

use diesel::dsl::exists;
use diesel::prelude::*;
use rocket_session_layer::db::{Database, Synchronous};
use rocket_session_layer::schema::sessions;

use crate::common::choice::Choice;
use crate::common::client::Ask;
use crate::common::engines;
use crate::common::load::{Browsers, Load, Until};
use crate::common::report::{Report, part};
use crate::common::sample::Sample;
use crate::common::server::Server;
use crate::common::{Failure, folder, stored};
use crate::fill::{DATABASE, copy_database, fill_database, now};

const WRITERS: usize = 8;

/// The time between two writes of one of them.
const PACE: Duration = Duration::from_millis(4);

/// The time from one look at what is left to the next.
const STEP: Duration = Duration::from_secs(1);

const PATIENCE: Duration = Duration::from_secs(180);

/// Longer ago than any session lives.
const LONG_AGO: i64 = 60 * 24 * 60 * 60;

/// Sessions that are not over.
const LIVE: usize = 64;

/// Measures it on the database, with both settings of `synchronous`.
///
/// # Errors
///
/// The server does not start, or has not deleted everything after three minutes.
pub fn measure(choice: &Choice, report: &mut Report) -> Result<(), Failure> {
    let expired = choice.count(1_000_000, 20_000);
    let mut rows = Vec::new();
    let mut chosen = engines::chosen(choice)
        .filter(|engine| engine.name.starts_with("database"))
        .peekable();
    if chosen.peek().is_none() {
        return Ok(());
    }
    let template = folder()?;
    fill_database(template.path(), 0..expired, now() - LONG_AGO)?;
    fill_database(template.path(), expired..expired + LIVE, now())?;
    for engine in chosen {
        let folder = folder()?;
        copy_database(template.path(), folder.path())?;
        let server = Server::in_folder(folder, engine)?;
        let cookies = (expired..expired + LIVE).map(stored::cookie).collect();
        let browsers = Browsers::with(cookies);
        let (during, took) = write_until_purged(&server, &browsers)?;
        let after = write(&server, &browsers, Until::Passed(STEP * 3))?;
        rows.push(vec![
            engine.name.to_owned(),
            expired.to_string(),
            format!("{:.1}", took.as_secs_f64()),
            part(during.longest),
            part(during.p99),
            part(after.longest),
            part(after.p99),
        ]);
    }
    report.add("## A purge while writes go on");
    report.add(
        "2,000 writes a second at a steady pace while expired sessions are deleted (aim: the \
         longest write ≤ 50 ms), and the same when nothing is left to delete.",
    );
    let head = [
        "engine",
        "expired",
        "seconds",
        "longest ms",
        "p99 ms",
        "longest after",
        "p99 after",
    ];
    report.table(&head, &rows);
    Ok(())
}

/// Writes until nothing expired is left. Returns how long that took, and the worst of all seconds.
fn write_until_purged(server: &Server, browsers: &Browsers) -> Result<(Sample, Duration), Failure> {
    let start = Instant::now();
    let mut worst = Sample::default();
    while is_any_left(server.folder())? {
        if start.elapsed() > PATIENCE {
            return Err("the purge does not end".into());
        }
        let sample = write(server, browsers, Until::Passed(STEP))?;
        worst.longest = worst.longest.max(sample.longest);
        worst.p99 = worst.p99.max(sample.p99);
    }
    Ok((worst, start.elapsed()))
}

fn write(server: &Server, browsers: &Browsers, until: Until) -> Result<Sample, Failure> {
    let load = Load {
        connections: WRITERS,
        pace: Some(PACE),
        ..Load::full(server.address(), browsers, until)
    };
    let sample = load.of(|_| Ask::Write).sample(server)?;
    match sample.unexpected {
        0 => Ok(sample),
        _ => Err("a write fails while expired sessions are deleted".into()),
    }
}

fn is_any_left(folder: &Path) -> Result<bool, Failure> {
    let database = Database::open(folder.join(DATABASE), Synchronous::Normal)?;
    let over = sessions::table.filter(sessions::expires.le(now()));
    let query = diesel::select(exists(over));
    database.read(|connection| Ok(query.get_result(connection)?))
}
