//! The course's texts: the code that they show is the lessons' code, and English and Korean are
//! built alike.

use session_lessons::course::Language;

use crate::common::sources::{Project, is_comment};

/// The parts of each lesson's section.
const PARTS: [&str; 7] = [
    "Idea",
    "Run it",
    "What to watch",
    "How it works",
    "What could go wrong",
    "Try it yourself",
    "In class",
];

/// A fenced block: what stands after its fence (`rust lesson03`), and its lines.
#[derive(Debug, PartialEq, Eq)]
struct Block<'t> {
    info: &'t str,
    lines: Vec<&'t str>,
}

/// A text in Markdown, taken apart.
#[derive(Default)]
struct Text<'t> {
    /// Level and words.
    headings: Vec<(usize, &'t str)>,
    blocks: Vec<Block<'t>>,
}

impl<'t> Text<'t> {
    fn of(source: &'t str) -> Text<'t> {
        let mut text = Text::default();
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            if let Some(info) = line.trim_start().strip_prefix("```") {
                let inside = lines.by_ref().take_while(|line| line.trim() != "```");
                let lines = inside.collect();
                text.blocks.push(Block {
                    info: info.trim(),
                    lines,
                });
            }
            let level = line.chars().take_while(|c| *c == '#').count();
            if level > 0 && line[level..].starts_with(' ') {
                text.headings.push((level, line[level..].trim()));
            }
        }
        text
    }

    fn levels(&self) -> Vec<usize> {
        self.headings.iter().map(|(level, _)| *level).collect()
    }

    /// The blocks that show code of a lesson, with that lesson's name.
    fn shown(&self) -> Vec<(&'t str, &Block<'t>)> {
        let shown = |block: &'_ Block<'t>| block.info.strip_prefix("rust lesson").map(str::len);
        let blocks = self.blocks.iter().filter(|block| shown(block).is_some());
        blocks
            .map(|block| (&block.info["rust ".len()..], block))
            .collect()
    }

    /// The heading of each lesson's section, and those of its parts.
    fn sections(&self) -> Vec<(&'t str, Vec<&'t str>)> {
        let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
        for (level, words) in &self.headings {
            match (level, sections.last_mut()) {
                (2, _) => sections.push((words, Vec::new())),
                (3, Some((_, parts))) => parts.push(words),
                _ => {}
            }
        }
        let of_a_lesson = |title: &str| title.starts_with("Lesson ") || title.starts_with("레슨 ");
        sections.retain(|(title, _)| of_a_lesson(title));
        sections
    }
}

/// The lines without the indentation that all of them share.
fn outdented<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let indentation = |line: &&str| line.len() - line.trim_start().len();
    let written = lines.iter().filter(|line| !line.trim().is_empty());
    let shared = written.map(indentation).min().unwrap_or(0);
    lines
        .iter()
        .map(|line| line.get(shared..).unwrap_or_default())
        .collect()
}

/// Whether these lines stand in the source, one after the other.
fn stands_in(block: &[&str], source: &str) -> bool {
    let wanted = outdented(block);
    let lines: Vec<&str> = source.lines().collect();
    !wanted.is_empty()
        && lines
            .windows(wanted.len())
            .any(|window| outdented(window) == wanted)
}

/// What is wrong between a text and its translation; nothing where they are built alike.
fn differences(english: &Text<'_>, korean: &Text<'_>) -> Vec<String> {
    let mut differences = Vec::new();
    if english.levels() != korean.levels() {
        let pairs = english.headings.iter().zip(&korean.headings);
        let first = pairs.clone().find(|((one, _), (other, _))| one != other);
        differences.push(format!("headings: {first:?}"));
    }
    let kinds = |text: &Text<'_>| {
        text.blocks
            .iter()
            .map(|block| block.info.to_owned())
            .collect::<Vec<_>>()
    };
    if kinds(english) != kinds(korean) {
        differences.push(format!(
            "blocks: {:?} and {:?}",
            kinds(english),
            kinds(korean)
        ));
    }
    let pairs = english.shown().into_iter().zip(korean.shown());
    let code = |block: &Block<'_>| {
        let lines = block.lines.iter().filter(|line| !is_comment(line));
        lines.map(|line| line.to_string()).collect::<Vec<_>>()
    };
    for ((_, one), (_, other)) in pairs.filter(|((_, one), (_, other))| code(one) != code(other)) {
        differences.push(format!("{one:?} and {other:?}"));
    }
    differences
}

