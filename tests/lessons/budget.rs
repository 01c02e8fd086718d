//! A lesson is short, says what it is about, and changes little.

use session_lessons::course::Language;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::common::sources::{Project, SUBGOALS, code, header, is_comment};

/// Lines of a whole lesson, and of a hundred how many are comments.
const LINES: std::ops::RangeInclusive<usize> = 40..=150;
const COMMENTS: std::ops::RangeInclusive<usize> = 15..=45;

/// Lines of code that may change, and that may where views are added.
const CHANGES: usize = 25;
const CHANGES_WITH_NEW_VIEWS: usize = 50;

/// Lines of code that close the hole of a pair.
const FIX: usize = 12;

/// The lines that are removed and that are added, place by place.
fn places(before: &[&str], after: &[&str]) -> Vec<(usize, usize)> {
    let operations = capture_diff_slices(Algorithm::Patience, before, after);
    let changes = operations.iter().filter(|it| it.tag() != DiffTag::Equal);
    changes
        .map(|it| (it.old_range().len(), it.new_range().len()))
        .collect()
}

/// The number of lines of code that have changed; a line replaced by another is one.
fn changed(before: &str, after: &str) -> usize {
    let places = places(&code(before), &code(after));
    places
        .iter()
        .map(|(removed, added)| removed.max(added))
        .sum()
}

/// The same, but lines that are only removed do not count.
fn added(before: &str, after: &str) -> usize {
    places(&code(before), &code(after))
        .iter()
        .map(|(_, added)| added)
        .sum()
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

/// The checks of the lessons of a project.
pub const CHECKS: [fn(&Project); 6] = [
    is_read_in_one_go,
    begins_with_idea_command_and_changes,
    changes_little,
    closes_its_hole_in_a_few_lines,
    marks_the_subgoals,
    is_not_clever,
];

fn is_read_in_one_go(project: &Project) {
    for lesson in project.lessons.programs() {
        let (name, source) = (&lesson.program, project.source(&lesson.program));
        let lines = source.lines().count();
        assert!(LINES.contains(&lines), "{name}: {lines} lines");
        let comments = 100 * source.lines().filter(|line| is_comment(line)).count() / lines;
        assert!(
            COMMENTS.contains(&comments),
            "{name}: {comments} % comments"
        );
    }
}

fn begins_with_idea_command_and_changes(project: &Project) {
    for lesson in project.lessons.programs() {
        let (name, number) = (&lesson.program, &lesson.number);
        let source = project.source(name);
        let header = header(&source);
        let paragraphs: Vec<&[&str]> = header.split(|line| line.is_empty()).collect();
        let [title, idea, run, changed] = paragraphs[..] else {
            panic!("{name}: {} paragraphs", paragraphs.len());
        };
        let in_english = lesson.title.text(Language::English);
        assert_eq!(title, [format!("Lesson {number}: {in_english}.")]);
        let ideas = Language::ALL.map(|language| lesson.idea.text(language));
        assert_eq!(idea.join(" "), ideas.join(" "), "{name}");
        // rustdoc takes a name with a dot for a link, which it wants marked as one.
        let address = match project.scenario(lesson).host {
            Some(host) => format!("`http://{host}:8000`"),
            None => "http://localhost:8000".to_owned(),
        };
        let command = format!("Run: `cargo run --bin {name}`, then open {address}");
        assert_eq!(run, [command], "{name}");
        let since = match &lesson.base {
            Some(base) => format!("Changed since lesson {base}: "),
            None => "Changed since: nothing".to_owned(),
        };
        assert!(changed[0].starts_with(&since), "{name}: {}", changed[0]);
    }
}

fn changes_little(project: &Project) {
    for (lesson, base) in project.with_bases() {
        let (name, base) = (&lesson.program, &base.program);
        let (before, after) = (project.source(base), project.source(name));
        let budget = if added_views(&before, &after) > 1 {
            CHANGES_WITH_NEW_VIEWS
        } else {
            CHANGES
        };
        // The views of a pair's base are still there, as shared ones.
        let changed = if lesson.is_open() {
            added(&before, &after)
        } else {
            changed(&before, &after)
        };
        assert!(changed > 0, "{name} is {base}");
        assert!(
            changed <= budget,
            "{name}: {changed} lines of code changed, {budget} may"
        );
        println!("{name}: {changed} lines of code changed against {base}");
    }
}

fn closes_its_hole_in_a_few_lines(project: &Project) {
    for closed in project.lessons.programs().filter(|it| it.is_closed()) {
        let open = project.lessons.other_half(closed).unwrap();
        // The number that an app is called with is no part of the fix.
        let [before, after] = [open, closed].map(|half| {
            let app = format!("app(\"{}\")", half.number);
            project.source(&half.program).replace(&app, "app")
        });
        let (name, fix) = (&closed.program, changed(&before, &after));
        assert!(
            (1..=FIX).contains(&fix),
            "{name}: {fix} lines, {FIX} may be"
        );
        println!("{name}: {fix} lines of code close the hole");
    }
}

fn marks_the_subgoals(project: &Project) {
    for (lesson, _) in project.with_bases() {
        let (name, source) = (&lesson.program, project.source(&lesson.program));
        let comments: Vec<&str> = source.lines().filter(|line| is_comment(line)).collect();
        for (mark, _) in SUBGOALS {
            assert!(
                comments.iter().any(|line| line.contains(mark)),
                "{name}: {mark}"
            );
        }
    }
}

fn is_not_clever(project: &Project) {
    for lesson in project.lessons.programs() {
        let (name, source) = (&lesson.program, project.source(&lesson.program));
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
fn a_lesson_is_read_in_one_go() {
    is_read_in_one_go(&Project::here());
}

#[test]
fn a_lesson_begins_with_its_idea_in_both_languages_how_to_run_it_and_what_changed() {
    begins_with_idea_command_and_changes(&Project::here());
}

#[test]
fn a_lesson_changes_little_against_its_base() {
    changes_little(&Project::here());
}

#[test]
fn a_hole_is_closed_in_a_few_lines() {
    closes_its_hole_in_a_few_lines(&Project::here());
}

#[test]
fn each_subgoal_is_marked_where_it_is_reached() {
    marks_the_subgoals(&Project::here());
}

#[test]
fn no_lesson_is_clever() {
    is_not_clever(&Project::here());
}

#[test]
fn a_replaced_line_counts_once_and_comments_do_not_count() {
    assert_eq!(changed("a\nb\nc\n", "a\nB\nc\n\n// why\n"), 1);
    assert_eq!(changed("a\n", "a\nb\nc\n"), 2);
    assert_eq!(changed("a\nb\nc\n", "c\n"), 2);
    assert_eq!(added("a\nb\nc\n", "c\nd\n"), 1);
}
