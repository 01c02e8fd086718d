//! The rules that every exercise keeps, and the end of every program that is broken.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use session_lessons::course::exercise::{Exercise, Stop, Verdict};
use session_lessons::course::scenario::{LessonProgram, Seen};
use session_lessons::course::{Language, Lessons};
use similar::{ChangeTag, TextDiff};

use crate::programs::WRONG;

/// Lines of code between an exercise as it is given and its solution.
const MOST_CHANGED: usize = 15;

/// The exercise that belongs to no lesson.
const CLOSING: &str = "end";

/// Time for a program that works. A busy machine may need seconds.
pub const LONG: Duration = Duration::from_secs(60);

/// Time for one that never answers.
const SHORT: Duration = Duration::from_secs(3);

type Rule = fn(&Exercise) -> Result<(), Failed>;

const RULES: [(&str, Rule); 6] = [
    ("as_it_is_given_it_fails_where_it_says", given_fails),
    ("the_solution_passes_in_both_languages", solution_passes),
    ("each_known_mistake_is_made_by_a_wrong_one", mistakes),
    ("a_few_lines_lead_to_the_solution", few_lines),
    ("it_is_told_in_both_languages", told),
    ("nothing_is_used_that_no_lesson_has_taught", taught),
];

pub fn trials() -> Vec<Trial> {
    let exercises = Exercise::all().unwrap();
    let mut trials = vec![
        Trial::test(
            "every_lesson_has_one_and_every_wrong_file_is_played",
            every_file,
        ),
        Trial::test("a_view_that_panics_is_named", panics),
        Trial::test("nonsense_on_standard_output_changes_nothing", prints),
    ];
    for (name, stop, place) in [
        ("broken_loops", Stop::Silent, Some(0)),
        ("broken_exits", Stop::Ended, Some(0)),
        ("broken_start_panics", Stop::Ended, None),
        ("broken_start_exits", Stop::Ended, None),
        ("broken_start_loops", Stop::Silent, None),
    ] {
        trials.push(Trial::test(format!("{name}_is_ended"), move || match play(
            &Exercise::read("03").unwrap(),
            name,
            SHORT,
        ) {
            Verdict::Stopped {
                place: found,
                stop: how,
                ..
            } if (found, how) == (place, stop) => Ok(()),
            other => Err(format!("{other:?}").into()),
        }));
    }
    for exercise in exercises {
        for (name, rule) in RULES {
            let exercise = exercise.clone();
            let name = format!("{}::{name}", exercise.program);
            trials.push(Trial::test(name, move || rule(&exercise)));
        }
    }
    trials
}

/// Plays an exercise with the program of this name.
fn play(exercise: &Exercise, name: &str, patience: Duration) -> Verdict {
    play_in(Language::English, exercise, name, patience)
}

fn play_in(language: Language, exercise: &Exercise, name: &str, patience: Duration) -> Verdict {
    let program = std::env::current_exe().unwrap();
    let program = LessonProgram::of_student(&program, &[crate::SERVE, name], patience);
    exercise.judge(&program, language)
}

