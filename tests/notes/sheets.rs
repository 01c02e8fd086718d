//! The teacher's sheets: what is said of a lesson's question and exercise is about those that it has.

use session_lessons::course::Lesson;

use super::TEACHING;
use crate::common::sources::Project;

/// The letters of the first question's wrong answers, in the order in which they are offered.
fn wrong_answers(project: &Project, lesson: &Lesson) -> Vec<char> {
    let scenario = project.scenario(lesson);
    let first = &scenario.steps[scenario.first_question().unwrap()];
    let (answers, right) = first.predict.as_ref().unwrap().answers();
    let places = (0..answers.len()).zip('a'..);
    let wrong = places.filter(|(place, _)| *place != right);
    wrong.map(|(_, letter)| letter).collect()
}

pub fn has_a_sheet_for_each_lesson(project: &Project) {
    for (file, _) in TEACHING {
        let text = project.read(file);
        for lesson in project.lessons.all() {
            let mut sheets = text.split("\n## ");
            let mine = |sheet: &&str| {
                sheet
                    .lines()
                    .next()
                    .unwrap()
                    .contains(&format!(" {}: ", lesson.in_course()))
            };
            let sheet = sheets.find(mine).unwrap();
            let parts: Vec<&str> = sheet.split("\n### ").skip(1).collect();
            let [_, _, hands, exercise, _, exam] = parts[..] else {
                panic!("{file}: {sheet:.40}");
            };
            let answered = hands.split("\n- **").skip(1);
            let answered: Vec<char> = answered.filter_map(|it| it.chars().next()).collect();
            assert_eq!(
                answered,
                wrong_answers(project, lesson),
                "{file}: {sheet:.40}"
            );
            let solution = format!("`cargo run -- solution {}`", lesson.in_course());
            assert!(exercise.contains(&solution), "{file}: {exercise}");
            let questions: Vec<&str> = exam
                .lines()
                .filter(|line| line.starts_with(char::is_numeric))
                .collect();
            let answered = |line: &&&str| line.contains(" *") && line.ends_with(".*");
            assert_eq!(
                questions.iter().filter(answered).count(),
                2,
                "{file}: {exam}"
            );
        }
    }
}

#[test]
fn each_lesson_has_a_sheet_about_its_own_question_and_exercise() {
    has_a_sheet_for_each_lesson(&Project::here());
}
