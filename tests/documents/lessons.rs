//! The tables of lessons in README and notes are what the lessons' heads say. If they are not, this
//! writes them:
//!
//!     COURSE_TABLES=write cargo test --test tests tables

use std::fmt::Write;

use session_lessons::course::{Language, LessonPath};

use super::{WRITING, writes};
use crate::common::sources::Project;

/// The marks around a table; what stands between them is written.
const MARKS: [&str; 2] = [
    "<!-- The lessons, written by a test from their heads: see tests/documents/lessons.rs -->\n",
    "<!-- The lessons end here. -->\n",
];

/// A table of a project's lessons in one language.
type LessonTable = fn(&Project, Language) -> String;

const TABLES: [(&str, Language, LessonTable); 4] = [
    ("README.md", Language::English, with_commands),
    ("README.ko.md", Language::Korean, with_commands),
    ("NOTES.md", Language::English, with_titles),
    ("NOTES.ko.md", Language::Korean, with_titles),
];

/// The place of a heading in its page, as GitHub makes it.
pub fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars()
        .filter(|c| c.is_alphanumeric() || ['-', '_'].contains(c))
        .collect()
}

fn with_commands(project: &Project, language: Language) -> String {
    let (notes, [command, idea]) = match language {
        Language::English => ("NOTES.md", ["command", "idea"]),
        Language::Korean => ("NOTES.ko.md", ["명령", "핵심"]),
    };
    let mut tables = String::new();
    for path in LessonPath::ALL {
        let lessons = project.lessons.all().iter();
        let lessons: Vec<_> = lessons.filter(|lesson| lesson.path == path).collect();
        let minutes = lessons.iter().map(|lesson| u64::from(lesson.minutes)).sum();
        let minutes = language.text_counted("command-minutes", minutes);
        let name = language.text(path.key());
        let head = format!("| {command} | {idea} |\n| --- | --- |");
        write!(tables, "\n**{name}** ({minutes})\n\n{head}\n").unwrap();
        for lesson in lessons {
            let number = language.text_with("page-lesson", &[("number", lesson.in_course())]);
            let (title, idea) = (lesson.title.text(language), lesson.idea.text(language));
            let mut commands = format!("`{}`", lesson.command());
            if let Some(closed) = project.lessons.other_half(lesson) {
                write!(commands, ", `{}`", closed.command()).unwrap();
            }
            let place = anchor(&format!("{number}: {title}"));
            writeln!(
                tables,
                "| {commands} | [{title}]({notes}#{place}): {idea} |"
            )
            .unwrap();
        }
    }
    tables + "\n"
}

fn with_titles(project: &Project, language: Language) -> String {
    let [lesson, title, minutes] = match language {
        Language::English => ["lesson", "title", "minutes"],
        Language::Korean => ["레슨", "제목", "분"],
    };
    let mut table = format!("\n| {lesson} | {title} | {minutes} |\n| --- | --- | --- |\n");
    for lesson in project.lessons.all() {
        let (number, minutes) = (lesson.in_course(), lesson.minutes);
        let heading = language.text_with("page-lesson", &[("number", number)]);
        let title = lesson.title.text(language);
        let place = anchor(&format!("{heading}: {title}"));
        writeln!(table, "| [{number}](#{place}) | {title} | {minutes} |").unwrap();
    }
    table + "\n"
}

/// The page with this table, or a panic that names it.
fn with_table(file: &str, page: &str, table: &str) -> String {
    let parts = page.split_once(MARKS[0]);
    let parts = parts.and_then(|(before, rest)| Some((before, rest.split_once(MARKS[1])?.1)));
    let (before, after) = parts.unwrap_or_else(|| panic!("{file} has no marks for the lessons"));
    [before, MARKS[0], table, MARKS[1], after].concat()
}

/// Writes the tables of a project.
pub fn write_tables(project: &Project) {
    for (file, language, table) in TABLES {
        let page = project.read(file);
        project.write(file, &with_table(file, &page, &table(project, language)));
    }
}

/// The tables of a project are what its heads say.
pub fn tables_are_the_heads(project: &Project) {
    for (file, language, table) in TABLES {
        let page = project.read(file);
        let command = "COURSE_TABLES=write cargo test --test tests tables";
        assert!(
            page == with_table(file, &page, &table(project, language)),
            "the lessons in {file} are out of date; to write them: {command}"
        );
    }
}

#[test]
fn tables_of_lessons_are_what_the_heads_say() {
    let project = Project::here();
    if writes() {
        let _alone = WRITING.lock().unwrap();
        write_tables(&project);
    } else {
        tables_are_the_heads(&project);
    }
}

#[test]
fn links_lead_to_headings() {
    assert_eq!(
        anchor("Lesson 02: A key named `user`"),
        "lesson-02-a-key-named-user"
    );
    let project = Project::here();
    for (file, other) in [("NOTES.md", "README.md"), ("NOTES.ko.md", "README.ko.md")] {
        let notes = project.read(file);
        let headings = notes.lines().filter(|line| line.starts_with('#'));
        let anchors: Vec<String> = headings
            .map(|line| anchor(line.trim_start_matches('#').trim()))
            .collect();
        for (page, link) in [
            (&notes, "](#"),
            (&project.read(other), &format!("]({file}#")),
        ] {
            for place in page.split(link).skip(1) {
                let place = place.split(')').next().unwrap();
                assert!(anchors.iter().any(|it| it == place), "{file}: #{place}");
            }
        }
    }
}
