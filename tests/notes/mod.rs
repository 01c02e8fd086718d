//! The course's texts: the code that they show is the lessons' code, and English and Korean are
//! built alike.

mod field;
mod further;
mod plans;
mod sheets;
mod signs;
mod text;

use session_lessons::course::Language;

use crate::common::sources::Project;
use plans::plans_the_minutes_that_lessons_need;
use sheets::has_a_sheet_for_each_lesson;
use signs::uses_no_sign_before_it_is_named;
use text::{Text, differences, made_up};

/// The parts of each lesson's section in the notes.
const PARTS: [&str; 7] = [
    "Guess first",
    "Run it",
    "Follow along",
    "Idea",
    "How it works",
    "What could go wrong",
    "Try it yourself",
];

/// The parts of each lesson's sheet for teachers.
const SHEET: [&str; 6] = [
    "Prepare",
    "In class",
    "Most hands were wrong",
    "The exercise",
    "Homework",
    "For an exam",
];

/// The checks of the texts of a project.
pub const CHECKS: [fn(&Project); 8] = [
    asks_the_first_question_before_it_tells,
    shows_the_code_of_the_lessons,
    uses_no_sign_before_it_is_named,
    is_built_alike_in_both_languages,
    has_a_section_with_all_parts_for_each_lesson,
    has_a_sheet_for_each_lesson,
    plans_the_minutes_that_lessons_need,
    says_how_long_a_lesson_takes,
];

const NOTES: [(&str, Language); 2] = [
    ("NOTES.md", Language::English),
    ("NOTES.ko.md", Language::Korean),
];

const TEACHING: [(&str, Language); 2] = [
    ("TEACHING.md", Language::English),
    ("TEACHING.ko.md", Language::Korean),
];

const RUST: [(&str, Language); 2] = [
    ("RUST.md", Language::English),
    ("RUST.ko.md", Language::Korean),
];

fn shows_the_code_of_the_lessons(project: &Project) {
    for (file, language) in NOTES.into_iter().chain(RUST) {
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
        let notes = NOTES.iter().any(|(notes, _)| *notes == file);
        for lesson in project.lessons.all().iter().filter(|_| notes) {
            let halves = [Some(lesson), project.lessons.other_half(lesson)];
            let mut shown = text.shown().into_iter();
            let shows =
                shown.any(|(shown, _)| halves.iter().flatten().any(|half| shown == half.program));
            assert!(shows, "{file} shows nothing of {}", lesson.program);
        }
    }
}

fn is_built_alike_in_both_languages(project: &Project) {
    for name in ["NOTES", "README", "RUST", "TEACHING"] {
        let english = project.read(&format!("{name}.md"));
        let korean = project.read(&format!("{name}.ko.md"));
        let differences = differences(&Text::of(&english), &Text::of(&korean));
        assert_eq!(differences, [""; 0]);
    }
}

fn has_a_section_with_all_parts_for_each_lesson(project: &Project) {
    let notes = NOTES.map(|text| (text, &PARTS[..]));
    let sheets = TEACHING.map(|text| (text, &SHEET[..]));
    for ((file, language), wanted) in notes.into_iter().chain(sheets) {
        let source = project.read(file);
        let text = Text::of(&source);
        let titles = project.lessons.all().iter().map(|lesson| {
            let number = language.text_with("page-lesson", &[("number", lesson.in_course())]);
            format!("{number}: {}", lesson.title.text(language))
        });
        let sections = text.sections();
        let found: Vec<&str> = sections.iter().map(|(title, _)| *title).collect();
        assert_eq!(found, titles.collect::<Vec<_>>(), "{file}");
        for (title, parts) in &sections {
            match language {
                Language::English => assert_eq!(*parts, wanted, "{title}"),
                Language::Korean => {
                    assert_eq!(parts.len(), wanted.len(), "{title}");
                    assert_eq!(*parts, sections[0].1, "{title}");
                }
            }
        }
    }
}

/// Question and answers in the words of the scenario, in the order in which they are offered.
fn asks_the_first_question_before_it_tells(project: &Project) {
    for (file, language) in NOTES {
        let notes = project.read(file);
        let sections = notes.split("\n### ").filter(|part| {
            let guess = ["Guess first\n", "먼저 예측하기\n"][language as usize];
            part.starts_with(guess)
        });
        let asked: Vec<&str> = sections
            .map(|part| part.split_once("\n\n").unwrap().1.trim_end())
            .collect();
        let questions = project.lessons.all().iter().map(|lesson| {
            let scenario = project.scenario(lesson);
            let first = &scenario.steps[scenario.first_question().unwrap()];
            let predict = first.predict.as_ref().unwrap();
            let answers = predict.answers().0.into_iter().zip('a'..);
            let answers =
                answers.map(|(say, letter)| format!("\n- {letter}) {}", say.text(language)));
            let answers: String = answers.collect();
            format!("{}\n{answers}", predict.question.text(language))
        });
        assert_eq!(asked, questions.collect::<Vec<_>>(), "{file}");
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
                title.contains(&format!(" {}:", lesson.in_course()))
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
fn the_notes_ask_the_scenarios_first_question_and_tell_the_idea_after_it() {
    asks_the_first_question_before_it_tells(&Project::here());
}

#[test]
fn a_lesson_takes_as_long_as_its_section_says() {
    says_how_long_a_lesson_takes(&Project::here());
}
