//! A lesson's head: the table `[lesson]` in `lessons/lessonNN.toml`, where it is registered.

use std::path::Path;

use serde::Deserialize;

use super::error::LessonError;
use super::folder::read_plain;
use super::toml_file::parse;
use crate::answer::is_own_path;
use crate::course::language::languages::Language;
use crate::course::language::say::Say;

/// One lesson, as its head presents it; of a pair one half.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The argument of its `app()`, which its file is named after: `01`, or of a pair `12a`.
    #[serde(skip)]
    pub number: String,
    /// The program to run: `lesson01`.
    #[serde(skip)]
    pub program: String,
    /// The host name to open it at, if it is not `localhost`. It stands above the table, since the
    /// scenario is played there.
    #[serde(skip)]
    pub host: Option<String>,
    /// Its title, with backticks around code.
    pub title: Say,
    /// Its idea, one sentence, with backticks around code. It answers the first question, so it is
    /// shown after that.
    pub idea: Say,
    /// The pages to try, in this order.
    pub start: Vec<String>,
    /// Minutes that it takes to read, do and solve by oneself. A test counts them.
    pub minutes: u8,
    /// The number of the lesson that it builds on, `02` for example: not always the one before it.
    /// `None` for the one where the course begins.
    pub base: Option<String>,
    /// The path that it lies on.
    pub path: LessonPath,
}

/// A way through the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LessonPath {
    /// The lessons that everybody takes.
    Core,
    /// The lessons that may follow.
    Further,
}

impl LessonPath {
    /// Both, in the order in which they are walked.
    pub const ALL: [LessonPath; 2] = [LessonPath::Core, LessonPath::Further];

    /// The text key of its name.
    pub fn key(self) -> &'static str {
        match self {
            LessonPath::Core => "path-core",
            LessonPath::Further => "path-further",
        }
    }
}

impl Lesson {
    /// Reads the head in this file.
    pub(super) fn read(project: &Path, name: &str, number: &str) -> Result<Self, LessonError> {
        /// The rest of the file is the scenario's.
        #[derive(Deserialize)]
        struct LessonFile {
            host: Option<String>,
            lesson: Lesson,
        }
        let source = read_plain(&project.join(name))
            .map_err(|error| LessonError::new(name, "lessons-unreadable", &error.to_string()))?;
        let LessonFile { host, lesson } = parse(name, &source)?;
        for (field, say) in [("title", &lesson.title), ("idea", &lesson.idea)] {
            for language in Language::ALL {
                if say.text(language).trim().is_empty() {
                    let field = format!("{field}.{}", language.code());
                    return Err(LessonError::new(name, "lessons-empty", &field));
                }
            }
        }
        if lesson.start.is_empty() {
            return Err(LessonError::new(name, "lessons-empty", "start"));
        }
        if let Some(page) = lesson.start.iter().find(|page| !is_own_path(page)) {
            return Err(LessonError::new(name, "lessons-start", page));
        }
        Ok(Lesson {
            number: number.to_owned(),
            host,
            program: format!("lesson{number}"),
            ..lesson
        })
    }

    /// The half of a pair with this letter. The closed one builds on the open one.
    pub(super) fn half(&self, letter: &str) -> Self {
        let base = (letter == "b").then(|| format!("{}a", self.number));
        Lesson {
            number: format!("{}{letter}", self.number),
            program: format!("{}{letter}", self.program),
            base: base.or_else(|| self.base.clone()),
            ..self.clone()
        }
    }

    /// The number of the lesson in the course, which the halves of a pair share: `12` for `12a`. It
    /// is the number of its section in the notes and of its exercise. For an exercise, the number of
    /// its lesson.
    pub fn in_course(&self) -> &str {
        let number = self.exercise().unwrap_or(&self.number);
        number.trim_end_matches(['a', 'b'])
    }

    /// Tells if it is the half of a pair that has the hole.
    pub fn is_open(&self) -> bool {
        self.is_numbered() && self.number.ends_with('a')
    }

    /// Tells if it is the half of a pair that has the fix.
    pub fn is_closed(&self) -> bool {
        self.is_numbered() && self.number.ends_with('b')
    }

    /// The text key of the name of this half. `None` for a lesson that is no half of a pair.
    pub fn half_key(&self) -> Option<&'static str> {
        match (self.is_open(), self.is_closed()) {
            (true, _) => Some("half-open"),
            (_, true) => Some("half-closed"),
            _ => None,
        }
    }

    /// The file of its head and its scenario, which the halves of a pair share.
    pub fn head_file(&self) -> String {
        format!("lessons/lesson{}.toml", self.in_course())
    }

    /// Its title, as page and terminal show it.
    pub fn title_in(&self, language: Language) -> String {
        quoted(self.title.text(language), language)
    }

    /// Its idea, as page and terminal show it.
    pub fn idea_in(&self, language: Language) -> String {
        quoted(self.idea.text(language), language)
    }

    /// Tells if it is a lesson, and not an exercise that is shown as one.
    pub fn is_numbered(&self) -> bool {
        self.number.starts_with(|c: char| c.is_ascii_digit())
    }

    /// The file for readers of this language: a numbered lesson exists once more with Korean
    /// comments.
    pub(crate) fn source_file(&self, language: Language) -> String {
        let folder = match language {
            Language::Korean if self.is_numbered() => "lessons/ko",
            _ if self.exercise().is_some() => "exercises",
            Language::Korean | Language::English => "lessons",
        };
        format!("{folder}/{}.rs", self.program)
    }

    /// The number of the lesson that it is the exercise of. `None` for a lesson.
    pub(crate) fn exercise(&self) -> Option<&str> {
        self.program.strip_prefix("ex")
    }

    /// The command that runs this lesson.
    pub fn command(&self) -> String {
        format!("cargo run --bin {}", self.program)
    }
}

/// A text with quotation marks for its backticks, and no stars: neither page nor terminal is Markdown.
pub(crate) fn quoted(text: &str, language: Language) -> String {
    let marks = match language {
        Language::English => ["“", "”"],
        Language::Korean => ["‘", "’"],
    };
    let mut quoted = String::new();
    for (place, part) in text.replace("**", "").split('`').enumerate() {
        if place > 0 {
            quoted.push_str(marks[(place - 1) % 2]);
        }
        quoted.push_str(part);
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Lessons;

    #[test]
    fn code_in_a_title_stands_in_the_languages_quotation_marks() {
        let shown = |language| quoted("`a` **and** `b`", language);
        assert_eq!(shown(Language::English), "“a” and “b”");
        assert_eq!(shown(Language::Korean), "‘a’ and ‘b’");
        assert_eq!(quoted("plain", Language::English), "plain");
    }

    #[test]
    fn the_source_is_the_one_for_its_reader() {
        let lessons = Lessons::of_project().unwrap();
        let files = |number: &str| {
            let lesson = lessons.find(number).unwrap();
            Language::ALL.map(|language| lesson.source_file(language))
        };
        assert_eq!(
            files("03"),
            ["lessons/lesson03.rs", "lessons/ko/lesson03.rs"]
        );
    }
}
