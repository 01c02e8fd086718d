//! The list of lessons.

use serde::Serialize;

use crate::course::language::languages::Language;

/// One lesson, as the cover page and the terminal present it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Lesson {
    /// What `app()` is called with: `01`.
    pub number: &'static str,
    /// The program to run: `lesson01`.
    pub program: &'static str,
    /// The text key of its title.
    pub title: &'static str,
    /// The text key of its idea, in one sentence.
    pub idea: &'static str,
    /// What to try: these pages, in this order.
    pub start: &'static [&'static str],
    /// How long it takes in class.
    pub minutes: u64,
}

/// The lessons in their order.
pub const LESSONS: [Lesson; 11] = [
    Lesson {
        number: "01",
        program: "lesson01",
        title: "lesson01-title",
        idea: "lesson01-idea",
        start: &["/login", "/main"],
        minutes: 15,
    },
    Lesson {
        number: "02",
        program: "lesson02",
        title: "lesson02-title",
        idea: "lesson02-idea",
        start: &["/main", "/login"],
        minutes: 15,
    },
    Lesson {
        number: "03",
        program: "lesson03",
        title: "lesson03-title",
        idea: "lesson03-idea",
        start: &["/login", "/main"],
        minutes: 10,
    },
    Lesson {
        number: "04",
        program: "lesson04",
        title: "lesson04-title",
        idea: "lesson04-idea",
        start: &["/signup", "/signup/done"],
        minutes: 12,
    },
    Lesson {
        number: "05",
        program: "lesson05",
        title: "lesson05-title",
        idea: "lesson05-idea",
        start: &["/cart", "/login"],
        minutes: 15,
    },
    Lesson {
        number: "06",
        program: "lesson06",
        title: "lesson06-title",
        idea: "lesson06-idea",
        start: &["/who", "/profile"],
        minutes: 15,
    },
    Lesson {
        number: "07",
        program: "lesson07",
        title: "lesson07-title",
        idea: "lesson07-idea",
        start: &["/board", "/login"],
        minutes: 15,
    },
    Lesson {
        number: "08",
        program: "lesson08",
        title: "lesson08-title",
        idea: "lesson08-idea",
        start: &["/where", "/login"],
        minutes: 15,
    },
    Lesson {
        number: "09",
        program: "lesson09",
        title: "lesson09-title",
        idea: "lesson09-idea",
        start: &["/cookie", "/login"],
        minutes: 15,
    },
    Lesson {
        number: "10",
        program: "lesson10",
        title: "lesson10-title",
        idea: "lesson10-idea",
        start: &["/login", "/lifetime"],
        minutes: 20,
    },
    Lesson {
        number: "11",
        program: "lesson11",
        title: "lesson11-title",
        idea: "lesson11-idea",
        start: &["/rows", "/visit"],
        minutes: 15,
    },
];

/// Where students try things. It stands beside the lessons, so it has no neighbours.
const PLAYGROUND: Lesson = Lesson {
    number: "playground",
    program: "playground",
    title: "playground-title",
    idea: "playground-idea",
    start: &["/login", "/main"],
    minutes: 0,
};

impl Lesson {
    /// The lesson before this one.
    pub fn previous(&self) -> Option<&'static Lesson> {
        LESSONS.get(self.place()?.checked_sub(1)?)
    }

    /// The lesson after this one.
    pub fn next(&self) -> Option<&'static Lesson> {
        LESSONS.get(self.place()? + 1)
    }

    /// Whether it is one of the course's, with a number, and not the playground.
    pub fn is_numbered(&self) -> bool {
        self.place().is_some()
    }

    fn place(&self) -> Option<usize> {
        LESSONS.iter().position(|lesson| lesson == self)
    }

    /// The file to show to who reads this language: a numbered lesson exists once more with Korean
    /// comments.
    pub(crate) fn source_file(&self, language: Language) -> String {
        let folder = match language {
            Language::Korean if self.is_numbered() => "lessons/ko",
            Language::Korean | Language::English => "lessons",
        };
        format!("{folder}/{}.rs", self.program)
    }

    /// The command that runs this lesson.
    pub fn command(&self) -> String {
        format!("cargo run --bin {}", self.program)
    }
}

/// The lesson with this number.
pub fn find(number: &str) -> Option<&'static Lesson> {
    const ALL_ELSE: &[Lesson] = &[PLAYGROUND];
    LESSONS
        .iter()
        .chain(ALL_ELSE)
        .find(|lesson| lesson.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_knows_its_neighbours() {
        assert_eq!(LESSONS[0].previous(), None);
        assert_eq!(LESSONS[0].next(), Some(&LESSONS[1]));
        let last = LESSONS.len() - 1;
        assert_eq!(LESSONS[last].previous(), Some(&LESSONS[last - 1]));
        assert_eq!(LESSONS[last].next(), None);
        assert_eq!(PLAYGROUND.next(), None);
    }

    #[test]
    fn the_source_is_the_one_for_its_reader() {
        let files = |lesson: &Lesson| Language::ALL.map(|language| lesson.source_file(language));
        assert_eq!(
            files(&LESSONS[2]),
            ["lessons/lesson03.rs", "lessons/ko/lesson03.rs"]
        );
        assert_eq!(files(&PLAYGROUND), ["lessons/playground.rs"; 2]);
    }

    #[test]
    fn a_lesson_is_found_by_its_number() {
        assert!(find("03").is_some_and(|lesson| lesson.program == "lesson03"));
        assert!(find("playground").is_some());
        assert!(find("3").is_none());
    }
}