/// The blocks that do not stand in the lesson they name.
fn made_up<'t>(text: &'t Text<'t>, source: impl Fn(&str) -> String) -> Vec<&'t Block<'t>> {
    let shown = text.shown().into_iter();
    let wrong = shown.filter(|(name, block)| !stands_in(&block.lines, &source(name)));
    wrong.map(|(_, block)| block).collect()
}

/// What is asked of the texts of a project.
pub const CHECKS: [fn(&Project); 5] = [
    shows_the_code_of_the_lessons,
    is_built_alike_in_both_languages,
    has_a_section_with_all_parts_for_each_lesson,
    plans_the_minutes_that_lessons_need,
    says_how_long_a_lesson_takes,
];

const NOTES: [(&str, Language); 2] = [
    ("NOTES.md", Language::English),
    ("NOTES.ko.md", Language::Korean),
];

fn shows_the_code_of_the_lessons(project: &Project) {
    for (file, language) in NOTES {
        let program = |name: &str| match language {
            Language::Korean => project.twin(name),
            Language::English => project.source(name),
        };
        let source = project.read(file);
        let text = Text::of(&source);
        assert_eq!(
            made_up(&text, program),
            [].iter().collect::<Vec<_>>(),
            "{file}"
        );
        for lesson in project.lessons.all() {
            let mut shown = text.shown().into_iter();
            let shows = shown.any(|(shown, _)| shown == lesson.program);
            assert!(shows, "{file} shows nothing of {}", lesson.program);
        }
    }
}

fn is_built_alike_in_both_languages(project: &Project) {
    for (english, korean) in [("NOTES.md", "NOTES.ko.md"), ("README.md", "README.ko.md")] {
        let (english, korean) = (project.read(english), project.read(korean));
        let differences = differences(&Text::of(&english), &Text::of(&korean));
        assert_eq!(differences, [""; 0]);
    }
}

fn has_a_section_with_all_parts_for_each_lesson(project: &Project) {
    for (file, language) in NOTES {
        let source = project.read(file);
        let text = Text::of(&source);
        let titles = project.lessons.all().iter().map(|lesson| {
            let number = language.text_with("page-lesson", &[("number", &lesson.number)]);
            format!("{number}: {}", lesson.title.text(language))
        });
        let sections = text.sections();
        let found: Vec<&str> = sections.iter().map(|(title, _)| *title).collect();
        assert_eq!(found, titles.collect::<Vec<_>>(), "{file}");
        for (title, parts) in &sections {
            match language {
                Language::English => assert_eq!(*parts, PARTS, "{title}"),
                Language::Korean => {
                    assert_eq!(parts.len(), PARTS.len(), "{title}");
                    assert_eq!(*parts, sections[0].1, "{title}");
                }
            }
        }
    }
}

/// The numbers before a unit: `(2 minutes)`, `(2분)`.
fn minutes(text: &str) -> Vec<u32> {
    let numbers = text.split('(').skip(1).filter_map(|rest| {
        let (inside, _) = rest.split_once(").**")?;
        let digits = inside.trim_end_matches(" minutes").trim_end_matches('분');
        digits.parse().ok()
    });
    numbers.collect()
}

/// The plan of a class in this chapter, if it has one: how long its parts take, and what they are
/// called.
fn plan<'t>(chapter: &'t str, unit: &str) -> Option<Vec<(u32, &'t str)>> {
    let (_, table) = chapter.split_once(&format!("\n| {unit} |"))?;
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let minutes: u32 = cells.next()?.parse().ok()?;
        Some((minutes, cells.next()?))
    });
    Some(rows.collect())
}

