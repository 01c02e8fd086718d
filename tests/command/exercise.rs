//! `start`, `check`, `hint`, `solution` and `reset` of an exercise.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;

use super::{command, course, printed, told};
use crate::common::lesson::project;
use crate::common::sources::copy_folder;

/// A copy of the exercises, where a test may write.
fn copied() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["exercises", "lessons"] {
        copy_folder(&project().join(name), &folder.path().join(name));
    }
    fs::write(folder.path().join("Rocket.toml"), "").unwrap();
    folder
}

/// Runs a command in this copy, and returns its output and if it succeeded.
fn in_copy(folder: &Path, line: &str, language: &str) -> (String, bool) {
    let arguments: Vec<&str> = line.split(' ').collect();
    let mut command = command(&arguments, folder, language);
    let output = command.current_dir(folder).output().unwrap();
    (printed(&output) + &told(&output), output.status.success())
}

/// Checks exercise 03 with a Cargo that says this and ends with this code.
fn checked(said: &str, code: u8, language: &str) -> (String, bool) {
    let folder = tempfile::tempdir().unwrap();
    let cargo = folder.path().join("cargo");
    fs::write(folder.path().join("said"), said).unwrap();
    let script = format!(
        "#!/bin/sh\ncat {:?} >&2\nexit {code}\n",
        folder.path().join("said")
    );
    fs::write(&cargo, script).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = command(&["check", "03"], folder.path(), language);
    let output = command.env("CARGO", &cargo).output().unwrap();
    (printed(&output) + &told(&output), output.status.success())
}

#[test]
fn an_attempt_is_never_overwritten() {
    let folder = copied();
    let file = folder.path().join("exercises/ex03.rs");
    let given = fs::read_to_string(&file).unwrap();
    let (text, _) = in_copy(folder.path(), "start 03", "en");
    assert!(text.contains("exercises/ex03.rs"), "{text}");
    assert!(!folder.path().join("exercises/old").exists());
    for (command, number) in [("start 3", 1), ("reset 03", 2), ("reset ex03", 3)] {
        let attempt = format!("// attempt {number}\n");
        fs::write(&file, &attempt).unwrap();
        let (text, succeeded) = in_copy(folder.path(), command, "en");
        assert!(succeeded, "{text}");
        let kept = format!("exercises/old/ex03-{number}.rs");
        assert!(text.contains(&kept), "{text}");
        assert_eq!(
            fs::read_to_string(folder.path().join(kept)).unwrap(),
            attempt
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), given);
    }
    // A file that was deleted comes back.
    fs::remove_file(&file).unwrap();
    in_copy(folder.path(), "start 03", "en");
    assert_eq!(fs::read_to_string(&file).unwrap(), given);
}

#[test]
fn hints_open_one_by_one_and_close_with_a_reset() {
    for (language, hint) in [("en", "Hint "), ("ko", "힌트 ")] {
        let folder = copied();
        let open = |line: &str| {
            let (text, _) = in_copy(folder.path(), line, language);
            let opened = |number: &u8| text.contains(&format!("  {hint}{number}  "));
            (1..=3_u8).filter(opened).count()
        };
        assert_eq!([1, 2, 3, 3], [(); 4].map(|()| open("hint 03")));
        open("reset 03");
        assert_eq!(open("hint 03"), 1);
    }
}

#[test]
fn the_solution_is_told_by_its_difference_to_ones_own() {
    let folder = copied();
    let (text, _) = in_copy(folder.path(), "solution 02", "en");
    assert!(
        text.contains("\n+     session.set(\"visits\", visits)?;"),
        "{text}"
    );
    assert!(!text.contains("\n+ fn login"), "{text}");
    let mut solved = fs::read(folder.path().join("exercises/solved/ex02.rs")).unwrap();
    solved.extend(b"\n    // my own words\n");
    fs::write(folder.path().join("exercises/ex02.rs"), solved).unwrap();
    let (text, _) = in_copy(folder.path(), "solution 02", "en");
    assert!(text.contains("line by line"), "{text}");
}

/// The exercise as it is in the project: not solved. Cargo has built its program before.
#[test]
fn a_check_stops_at_the_first_miss_and_says_why() {
    for (language, words) in [
        (
            "en",
            ["✗ 3", "it holds {}", "Did you pop", "4–7 wait", "hint 03"],
        ),
        (
            "ko",
            ["✗ 3", "실제 {}", "`pop`으로 삭제", "4~7단계", "hint 03"],
        ),
    ] {
        let (text, succeeded) = checked("", 0, language);
        assert!(!succeeded);
        for word in words {
            assert!(text.contains(word), "{word}: {text}");
        }
        assert!(text.contains("✓ 2") && !text.contains("✓ 3"), "{text}");
    }
}

#[test]
fn what_does_not_compile_is_told_by_cargo_and_in_a_sentence() {
    let error = "error[E0425]: cannot find value\n --> exercises/ex03.rs:62:5\n";
    let (text, succeeded) = checked(error, 101, "en");
    assert!(!succeeded);
    assert!(
        text.contains(error) && text.contains("there is no such name"),
        "{text}"
    );
    let elsewhere = error.replace("exercises/ex03.rs", "src/app.rs");
    let (text, _) = checked(&elsewhere, 101, "en");
    assert!(text.contains("not in exercises/ex03.rs"), "{text}");
}

#[test]
fn a_forgotten_await_is_the_reason_of_a_miss_and_no_other_is_guessed() {
    let (text, _) = checked("", 0, "en");
    assert!(text.contains("Nothing was kept"), "{text}");
    let warning = "warning: unused future\n = note: futures do nothing unless you `.await`\n";
    let (text, _) = checked(warning, 0, "en");
    assert!(text.contains("`.await` is missing"), "{text}");
    assert!(!text.contains("Nothing was kept"), "{text}");
}

#[test]
fn a_solved_exercise_stands_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("progress.toml"), "ex03-solved = 1\n").unwrap();
    let list = printed(&course(&[], folder.path(), "en"));
    let solved: Vec<&str> = list
        .lines()
        .filter(|line| line.contains("exercise ✓"))
        .collect();
    assert_eq!(solved.len(), 1, "{list}");
    assert!(solved[0].contains("03"), "{list}");
}
