//! A lesson is short, says what it is about, and changes little.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::common::sources::{BASES, LESSONS, SUBGOALS, code, header, is_comment, lesson, read};

/// Lines of a whole lesson, and of a hundred how many are comments.
const LINES: std::ops::RangeInclusive<usize> = 40..=150;
const COMMENTS: std::ops::RangeInclusive<usize> = 15..=45;

/// Lines of code that may change, and that may where views are added.
const CHANGES: usize = 25;
const CHANGES_WITH_NEW_VIEWS: usize = 50;

/// The number of lines of code that have changed; a line replaced by another is one.
fn changed(before: &str, after: &str) -> usize {
    let (before, after) = (code(before), code(after));
    let operations = capture_diff_slices(Algorithm::Patience, &before, &after);
    let lines = |operation: &DiffOp| match *operation {
        DiffOp::Equal { .. } => 0,
        DiffOp::Delete { old_len, .. } => old_len,
        DiffOp::Insert { new_len, .. } => new_len,
        DiffOp::Replace {
            old_len, new_len, ..
        } => old_len.max(new_len),
    };
    operations.iter().map(lines).sum()
}

/// The lines that say which requests its views answer.
fn views(source: &str) -> Vec<&str> {
    let routes = ["#[get(", "#[post("];
    let lines = source.lines();
    lines
        .filter(|line| routes.iter().any(|route| line.starts_with(route)))
        .collect()
}

/// The number of views that the base does not have.
fn added_views(before: &str, after: &str) -> usize {
    let (before, after) = (views(before), views(after));
    after.iter().filter(|view| !before.contains(view)).count()
}

/// The text with this key, in the words of a comment: it has no quotation marks but backticks.
fn text(language: &str, key: &str) -> String {
    let texts = read(&format!("src/course/language/texts/{language}.ftl"));
    let line = texts
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{key} = ")));
    line.unwrap().replace(['“', '”', '‘', '’'], "`")
}

#[test]
fn a_lesson_is_read_in_one_go() {
    for name in LESSONS {
        let source = lesson(name);
        let lines = source.lines().count();
        assert!(LINES.contains(&lines), "{name}: {lines} lines");
        let comments = 100 * source.lines().filter(|line| is_comment(line)).count() / lines;
        assert!(
            COMMENTS.contains(&comments),
            "{name}: {comments} % comments"
        );
    }
}

#[test]
fn a_lesson_begins_with_its_idea_in_both_languages_how_to_run_it_and_what_changed() {
    for name in LESSONS {
        let source = lesson(name);
        let header = header(&source);
        let paragraphs: Vec<&[&str]> = header.split(|line| line.is_empty()).collect();
        let [title, idea, run, changed] = paragraphs[..] else {
            panic!("{name}: {} paragraphs", paragraphs.len());
        };
        assert!(
            title[0].starts_with(&format!("Lesson {}: ", name.trim_start_matches("lesson"))),
            "{name}"
        );
        let ideas = ["en", "ko"].map(|language| text(language, &format!("{name}-idea")));
        assert_eq!(idea.join(" "), ideas.join(" "), "{name}");
        let command = format!("Run: `cargo run --bin {name}`, then open http://localhost:8000");
        assert_eq!(run, [command], "{name}");
        let base = BASES.iter().find(|(lesson, _)| *lesson == name);
        let since = base.map_or("Changed since: nothing".to_owned(), |(_, base)| {
            format!(
                "Changed since lesson {}: ",
                base.trim_start_matches("lesson")
            )
        });
        assert!(changed[0].starts_with(&since), "{name}: {}", changed[0]);
    }
}

#[test]
fn a_lesson_changes_little_against_its_base() {
    for (name, base) in BASES {
        let (before, after) = (lesson(base), lesson(name));
        let budget = if added_views(&before, &after) > 1 {
            CHANGES_WITH_NEW_VIEWS
        } else {
            CHANGES
        };
        let changed = changed(&before, &after);
        assert!(changed > 0, "{name} is {base}");
        assert!(
            changed <= budget,
            "{name}: {changed} lines of code changed, {budget} may"
        );
        println!("{name}: {changed} lines of code changed against {base}");
    }
}

#[test]
fn the_playground_begins_as_lesson_01() {
    let without_header = |source: &str| {
        let lines = source.lines().skip_while(|line| line.starts_with("//!"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let first = without_header(&lesson("lesson01"));
    let first = first.replace("app(\"01\")", "app(\"playground\")");
    assert_eq!(without_header(&lesson("playground")), first);
}

#[test]
fn each_subgoal_is_marked_where_it_is_reached() {
    for name in &LESSONS[1..] {
        let source = lesson(name);
        let comments: Vec<&str> = source.lines().filter(|line| is_comment(line)).collect();
        for (mark, _) in SUBGOALS {
            assert!(
                comments.iter().any(|line| line.contains(mark)),
                "{name}: {mark}"
            );
        }
    }
}

#[test]
fn no_lesson_is_clever() {
    for name in LESSONS {
        let source = lesson(name);
        for clever in [
            "::<",
            "unwrap",
            "expect(",
            "unsafe",
            "async move",
            "impl ",
            "dyn ",
        ] {
            assert!(!source.contains(clever), "{name}: {clever}");
        }
        for binding in code(&source)
            .iter()
            .filter(|line| line.trim().starts_with("let "))
        {
            let names = binding.split('=').next().unwrap();
            // `let Some(user) = user else` takes apart what has its type a line above.
            let typed = names.contains(':') || names.contains("Some(");
            assert!(typed, "{name}: {binding}");
        }
    }
}

#[test]
fn a_replaced_line_counts_once_and_comments_do_not_count() {
    assert_eq!(changed("a\nb\nc\n", "a\nB\nc\n\n// why\n"), 1);
    assert_eq!(changed("a\n", "a\nb\nc\n"), 2);
    assert_eq!(changed("a\nb\nc\n", "c\n"), 2);
}
