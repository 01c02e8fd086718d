//! The course's own files, looked at before and after a student's program runs: it may write
//! wherever the student may.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::course::lessons::folder::project_folder;

/// Files that are looked at.
const FILES: [&str; 4] = ["Cargo.toml", "NOTES.ko.md", "NOTES.md", "Rocket.toml"];

/// Folders that are looked through.
const FOLDERS: [&str; 6] = [
    "exercises",
    "lessons",
    "migrations",
    "session/src",
    "src",
    "templates",
];

/// The files with their sizes and times.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CourseFiles {
    project: PathBuf,
    seen: BTreeMap<PathBuf, (u64, Option<SystemTime>)>,
}

impl CourseFiles {
    /// The files as they are now.
    pub fn now() -> Self {
        let mut files = CourseFiles {
            project: project_folder(),
            seen: BTreeMap::new(),
        };
        for folder in FOLDERS {
            files.look_through(&files.project.join(folder));
        }
        for file in FILES {
            files.look(files.project.join(file));
        }
        files
    }

    /// The first file that was changed or deleted since, from the project's folder on. One that was
    /// added is none of the course's.
    pub fn touched(&self) -> Option<String> {
        let now = CourseFiles::now();
        let mut names = self.seen.keys();
        let touched = names.find(|&name| self.seen.get(name) != now.seen.get(name))?;
        let name = touched.strip_prefix(&self.project).unwrap_or(touched);
        Some(name.display().to_string())
    }

    fn look_through(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if !path.is_dir() {
                self.look(path);
            } else if !path.ends_with("exercises/old") {
                self.look_through(&path);
            }
        }
    }

    fn look(&mut self, path: PathBuf) {
        if let Ok(data) = fs::metadata(&path)
            && !self.is_students(&path)
        {
            self.seen.insert(path, (data.len(), data.modified().ok()));
        }
    }

    /// True for a file that is edited while a check runs.
    fn is_students(&self, path: &Path) -> bool {
        let is_source = path.extension().is_some_and(|ending| ending != "toml");
        is_source && path.parent() == Some(&self.project.join("exercises"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_touched_by_looking() {
        let files = CourseFiles::now();
        assert!(files.seen.len() > 100, "{}", files.seen.len());
        assert_eq!(files.touched(), None);
        let source = files.project.join("exercises/ex03.rs");
        let given = files.project.join("exercises/given/ex03.rs");
        assert!(!files.seen.contains_key(&source));
        assert!(files.seen.contains_key(&given));
    }
}
