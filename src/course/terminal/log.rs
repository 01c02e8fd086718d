//! A log for people in front of a terminal: one line for each thing that went wrong, nothing else.
//!
//! Rocket's own log tells the story of every request, which is the lesson's job here, so
//! `Rocket.toml` turns it off; but then it would not say either why a launch failed.

use std::cell::Cell;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use log::{Level, LevelFilter, Log, Metadata, Record};
use rocket::fairing::AdHoc;

use crate::course::protect::masking;
use crate::course::terminal::text::printable;
use crate::session::Session;

/// The parts of Rocket that speak only of a launch that fails: the reasons come at level `info`.
const FAILED_LAUNCH: [&str; 3] = ["rocket::error", "rocket::config", "rocket::state"];

/// The crates whose warnings a person can act on.
const OURS: [&str; 2] = ["session_lessons", "rocket_session_layer"];

/// The part of Rocket that reads a request's headers.
const READS_HEADERS: &str = "rocket::request::request";

thread_local! {
    /// True if Rocket has just dropped the `Cookie` header of a request.
    static COOKIES_DROPPED: Cell<bool> = const { Cell::new(false) };
}

/// Hands on to the session layer that a request's cookies were dropped. Rocket says so only in its
/// log, and calls its first fairing in the same breath, on the same thread: this has to be the
/// first.
pub fn stage() -> AdHoc {
    AdHoc::on_request("Dropped cookies", |request, _| {
        if COOKIES_DROPPED.take() {
            Session::cookies_were_dropped(request);
        }
        Box::pin(async {})
    })
}

/// The log, on standard error.
struct Stderr {
    /// True once one of our crates has named the failure. Rocket's lines on the same failure, which
    /// only name a fairing or a guard, would then hide it.
    explained: AtomicBool,
}

static STDERR: Stderr = Stderr {
    explained: AtomicBool::new(false),
};

/// Takes the place of Rocket's log, which gives way to one that is there already. If another crate
/// was faster, its log stays.
pub fn install() {
    if log::set_logger(&STDERR).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

/// True for a line of our own two crates.
fn is_ours(target: &str) -> bool {
    // Rocket's macros log the request's story as our modules', with an underscore at the end.
    OURS.iter().any(|name| target.starts_with(name)) && !target.ends_with("::_")
}

/// True for a line of Rocket's that gives a reason for a failed launch.
fn is_of_launch(target: &str) -> bool {
    FAILED_LAUNCH.iter().any(|name| target.starts_with(name))
}

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        if target == READS_HEADERS {
            return true;
        }
        let least = if is_ours(target) {
            Level::Warn
        } else if target.starts_with("rocket_dyn_templates") {
            Level::Error
        } else if is_of_launch(target) && !self.explained.load(Ordering::Relaxed) {
            Level::Info
        } else {
            return false;
        };
        metadata.level() <= least
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        if record.target() == READS_HEADERS {
            // The trace says it, in the reader's language.
            let dropped = record.args().to_string().starts_with("Header 'cookie'");
            COOKIES_DROPPED.set(COOKIES_DROPPED.get() || dropped);
            return;
        }
        if is_ours(record.target()) && record.level() == Level::Error {
            self.explained.store(true, Ordering::Relaxed);
        }
        let line = printable(&masking::log_line(&record.args().to_string()));
        // If the terminal is gone, nothing reads the line.
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Stderr {
        let explained = AtomicBool::new(false);
        Stderr { explained }
    }

    fn prints(log: &Stderr, target: &str, level: Level) -> bool {
        log.enabled(&Metadata::builder().target(target).level(level).build())
    }

    #[test]
    fn rocket_adds_nothing_to_an_explanation() {
        let (log, launch) = (log(), "rocket::error::_");
        assert!(prints(&log, launch, Level::Info));
        let because = format_args!("The session layer can't start: no disk.");
        let mut record = Record::builder();
        record.target("rocket_session_layer::fairing").args(because);
        log.log(&record.level(Level::Warn).build());
        assert!(prints(&log, launch, Level::Info));
        log.log(&record.level(Level::Error).build());
        assert!(!prints(&log, launch, Level::Info));
        assert!(prints(&log, "rocket_session_layer::fairing", Level::Error));
    }

    #[test]
    fn only_lines_that_a_person_can_act_on_are_printed() {
        let table = [
            ("session_lessons::answer", Level::Error, true),
            ("rocket_session_layer::fairing", Level::Warn, true),
            ("rocket_session_layer::pending", Level::Info, false),
            ("session_lessons::course::cover::_", Level::Error, false),
            (
                "rocket_dyn_templates::engine::minijinja::_",
                Level::Error,
                true,
            ),
            ("rocket::error::_", Level::Info, true),
            ("rocket::server::_", Level::Error, false),
            ("hyper::proto", Level::Warn, false),
        ];
        for (target, level, printed) in table {
            assert_eq!(prints(&log(), target, level), printed, "{target} {level}");
        }
    }
}