/// How long the class of this chapter is: the first number with its unit.
fn length(chapter: &str, unit: &str) -> Option<u32> {
    let mut parts = chapter.split(unit);
    let before = parts.next()?.trim_end();
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn plans_the_minutes_that_lessons_need(project: &Project) {
    for (file, unit, part) in [
        ("NOTES.md", "minutes", "\n### In class\n"),
        ("NOTES.ko.md", "분", "\n### 수업에서\n"),
    ] {
        let source = project.read(file);
        let mut planned = Vec::new();
        for chapter in source.split("\n## ") {
            let Some(rows) = plan(chapter, unit) else {
                continue;
            };
            let all: u32 = rows.iter().map(|(minutes, _)| minutes).sum();
            assert_eq!(length(chapter, unit), Some(all), "{file}: {chapter:.40}");
            let of_a_lesson = |name: &str| name.starts_with("Lesson") || name.starts_with("레슨");
            let lessons = rows.into_iter().filter(|(_, name)| of_a_lesson(name));
            planned.extend(lessons.map(|(minutes, _)| minutes));
        }
        let needed: Vec<u32> = source
            .split(part)
            .skip(1)
            .map(|section| {
                let minutes = minutes(section.split("\n## ").next().unwrap());
                assert_eq!(minutes.len(), 3, "{file}: ask, do, say");
                minutes.iter().sum()
            })
            .collect();
        assert_eq!(needed.len(), project.lessons.all().len(), "{file}");
        assert_eq!(planned, needed, "{file}");
    }
}

fn says_how_long_a_lesson_takes(project: &Project) {
    let (english, korean) = (project.read("NOTES.md"), project.read("NOTES.ko.md"));
    for lesson in project.lessons.all() {
        for (notes, said) in [
            (&english, format!("About {} minutes", lesson.minutes)),
            (&korean, format!("{}분쯤 걸립니다", lesson.minutes)),
        ] {
            let sections = notes.split("\n## ");
            let mut sections = sections.filter(|section| {
                let title = section.lines().next().unwrap_or_default();
                title.contains(&format!(" {}:", lesson.number))
            });
            let section = sections.next().unwrap();
            let first = section.lines().skip(1).find(|line| !line.is_empty());
            assert!(first.unwrap().contains(&said), "{section:.80}: not {said}");
        }
    }
}

#[test]
fn the_code_in_the_notes_is_the_code_of_the_lessons() {
    shows_the_code_of_the_lessons(&Project::here());
}

#[test]
fn english_and_korean_are_built_alike() {
    is_built_alike_in_both_languages(&Project::here());
}

#[test]
fn each_lesson_has_its_section_with_its_title_and_all_its_parts() {
    has_a_section_with_all_parts_for_each_lesson(&Project::here());
}

#[test]
fn the_plans_for_classes_have_the_minutes_that_their_lessons_need() {
    plans_the_minutes_that_lessons_need(&Project::here());
}

#[test]
fn a_lesson_takes_as_long_as_its_section_says() {
    says_how_long_a_lesson_takes(&Project::here());
}

// The checks above, tried on a text that is right and on some that are wrong. ---------------------

const SAMPLE_LESSON: &str = "use a;\n\nfn one() {\n    two();\n    three();\n}\n";

const SAMPLE: &str = "# Notes\n\n## Lesson 01: One\n\n### Idea\n\n```rust lesson01\n\
    two();\nthree();\n```\n\n```text\n# no heading\n```\n\n## Glossary\n";

#[test]
fn a_right_text_is_found_right() {
    let text = Text::of(SAMPLE);
    assert_eq!(text.headings.len(), 4);
    assert_eq!(text.sections(), [("Lesson 01: One", vec!["Idea"])]);
    assert_eq!(made_up(&text, |_| SAMPLE_LESSON.to_owned()).len(), 0);
    let korean = SAMPLE
        .replace("Lesson 01: One", "레슨 01: 하나")
        .replace("# no", "# 제목");
    let korean = Text::of(&korean);
    assert_eq!(differences(&text, &korean), [""; 0]);
    let sections = korean.sections();
    assert_eq!(sections, [("레슨 01: 하나", vec!["Idea"])]);
    let class =
        "A class\n\nIt takes 30 minutes.\n\n| minutes | part |\n| --- | --- |\n| 20 | A |\n";
    assert_eq!(length(class, "minutes"), Some(30));
    assert_eq!(plan(class, "minutes"), Some(vec![(20, "A")]));
    assert_eq!(plan("No class\n\n| a |\n", "minutes"), None);
}

#[test]
fn code_that_is_made_up_is_found() {
    for wrong in [
        SAMPLE.replace("three", "four"),
        SAMPLE.replace("two();\n", "two();\n\n"),
        SAMPLE.replace("two();\n", "    two();\n"),
        SAMPLE.replace("two();\nthree();\n", ""),
    ] {
        let text = Text::of(&wrong);
        assert_eq!(
            made_up(&text, |_| SAMPLE_LESSON.to_owned()).len(),
            1,
            "{wrong}"
        );
    }
}

#[test]
fn a_translation_that_is_built_otherwise_is_found() {
    let english = Text::of(SAMPLE);
    for wrong in [
        SAMPLE.replace("### Idea", "## Idea"),
        SAMPLE.replace("## Glossary\n", ""),
        SAMPLE.replace("three();", "drei();"),
        SAMPLE.replace("```text", "```console"),
        SAMPLE.replace("lesson01", "lesson02"),
    ] {
        assert_ne!(differences(&english, &Text::of(&wrong)), [""; 0], "{wrong}");
    }
}
