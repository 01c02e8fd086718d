//! The course's files, read as text.

use std::path::{Path, PathBuf};

use session_lessons::course::scenario::Scenario;
use session_lessons::course::{Language, Lesson, Lessons};

use super::lesson::project;

/// A folder with the course in it: this project's, or a copy that a test has changed.
pub struct Project {
    root: PathBuf,
    pub lessons: Lessons,
}

impl Project {
    /// The project of these tests.
    pub fn here() -> Project {
        Project::at(project())
    }

    /// The project in this folder. Its lessons have to be readable.
    pub fn at(root: &Path) -> Project {
        let lessons = Lessons::read(root);
        let lessons = lessons.unwrap_or_else(|error| panic!("{}", error.line(Language::English)));
        Project {
            root: root.to_owned(),
            lessons,
        }
    }

    /// Each program that builds on another, with that one.
    pub fn with_bases(&self) -> impl Iterator<Item = (&Lesson, &Lesson)> {
        let lessons = self.lessons.programs();
        lessons.filter_map(|lesson| Some((lesson, self.lessons.base(lesson)?)))
    }

    /// A file of the project.
    pub fn read(&self, path: &str) -> String {
        read_in(&self.root, path)
    }

    /// Writes a file of the project.
    pub fn write(&self, path: &str, text: &str) {
        std::fs::write(self.root.join(path), text).unwrap();
    }

    /// A lesson's program.
    pub fn source(&self, program: &str) -> String {
        self.read(&format!("lessons/{program}.rs"))
    }

    /// A lesson's scenario; of a pair that of its open half.
    #[allow(dead_code, reason = "trials in the browser play those of the project")]
    pub fn scenario(&self, lesson: &Lesson) -> Scenario {
        let name = lesson.head_file();
        let scenario = Scenario::parse(&name, &self.read(&name));
        scenario.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// The same program with Korean comments.
    pub fn twin(&self, program: &str) -> String {
        self.source(&format!("ko/{program}"))
    }
}

/// The lessons of this project.
pub fn lessons() -> &'static [Lesson] {
    Lessons::of_project().unwrap().all()
}

/// All programs of this project: both halves of a pair.
pub fn programs() -> impl Iterator<Item = &'static Lesson> {
    Lessons::of_project().unwrap().programs()
}

/// A file of this project.
pub fn read(path: &str) -> String {
    read_in(project(), path)
}

fn read_in(root: &Path, path: &str) -> String {
    let read = std::fs::read_to_string(root.join(path));
    read.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            std::fs::copy(path, copy).unwrap();
        }
    }
}

/// Each subgoal as the comments name it, in English and in Korean.
pub const SUBGOALS: [(&str, &str); 4] = [
    ("Find the session", "세션 조회"),
    ("Decide who it is", "사용자 확인"),
    ("Change the session", "세션 변경"),
    ("Tell the browser", "쿠키 전송"),
];

/// The header: the comment at the beginning, without its marks.
pub fn header(source: &str) -> Vec<&str> {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect()
}

pub fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// The lines of code: no comments, no blank lines.
pub fn code(source: &str) -> Vec<&str> {
    let is_code = |line: &&str| !line.trim().is_empty() && !is_comment(line);
    source.lines().filter(is_code).collect()
}
