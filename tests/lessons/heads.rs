//! The heads of the lessons: what can't be used in them is one line with file and field.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use session_lessons::course::{Language, Lessons};
use tempfile::TempDir;

use super::start::refused;
use crate::common::lesson::{Start, program, project};
use crate::common::sources::{Project, copy_folder};

/// A project's manifest, as far as programs are named in it.
#[derive(Deserialize)]
struct Manifest {
    bin: Vec<Bin>,
}

#[derive(Deserialize)]
struct Bin {
    name: String,
    path: String,
    bench: Option<bool>,
}

/// The checks of the heads of a project, beyond their being read.
pub const CHECKS: [fn(&Project); 1] = [names_a_program_for_each_lesson];

fn names_a_program_for_each_lesson(project: &Project) {
    let manifest: Manifest = toml::from_str(&project.read("Cargo.toml")).unwrap();
    for lesson in project.lessons.programs() {
        let path = format!("lessons/{}.rs", lesson.program);
        let mut programs = manifest.bin.iter();
        let program = programs.find(|bin| bin.name == lesson.program && bin.path == path);
        let program = program.unwrap_or_else(|| panic!("Cargo.toml has no [[bin]] for {path}"));
        // Else `cargo bench -- --quick` ends with an unknown option.
        assert_eq!(program.bench, Some(false), "bench of {path}");
    }
}

#[test]
fn cargo_builds_a_program_for_each_lesson() {
    names_a_program_for_each_lesson(&Project::here());
}

/// A folder with nothing but the lessons in it.
fn copy() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&project().join("lessons"), &copy.path().join("lessons"));
    fs::write(copy.path().join("Rocket.toml"), "").unwrap();
    copy
}

/// The line about these lessons in both languages.
fn lines(project: &Path) -> [String; 2] {
    let error = Lessons::read(project).map(drop).unwrap_err();
    Language::ALL.map(|language| error.line(language))
}

