//! A log for people in front of a terminal: one line for what went wrong, nothing else.
//!
//! Rocket's own log tells the story of every request, which is the lesson's job here, so
//! `Rocket.toml` turns it off; but then it would not say either why a launch failed.

use std::io::Write;

use log::{Level, LevelFilter, Log, Metadata, Record};

use super::terminal::printable;

/// Where Rocket speaks only of a launch that fails: the reasons come at level `info`.
const FAILED_LAUNCH: [&str; 3] = ["rocket::error", "rocket::config", "rocket::state"];

struct Stderr;

/// Takes the place of Rocket's log, which keeps to whatever is there already.
pub(super) fn install() {
    if log::set_logger(&Stderr).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        // What Rocket's macros write into our modules ends in an underscore: the request's story.
        let ours = target.starts_with("session_lessons") && !target.ends_with("::_");
        let least = if ours {
            Level::Warn
        } else if target.starts_with("rocket_dyn_templates") {
            Level::Error
        } else if FAILED_LAUNCH
            .iter()
            .any(|module| target.starts_with(module))
        {
            Level::Info
        } else {
            return false;
        };
        metadata.level() <= least
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = printable(&record.args().to_string());
            // Nobody is left to be told that the terminal is gone.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_person_can_act_on_is_printed() {
        let table = [
            ("session_lessons::answer", Level::Error, true),
            ("session_lessons::session", Level::Warn, true),
            ("session_lessons::session", Level::Info, false),
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
            let metadata = Metadata::builder().target(target).level(level).build();
            assert_eq!(Stderr.enabled(&metadata), printed, "{target} {level}");
        }
    }
}
