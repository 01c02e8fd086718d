//! The list of lessons, read from their heads.
//!
//! A lesson is three files: `lessons/lessonNN.toml`, `lessons/lessonNN.rs`, and the same program
//! with Korean comments in `lessons/ko`. Their name has its number, two digits. A pair has its
//! programs twice, with the letters a and b behind the number: the open half and the closed one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter;
use std::path::Path;
use std::sync::OnceLock;

use super::error::LessonError;
use super::folder::project_folder;
use super::head::{Lesson, LessonPath};

/// The lessons in their order. There is at least one.
#[derive(Debug)]
pub struct Lessons {
    /// Each lesson once; of a pair it is the open half.
    lessons: Vec<Lesson>,
    /// The closed halves.
    closed: Vec<Lesson>,
}

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
        let mut lessons = Lessons {
            lessons: Vec::new(),
            closed: Vec::new(),
        };
        for (number, letters) in numbers(project)? {
            let head = format!("lessons/lesson{number}.toml");
            let halves: &[&str] = if letters.is_empty() || letters.contains("") {
                &[""]
            } else {
                &["a", "b"]
            };
            // A program without a letter is no half, and leaves no room for one.
            if let Some(half) = letters
                .iter()
                .find(|letter| !halves.contains(&letter.as_str()))
            {
                let half = format!("lessons/lesson{number}{half}.rs");
                return Err(LessonError::new(&half, "lessons-twice", &number));
            }
            let sources = halves.iter().flat_map(|half| {
                ["lessons", "lessons/ko"].map(|folder| format!("{folder}/lesson{number}{half}.rs"))
            });
            let mut files = iter::once(head.clone()).chain(sources);
            if let Some(file) = files.find(|file| !project.join(file).is_file()) {
                return Err(LessonError::new(&file, "lessons-missing", ""));
            }
            let mut lesson = Lesson::read(project, &head, &number)?;
            let base = lesson.base.as_deref();
            // None but an earlier one: so bases never go round in a circle.
            if let Some(base) = base.filter(|base| lessons.find(base).is_none()) {
                return Err(LessonError::new(&head, "lessons-base", base));
            }
            if let [open, closed] = halves {
                lessons.closed.push(lesson.half(closed));
                lesson = lesson.half(open);
            }
            lessons.lessons.push(lesson);
        }
        if lessons.lessons.is_empty() {
            return Err(LessonError::new("lessons", "lessons-none", ""));
        }
        Ok(lessons)
    }

    /// All lessons, each once: of a pair its open half.
    pub fn all(&self) -> &[Lesson] {
        &self.lessons
    }

    /// All programs: both halves of a pair.
    pub fn programs(&self) -> impl Iterator<Item = &Lesson> {
        let with_closed = |lesson| iter::once(lesson).chain(self.other_half(lesson));
        self.lessons.iter().flat_map(with_closed)
    }

    /// The lesson with this number: `03`, or for the halves of a pair `12a` and `12b`.
    pub fn find(&self, number: &str) -> Option<&Lesson> {
        self.programs().find(|lesson| lesson.number == number)
    }

    /// The lesson that this one builds on.
    pub fn base(&self, lesson: &Lesson) -> Option<&Lesson> {
        self.find(lesson.base.as_deref()?)
    }

    /// The closed half for the open one, and the open half for the closed one. `None` for a lesson
    /// that is no half of a pair.
    pub fn other_half(&self, lesson: &Lesson) -> Option<&Lesson> {
        let halves = if lesson.is_closed() {
            &self.lessons
        } else {
            &self.closed
        };
        halves
            .iter()
            .find(|half| half.in_course() == lesson.in_course())
    }

    /// Tells if a program has the hole that its lesson is about: an open half has, and an exercise
    /// that closes one.
    pub fn has_hole(&self, program: &Lesson) -> bool {
        !program.is_closed() && self.other_half(program).is_some()
    }

    /// The lesson before this one on the way; those of a pair are one. `None` for the first one, and
    /// for an exercise.
    pub fn previous(&self, lesson: &Lesson) -> Option<&Lesson> {
        let (way, place) = self.way_to(lesson)?;
        Some(way[place.checked_sub(1)?])
    }

    /// The lesson after this one on the way. `None` for the last one, and for an exercise.
    pub fn next(&self, lesson: &Lesson) -> Option<&Lesson> {
        let (way, place) = self.way_to(lesson)?;
        way.get(place + 1).copied()
    }

    /// The order in which lessons are walked, the core path and then the further ones, and the place
    /// of this one.
    fn way_to(&self, lesson: &Lesson) -> Option<(Vec<&Lesson>, usize)> {
        let path = |path| {
            self.lessons
                .iter()
                .filter(move |lesson| lesson.path == path)
        };
        let way: Vec<&Lesson> = LessonPath::ALL.into_iter().flat_map(path).collect();
        let is_it =
            |other: &&Lesson| lesson.is_numbered() && other.in_course() == lesson.in_course();
        let place = way.iter().position(is_it)?;
        Some((way, place))
    }
}

/// The numbers that have a head, or a source with a lesson's name, each with the letters behind it
/// in the names of its sources. Another name of a source is a student's own copy.
fn numbers(project: &Path) -> Result<BTreeMap<String, BTreeSet<String>>, LessonError> {
    let unreadable = |error: std::io::Error| {
        LessonError::new("lessons", "lessons-unreadable", &error.to_string())
    };
    let files = fs::read_dir(project.join("lessons")).map_err(unreadable)?;
    let twins = fs::read_dir(project.join("lessons/ko"));
    let mut numbers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files.chain(twins.into_iter().flatten()) {
        let path = file.map_err(unreadable)?.path();
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let Some(name) = name.filter(|name| name.starts_with("lesson")) else {
            continue;
        };
        match (path.extension().and_then(|it| it.to_str()), number(name)) {
            (Some("rs"), Some((number, letter))) => {
                numbers
                    .entry(number.to_owned())
                    .or_default()
                    .insert(letter.to_owned());
            }
            (Some("toml"), Some((number, ""))) => {
                numbers.entry(number.to_owned()).or_default();
            }
            (Some("toml"), _) => {
                let head = format!("lessons/{name}.toml");
                return Err(LessonError::new(&head, "lessons-name", ""));
            }
            _ => {}
        }
    }
    Ok(numbers)
}

/// The number in a program's name, `12`, and the letter behind it, which is empty for most.
fn number(program: &str) -> Option<(&str, &str)> {
    let (number, letter) = program.strip_prefix("lesson")?.split_at_checked(2)?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && ["", "a", "b"].contains(&letter)).then_some((number, letter))
}
