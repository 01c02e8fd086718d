//! No attack of the course comes true where it is not meant to: each is played at every closed half,
//! and at the solution of every exercise that closes one.

use libtest_mimic::{Failed, Trial};
use session_lessons::course::exercise::Exercise;
use session_lessons::course::scenario::{
    Act, LessonProgram, Scenario, ScenarioPlayer, ScenarioStep,
};
use session_lessons::course::{Language, Lesson, Lessons};

use crate::rules::LONG;

/// Exercises whose solution closes nothing: 14 predicts what stops what, at a program that stays open,
/// and 17 has but a few of the views.
const NOT_CLOSED: [&str; 2] = ["14", "17"];

/// A solution, and the attack that can't be judged at it: its cart holds fifty pieces at most, and the
/// attack is a hundred of which not all are there.
const NOT_JUDGED: (&str, &str) = ("solved_ex16", "16");

/// The open halves, each with the attack that it is about.
fn attacks() -> impl Iterator<Item = (&'static Lesson, Scenario)> {
    let open = Lessons::of_project().unwrap().all().iter();
    open.filter(|lesson| lesson.is_open()).map(|lesson| {
        let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
        (lesson, scenario)
    })
}

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test(
        "attacks::each_comes_true_at_its_own_open_half",
        || {
            for (lesson, scenario) in attacks() {
                let came_true = came_true(&scenario, &of_lesson(lesson));
                let meant = meant(&scenario).collect::<Vec<_>>();
                assert_eq!(came_true, meant, "{}", lesson.program);
            }
            Ok(())
        },
    )];
    let lessons = Lessons::of_project().unwrap();
    for closed in lessons.programs().filter(|lesson| lesson.is_closed()) {
        let name = format!("attacks::none_comes_true_at_{}", closed.program);
        trials.push(Trial::test(name, || {
            withstands((&closed.program, closed.in_course()), &of_lesson(closed))
        }));
    }
    let is_closed = |exercise: &Exercise| {
        attacks().any(|(open, _)| open.in_course() == exercise.number)
            && !NOT_CLOSED.contains(&exercise.number.as_str())
    };
    for exercise in Exercise::all().unwrap().into_iter().filter(is_closed) {
        let solved = format!("solved_{}", exercise.program);
        let name = format!("attacks::none_comes_true_at_{solved}");
        trials.push(Trial::test(name, move || {
            let this = std::env::current_exe().unwrap();
            let program = LessonProgram::of_student(&this, &[crate::SERVE, &solved], LONG);
            withstands((&solved, &exercise.number), &program)
        }));
    }
    trials
}

/// The program of a lesson, as Cargo has built it.
fn of_lesson(lesson: &Lesson) -> LessonProgram {
    let name = format!("{}{}", lesson.program, std::env::consts::EXE_SUFFIX);
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_course")).with_file_name(name);
    LessonProgram::of_student(&program, &[], LONG)
}

/// The steps at which the closed half is not as the open one.
fn meant(scenario: &Scenario) -> impl Iterator<Item = usize> {
    let steps = scenario.steps.iter().enumerate();
    let other = |step: &ScenarioStep| {
        step.closed
            .as_ref()
            .is_some_and(|closed| closed.claims.is_some())
    };
    steps
        .filter(move |(_, step)| other(step))
        .map(|(place, _)| place)
}

/// Those among them that come out at this program as they do at the open half.
fn came_true(scenario: &Scenario, program: &LessonProgram) -> Vec<usize> {
    let player = ScenarioPlayer::new("", scenario, program.clone(), 0, Language::English);
    let mut player = player.unwrap();
    let meant: Vec<usize> = meant(scenario).collect();
    let mut came_true = Vec::new();
    for place in 0..scenario.steps.len() {
        let played = player.play(place).unwrap();
        if meant.contains(&place) && played.claims.iter().all(|claim| claim.holds) {
            came_true.push(place);
        }
    }
    came_true
}

/// The place of the first step after a second cookie was added to a browser from a subdomain. Two
/// cookies of a name count as none: against that nothing helps but a name with `__Host-`, which is
/// lesson 14's setting.
fn tossed(scenario: &Scenario) -> Option<usize> {
    let toss = |act: &Act| matches!(act, Act::Send(sent) if sent.path == "/toss");
    let place = scenario.steps.iter().position(|step| toss(&step.act));
    place.map(|place| place + 1)
}

/// Plays all attacks at a program of this name, which belongs to the lesson with this number.
fn withstands(named: (&str, &str), program: &LessonProgram) -> Result<(), Failed> {
    for (open, scenario) in attacks() {
        if (named.0, open.in_course()) == NOT_JUDGED {
            continue;
        }
        let mut came_true = came_true(&scenario, program);
        if named.1 != open.in_course() {
            came_true.retain(|place| Some(*place) != tossed(&scenario));
        }
        let attack = &open.program;
        assert_eq!(
            came_true, [0; 0],
            "the attack of {attack} comes true at {}",
            named.0
        );
    }
    Ok(())
}
