//! The list of lessons, read from their heads.
//!
//! A lesson is three files: `lessons/lessonNN.toml`, `lessons/lessonNN.rs`, and the same program
//! with Korean comments in `lessons/ko`. Their name has its number: two digits, and for the halves
//! of a pair the letter a or b.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use super::error::LessonError;
use super::folder::project_folder;
use super::head::{Lesson, LessonPath};

/// The lessons in their order. There is at least one.
#[derive(Debug)]
pub struct Lessons(Vec<Lesson>);

impl Lessons {
    /// The lessons of the project around the current folder. They are read once.
    ///
    /// # Errors
    ///
    /// See [`Lessons::read`].
    pub fn of_project() -> Result<&'static Self, LessonError> {
        static READ: OnceLock<Result<Lessons, LessonError>> = OnceLock::new();
        let read = READ.get_or_init(|| Lessons::read(&project_folder()));
        read.as_ref().map_err(Clone::clone)
    }

    /// The lessons of this project.
    ///
    /// # Errors
    ///
    /// A lesson's file is missing, its name has no number or another lesson's, its head can't be
    /// read, or its base is no earlier lesson.
    pub fn read(project: &Path) -> Result<Self, LessonError> {
        let mut lessons: Vec<Lesson> = Vec::new();
        for program in programs(project)? {
            let head = format!("lessons/{program}.toml");
            let fault = |key, about: &str| LessonError::new(&head, key, about);
            let number = number(&program).ok_or_else(|| fault("lessons-name", ""))?;
            let last = lessons.last().map_or("", |last| last.number.as_str());
            if is_taken(number, last) {
                return Err(fault("lessons-twice", last));
            }
            let sources = ["lessons", "lessons/ko"].map(|folder| format!("{folder}/{program}.rs"));
            let mut files = [&head].into_iter().chain(&sources);
            if let Some(file) = files.find(|file| !project.join(file).is_file()) {
                return Err(LessonError::new(file, "lessons-missing", ""));
            }
            let lesson = Lesson::read(project, &program, number)?;
            let base = lesson.base.as_deref();
            // None but an earlier one: so bases never go round in a circle.
            if let Some(base) = base.filter(|base| !lessons.iter().any(|it| it.number == **base)) {
                return Err(fault("lessons-base", base));
            }
            lessons.push(lesson);
        }
        if lessons.is_empty() {
            return Err(LessonError::new("lessons", "lessons-none", ""));
        }
        Ok(Lessons(lessons))
    }

    /// All of them.
    pub fn all(&self) -> &[Lesson] {
        &self.0
    }

    /// The lesson with this number.
    pub fn find(&self, number: &str) -> Option<&Lesson> {
        self.0.iter().find(|lesson| lesson.number == number)
    }

    /// The lesson that this one builds on.
    pub fn base(&self, lesson: &Lesson) -> Option<&Lesson> {
        self.find(lesson.base.as_deref()?)
    }

    /// The lesson before this one on the way. `None` for the first one, and for an exercise.
    pub fn previous(&self, lesson: &Lesson) -> Option<&Lesson> {
        let way = self.way();
        let place = way.iter().position(|other| *other == lesson)?;
        Some(way[place.checked_sub(1)?])
    }

    /// The lesson after this one on the way. `None` for the last one, and for an exercise.
    pub fn next(&self, lesson: &Lesson) -> Option<&Lesson> {
        let way = self.way();
        let place = way.iter().position(|other| *other == lesson)?;
        way.get(place + 1).copied()
    }

    /// The order in which they are walked: the core path, then the further lessons.
    fn way(&self) -> Vec<&Lesson> {
        let path = |path| self.0.iter().filter(move |lesson| lesson.path == path);
        LessonPath::ALL.into_iter().flat_map(path).collect()
    }
}

/// The programs that have a head, or a source with a lesson's name, in their order. Another name of
/// a source is a student's own copy.
fn programs(project: &Path) -> Result<BTreeSet<String>, LessonError> {
    let unreadable = |error: std::io::Error| {
        LessonError::new("lessons", "lessons-unreadable", &error.to_string())
    };
    let files = fs::read_dir(project.join("lessons")).map_err(unreadable)?;
    let twins = fs::read_dir(project.join("lessons/ko"));
    let mut programs = BTreeSet::new();
    for file in files.chain(twins.into_iter().flatten()) {
        let path = file.map_err(unreadable)?.path();
        let program = path.file_stem().and_then(|stem| stem.to_str());
        let Some(program) = program.filter(|program| program.starts_with("lesson")) else {
            continue;
        };
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending == Some("toml") || ending == Some("rs") && number(program).is_some() {
            programs.insert(program.to_owned());
        }
    }
    Ok(programs)
}

/// The number in a program's name: `03`, or `12a`.
fn number(program: &str) -> Option<&str> {
    let number = program.strip_prefix("lesson")?;
    let digits = number.strip_suffix(['a', 'b']).unwrap_or(number);
    let is_number = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(number)
}

/// Tells if a number belongs to the lesson before already: only the halves of a pair share one.
fn is_taken(number: &str, last: &str) -> bool {
    last.get(..2) == number.get(..2) && !(last.ends_with('a') && number.ends_with('b'))
}
