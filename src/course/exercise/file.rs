//! Reading `exercises/exNN.toml`: task, hints, and the steps that judge the student's program.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::course::language::say::Say;
use crate::course::lessons::error::LessonError;
use crate::course::lessons::folder::{project_folder, read_plain};
use crate::course::lessons::head::{Lesson, LessonPath};
use crate::course::lessons::toml_file::parse;
use crate::course::scenario::{Scenario, ScenarioStep, Seen};

/// The exercise of a lesson, or the closing one.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// The number of its lesson, `03`, or `end`.
    pub number: String,
    /// The program to run: `ex03`.
    pub program: String,
    /// The beginning of its file.
    pub head: ExerciseHead,
    /// Hints, from the first, which names no code, to the last, which is nearly the line.
    pub hints: Vec<Say>,
    /// The steps that a solution passes: mostly one part.
    pub parts: Vec<ExercisePart>,
}

/// Steps that are played in one go. The program begins each part anew.
#[derive(Clone, Debug)]
pub struct ExercisePart {
    /// The number of the lesson whose scenario it is. `None` for steps of the exercise's own.
    pub lesson: Option<String>,
    /// Its steps.
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
    /// True if the student's file only shows a prediction: a text on a page that is not as claimed
    /// was predicted.
    #[serde(default)]
    pub predicts: bool,
    /// The idea behind the solution, told when it is found.
    pub explain: Say,
}

/// The file, field by field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExerciseFile {
    /// The host at which it is asked; `None` for `localhost`.
    host: Option<String>,
    exercise: ExerciseHead,
    hint: Vec<Say>,
    #[serde(default)]
    step: Vec<ScenarioStep>,
    #[serde(default)]
    play: Vec<PlayedLesson>,
}

/// A lesson's scenario, which the closing exercise plays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlayedLesson {
    /// The lesson's number.
    lesson: String,
    /// Claims that are not judged.
    leaves: Vec<LeftClaim>,
    /// Wrong outcomes that are known, of any of its steps.
    #[serde(default)]
    seen: Vec<Seen>,
}

/// A claim that not every program with the same pages can keep.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LeftClaim {
    Row,
    Cookie,
    Place,
}

impl PlayedLesson {
    /// The lesson's scenario, without the claims that are left.
    fn part(self) -> Result<ExercisePart, LessonError> {
        let name = format!("lessons/lesson{}.toml", self.lesson);
        let source = read(&name)?;
        // An attack of a pair has to come out as it does at the closed half.
        let mut scenario = parse::<Scenario>(&name, &source)?.closed();
        for step in &mut scenario.steps {
            for left in &self.leaves {
                match left {
                    LeftClaim::Row => step.claims.row = None,
                    LeftClaim::Cookie => step.claims.cookie = None,
                    LeftClaim::Place => step.claims.place = None,
                }
            }
            step.seen.clone_from(&self.seen);
        }
        let lesson = Some(self.lesson);
        Ok(ExercisePart { lesson, scenario })
    }
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
        let source = read(&name)?;
        let ExerciseFile {
            host,
            exercise,
            hint,
            step,
            play,
        } = parse(&name, &source)?;
        let mut parts = Vec::new();
        if !step.is_empty() {
            let mut scenario = Scenario::from(step);
            scenario.host = host;
            let lesson = None;
            parts.push(ExercisePart { lesson, scenario });
        }
        for played in play {
            parts.push(played.part()?);
        }
        if parts.is_empty() {
            return Err(LessonError::new(&name, "lessons-empty", "step"));
        }
        Ok(Exercise {
            number: number.to_owned(),
            program: format!("ex{number}"),
            head: exercise,
            hints: hint,
            parts,
        })
    }

    /// All steps, each with the lesson that it is from, if it is from one, and its number there,
    /// counted from 1.
    pub fn steps(&self) -> impl Iterator<Item = (Option<&str>, usize, &ScenarioStep)> {
        self.parts.iter().flat_map(|part| {
            let steps = part.scenario.steps.iter().zip(1..);
            steps.map(|(step, number)| (part.lesson.as_deref(), number, step))
        })
    }

    /// The same as a lesson, for pages and terminal, which show the running lesson. It lives as long
    /// as the program.
    pub(crate) fn as_lesson(&self) -> &'static Lesson {
        Box::leak(Box::new(Lesson {
            number: "exercise".to_owned(),
            program: self.program.clone(),
            host: self
                .parts
                .first()
                .and_then(|part| part.scenario.host.clone()),
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

/// The text of a file of the project.
fn read(name: &str) -> Result<String, LessonError> {
    read_plain(&project_folder().join(name))
        .map_err(|error| LessonError::new(name, "lessons-unreadable", &error.to_string()))
}
