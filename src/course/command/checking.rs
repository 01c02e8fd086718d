//! `check 03` and `check --watch 03`: builds an exercise, plays its steps and prints them up to the
//! first miss; once, or each time the student's file changes.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::call::{Call, Done, Refusal, cargo};
use super::exercise::{all, attempt, find, not_noted};
use crate::course::exercise::attempt::Note;
use crate::course::exercise::compile::{self, Built};
use crate::course::exercise::untouched::CourseFiles;
use crate::course::exercise::{Exercise, Verdict, report};
use crate::course::lessons::folder::project_folder;
use crate::course::scenario::LessonProgram;
use crate::course::scenario::stop::StopSign;
use crate::course::terminal::sheet::{Ink, Sheet};

/// The time that a student's program may take to answer. An endless loop is ended after it.
const PATIENCE: Duration = Duration::from_secs(10);

/// The time between two looks at the student's file.
const LOOK: Duration = Duration::from_millis(500);

/// The exit code after Ctrl+C: 128 and the number of the signal, as shells have it.
const INTERRUPTED: u8 = 130;

/// Checks an exercise; with `--watch` until Ctrl+C, without a number the one of the last time.
///
/// # Errors
///
/// [`Refusal::Told`] with 1 if it is not solved, with 130 after Ctrl+C.
pub(super) fn check(call: &Call) -> Done {
    let (watched, named): (Vec<_>, Vec<_>) = call.arguments.iter().partition(|it| *it == "--watch");
    if let Some(argument) = named.get(1).or(watched.get(1)) {
        return Err(call.unknown_argument(argument));
    }
    let is_watched = !watched.is_empty();
    let exercise = match (named.first(), is_watched) {
        (None, true) => last(call)?,
        (named, _) => find(call, named.map_or("", |named| named))?,
    };
    let stop = StopSign::default();
    let checking = Checking {
        call: call.clone(),
        exercise,
        stop: stop.clone(),
    };
    match stop.watch(move || checking.work(is_watched)) {
        Some(done) => done,
        None if is_watched => Ok(()),
        None => Err(Refusal::Told(INTERRUPTED)),
    }
}

/// The exercise that was begun or checked last.
fn last(call: &Call) -> Result<Exercise, Refusal> {
    let mut found: Option<(usize, Exercise)> = None;
    for exercise in all(call)? {
        let turn = attempt(call, &exercise)?.noted(Note::Turn);
        if turn > found.as_ref().map_or(0, |(turn, _)| *turn) {
            found = Some((turn, exercise));
        }
    }
    found.map_or_else(|| find(call, ""), |(_, exercise)| Ok(exercise))
}

/// The checks of an exercise, one after another.
struct Checking {
    call: Call,
    exercise: Exercise,
    stop: StopSign,
}

/// The student's file at a moment. The time alone is not enough: two quick saves may have the same.
#[derive(PartialEq)]
struct Look {
    text: Vec<u8>,
    changed: Option<SystemTime>,
}

impl Checking {
    fn work(&self, is_watched: bool) -> Done {
        if !is_watched {
            return self.once();
        }
        loop {
            // Looked at before the check, so that a change during it is not missed.
            let before = self.look();
            match self.once() {
                Err(Refusal::Failed(line)) => println!("{line}"),
                Err(Refusal::Misunderstood(line)) => return Err(Refusal::Misunderstood(line)),
                Err(Refusal::Told(INTERRUPTED)) => return Ok(()),
                Ok(()) | Err(Refusal::Told(_)) => {}
            }
            let file = [("file", &*self.exercise.source())];
            let waits = self.call.language.text_with("exercise-watched", &file);
            let mut sheet = Sheet::of_terminal();
            sheet.gap();
            sheet.line(0, Ink::Quiet, &format!("──── {waits}"));
            sheet.gap();
            sheet.print();
            // A file that is not there is just being saved.
            while self.look().is_none_or(|now| Some(&now) == before.as_ref()) {
                if self.stop.pause(LOOK) {
                    return Ok(());
                }
            }
        }
    }

    fn look(&self) -> Option<Look> {
        let file = project_folder().join(self.exercise.source());
        let text = fs::read(&file).ok()?;
        let changed = fs::metadata(file).and_then(|data| data.modified()).ok();
        Some(Look { text, changed })
    }

    /// One check.
    ///
    /// # Errors
    ///
    /// [`Refusal::Told`] with 1 if it is not solved, with 130 if Ctrl+C came in between.
    fn once(&self) -> Done {
        let built = compile::build(cargo(), &self.exercise, &self.stop);
        let built = built.map_err(|error| match error.kind() {
            ErrorKind::Interrupted => Refusal::Told(INTERRUPTED),
            _ => self.call.failed(error),
        })?;
        if !built.succeeded {
            self.print_fault(&built);
            return Err(Refusal::Told(1));
        }
        let program = LessonProgram::of_student(&self.program()?, &[], PATIENCE);
        let files = CourseFiles::now();
        let verdict = self
            .exercise
            .judge(&program.stopped_by(&self.stop), self.call.language);
        if self.stop.is_up() {
            return Err(Refusal::Told(INTERRUPTED));
        }
        self.print(&verdict, &built, files.touched())
    }

    /// The program, which Cargo puts beside this one.
    fn program(&self) -> Result<PathBuf, Refusal> {
        let folder = env::current_exe().map_err(|error| self.call.failed(error))?;
        let folder = folder.parent().unwrap_or(&folder);
        Ok(self.exercise.program_in(folder))
    }

    /// Prints the reason why it does not compile.
    fn print_fault(&self, built: &Built) {
        eprint!("{}", built.said);
        let language = self.call.language;
        let file = self.exercise.source();
        let sentence = if built.is_in(&self.exercise) {
            let known = built.sentence(language);
            known.unwrap_or_else(|| language.text("compile-other"))
        } else {
            language.text_with("compile-elsewhere", &[("file", &file)])
        };
        let mut sheet = Sheet::of_terminal();
        sheet.line(2, Ink::Plain, &sentence);
        sheet.print();
    }

    /// Prints the verdict and notes it.
    fn print(&self, verdict: &Verdict, built: &Built, touched: Option<String>) -> Done {
        let (language, mut sheet) = (self.call.language, Sheet::of_terminal());
        let attempt = attempt(&self.call, &self.exercise)?;
        let hints = attempt.noted(Note::Hints);
        let warned = built.sentence(language);
        report::write(&mut sheet, &self.exercise, verdict, hints, warned, language);
        let passes = matches!(verdict, Verdict::Solved);
        if let Some(file) = &touched {
            let touched = language.text_with("exercise-touched", &[("file", file)]);
            sheet.line(2, Ink::Bad, &touched);
        }
        let is_solved = passes && touched.is_none();
        let steps = verdict.passed(self.exercise.steps().count());
        // On a full disk it is judged all the same.
        let mut noted = attempt.note(Note::Steps, steps + 1);
        noted = noted.and_then(|()| attempt.note_turn(&all(&self.call).unwrap_or_default()));
        if is_solved {
            noted = noted.and_then(|()| attempt.note(Note::Solved, 1));
        }
        if let Err(error) = noted {
            sheet.line(2, Ink::Quiet, &not_noted(&self.call, &error));
        }
        if passes && attempt.noted(Note::Shown) > 0 {
            sheet.line(2, Ink::Quiet, &language.text("exercise-was-shown"));
        }
        sheet.print();
        if is_solved {
            Ok(())
        } else {
            Err(Refusal::Told(1))
        }
    }
}
