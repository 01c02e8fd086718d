//! One lesson more, added to a copy of the project: it takes five things, and everything knows it.

mod compiled;
mod copy;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;

use session_lessons::course::{Language, Lessons};

use crate::common::http::Request;
use crate::common::lesson::{Start, program};
use crate::common::sources::Project;
use crate::documents::lessons::{tables_are_the_heads, write_tables};
use crate::lessons::{budget, heads, twins};
use crate::notes;
use copy::{CopiedProject, THINGS};

/// Everything that is asked of all lessons by reading their files.
fn checks() -> impl Iterator<Item = fn(&Project)> {
    let of_lessons = budget::CHECKS.into_iter().chain(twins::CHECKS);
    of_lessons.chain(heads::CHECKS).chain(notes::CHECKS)
}

#[test]
fn five_things_are_enough() {
    let copy = CopiedProject::with(&THINGS);
    let project = Project::at(copy.path());
    let lesson = project.lessons.find("99").unwrap();
    checks().for_each(|check| check(&project));
    // Tables are not written by hand, and the test says how to.
    assert!(catch_unwind(AssertUnwindSafe(|| tables_are_the_heads(&project))).is_err());
    write_tables(&project);
    tables_are_the_heads(&project);
    checks().for_each(|check| check(&project));

    let course = |arguments: &[&str]| {
        let course = Command::new(program("course"))
            .args(arguments)
            .current_dir(copy.path())
            .env("COURSE_LANG", "en")
            .output()
            .unwrap();
        String::from_utf8(course.stdout).unwrap()
    };
    let list = course(&[]);
    assert!(list.contains("99  One lesson more"), "{list}");
    let diff = course(&["diff", "99"]);
    assert!(diff.starts_with("What lesson 99 changed since lesson 03\n"));
    assert!(diff.contains("+     session.pop(\"cart\");"), "{diff}");

    let added = compiled::program(copy.path(), "lesson99");
    let before = project.lessons.previous(lesson).unwrap();
    let start = Start::of(&before.program).in_folder(copy.path());
    assert!(start.begin().greeting.contains(&lesson.command()));
    let start = Start::of_program(&added).in_folder(copy.path());
    let running = start.begin();
    assert!(running.greeting.contains("Lesson 99 · One lesson more"));
    for (lang, language) in [("en", Language::English), ("ko", Language::Korean)] {
        let page = |path| {
            let request = Request::get(path).header("Accept-Language", lang);
            request.send(running.port).body
        };
        let cover = page("/");
        assert!(cover.contains(&lesson.title_in(language)), "{cover}");
        assert!(cover.contains(&lesson.idea_in(language)), "{cover}");
        assert!(cover.contains(&before.command()), "{cover}");
        assert!(cover.contains("<li><a href=\"/main\">"), "{cover}");
        assert!(page("/beside/notes").contains("session.pop(\"cart\")"));
        let changes = page("/beside/changes");
        let folder = ["lessons", "lessons/ko"][language as usize];
        let files = ["03", "99"].map(|number| format!("{folder}/lesson{number}.rs"));
        assert!(files.iter().all(|file| changes.contains(file)), "{changes}");
    }
    drop(running);
    let demo = Command::new(added)
        .arg("--demo")
        .current_dir(copy.path())
        .env("COURSE_LANG", "en")
        .env("ROCKET_PORT", "0")
        .env("ROCKET_PASSWORD_COST", "4")
        .output()
        .unwrap();
    assert!(demo.status.success(), "{demo:?}");
}

#[test]
fn each_of_the_five_is_missed() {
    for (left_out, thing) in THINGS.iter().enumerate() {
        let mut others = THINGS.to_vec();
        others.remove(left_out);
        let copy = CopiedProject::with(&others);
        match Lessons::read(copy.path()) {
            Err(error) => {
                let line = error.line(Language::English);
                assert!(line.contains(thing), "{thing}: {line}");
            }
            Ok(_) => {
                let project = Project::at(copy.path());
                let mut all = checks();
                let missed =
                    all.any(|check| catch_unwind(AssertUnwindSafe(|| check(&project))).is_err());
                assert!(missed, "nobody misses {thing}");
            }
        }
    }
}
