//! The walk of each lesson in the notes is its scenario. If it is not, this writes it:
//!
//!     COURSE_TABLES=write cargo test --test tests walks

use std::fmt::Write;

use session_lessons::course::Language;
use session_lessons::course::scenario::{Scenario, console_line};

use super::{WRITING, writes};
use crate::common::sources::Project;

/// The line before a walk, without the number of its lesson; the walk reaches to [`END`].
const BEGIN: &str = "<!-- The walk, written by a test from lessons/lesson";
const END: &str = "<!-- The walk ends here. -->\n";

const NOTES: [(&str, Language); 2] = [
    ("NOTES.md", Language::English),
    ("NOTES.ko.md", Language::Korean),
];

/// The steps with their instructions, outcomes and questions; of a pair those of the open half, and
/// where the closed one differs its outcome, too. The lesson's first question stands above the walk
/// already.
fn walk(scenario: &Scenario, number: &str, language: Language) -> String {
    let guess = ["Guess first:", "먼저 예측하기:"][language as usize];
    let closed = [
        format!("In `lesson{number}b`:"),
        format!("`lesson{number}b`에서:"),
    ];
    let mut walk = String::from("\n");
    for (place, step) in scenario.steps.iter().enumerate() {
        let mut parts = Vec::new();
        let act = step.instruction.as_ref().unwrap_or(&step.say);
        parts.push(act.text(language).to_owned());
        parts.extend(console_line(step).map(|line| format!("```js\n{line}\n```")));
        let asked = step.predict.as_ref();
        let later = asked.filter(|_| scenario.first_question() != Some(place));
        parts.extend(later.map(|it| format!("*{guess} {}*", it.question.text(language))));
        if step.instruction.is_some() {
            parts.push(step.say.text(language).to_owned());
        }
        let otherwise = step.closed.as_ref();
        let otherwise =
            otherwise.map(|it| format!("{} {}", closed[language as usize], it.say.text(language)));
        parts.extend(otherwise);
        let number = format!("{}. ", place + 1);
        let indent = format!("\n{}", " ".repeat(number.len()));
        let text = parts.join("\n\n").replace('\n', &indent);
        // An empty line must stay empty.
        let text = text.replace(&format!("{indent}\n"), "\n\n");
        writeln!(walk, "{number}{text}\n").unwrap();
    }
    walk
}

/// The notes with the walks of a project's lessons.
fn with_walks(project: &Project, notes: &str, language: Language) -> String {
    let mut parts = notes.split(BEGIN);
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(".toml -->\n").expect("a walk has its mark");
        let (_, after) = rest.split_once(END).expect("a walk ends");
        let mut lessons = project.lessons.all().iter();
        let lesson = lessons.find(|lesson| lesson.in_course() == number);
        let scenario = project.scenario(lesson.expect("a walk is a lesson's"));
        let walk = walk(&scenario, number, language);
        write!(written, "{BEGIN}{number}.toml -->\n{walk}{END}{after}").unwrap();
    }
    written
}

/// Writes the walks of a project.
pub fn write_walks(project: &Project) {
    for (file, language) in NOTES {
        let notes = project.read(file);
        project.write(file, &with_walks(project, &notes, language));
    }
}

/// The walks of a project are what its scenarios say.
pub fn walks_are_the_scenarios(project: &Project) {
    for (file, language) in NOTES {
        let notes = project.read(file);
        let command = "COURSE_TABLES=write cargo test --test tests walks";
        assert!(
            notes == with_walks(project, &notes, language),
            "the walks in {file} are out of date; to write them: {command}"
        );
    }
}

#[test]
fn walks_in_the_notes_are_the_scenarios() {
    let project = Project::here();
    if writes() {
        let _alone = WRITING.lock().unwrap();
        write_walks(&project);
    } else {
        walks_are_the_scenarios(&project);
    }
}