fn given_fails(exercise: &Exercise) -> Result<(), Failed> {
    let given = format!("exercises/given/{}.rs", exercise.program);
    assert_eq!(
        read(&exercise.source()),
        read(&given),
        "start with: cargo run -- reset {}",
        exercise.number
    );
    let verdict = play(exercise, &format!("given_{}", exercise.program), LONG);
    match verdict {
        Verdict::Missed { place, .. } if place + 1 == exercise.head.fails_at => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

fn solution_passes(exercise: &Exercise) -> Result<(), Failed> {
    for language in Language::ALL {
        let name = format!("solved_{}", exercise.program);
        let verdict = play_in(language, exercise, &name, LONG);
        assert!(matches!(verdict, Verdict::Solved), "{verdict:?}");
    }
    Ok(())
}

/// A wrong solution that no words are for would teach nothing, nor would a file as it is given; words that no wrong solution reaches
/// may be for nobody.
fn mistakes(exercise: &Exercise) -> Result<(), Failed> {
    let mut reached = BTreeSet::new();
    let program = &exercise.program;
    let wrong = WRONG.iter().filter(|(of, _)| of == program);
    let wrong = wrong.map(|(_, wrong)| format!("wrong_{program}_{wrong}"));
    // The closing exercise is given as an empty file, which needs no words.
    let given = (exercise.number != CLOSING).then(|| format!("given_{program}"));
    for name in wrong.chain(given) {
        let verdict = play(exercise, &name, LONG);
        let Verdict::Missed {
            place,
            seen: Some((seen, _)),
            ..
        } = verdict
        else {
            return Err(format!("{name}: {verdict:?}").into());
        };
        let (lesson, number, step) = exercise.steps().nth(place).unwrap();
        reached.insert(of_lesson(lesson, number, &step.seen[seen]));
    }
    let known: BTreeSet<_> = exercise
        .steps()
        .flat_map(|(lesson, number, step)| {
            step.seen
                .iter()
                .map(move |seen| of_lesson(lesson, number, seen))
        })
        .collect();
    assert_eq!(reached, known);
    assert!(!known.is_empty());
    Ok(())
}

/// A known mistake: its lesson or its step, and its words. Those that the closing exercise has are
/// mostly for a lesson's whole scenario.
fn of_lesson(lesson: Option<&str>, step: usize, seen: &Seen) -> (String, String) {
    let place = lesson.map_or_else(|| step.to_string(), str::to_owned);
    (place, seen.why.text(Language::English).to_owned())
}

fn few_lines(exercise: &Exercise) -> Result<(), Failed> {
    let code = |folder: &str| {
        let text = read(&format!("exercises/{folder}/{}.rs", exercise.program));
        let lines = text.lines().map(str::trim);
        let code = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
        code.map(|line| line.to_owned() + "\n").collect::<String>()
    };
    let (given, solved) = (code("given"), code("solved"));
    let diff = TextDiff::from_lines(&given, &solved);
    let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
    let changed = count(ChangeTag::Insert).max(count(ChangeTag::Delete));
    // The one exception: the closing exercise is made from an empty file.
    if exercise.number == CLOSING {
        assert!(given.lines().count() <= MOST_CHANGED, "{given}");
        return Ok(());
    }
    assert!((1..=MOST_CHANGED).contains(&changed), "{changed} lines");
    Ok(())
}

fn told(exercise: &Exercise) -> Result<(), Failed> {
    assert_eq!(exercise.hints.len(), 3);
    let head = &exercise.head;
    let mut says = vec![&head.title, &head.task, &head.explain];
    says.extend(&exercise.hints);
    for (_, _, step) in exercise.steps() {
        says.push(&step.say);
        says.extend(step.seen.iter().map(|seen| &seen.why));
    }
    let is_korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    for say in says {
        let [english, korean] = [Language::English, Language::Korean].map(|it| say.text(it));
        assert!(
            !english.trim().is_empty() && !is_korean(english),
            "{english}"
        );
        assert!(is_korean(korean), "{korean}");
    }
    // The first hint has no code: it asks in words.
    assert!(!exercise.hints[0].text(Language::English).contains('('));
    let source = read(&exercise.source());
    for view in &head.edit {
        let is_there = ["fn NAME(", "const NAME:"].map(|it| it.replace("NAME", view));
        assert!(is_there.iter().any(|it| source.contains(it)), "{view}");
    }
    Ok(())
}

/// Names that the exercise imports stand in a lesson up to its own.
fn taught(exercise: &Exercise) -> Result<(), Failed> {
    let lessons = Lessons::of_project().unwrap().programs();
    let before = lessons.filter(|lesson| lesson.in_course() <= exercise.number.as_str());
    let taught: String = before
        .map(|lesson| read(&format!("lessons/{}.rs", lesson.program)))
        .collect();
    let solved = read(&format!("exercises/solved/{}.rs", exercise.program));
    let uses = solved.lines().filter_map(|line| line.strip_prefix("use "));
    for name in uses.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_')) {
        assert!(taught.contains(name), "{name}");
    }
    Ok(())
}

fn every_file() -> Result<(), Failed> {
    let played: BTreeSet<String> = WRONG
        .iter()
        .map(|(exercise, wrong)| format!("{exercise}_{wrong}.rs"))
        .collect();
    let files = fs::read_dir("exercises/wrong").unwrap();
    let files: BTreeSet<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(played, files);
    let exercises: Vec<String> = Exercise::all()
        .unwrap()
        .into_iter()
        .map(|it| it.number)
        .collect();
    let lessons = Lessons::of_project().unwrap().all().iter();
    let lessons = lessons.map(|it| it.in_course().to_owned());
    let expected: Vec<String> = lessons.chain([CLOSING.to_owned()]).collect();
    assert_eq!(exercises, expected);
    Ok(())
}

fn panics() -> Result<(), Failed> {
    let verdict = play(&Exercise::read("03").unwrap(), "broken_panics", LONG);
    let Verdict::Missed {
        place: 0,
        panicked: Some(words),
        ..
    } = &verdict
    else {
        return Err(format!("{verdict:?}").into());
    };
    assert!(words.contains("broken.rs"), "{words}");
    Ok(())
}

fn prints() -> Result<(), Failed> {
    let verdict = play(&Exercise::read("03").unwrap(), "broken_prints", LONG);
    assert!(
        matches!(verdict, Verdict::Missed { place: 0, .. }),
        "{verdict:?}"
    );
    Ok(())
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
