//! Reports of several seats, added up to a room's. They come from files, into which anything may
//! have been pasted.

use std::collections::BTreeMap;
use std::path::Path;

use crate::course::lessons::folder::read_plain;

/// The first line of a report. Further lines with `#` are for readers.
pub const HEADER: &str = "# session-lessons report";

/// The most steps or hints of one line. A larger number was not written by the course.
const MOST: usize = 1_000;

/// The progress of a seat in a lesson or an exercise: `ex03 5/7 hints 2 shown`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatLine {
    /// The steps that are done.
    pub done: usize,
    /// The steps there are.
    pub steps: usize,
    /// The hints that were read.
    pub hints: usize,
    /// True if an exercise is solved.
    pub solved: bool,
    /// True if the solution was looked at.
    pub shown: bool,
}

/// A lesson or an exercise of a whole room, in seats, but for the hints.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RoomLine {
    pub begun: usize,
    pub done: usize,
    pub hints: usize,
    pub shown: usize,
}

/// A room: seats, and its lessons and exercises by program.
#[derive(Debug, Default)]
pub struct Room {
    pub seats: usize,
    pub lines: BTreeMap<String, RoomLine>,
}

impl SeatLine {
    /// The line of this program: the same in every language.
    pub fn written(&self, program: &str) -> String {
        let mut line = format!("{program} {}/{}", self.done, self.steps);
        if self.hints > 0 {
            line += &format!(" hints {}", self.hints);
        }
        line += if self.solved { " solved" } else { "" };
        line + if self.shown { " shown" } else { "" }
    }

    /// Reads a line. `None` if the course has not written it.
    fn read(line: &str) -> Option<(String, SeatLine)> {
        let mut words = line.split_whitespace();
        let program = words.next()?;
        let number = program
            .strip_prefix("lesson")
            .or(program.strip_prefix("ex"))?;
        let is_number = number.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_number || !(2..=3).contains(&number.len()) {
            return None;
        }
        let (done, steps) = words.next()?.split_once('/')?;
        let mut seat = SeatLine {
            done: done.parse().ok()?,
            steps: steps.parse().ok()?,
            ..SeatLine::default()
        };
        while let Some(word) = words.next() {
            match word {
                "hints" => seat.hints = words.next()?.parse().ok()?,
                "solved" => seat.solved = true,
                "shown" => seat.shown = true,
                _ => return None,
            }
        }
        let is_sound = seat.done <= seat.steps && seat.steps.max(seat.hints) < MOST;
        is_sound.then(|| (program.to_owned(), seat))
    }

    fn is_done(&self, program: &str) -> bool {
        self.solved || program.starts_with("lesson") && self.done == self.steps
    }
}

impl Room {
    /// Adds the reports of a file, which may have several. All of them, or none.
    ///
    /// # Errors
    ///
    /// The number of the line that is none of a report; 0 if the file can't be read or has no report.
    pub fn add(&mut self, file: &Path) -> Result<(), usize> {
        let text = read_plain(file).map_err(|_| 0_usize)?;
        let mut read = Vec::new();
        let mut seats = 0;
        for (line, number) in text.lines().zip(1_usize..) {
            let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if line.starts_with(HEADER) {
                seats += 1;
            } else if !line.is_empty() && !line.starts_with('#') {
                let found = SeatLine::read(line).filter(|_| seats > 0);
                read.push(found.ok_or(number)?);
            }
        }
        if seats == 0 {
            return Err(0);
        }
        self.seats += seats;
        for (program, seat) in read {
            let line = self.lines.entry(program.clone()).or_default();
            let is_begun = seat.done > 0 || seat.hints > 0 || seat.solved || seat.shown;
            line.begun += usize::from(is_begun);
            line.done += usize::from(seat.is_done(&program));
            line.hints += seat.hints;
            line.shown += usize::from(seat.shown);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let seats = [
            (
                "lesson03",
                SeatLine {
                    done: 4,
                    steps: 8,
                    ..SeatLine::default()
                },
            ),
            (
                "exend",
                SeatLine {
                    done: 38,
                    steps: 38,
                    hints: 2,
                    solved: true,
                    shown: true,
                },
            ),
        ];
        for (program, seat) in seats {
            let read = SeatLine::read(&seat.written(program));
            assert_eq!(read, Some((program.to_owned(), seat)));
        }
        for wrong in [
            "lesson03",
            "lesson03 9/8",
            "lesson03 -1/8",
            "lesson03 4/8 alice",
            "ex03 1/7 hints",
            "ex03 1/7 hints 99999999999999999999",
            "ex03 1/5000",
            "alice 1/2",
            "ex\u{1b}[31m 1/2",
        ] {
            assert_eq!(SeatLine::read(wrong), None, "{wrong}");
        }
    }
}
