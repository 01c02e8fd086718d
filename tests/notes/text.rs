//! A text in Markdown, taken apart.

use crate::common::sources::is_comment;

/// A fenced block: what stands after its fence (`rust lesson03`), and its lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Block<'t> {
    pub info: &'t str,
    pub lines: Vec<&'t str>,
}

/// A text in Markdown, taken apart.
#[derive(Default)]
pub struct Text<'t> {
    /// Level and words.
    headings: Vec<(usize, &'t str)>,
    pub blocks: Vec<Block<'t>>,
}

impl<'t> Text<'t> {
    pub fn of(source: &'t str) -> Text<'t> {
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
    pub fn shown(&self) -> Vec<(&'t str, &Block<'t>)> {
        let shown = |block: &'_ Block<'t>| block.info.strip_prefix("rust lesson").map(str::len);
        let blocks = self.blocks.iter().filter(|block| shown(block).is_some());
        blocks
            .map(|block| (&block.info["rust ".len()..], block))
            .collect()
    }

    /// The heading of each lesson's section, and those of its parts.
    pub fn sections(&self) -> Vec<(&'t str, Vec<&'t str>)> {
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

/// True if these lines stand in the source, one after the other.
pub fn stands_in(block: &[&str], source: &str) -> bool {
    let wanted = outdented(block);
    let lines: Vec<&str> = source.lines().collect();
    !wanted.is_empty()
        && lines
            .windows(wanted.len())
            .any(|window| outdented(window) == wanted)
}

/// Differences in structure between a text and its translation; none if they are built alike.
pub fn differences(english: &Text<'_>, korean: &Text<'_>) -> Vec<String> {
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
pub fn made_up<'t>(text: &'t Text<'t>, source: impl Fn(&str) -> String) -> Vec<&'t Block<'t>> {
    let shown = text.shown().into_iter();
    let wrong = shown.filter(|(name, block)| !stands_in(&block.lines, &source(name)));
    wrong.map(|(_, block)| block).collect()
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
