//! A student's attempt at an exercise: the file, and what was noted about it. The file is never
//! overwritten: before it is begun anew, it is kept beside under a name of its own.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::file::Exercise;
use crate::course::guide::diff::{Hunk, between};
use crate::course::guide::progress::Progress;
use crate::course::lessons::folder::{project_folder, read_plain};

/// An attempt, in the project's folder.
pub(crate) struct Attempt<'e> {
    exercise: &'e Exercise,
    folder: PathBuf,
    /// The database, which progress is noted beside.
    database: PathBuf,
}

/// A note about an attempt.
#[derive(Clone, Copy)]
pub(crate) enum Note {
    /// The hints that were read.
    Hints,
    /// The exercise is solved.
    Solved,
    /// The solution was looked at.
    Shown,
    /// One more than the steps that came out as claimed at the last check: 0 is no check.
    Steps,
    /// The place among the exercises that were begun or checked, in their order.
    Turn,
}

impl<'e> Attempt<'e> {
    /// The attempt at this exercise.
    pub fn at(exercise: &'e Exercise, database: &Path) -> Self {
        Attempt {
            exercise,
            folder: project_folder(),
            database: database.to_owned(),
        }
    }

    /// The exercise's number.
    pub fn number(&self) -> &str {
        &self.exercise.number
    }

    /// Begins the file anew. An attempt that differs from the given file is kept; returns its name.
    ///
    /// # Errors
    ///
    /// A file can't be read or written.
    pub fn begin(&self) -> io::Result<Option<String>> {
        let (source, given) = (self.exercise.source(), self.read(&self.exercise.given())?);
        let kept = match self.read(&source) {
            Ok(text) if text == given => return Ok(None),
            Ok(text) => Some(self.keep(&text)?),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        // Written aside first: on a full disk the attempt stays where it is.
        let aside = format!("{source}.{}.tmp", std::process::id());
        let aside = self.folder.join(aside);
        let written = fs::write(&aside, given);
        let written = written.and_then(|()| fs::rename(&aside, self.folder.join(source)));
        if let Err(error) = written {
            let _ = fs::remove_file(aside);
            return Err(error);
        }
        Ok(kept)
    }

    /// Tells if the file differs from the given one.
    pub fn is_begun(&self) -> bool {
        let file = |file: &str| self.read(file).ok();
        file(&self.exercise.source()) != file(&self.exercise.given())
    }

    /// Notes that it is the last one that was begun or checked.
    ///
    /// # Errors
    ///
    /// See [`Attempt::note`].
    pub fn note_turn(&self, all: &[Exercise]) -> io::Result<()> {
        let turns = all.iter().map(|it| Attempt::at(it, &self.database));
        let last = turns.map(|attempt| attempt.noted(Note::Turn)).max();
        self.note(Note::Turn, last.unwrap_or(0) + 1)
    }

    /// The changes that lead from the student's file to the solution: none if the code is the same,
    /// whatever its comments and its white space.
    ///
    /// # Errors
    ///
    /// A file can't be read.
    pub fn to_solution(&self) -> io::Result<Vec<Hunk>> {
        let own = self.read(&self.exercise.source())?;
        let solved = self.read(&self.exercise.solved())?;
        let is_same = code(&own) == code(&solved);
        let hunks = (!is_same).then(|| between(&own, &solved));
        Ok(hunks.unwrap_or_default())
    }

    /// The number noted, 0 if none is.
    pub fn noted(&self, note: Note) -> usize {
        Progress::beside(&self.database).named(&self.key(note))
    }

    /// The steps that came out as claimed at the last check. `None` before the first.
    pub fn passed(&self) -> Option<usize> {
        self.noted(Note::Steps).checked_sub(1)
    }

    /// Notes a number.
    ///
    /// # Errors
    ///
    /// The file of the progress can't be written.
    pub fn note(&self, note: Note, number: usize) -> io::Result<()> {
        Progress::beside(&self.database).note_named(&self.key(note), number)
    }

    fn key(&self, note: Note) -> String {
        let note = match note {
            Note::Hints => "hints",
            Note::Solved => "solved",
            Note::Shown => "shown",
            Note::Steps => "steps",
            Note::Turn => "turn",
        };
        format!("{}-{note}", self.exercise.program)
    }

    fn read(&self, file: &str) -> io::Result<String> {
        read_plain(&self.folder.join(file))
    }

    /// Writes the text under the first name that is free: `exercises/old/ex03-1.rs`.
    fn keep(&self, text: &str) -> io::Result<String> {
        fs::create_dir_all(self.folder.join("exercises/old"))?;
        for number in 1_u64.. {
            let name = format!("exercises/old/{}-{number}.rs", self.exercise.program);
            let new = fs::File::create_new(self.folder.join(&name));
            match new {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(mut file) => {
                    let written = file.write_all(text.as_bytes());
                    if written.is_err() {
                        // Half a copy would be taken for the attempt.
                        let _ = fs::remove_file(self.folder.join(&name));
                    }
                    return written.map(|()| name);
                }
            }
        }
        Err(io::Error::other("there are too many old attempts"))
    }
}

/// A program without its comments and its white space.
fn code(program: &str) -> String {
    let lines = program.lines().map(str::trim);
    let lines = lines.filter(|line| !line.starts_with("//"));
    lines.flat_map(str::split_whitespace).collect()
}