#[test]
fn what_is_wrong_in_a_head_is_one_line_with_file_and_field() {
    let head = "lessons/lesson03.toml";
    let korean_title = "title.ko = \"로그아웃할 때 `user` 삭제하기\"\n";
    let title = &format!("title.en = \"Popping it on logout\"\n{korean_title}");
    // The text that is replaced, its replacement, the line if it is known, and the field.
    let table = [
        ("[lesson]", "[lessen]", ":1", "`lesson`"),
        ("minutes = ", "minutse = ", ":7", "`minutse`"),
        ("minutes = ", "minutes = \"ten\" # ", ":7", "`minutes`"),
        ("minutes = ", "# ", ":1", "`minutes`"),
        ("minutes = ", "minutes = 1000 # ", ":7", "`minutes`"),
        ("[\"/login\", \"/main\"]", "[]", "", "start"),
        ("\"/login\"", "\"login\"", "", "`start`"),
        ("path = \"core\"", "path = \"main\"", ":9", "`path`"),
        ("path = \"core\"\n", "", ":1", "`path`"),
        ("base = \"02\"", "base = \"99\"", "", "`base`"),
        ("base = \"02\"", "base = \"lesson02\"", "", "`base`"),
        // A later one, and itself: the two ways in which a circle begins.
        ("base = \"02\"", "base = \"04\"", "", "`base`"),
        ("base = \"02\"", "base = \"03\"", "", "`base`"),
        (korean_title, "", ":2", "`ko`"),
        (korean_title, "title.ko = \" \"\n", "", "title.ko"),
        ("title.en = ", "title.fr = ", ":2", "`fr`"),
        (title, "title = \"Popping\"\n", ":2", "a text in `en`"),
    ];
    for (old, new, line, field) in table {
        let copy = copy();
        let file = copy.path().join(head);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(old), "{old}");
        fs::write(&file, text.replacen(old, new, 1)).unwrap();
        let place = format!("{head}{line}: ");
        for said in lines(copy.path()) {
            assert!(said.contains(&place), "{new}: {said}");
            assert!(said.contains(field), "{new}: {said}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
}

/// The file that is named, a word of the reason, and the harm done to a folder of lessons.
type Damage = (&'static str, &'static str, fn(&Path));

#[test]
fn what_is_wrong_among_the_files_is_one_line_with_the_file() {
    let table: [Damage; 11] = [
        ("lessons/lesson7.toml", "two digits", |lessons| {
            fs::copy(lessons.join("lesson07.toml"), lessons.join("lesson7.toml")).unwrap();
        }),
        ("lessons/lesson.toml", "two digits", |lessons| {
            fs::rename(lessons.join("lesson11.toml"), lessons.join("lesson.toml")).unwrap();
            fs::remove_file(lessons.join("lesson11.rs")).unwrap();
            fs::remove_file(lessons.join("ko/lesson11.rs")).unwrap();
        }),
        ("lessons/lesson11a.toml", "two digits", |lessons| {
            let head = lessons.join("lesson11.toml");
            fs::copy(head, lessons.join("lesson11a.toml")).unwrap();
        }),
        // A program without a letter leaves no room for a half.
        (
            "lessons/lesson11b.rs",
            "lesson 11 has this number",
            |lessons| {
                let program = lessons.join("lesson11.rs");
                fs::copy(program, lessons.join("lesson11b.rs")).unwrap();
            },
        ),
        ("lessons/lesson98b.rs", "no plain file", |lessons| {
            add_pair(lessons);
            fs::remove_file(lessons.join("lesson98b.rs")).unwrap();
        }),
        ("lessons/ko/lesson98a.rs", "no plain file", |lessons| {
            add_pair(lessons);
            fs::remove_file(lessons.join("ko/lesson98a.rs")).unwrap();
        }),
        ("lessons/lesson98.toml", "no plain file", |lessons| {
            add_pair(lessons);
            fs::remove_file(lessons.join("lesson98.toml")).unwrap();
        }),
        ("lessons/lesson05.toml", "no plain file", |lessons| {
            fs::remove_file(lessons.join("lesson05.toml")).unwrap();
        }),
        ("lessons/lesson05.rs", "no plain file", |lessons| {
            fs::remove_file(lessons.join("lesson05.rs")).unwrap();
        }),
        ("lessons/ko/lesson05.rs", "no plain file", |lessons| {
            fs::remove_file(lessons.join("ko/lesson05.rs")).unwrap();
        }),
        ("lessons", "no lesson", |lessons| {
            fs::remove_dir_all(lessons).unwrap();
            fs::create_dir(lessons).unwrap();
        }),
    ];
    for (place, reason, change) in table {
        let copy = copy();
        change(&copy.path().join("lessons"));
        let [english, korean] = lines(copy.path());
        assert!(english.contains(reason), "{english}");
        for said in [english, korean] {
            assert!(said.contains(&format!("{place}: ")), "{said}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
}

/// Adds a pair 98 to a folder of lessons: both halves are lesson 11.
fn add_pair(lessons: &Path) {
    for half in ["98a", "98b"] {
        for file in ["lesson11.rs", "ko/lesson11.rs"] {
            fs::copy(lessons.join(file), lessons.join(file.replace("11", half))).unwrap();
        }
    }
    let head = fs::read_to_string(lessons.join("lesson11.toml")).unwrap();
    let head = head.replace("base = \"06\"", "base = \"11\"");
    fs::write(lessons.join("lesson98.toml"), head).unwrap();
}

#[test]
fn the_halves_of_a_pair_are_one_lesson_in_two_programs() {
    let copy = copy();
    add_pair(&copy.path().join("lessons"));
    let read = Lessons::read(copy.path()).unwrap();
    let [open, closed] = ["98a", "98b"].map(|number| read.find(number).unwrap());
    let before = &read.all()[read.all().len() - 2];
    assert_eq!((open.is_open(), open.is_closed()), (true, false));
    assert_eq!((closed.is_open(), closed.is_closed()), (false, true));
    assert_eq!(read.all().last(), Some(open));
    assert_eq!(read.programs().last(), Some(closed));
    assert_eq!(read.find("98"), None);
    for half in [open, closed] {
        assert_eq!(half.in_course(), "98");
        assert_eq!(half.head_file(), "lessons/lesson98.toml");
        assert_eq!(half.title, read.find("11").unwrap().title);
        assert_eq!(read.previous(half), Some(before));
        assert_eq!(read.next(half), None);
    }
    assert_eq!(closed.command(), "cargo run --bin lesson98b");
    // So the changes of the closed half are the fix.
    assert_eq!(read.base(open), read.find("11"));
    assert_eq!(read.base(closed), Some(open));
    assert_eq!(read.other_half(open), Some(closed));
    assert_eq!(read.other_half(closed), Some(open));
    assert_eq!(
        [open, closed].map(|half| read.has_hole(half)),
        [true, false]
    );
    assert_eq!(read.next(before), Some(open));
    let eleventh = read.find("11").unwrap();
    assert_eq!(read.other_half(eleventh), None);
    assert!(!read.has_hole(eleventh));
    assert_eq!(read.previous(&read.all()[0]), None);
}

#[test]
fn neither_a_lesson_nor_the_course_starts_with_a_broken_head() {
    let copy = copy();
    fs::remove_file(copy.path().join("lessons/ko/lesson02.rs")).unwrap();
    let [english, korean] = lines(copy.path());
    let templates = project().join("templates");
    for (language, line) in [("en", english), ("ko", korean)] {
        let start = Start::of("lesson01").with("COURSE_LANG", language);
        let start = start.with("ROCKET_TEMPLATE_DIR", templates.to_str().unwrap());
        assert_eq!(refused(start.in_folder(copy.path())), line);
        let output = Command::new(program("course"))
            .current_dir(copy.path())
            .env("COURSE_LANG", language)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8(output.stderr).unwrap().trim_end(), line);
    }
}

#[test]
fn a_lesson_is_found_by_its_number_and_an_exercise_is_none() {
    let lessons = Lessons::of_project().unwrap();
    assert_eq!(lessons.find("ex03"), None);
    assert_eq!(lessons.find("3"), None);
    assert_eq!(lessons.find("03").unwrap().program, "lesson03");
}
