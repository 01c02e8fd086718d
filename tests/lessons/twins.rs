//! Each lesson exists twice: `lessons/ko` has the same programs with Korean comments.

use session_lessons::course::Language;

use crate::common::sources::{Project, SUBGOALS, header, is_comment};

/// A line of code, without a comment behind it, or the lines of one comment.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'s> {
    Code(&'s str),
    Comment(Vec<&'s str>),
}

/// The pieces of a program, each with the number of its first line.
fn pieces(source: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces: Vec<(usize, Piece<'_>)> = Vec::new();
    let mut goes_on = false;
    for (number, line) in (1..).zip(source.lines()) {
        if is_comment(line) {
            match pieces.last_mut() {
                Some((_, Piece::Comment(lines))) if goes_on => lines.push(line),
                _ => pieces.push((number, Piece::Comment(vec![line]))),
            }
        } else if !line.trim().is_empty() {
            let code = line.split(" // ").next().unwrap().trim_end();
            pieces.push((number, Piece::Code(code)));
        }
        goes_on = is_comment(line);
    }
    pieces
}

/// The subgoals that a comment marks, by their place in the list. A header marks none: its title may
/// have the same words.
fn marks(comment: &[&str], mark: impl Fn(usize) -> &'static str) -> Vec<usize> {
    let lines = comment.iter().filter(|line| !line.starts_with("//!"));
    let text: String = lines.map(|line| line.trim_start()).collect();
    (0..SUBGOALS.len())
        .filter(|&subgoal| text.contains(mark(subgoal)))
        .collect()
}

/// The reason for which this piece of the twin is not the lesson's, if it is not.
fn fault(ours: &Piece<'_>, theirs: &Piece<'_>) -> Option<&'static str> {
    match (ours, theirs) {
        (Piece::Code(one), Piece::Code(other)) => (one != other).then_some("other code"),
        (Piece::Comment(_), Piece::Code(_)) => Some("no comment"),
        (Piece::Code(_), Piece::Comment(_)) => Some("a comment too many"),
        (Piece::Comment(one), Piece::Comment(other)) => {
            let alike = marks(one, |n| SUBGOALS[n].0) == marks(other, |n| SUBGOALS[n].1);
            (!alike).then_some("other subgoals")
        }
    }
}

/// The first place where the twin is not the lesson in Korean: file, line and why.
fn difference(name: &str, english: &str, korean: &str) -> Option<String> {
    let (ours, theirs) = (pieces(english), pieces(korean));
    let pairs = ours.iter().zip(&theirs);
    let found = pairs.into_iter().find_map(|((at, ours), (line, theirs))| {
        let why = fault(ours, theirs)?;
        Some(format!("{line}: {why}, see lessons/{name}.rs:{at}"))
    });
    let found = found.or_else(|| {
        let (one, other) = (ours.len(), theirs.len());
        let end = korean.lines().count();
        (one != other).then(|| format!("{end}: ends elsewhere, see lessons/{name}.rs"))
    });
    found.map(|found| format!("lessons/ko/{name}.rs:{found}"))
}

/// A line without what stands between backticks.
fn prose(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

fn is_korean(text: &str) -> bool {
    text.chars().any(|letter| ('가'..='힣').contains(&letter))
}

/// The number of the first comment line that is prose without a Korean word.
fn foreign(source: &str) -> Option<usize> {
    let foreign = |line: &str| {
        let prose = prose(line);
        prose.contains(|letter: char| letter.is_ascii_alphabetic()) && !is_korean(&prose)
    };
    let mut lines = (1..).zip(source.lines());
    let found = lines.find(|(_, line)| is_comment(line) && foreign(line));
    found.map(|(number, _)| number)
}

/// The checks of the twins of a project. A missing one stops the reading of the heads.
pub const CHECKS: [fn(&Project); 2] = [is_the_lesson_in_korean, begins_as_its_head_says];

fn is_the_lesson_in_korean(project: &Project) {
    let faults = project.lessons.programs().filter_map(|lesson| {
        let name = &lesson.program;
        let korean = project.twin(name);
        let foreign = || {
            let line = foreign(&korean)?;
            Some(format!("lessons/ko/{name}.rs:{line}: not Korean"))
        };
        difference(name, &project.source(name), &korean).or_else(foreign)
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn begins_as_its_head_says(project: &Project) {
    for lesson in project.lessons.programs() {
        let name = &lesson.program;
        let korean = project.twin(name);
        let written = header(&korean);
        let paragraphs = written.split(|line| line.is_empty());
        let paragraphs: Vec<String> = paragraphs.map(|lines| lines.join(" ")).collect();
        let [title, idea, run, changed] = &paragraphs[..] else {
            panic!("{name}: {} paragraphs", paragraphs.len());
        };
        let in_korean = lesson.title.text(Language::Korean);
        assert_eq!(*title, format!("레슨 {}: {in_korean}", lesson.number));
        assert_eq!(idea, lesson.idea.text(Language::Korean), "{name}");
        assert!(
            run.starts_with(&format!("`cargo run --bin {name}` ")),
            "{name}"
        );
        let host = project.scenario(lesson).host;
        let host = host.as_deref().unwrap_or("localhost");
        assert!(run.contains(&format!("http://{host}:8000")), "{name}");
        let since = match &lesson.base {
            Some(base) => format!("레슨 {base}"),
            None => "첫 레슨".to_owned(),
        };
        assert!(changed.starts_with(&since), "{name}: {changed}");
    }
}

#[test]
fn each_lesson_has_a_twin_of_the_same_code_whose_comments_are_korean() {
    is_the_lesson_in_korean(&Project::here());
}

#[test]
fn a_twin_begins_with_the_idea_how_to_run_it_and_what_changed() {
    begins_as_its_head_says(&Project::here());
}

// The checks above, tried on a twin that is right and on some that are wrong. ---------------------

const LESSON: &str = "//! Lesson.\n\n// Because.\n// Find the session.\nfn a() {\n    b();\n}\n";
const TWIN: &str = "//! 레슨.\n\n// 까닭. 세션 조회.\nfn a() {\n    b(); // 값\n}\n";

#[test]
fn a_right_twin_is_found_right() {
    assert_eq!(difference("x", LESSON, TWIN), None);
    assert_eq!(foreign(TWIN), None);
    assert_eq!(
        foreign("// `cargo run`\n// 값 `user`\n//\nlet english = 1;\n"),
        None
    );
}

#[test]
fn the_first_difference_of_a_twin_is_named_with_file_and_line() {
    for (twin, found) in [
        (
            TWIN.replace("b()", "c()"),
            "5: other code, see lessons/x.rs:6",
        ),
        (
            TWIN.replace("// 까닭. 세션 조회.\n", ""),
            "3: no comment, see lessons/x.rs:3",
        ),
        (
            TWIN.replace("    b", "    // 값\n    b"),
            "5: a comment too many, see lessons/x.rs:6",
        ),
        (
            TWIN.replace("조회", "변경"),
            "3: other subgoals, see lessons/x.rs:3",
        ),
        (
            TWIN.replace("}\n", ""),
            "5: ends elsewhere, see lessons/x.rs",
        ),
    ] {
        let found = format!("lessons/ko/x.rs:{found}");
        assert_eq!(difference("x", LESSON, &twin), Some(found));
    }
    assert_eq!(
        foreign(&TWIN.replace("까닭. 세션 조회.", "Because `값`.")),
        Some(3)
    );
}
