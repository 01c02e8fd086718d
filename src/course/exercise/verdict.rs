//! Plays an exercise up to its first miss. A student's program may do anything: whatever it does,
//! this ends, and the program with it.

use std::io::{self, ErrorKind};

use super::file::Exercise;
use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::course::scenario::{CheckedClaim, LessonProgram, ScenarioPlayer};

/// The outcome of a check.
#[derive(Debug)]
pub enum Verdict {
    /// Every step came out as claimed.
    Solved,
    /// A step did not.
    Missed {
        /// Its place, counted from 0.
        place: usize,
        /// The claims that do not hold.
        misses: Vec<CheckedClaim>,
        /// The place of this outcome among the known wrong ones, and the mistake behind it.
        seen: Option<(usize, Say)>,
        /// The line with which a view has panicked.
        panicked: Option<String>,
    },
    /// The program does not play along any more.
    Stopped {
        /// The step that it was in, counted from 0. `None` at the start.
        place: Option<usize>,
        /// The way in which it ended.
        stop: Stop,
        /// Its lines on standard error, or the machine's reason.
        said: String,
    },
}

/// The way in which a program stopped to play along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It has ended.
    Ended,
    /// It does not answer.
    Silent,
    /// The machine does not let it start: there is no file, or no room on the disk.
    Unstarted,
}

impl Exercise {
    /// Plays the exercise with this program.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use std::{path::Path, time::Duration};
    /// use session_lessons::course::{Language, exercise::{Exercise, Verdict}};
    /// use session_lessons::course::scenario::LessonProgram;
    ///
    /// let exercise = Exercise::read("03").unwrap();
    /// let patience = Duration::from_secs(10);
    /// let program = LessonProgram::of_student(Path::new("target/debug/ex03"), &[], patience);
    /// let is_solved = matches!(exercise.judge(&program, Language::English), Verdict::Solved);
    /// ```
    pub fn judge(&self, program: &LessonProgram, language: Language) -> Verdict {
        let mut place = 0;
        for part in &self.parts {
            let player = ScenarioPlayer::new("", &part.scenario, program.clone(), 0, language);
            let mut player = match player {
                Ok(player) => player,
                Err(error) => return stopped((place > 0).then_some(place), &error, program),
            };
            for (index, step) in part.scenario.steps.iter().enumerate() {
                let played = match player.play(index) {
                    Ok(played) => played,
                    Err(error) => return stopped(Some(place), &error, program),
                };
                let claims = played.claims.into_iter();
                let misses: Vec<CheckedClaim> = claims.filter(|claim| !claim.holds).collect();
                if !misses.is_empty() {
                    let seen = played.seen.map(|seen| (seen, step.seen[seen].why.clone()));
                    return Verdict::Missed {
                        place,
                        misses,
                        seen,
                        panicked: panic_in(&program.said()),
                    };
                }
                place += 1;
            }
        }
        Verdict::Solved
    }
}

impl Verdict {
    /// The number of steps that came out as claimed, of `all`.
    pub fn passed(&self, all: usize) -> usize {
        match self {
            Verdict::Solved => all,
            Verdict::Missed { place, .. } => *place,
            Verdict::Stopped { place, .. } => place.unwrap_or(0),
        }
    }
}

fn stopped(place: Option<usize>, error: &io::Error, program: &LessonProgram) -> Verdict {
    let stop = match error.kind() {
        ErrorKind::TimedOut => Stop::Silent,
        ErrorKind::NotFound
        | ErrorKind::PermissionDenied
        | ErrorKind::ExecutableFileBusy
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded => Stop::Unstarted,
        _ => Stop::Ended,
    };
    let said = match stop {
        Stop::Unstarted => error.to_string(),
        Stop::Ended | Stop::Silent => program.said(),
    };
    Verdict::Stopped { place, stop, said }
}

/// The place and the words of the last panic: `exercises/ex03.rs:40: called …`.
pub(super) fn panic_in(said: &str) -> Option<String> {
    let (_, panic) = said.rsplit_once("panicked at ")?;
    let mut lines = panic.lines();
    let place = lines.next()?.trim_end_matches(':');
    Some(format!("{place}: {}", lines.next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_panic_is_told_with_its_place() {
        let said = "x\nthread 'a' (7) panicked at exercises/ex03.rs:40:5:\nno user\nnote: run\n";
        let found = panic_in(said);
        assert_eq!(found.as_deref(), Some("exercises/ex03.rs:40:5: no user"));
        assert_eq!(panic_in("nothing"), None);
    }
}
