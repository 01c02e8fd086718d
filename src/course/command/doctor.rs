//! `cargo run -- doctor`: does this seat work? One line for each thing that a lesson needs, with what
//! to do about it. Nothing is installed, nothing is sent over the network.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{fs, process};

use super::call::{Call, Done, Refusal};
use crate::course::mallory;
use crate::course::start::checks::usable_port;
use crate::course::start::error::StartError;
use crate::course::start::running::title_on;
use crate::course::terminal::sheet::{Ink, Sheet};
use crate::course::terminal::shell::with_variable;

/// The Rust that the course needs at least: `1.89`.
const NEEDED: &str = env!("CARGO_PKG_RUST_VERSION");

/// Compilers of C, which Rust links with and SQLite is built with.
const COMPILERS: [&str; 3] = ["cc", "gcc", "clang"];

/// Browsers by their programs, and by where macOS and Windows install them.
const BROWSERS: [&str; 14] = [
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "firefox",
    "/Applications/Google Chrome.app",
    "/Applications/Firefox.app",
    "/Applications/Safari.app",
    "/Applications/Whale.app",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Naver\Naver Whale\Application\whale.exe",
];

/// Years that a clock may show.
const YEARS: std::ops::Range<u64> = 2025..2100;

/// Room on the disk, in MiB: below the first nothing is stored, below the second nothing is built.
const ROOM: (u64, u64) = (50, 3_000);

/// One thing that was looked at, with its sentence.
enum Finding {
    Works(String),
    /// A lesson does not start.
    Stops(String),
    /// It may be so.
    Remark(String),
}

use Finding::{Remark, Stops, Works};

/// Looks at this seat.
///
/// # Errors
///
/// [`Refusal::Told`] with 1 if something keeps lessons from starting.
pub(super) fn doctor(call: &Call) -> Done {
    call.no_arguments()?;
    let mut sheet = Sheet::of_terminal();
    let mut stops = false;
    for look in [
        rust,
        compiler,
        port,
        mallorys_port,
        folder,
        clock,
        browser,
        terminal,
    ] {
        let (mark, text) = match look(call) {
            Works(text) => (("✓", Ink::Good), text),
            Remark(text) => (("·", Ink::Quiet), text),
            Stops(text) => {
                stops = true;
                (("✗", Ink::Bad), text)
            }
        };
        sheet.labelled(2, mark, 2, Ink::Plain, &text);
    }
    sheet.print();
    if stops { Err(Refusal::Told(1)) } else { Ok(()) }
}

fn rust(call: &Call) -> Finding {
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = Command::new(program).arg("--version").output();
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    // `rustc 1.95.0 (59807616e 2026-04-14)`
    let found = said.unwrap_or_default();
    let found = found.split(' ').nth(1).unwrap_or_default();
    let variables = [("found", found), ("needed", NEEDED)];
    let say = |key| call.language.text_with(key, &variables);
    match (numbers(found), numbers(NEEDED)) {
        (None, _) => Stops(say("doctor-rust-none")),
        (found, needed) if found < needed => Stops(say("doctor-rust-old")),
        _ => Works(say("doctor-rust")),
    }
}

/// The first two numbers of a version.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

fn compiler(call: &Call) -> Finding {
    if cfg!(windows) {
        // It is found in the registry, by rustc alone.
        return Remark(call.language.text("doctor-compiler-windows"));
    }
    match COMPILERS.into_iter().find_map(installed) {
        Some(found) => {
            let found = found.display().to_string();
            let text = call
                .language
                .text_with("doctor-compiler", &[("found", &found)]);
            Works(text)
        }
        None => Stops(call.language.text("doctor-compiler-none")),
    }
}

/// A program by its name in `PATH`, or by its place.
fn installed(program: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut places = env::split_paths(&paths).map(|folder| folder.join(program));
    places.find(|place| place.exists())
}

