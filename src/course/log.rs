//! A log for people in front of a terminal: one line for what went wrong, nothing else.
//!
//! Rocket's own log tells the story of every request, which is the lesson's job here, so
//! `Rocket.toml` turns it off; but then it would not say either why a launch failed.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use log::{Level, LevelFilter, Log, Metadata, Record};

use super::terminal::printable;

/// Where Rocket speaks only of a launch that fails: the reasons come at level `info`.
const FAILED_LAUNCH: [&str; 3] = ["rocket::error", "rocket::config", "rocket::state"];

/// What Rocket says above the names of whatever kept it from starting.
const FAIRINGS: &str = "Rocket failed to launch due to failing fairings:";
const SENTINELS: &str = "Rocket failed to launch due to aborting sentinels:";

/// The fairings that have said by then, in words that help, why they failed.
const EXPLAINED: [&str; 2] = ["Session", "Accounts"];

/// Which of the two stands above the next line of Rocket's.
#[derive(Default)]
struct Heading(Option<&'static str>);

impl Heading {
    /// What is to be printed of this line. A heading is only printed with what stands below it.
    fn told(&mut self, line: &str) -> Option<String> {
        let heading = [FAIRINGS, SENTINELS].into_iter().find(|text| *text == line);
        if heading.is_some() {
            self.0 = heading;
            return None;
        }
        match self.0 {
            // A view whose guard finds something missing: the guard has said what.
            Some(SENTINELS) => None,
            Some(_) if EXPLAINED.contains(&line) => None,
            Some(heading) => Some(format!("{heading} {line}")),
            None => Some(line.to_owned()),
        }
    }
}

struct Stderr {
    heading: Mutex<Heading>,
}

static STDERR: Stderr = Stderr {
    heading: Mutex::new(Heading(None)),
};

/// Takes the place of Rocket's log, which keeps to whatever is there already.
pub(super) fn install() {
    if log::set_logger(&STDERR).is_ok() {
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
            let heading = self.heading.lock();
            let told = heading.unwrap_or_else(PoisonError::into_inner).told(&line);
            if let Some(line) = told {
                // Nobody is left to be told that the terminal is gone.
                let _ = writeln!(std::io::stderr(), "{line}");
            }
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_explained_itself_is_not_told_again() {
        let told = |lines: &[&str]| -> Vec<String> {
            let mut heading = Heading::default();
            lines.iter().filter_map(|line| heading.told(line)).collect()
        };
        assert_eq!(told(&["no route"]), ["no route"]);
        assert_eq!(told(&[FAIRINGS, "Session", "Accounts"]), [""; 0]);
        assert_eq!(told(&[SENTINELS, "&Session (a.rs:1:2)"]), [""; 0]);
        let own = format!("{FAIRINGS} Mine");
        assert_eq!(told(&[FAIRINGS, "Session", "Mine"]), [own]);
    }

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
            assert_eq!(STDERR.enabled(&metadata), printed, "{target} {level}");
        }
    }
}
