//! The minutes of a lesson are counted, from its section in the English notes, its steps and its
//! exercise. If heads, sections and tables say others, this writes them, after the walks, which are
//! words too:
//!
//!     COURSE_TABLES=write cargo test --test tests documents::minutes

use session_lessons::course::Lesson;
use session_lessons::course::exercise::Exercise;
use session_lessons::course::scenario::{Act, Scenario, ScenarioStep};

use super::lessons::write_tables;
use super::walks::write_walks;
use super::{WRITING, writes};
use crate::common::sources::Project;

/// Words that are read in a minute, those of code and tables too.
const WORDS_A_MINUTE: f64 = 150.0;

/// Minutes for a step by hand. One that a redirect has done already needs half of it, to be looked
/// at.
const STEP: f64 = 1.0;

/// Minutes for an exercise, and for each view that it has to be edited in.
const EXERCISE: f64 = 10.0;
const EDITED_VIEW: f64 = 2.0;

/// The minutes are rounded to these: to claim more would be to know a reader better than we do.
const ROUND: f64 = 5.0;

/// The notes, and what follows the number in them.
const SAID: [(&str, &str); 2] = [("NOTES.md", " minutes"), ("NOTES.ko.md", "분쯤 걸립니다")];

/// The number of words: pieces of text with a letter or a digit.
fn words(text: &str) -> f64 {
    let words = text.split_whitespace();
    words
        .filter(|word| word.contains(char::is_alphanumeric))
        .count() as f64
}

/// Minutes for these steps.
fn minutes_of(steps: &[ScenarioStep]) -> f64 {
    let mut shown = None;
    let minutes = steps.iter().map(|step| {
        let is_done = matches!(&step.act, Act::Send(sent)
            if sent.form.is_empty() && shown == Some(sent.path.as_str()));
        shown = step.claims.place.as_deref();
        if is_done { STEP / 2.0 } else { STEP }
    });
    minutes.sum()
}

/// The section of a lesson in the notes: its heading and all below it.
fn section<'n>(notes: &'n str, lesson: &Lesson) -> &'n str {
    let number = format!(" {}: ", lesson.in_course());
    let mut sections = notes.split("\n## ");
    let section = sections.find(|section| section.lines().next().unwrap().contains(&number));
    section.unwrap_or_else(|| panic!("the notes have no section for lesson {number}"))
}

/// The minutes of a lesson.
fn counted(project: &Project, lesson: &Lesson) -> u8 {
    let scenario = project.scenario(lesson);
    let exercise = Exercise::read(lesson.in_course()).unwrap();
    let reading = words(section(&project.read("NOTES.md"), lesson)) / WORDS_A_MINUTE;
    let exercise = EXERCISE + EDITED_VIEW * exercise.head.edit.len() as f64;
    // The steps of a pair are done at both halves.
    let halves = project.lessons.other_half(lesson).map_or(1.0, |_| 2.0);
    let minutes = reading + halves * minutes_of(&scenario.steps) + exercise;
    ((minutes / ROUND).round() * ROUND) as u8
}

/// The text with another number before this unit.
fn with_number(text: &str, unit: &str, number: u8) -> String {
    let (before, after) = text.split_once(unit).expect("a number with its unit");
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
    format!("{before}{number}{unit}{after}")
}

/// Writes the walks of this project, then the minutes of its lessons into heads and notes, and at
/// last the tables of lessons.
fn write() {
    let project = Project::here();
    write_walks(&project);
    for lesson in project.lessons.all() {
        let minutes = counted(&project, lesson);
        let head = lesson.head_file();
        let old = format!("\nminutes = {}\n", lesson.minutes);
        let new = format!("\nminutes = {minutes}\n");
        project.write(&head, &project.read(&head).replacen(&old, &new, 1));
        for (file, unit) in SAID {
            let notes = project.read(file);
            let old = section(&notes, lesson);
            project.write(
                file,
                &notes.replacen(old, &with_number(old, unit, minutes), 1),
            );
        }
    }
    write_tables(&Project::here());
}

#[test]
fn lessons_take_as_long_as_it_takes_to_read_and_do_them() {
    if writes() {
        let _alone = WRITING.lock().unwrap();
        return write();
    }
    let project = Project::here();
    let lessons = project.lessons.all();
    let said: Vec<_> = lessons.iter().map(|it| (&it.number, it.minutes)).collect();
    let counted = lessons.iter().map(|it| (&it.number, counted(&project, it)));
    let counted: Vec<_> = counted.collect();
    let command = "COURSE_TABLES=write cargo test --test tests documents::minutes";
    assert_eq!(said, counted, "said and counted; to write them: {command}");
}

#[test]
fn minutes_are_counted() {
    assert_eq!(words("| `get` | – | it's 2 |\n```rust\n}"), 4.0);
    assert_eq!(
        with_number("A\n\nAbout 7 minutes.", " minutes", 15),
        "A\n\nAbout 15 minutes."
    );
    let steps = "[[step]]\nwho = \"alice\"\nsend = \"POST /login\"\nplace = \"/main\"\n\
        say = { en = \"a\", ko = \"b\" }\n[[step]]\nwho = \"alice\"\nsend = \"GET /main\"\n\
        say = { en = \"a\", ko = \"b\" }\n[[step]]\nwho = \"alice\"\nsend = \"GET /main\"\n\
        say = { en = \"a\", ko = \"b\" }\n";
    let scenario = Scenario::parse("sample", steps).unwrap();
    assert_eq!(minutes_of(&scenario.steps), 2.5);
    let notes = "# Notes\n\n## Lesson 01: One\n\nA b.\n\n## Lesson 02: Two\n\nC.\n";
    let project = Project::here();
    let first = project.lessons.find("01").unwrap();
    assert_eq!(section(notes, first), "Lesson 01: One\n\nA b.\n");
}
