//! The course's texts: the code that they show is the lessons' code, and English and Korean are
//! built alike.

use crate::common::sources::{LESSONS, is_comment, lesson, read, twin};

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

    /// The headings of each lesson's section, without its own.
    fn sections(&self) -> Vec<Vec<&'t str>> {
        let mut sections = Vec::new();
        for (level, words) in &self.headings {
            let of_a_lesson = words.starts_with("Lesson ") || words.starts_with("레슨 ");
            match level {
                2 if of_a_lesson => sections.push((true, Vec::new())),
                2 => sections.push((false, Vec::new())),
                3 => {
                    if let Some((_, parts)) = sections.last_mut() {
                        parts.push(*words);
                    }
                }
                _ => {}
            }
        }
        let of_lessons = sections.into_iter().filter(|(of_a_lesson, _)| *of_a_lesson);
        of_lessons.map(|(_, parts)| parts).collect()
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

/// True if these lines stand in the source, one after the other.
fn stands_in(block: &[&str], source: &str) -> bool {
    let wanted = outdented(block);
    let lines: Vec<&str> = source.lines().collect();
    !wanted.is_empty()
        && lines
            .windows(wanted.len())
            .any(|window| outdented(window) == wanted)
}

/// Differences in structure between a text and its translation; none if they are built alike.
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

#[test]
fn the_code_in_the_notes_is_the_code_of_the_lessons() {
    for file in ["NOTES.md", "NOTES.ko.md"] {
        let program = match file {
            "NOTES.ko.md" => twin,
            _ => lesson,
        };
        let source = read(file);
        let text = Text::of(&source);
        assert_eq!(
            made_up(&text, program),
            [].iter().collect::<Vec<_>>(),
            "{file}"
        );
        for name in LESSONS {
            let shows = text.shown().iter().any(|(shown, _)| *shown == name);
            assert!(shows, "{file} shows nothing of {name}");
        }
    }
}

#[test]
fn english_and_korean_are_built_alike() {
    for (english, korean) in [("NOTES.md", "NOTES.ko.md"), ("README.md", "README.ko.md")] {
        let (english, korean) = (read(english), read(korean));
        let differences = differences(&Text::of(&english), &Text::of(&korean));
        assert_eq!(differences, [""; 0]);
    }
}

#[test]
fn each_lesson_has_its_section_with_all_its_parts() {
    let english = read("NOTES.md");
    let sections = Text::of(&english).sections();
    assert_eq!(sections.len(), LESSONS.len());
    for (section, name) in sections.iter().zip(LESSONS) {
        assert_eq!(*section, PARTS, "{name}");
    }
    let korean = read("NOTES.ko.md");
    let sections = Text::of(&korean).sections();
    assert_eq!(sections.len(), LESSONS.len());
    for (section, name) in sections.iter().zip(LESSONS) {
        assert_eq!(section.len(), PARTS.len(), "{name}");
        assert_eq!(*section, sections[0], "{name}");
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

/// The rows of a plan: how long a part takes, and what it is called.
fn plan<'t>(source: &'t str, chapter: &str) -> Vec<(u32, &'t str)> {
    let plan = source.split(&format!("\n## {chapter}\n")).nth(1).unwrap();
    let plan = plan.split("\n## ").next().unwrap();
    let rows = plan.lines().filter_map(|line| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let minutes: u32 = cells.next()?.parse().ok()?;
        Some((minutes, cells.next()?))
    });
    rows.collect()
}

#[test]
fn the_plans_for_classes_have_the_minutes_that_their_lessons_need() {
    for (file, part, plans) in [
        (
            "NOTES.md",
            "\n### In class\n",
            [
                ("A plan for 120 minutes", 120),
                ("A second class", 60),
                ("A third class", 60),
                ("A fourth class", 60),
            ],
        ),
        (
            "NOTES.ko.md",
            "\n### 수업에서\n",
            [
                ("120분 수업 계획", 120),
                ("두 번째 수업", 60),
                ("세 번째 수업", 60),
                ("네 번째 수업", 60),
            ],
        ),
    ] {
        let source = read(file);
        let mut planned = Vec::new();
        for (chapter, length) in plans {
            let rows = plan(&source, chapter);
            let all: u32 = rows.iter().map(|(minutes, _)| minutes).sum();
            assert_eq!(all, length, "{file}: {chapter}");
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
        assert_eq!(planned, needed, "{file}");
    }
}

// The checks above, tried on a text that is right and on some that are wrong. ------------------

#[test]
fn a_lesson_takes_as_long_as_its_section_says() {
    let (english, korean) = (read("NOTES.md"), read("NOTES.ko.md"));
    for lesson in session_lessons::course::LESSONS {
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

const SAMPLE_LESSON: &str = "use a;\n\nfn one() {\n    two();\n    three();\n}\n";

const SAMPLE: &str = "# Notes\n\n## Lesson 01: One\n\n### Idea\n\n```rust lesson01\n\
    two();\nthree();\n```\n\n```text\n# no heading\n```\n\n## Glossary\n";

#[test]
fn a_right_text_is_found_right() {
    let text = Text::of(SAMPLE);
    assert_eq!(text.headings.len(), 4);
    assert_eq!(text.sections(), [["Idea"]]);
    assert_eq!(made_up(&text, |_| SAMPLE_LESSON.to_owned()).len(), 0);
    let korean = SAMPLE
        .replace("Lesson 01: One", "레슨 01: 하나")
        .replace("# no", "# 제목");
    assert_eq!(differences(&text, &Text::of(&korean)), [""; 0]);
    assert_eq!(Text::of(&korean).sections(), [["Idea"]]);
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
