//! Reading `exercises/exNN.toml`: task, hints, and the steps that judge the student's program.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::course::language::say::Say;
use crate::course::lessons::error::LessonError;
use crate::course::lessons::folder::{project_folder, read_plain};
use crate::course::lessons::head::{Lesson, LessonPath};
use crate::course::lessons::toml_file::parse;
use crate::course::scenario::{Scenario, ScenarioStep};

/// The exercise of a lesson.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// The number of its lesson: `03`.
    pub number: String,
    /// The program to run: `ex03`.
    pub program: String,
    /// The beginning of its file.
    pub head: ExerciseHead,
    /// Hints, from the first, which names no code, to the last, which is nearly the line.
    pub hints: Vec<Say>,
    /// The steps that a solution passes.
    pub scenario: Scenario,
}

/// The table `[exercise]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExerciseHead {
    /// Its title.
    pub title: Say,
    /// The task.
    pub task: Say,
    /// The views to edit.
    pub edit: Vec<String>,
    /// The pages to try.
    pub start: Vec<String>,
    /// The number of the step at which the file fails as it is given, counted from 1.
    pub fails_at: usize,
    /// The idea behind the solution, told when it is found.
    pub explain: Say,
}

/// The file, field by field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExerciseFile {
    exercise: ExerciseHead,
    hint: Vec<Say>,
    step: Vec<ScenarioStep>,
}

impl Exercise {
    /// All exercises of the project, in order.
    ///
    /// # Errors
    ///
    /// A file can't be read or is no exercise.
    pub fn all() -> Result<Vec<Exercise>, LessonError> {
        let files = fs::read_dir(project_folder().join("exercises"));
        let names = files.into_iter().flatten().flatten();
        let names = names.filter_map(|file| file.file_name().into_string().ok());
        let mut numbers: Vec<String> = names
            .filter_map(|name| Some(name.strip_prefix("ex")?.strip_suffix(".toml")?.to_owned()))
            .collect();
        numbers.sort();
        numbers
            .iter()
            .map(|number| Exercise::read(number))
            .collect()
    }

    /// The exercise with this number: `03`.
    ///
    /// # Errors
    ///
    /// Its file is not there, can't be read or is no exercise.
    pub fn read(number: &str) -> Result<Exercise, LessonError> {
        let name = format!("exercises/ex{number}.toml");
        let source = read_plain(&project_folder().join(&name))
            .map_err(|error| LessonError::new(&name, "lessons-unreadable", &error.to_string()))?;
        let ExerciseFile {
            exercise,
            hint,
            step,
        } = parse(&name, &source)?;
        Ok(Exercise {
            number: number.to_owned(),
            program: format!("ex{number}"),
            head: exercise,
            hints: hint,
            scenario: step.into(),
        })
    }

    /// The same as a lesson, for pages and terminal, which show the running lesson. It lives as long
    /// as the program.
    pub(crate) fn as_lesson(&self) -> &'static Lesson {
        Box::leak(Box::new(Lesson {
            number: "exercise".to_owned(),
            program: self.program.clone(),
            title: self.head.title.clone(),
            idea: self.head.task.clone(),
            start: self.head.start.clone(),
            minutes: 0,
            base: None,
            path: LessonPath::Core,
        }))
    }

    /// The student's file, from the project's folder on.
    pub fn source(&self) -> String {
        format!("exercises/{}.rs", self.program)
    }

    /// The file as it was given.
    pub(super) fn given(&self) -> String {
        format!("exercises/given/{}.rs", self.program)
    }

    /// The solution.
    pub(super) fn solved(&self) -> String {
        format!("exercises/solved/{}.rs", self.program)
    }

    /// The command about it: `cargo run -- check 03`.
    pub fn command(&self, name: &str) -> String {
        format!("cargo run -- {name} {}", self.number)
    }

    /// The program's file, if Cargo builds into this folder.
    pub(crate) fn program_in(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}{}", self.program, std::env::consts::EXE_SUFFIX))
    }
}
