//! The plans of classes, and the minutes that lessons need in them.

use crate::common::sources::Project;

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

/// The length of the class of this chapter: the first number with its unit.
fn length(chapter: &str, unit: &str) -> Option<u32> {
    let mut parts = chapter.split(unit);
    let before = parts.next()?.trim_end();
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

pub fn plans_the_minutes_that_lessons_need(project: &Project) {
    for (file, unit, part) in [
        ("TEACHING.md", "minutes", "\n### In class\n"),
        ("TEACHING.ko.md", "분", "\n### 수업 진행\n"),
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

#[test]
fn the_plans_for_classes_have_the_minutes_that_their_lessons_need() {
    plans_the_minutes_that_lessons_need(&Project::here());
}

#[test]
fn a_plan_is_found_in_its_chapter() {
    let class =
        "A class\n\nIt takes 30 minutes.\n\n| minutes | part |\n| --- | --- |\n| 20 | A |\n";
    assert_eq!(length(class, "minutes"), Some(30));
    assert_eq!(plan(class, "minutes"), Some(vec![(20, "A")]));
    assert_eq!(plan("No class\n\n| a |\n", "minutes"), None);
}