fn port(call: &Call) -> Finding {
    let config: rocket::Config = match rocket::Config::figment().extract() {
        Ok(config) => config,
        Err(error) => return Stops(StartError::from(error).line(call.language)),
    };
    let port = config.port.to_string();
    match usable_port(&config) {
        Ok(()) => Works(call.language.text_with("doctor-port", &[("port", &port)])),
        Err(StartError::PortInUse(_)) => {
            let other = config.port.checked_add(1).unwrap_or(8000).to_string();
            let command = with_variable("ROCKET_PORT", &other, "cargo run --bin lesson01");
            let lesson = title_on(config.port, "/", call.language);
            let key = lesson
                .as_ref()
                .map_or("doctor-port-other", |_| "doctor-port-lesson");
            let lesson = lesson.unwrap_or_default();
            let variables = [
                ("port", &*port),
                ("command", &*command),
                ("lesson", &*lesson),
            ];
            Stops(call.language.text_with(key, &variables))
        }
        Err(error) => Stops(error.line(call.language)),
    }
}

/// The port of Mallory's site, which some lessons need. Her site itself may be there.
fn mallorys_port(call: &Call) -> Finding {
    let port = mallory::port();
    let config = rocket::Config {
        port,
        ..rocket::Config::default()
    };
    let shown = port.to_string();
    let say = |key| call.language.text_with(key, &[("port", &shown)]);
    match usable_port(&config) {
        Ok(()) => Works(say("doctor-mallory")),
        Err(_) => Remark(say("doctor-mallory-taken")),
    }
}

/// The folder of the database: it can be written, and there is room.
fn folder(call: &Call) -> Finding {
    let database = match call.config() {
        Ok(config) => config.database(),
        Err(Refusal::Misunderstood(line) | Refusal::Failed(line)) => return Stops(line),
        Err(Refusal::Told(_)) => return Stops(String::new()),
    };
    let folder = database.parent().unwrap_or(Path::new(".")).to_owned();
    // A folder that is not there yet is made by the first lesson, so that is tried where it will be.
    let there = folder.ancestors().find(|it| it.exists());
    let there = there.unwrap_or(Path::new("."));
    let trial = there.join(format!(".doctor-{}", process::id()));
    let written = fs::write(&trial, "trial");
    // On a full disk there is a file all the same, an empty one.
    let removed = fs::remove_file(&trial);
    let written = written.and(removed);
    let (shown, room) = (folder.display().to_string(), room(there));
    let free = room.map_or_else(String::new, |room| (room / 1024).to_string());
    let reason = written
        .as_ref()
        .err()
        .map_or_else(String::new, ToString::to_string);
    let variables = [("folder", &*shown), ("free", &*free), ("reason", &*reason)];
    let say = |key| call.language.text_with(key, &variables);
    match room {
        Some(room) if room < ROOM.0 => Stops(say("doctor-folder-full")),
        _ if written.is_err() => Stops(say("doctor-folder-closed")),
        Some(room) if room < ROOM.1 => Remark(say("doctor-folder-tight")),
        Some(_) => Works(say("doctor-folder-room")),
        None => Works(say("doctor-folder")),
    }
}

/// Room on the disk in MiB. `None` where there is no `df`
/// (<https://pubs.opengroup.org/onlinepubs/9799919799/utilities/df.html>).
fn room(folder: &Path) -> Option<u64> {
    let said = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let free: u64 = said
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    Some(free / 1024)
}

fn clock(call: &Call) -> Finding {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = since.map_or(0, |since| since.as_secs());
    // A year of the Gregorian calendar on average. At New Year it may be off by one, which is no
    // matter here.
    let year = 1970 + seconds / 31_556_952;
    let shown = year.to_string();
    let say = |key| call.language.text_with(key, &[("year", &shown)]);
    if YEARS.contains(&year) {
        Works(say("doctor-clock"))
    } else {
        Stops(say("doctor-clock-wrong"))
    }
}

fn browser(call: &Call) -> Finding {
    match BROWSERS.into_iter().find_map(installed) {
        Some(found) => {
            let found = found.display().to_string();
            let text = call
                .language
                .text_with("doctor-browser", &[("found", &found)]);
            Works(text)
        }
        None => Remark(call.language.text("doctor-browser-none")),
    }
}

fn terminal(call: &Call) -> Finding {
    Remark(call.language.text("doctor-terminal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(numbers("1.100.0") > numbers(NEEDED));
        assert!(numbers("1.9.0") < numbers(NEEDED));
        assert!(numbers("1.95.0-nightly") > numbers(NEEDED));
        assert_eq!(numbers(""), None);
    }

    #[test]
    fn this_disk_has_a_size() {
        if cfg!(unix) {
            assert!(room(Path::new(".")).is_some());
        }
    }
}
