//! The `course` command as people type it.

#[cfg(unix)]
mod checking;
#[cfg(unix)]
mod doctor;
#[cfg(unix)]
mod exercise;
#[cfg(unix)]
mod report;
#[cfg(unix)]
mod reset;
#[cfg(unix)]
mod seat;
mod sessions;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use session_lessons::course::Language;

use crate::common::lesson::project;
use crate::common::sources::{copy_folder, lessons, programs};

/// The command with its database in this folder.
fn command(arguments: &[&str], folder: &Path, language: &str) -> Command {
    let database = folder.join("lessons.db");
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command
        .args(arguments)
        .env("COURSE_LANG", language)
        .env("ROCKET_SESSION", format!("{{database={database:?}}}"));
    command
}

/// Runs it.
fn course(arguments: &[&str], folder: &Path, language: &str) -> Output {
    command(arguments, folder, language).output().unwrap()
}

/// Runs `reset` where there are no exercises: those of the project are somebody's.
fn reset(arguments: &[&str], folder: &Path, language: &str) -> Output {
    let mut command = command(&[&["reset"], arguments].concat(), folder, language);
    command.current_dir(folder).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn it_lists_the_lessons_and_where_the_student_is() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("lessons");
    copy_folder(&project().join("lessons"), &copy);
    // Three lessons, of which the second is on the other path.
    for lesson in programs().skip(3) {
        for file in ["", "ko/"] {
            fs::remove_file(copy.join(format!("{file}{}.rs", lesson.program))).unwrap();
        }
    }
    for lesson in &lessons()[3..] {
        fs::remove_file(folder.path().join(lesson.head_file())).unwrap();
    }
    // A lesson's own minutes are counted anew whenever it changes.
    for lesson in &lessons()[..3] {
        let head = copy.join(&lesson.program).with_extension("toml");
        let own = format!("\nminutes = {}\n", lesson.minutes);
        let text = fs::read_to_string(&head).unwrap();
        fs::write(head, text.replace(&own, "\nminutes = 20\n")).unwrap();
    }
    let second = copy.join("lesson02.toml");
    let head = fs::read_to_string(&second).unwrap();
    fs::write(second, head.replace("\"core\"", "\"further\"")).unwrap();
    fs::write(folder.path().join("Rocket.toml"), "").unwrap();
    fs::write(
        folder.path().join("progress.toml"),
        "lesson01 = 6\nlesson02 = 3\n",
    )
    .unwrap();
    let output = command(&[], folder.path(), "en")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    let list = printed(&output).replace('\u{a0}', " ");
    insta::assert_snapshot!(list, @r"
    A course on web sessions

      Core
      01  Login with no session   20 min    ✓ done
      03  Popping it on logout    20 min    –

      Further
      02  A key named “user”      20 min    3 of 11 steps

      Next   cargo run --bin lesson03
      More   cargo run -- --help
    ");
}

#[test]
fn the_list_has_every_lesson_once() {
    let folder = tempfile::tempdir().unwrap();
    for language in Language::ALL {
        let list = printed(&course(&[], folder.path(), language.code()));
        for lesson in lessons() {
            let row = format!("  {}  {} ", lesson.in_course(), lesson.title_in(language));
            assert_eq!(list.matches(&row).count(), 1, "{row}: {list}");
        }
    }
}

#[test]
fn what_it_does_not_understand_is_one_line_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, word) in [
        (&["chek"][..], "cargo run -- check"),
        (&["frobnicate"], "cargo run -- --help"),
        (&["diff"], "01, 02"),
        (&["diff", "99"], "99"),
        (&["diff", "03", "now"], "now"),
        (&["sessions", "all"], "all"),
        (&["sessions", "end"], "end"),
        (&["sessions", "end", "alice"], "alice"),
        (&["reset", "--now"], "--now"),
        (&["reset", "99"], "01, 02"),
        (&["check"], "01, 02"),
        (&["check", "99"], "99"),
        (&["check", "03", "now"], "now"),
        (&["check", "--watch"], "01, 02"),
        (&["check", "--watch", "03", "--watch"], "--watch"),
        (&["start"], "01, 02"),
        (&["hint", "lesson03"], "lesson03"),
    ] {
        for language in ["en", "ko"] {
            let output = course(arguments, folder.path(), language);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let told = told(&output);
            assert_eq!(told.lines().count(), 1, "{told}");
            assert!(told.contains(word), "{told}");
        }
    }
}

#[test]
fn a_diff_shows_what_changed_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let text = printed(&course(&["diff", "3"], folder.path(), "en"));
    assert!(
        text.starts_with("What lesson 03 changed since lesson 02\n"),
        "{text}"
    );
    assert!(text.contains("+     session.pop(\"user\");"), "{text}");
    assert!(text.contains("+ // Logging out takes a form"), "{text}");
    assert!(!text.contains("//!"), "{text}");
    let korean = printed(&course(&["diff", "3"], folder.path(), "ko"));
    assert!(korean.contains("\nlessons/ko/lesson03.rs:"), "{korean}");
    assert!(korean.contains("+ // 로그아웃은 폼"), "{korean}");
    assert!(!korean.contains("// Logging out"), "{korean}");
}

#[test]
fn looking_makes_no_database_and_reset_asks() {
    let folder = tempfile::tempdir().unwrap();
    let text = printed(&course(&["sessions"], folder.path(), "en"));
    assert_eq!(text, "No sessions are stored.\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    let progress = folder.path().join("progress.toml");
    fs::write(&progress, "lesson01 = 1\n").unwrap();
    let text = printed(&reset(&[], folder.path(), "en"));
    assert!(
        text.contains("Delete? [y/N]") && text.contains("Nothing was deleted"),
        "{text}"
    );
    assert!(progress.exists());
    assert!(reset(&["--yes"], folder.path(), "en").status.success());
    assert!(!progress.exists());
}

#[test]
fn clearing_can_look_ahead_and_says_what_it_does_not_understand() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["clearsessions"][..], &["clearsessions", "--ahead", "1d"]] {
        let text = printed(&course(arguments, folder.path(), "en"));
        assert_eq!(text, "0 sessions were over and are deleted.\n");
    }
    for wrong in [
        &["--ahead"][..],
        &["--ahead", "soon"],
        &["1d"],
        &["--ahead", "1d", "2d"],
    ] {
        let arguments = [&["clearsessions"], wrong].concat();
        let output = course(&arguments, folder.path(), "en");
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_setting_that_cant_be_used_is_one_line() {
    let output = Command::new(env!("CARGO_BIN_EXE_course"))
        .arg("sessions")
        .env("ROCKET_SESSION", "{idle=\"long\"}")
        .env("COURSE_LANG", "en")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("idle"), "{}", told(&output));
}
