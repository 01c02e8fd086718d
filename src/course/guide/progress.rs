//! The student's progress in each lesson: `progress.toml` beside the database. A file of its own,
//! so that `cargo run` lists the lessons without opening a database, which may not be there yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::course::lessons::folder::read_plain;
use crate::course::lessons::head::Lesson;

/// The steps done, by lesson: `lesson03 = 4`.
#[derive(Debug)]
pub struct Progress {
    /// The file, which may not be there yet.
    file: PathBuf,
    /// By program. Sorted, so that the file doesn't change its order at each write.
    done: BTreeMap<String, usize>,
}

impl Progress {
    /// Reads the file beside this database. One that is missing or can't be read begins anew: it
    /// is not worth an error.
    pub fn beside(database: &Path) -> Self {
        let file = database.with_file_name("progress.toml");
        let text = read_plain(&file).unwrap_or_default();
        let done = toml::from_str(&text).unwrap_or_default();
        Progress { file, done }
    }

    /// The number of steps of a lesson that are done.
    pub fn of(&self, lesson: &Lesson) -> usize {
        self.named(&lesson.program)
    }

    /// The number noted under this name, 0 if none is. Besides lessons, exercises note theirs here.
    pub fn named(&self, name: &str) -> usize {
        self.done.get(name).copied().unwrap_or(0)
    }

    /// Notes the number of steps of a lesson that are done, and writes the file. Steps of other
    /// lessons stay.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn note(&mut self, lesson: &Lesson, done: usize) -> io::Result<()> {
        self.note_named(&lesson.program, done)
    }

    /// Notes a number under a name of letters, digits and dashes, and writes the file.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn note_named(&mut self, name: &str, number: usize) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        // From reading to writing no other program may write. Some file systems of schools lock
        // nothing: there a number may be lost, as it would be without the lock.
        let lock = fs::File::create(self.file.with_extension("lock"))?;
        let _ = lock.lock();
        self.done = Progress::beside(&self.file).done;
        self.done.insert(name.to_owned(), number);
        let lines = self.done.iter();
        let text: String = lines
            .map(|(lesson, done)| format!("{lesson} = {done}\n"))
            .collect();
        // Written aside first, so that a reader sees the old file or the new one, never half of
        // one.
        let aside = self
            .file
            .with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::write(&aside, text).and_then(|()| fs::rename(&aside, &self.file));
        if written.is_err() {
            let _ = fs::remove_file(aside);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Lessons;

    #[test]
    fn what_is_noted_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("var/lessons.db");
        let lessons = Lessons::of_project().unwrap().all();
        let mut first = Progress::beside(&database);
        let mut second = Progress::beside(&database);
        assert_eq!(first.of(&lessons[0]), 0);
        first.note(&lessons[0], 4).unwrap();
        second.note(&lessons[1], 2).unwrap();
        let both = Progress::beside(&database);
        assert_eq!((both.of(&lessons[0]), both.of(&lessons[1])), (4, 2));
        // The numbers and the lock, and nothing that was written aside.
        let files = fs::read_dir(database.parent().unwrap()).unwrap().count();
        assert_eq!(files, 2);
    }

    #[test]
    fn of_many_that_note_at_once_none_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("lessons.db");
        std::thread::scope(|scope| {
            for name in ["a", "b", "c", "d"] {
                let database = &database;
                scope.spawn(move || {
                    for number in 1..20 {
                        let name = format!("{name}{number}");
                        let noted = Progress::beside(database).note_named(&name, number);
                        noted.unwrap();
                    }
                });
            }
        });
        assert_eq!(Progress::beside(&database).done.len(), 4 * 19);
    }

    #[test]
    fn a_file_that_cant_be_read_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("lessons.db");
        let lessons = Lessons::of_project().unwrap().all();
        for broken in ["lesson01 = ", "lesson01 = \"four\"", "[lesson01]\n"] {
            fs::write(folder.path().join("progress.toml"), broken).unwrap();
            let mut progress = Progress::beside(&database);
            assert_eq!(progress.of(&lessons[0]), 0);
            progress.note(&lessons[0], 1).unwrap();
            assert_eq!(Progress::beside(&database).of(&lessons[0]), 1);
        }
    }
}
