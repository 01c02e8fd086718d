//! The changes of a lesson against the one it builds on. Headers are left out: each describes its
//! own lesson, so they differ entirely and would hide the few lines that count.

use std::io;

use similar::{Algorithm, ChangeTag, capture_diff_slices, group_diff_ops};

use crate::course::language::languages::Language;
use crate::course::lessons::folder::{project_folder, read_plain};
use crate::course::lessons::head::Lesson;

/// Unchanged lines that are shown around those that changed. Two are enough to find the place,
/// since the whole file is one tab away.
const AROUND: usize = 2;

/// The changes of a lesson.
#[derive(Debug)]
pub struct Diff<'l> {
    /// The lesson that it builds on. `None` for the one where the course begins.
    pub base: Option<&'l Lesson>,
    /// The changed places, from top to bottom.
    pub hunks: Vec<Hunk>,
}

/// One changed place.
#[derive(Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The number of its first line in the base's file and in the lesson's, counted from 1 and with
    /// the header, as an editor shows it.
    pub starts: (usize, usize),
    /// The lines, with some around them that did not change. The comment among those that are new
    /// is the reason.
    pub lines: Vec<Line>,
}

/// One line of a hunk.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Its fate.
    pub change: Change,
    /// The line itself.
    pub text: String,
}

/// The fate of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stayed.
    Same,
    /// It is gone.
    Removed,
    /// It is new.
    Added,
}

impl Change {
    /// Its mark in a diff.
    pub fn mark(self) -> char {
        match self {
            Change::Same => ' ',
            Change::Removed => '-',
            Change::Added => '+',
        }
    }
}

impl<'l> Diff<'l> {
    /// The changes of this lesson, with its comments in this language, read from the files now:
    /// after an edit the page shows the student's own lines too. Those of an exercise are against the
    /// file as it was given. Without a base there are none.
    ///
    /// # Errors
    ///
    /// A file is not there. The error names it.
    pub fn of(lesson: &Lesson, base: Option<&'l Lesson>, language: Language) -> io::Result<Self> {
        let hunks = match (base, lesson.exercise()) {
            (Some(base), _) => between(&source(base, language)?, &source(lesson, language)?),
            (None, Some(number)) => {
                let given = format!("exercises/given/ex{number}.rs");
                let given = read_plain(&project_folder().join(given))?;
                between(&given, &source(lesson, language)?)
            }
            (None, None) => Vec::new(),
        };
        Ok(Diff { base, hunks })
    }
}

/// The lesson's source in this language. The path is added to the error: the system's has none.
fn source(lesson: &Lesson, language: Language) -> io::Result<String> {
    let path = project_folder().join(lesson.source_file(language));
    read_plain(&path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// The changed places between two files, their headers (`//!`) left out. Patience diff keeps
/// functions together better than Myers': it begins with lines that occur once.
pub fn between(old: &str, new: &str) -> Vec<Hunk> {
    let ((old, old_header), (new, new_header)) = (body(old), body(new));
    let changes = capture_diff_slices(Algorithm::Patience, &old, &new);
    let groups = group_diff_ops(changes, AROUND);
    let hunks = groups.into_iter().map(|group| {
        let starts = group.first().map_or((0, 0), |change| {
            (change.old_range().start, change.new_range().start)
        });
        let changes = group.iter().flat_map(|op| op.iter_changes(&old, &new));
        let lines: Vec<Line> = changes
            .map(|change| Line {
                change: match change.tag() {
                    ChangeTag::Equal => Change::Same,
                    ChangeTag::Delete => Change::Removed,
                    ChangeTag::Insert => Change::Added,
                },
                text: change.value().to_owned(),
            })
            .collect();
        Hunk {
            starts: (starts.0 + old_header + 1, starts.1 + new_header + 1),
            lines,
        }
    });
    hunks.collect()
}

/// The lines after the header, and how many lines the header has.
fn body(source: &str) -> (Vec<&str>, usize) {
    let in_header = |line: &&str| line.starts_with("//!");
    let header = source.lines().take_while(in_header).count();
    (source.lines().skip(header).collect(), header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Lessons;

    #[test]
    fn a_hunk_has_its_place_in_both_files() {
        let old = "//! Old.\n\none\ntwo\nthree\nfour\nfive\nsix\n";
        let new = "//! New.\n//! Header.\n\none\ntwo\n// Because it\n// is better.\nTHREE\nfour\n";
        let hunks = between(old, new);
        assert_eq!(hunks.len(), 1);
        assert_eq!(hunks[0].starts, (3, 4));
        let shown: Vec<String> = hunks[0]
            .lines
            .iter()
            .map(|line| format!("{}{}", line.change.mark(), line.text))
            .collect();
        assert_eq!(
            shown.join("|"),
            " one| two|-three|+// Because it|+// is better.|+THREE| four|-five|-six"
        );
    }

    #[test]
    fn a_change_in_the_header_alone_is_none() {
        assert_eq!(between("//! A\n\nx\n", "//! B\n//! C\n\nx\n"), []);
    }

    #[test]
    fn every_lesson_differs_from_its_base_in_both_languages() {
        let lessons = Lessons::of_project().unwrap();
        for language in Language::ALL {
            for lesson in lessons.programs() {
                let diff = Diff::of(lesson, lessons.base(lesson), language).unwrap();
                assert_eq!(diff.hunks.is_empty(), lesson.base.is_none(), "{lesson:?}");
                assert_eq!(diff.base.map(|base| &base.number), lesson.base.as_ref());
            }
        }
    }
}
