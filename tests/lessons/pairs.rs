//! The two halves of a pair: a program with a hole on purpose, and the one that closes it.

use session_lessons::course::exercise::Exercise;
use session_lessons::course::{Language, Lesson, Lessons};

use super::start::refused;
use crate::common::http::Request;
use crate::common::lesson::{Lesson as Running, Start};

/// The pairs, each as its open half and its closed one.
fn pairs() -> impl Iterator<Item = (&'static Lesson, &'static Lesson)> {
    let lessons = Lessons::of_project().unwrap();
    let open = lessons.all().iter().filter(|lesson| lesson.is_open());
    open.map(|open| (open, lessons.other_half(open).unwrap()))
}

/// The programs that have a hole: the open halves, and the exercises that close one.
fn with_a_hole() -> Vec<String> {
    let exercises = Exercise::all().unwrap().into_iter();
    let is_about =
        |exercise: &Exercise| pairs().any(|(open, _)| open.in_course() == exercise.number);
    let exercises = exercises.filter(is_about).map(|it| it.program);
    let open = pairs().map(|(open, _)| open.program.clone());
    open.chain(exercises).collect()
}

fn page(running: &Running, path: &str, language: Language) -> String {
    let request = Request::get(path).header("Accept-Language", language.code());
    request.send(running.port).body
}

#[test]
fn a_program_with_a_hole_starts_for_this_machine_alone() {
    for program in with_a_hole() {
        for address in ["0.0.0.0", "::", "192.0.2.1", "::ffff:127.0.0.1"] {
            for (language, words) in [("en", "this machine only"), ("ko", "이 컴퓨터에서만")]
            {
                let start = Start::of(&program).with("COURSE_LANG", language);
                let said = refused(start.with("ROCKET_ADDRESS", address));
                assert!(said.contains(address) && said.contains(words), "{said}");
            }
        }
    }
    for address in ["127.0.0.1", "127.0.0.2", "::1"] {
        let start = Start::of("lesson12a").with("ROCKET_ADDRESS", address);
        assert!(start.begin().greeting.contains("on this machine only"));
    }
}

#[test]
fn its_configuration_file_makes_no_exception() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Elsewhere.toml");
    std::fs::write(&file, "[default]\naddress = \"0.0.0.0\"\n").unwrap();
    let start = Start::of("lesson12a").with("ROCKET_CONFIG", file.to_str().unwrap());
    assert!(refused(start).contains("0.0.0.0"));
}

#[test]
fn each_of_its_pages_says_that_it_is_broken_on_purpose_and_no_other_does() {
    let band = |page: &str, language: Language| {
        page.matches("<section class=\"hole\"").count() == 1
            && page.contains(&language.text("page-hole"))
    };
    for program in with_a_hole() {
        let running = Running::start(&program);
        assert!(
            running
                .greeting
                .contains(&Language::English.text("page-hole"))
        );
        for language in Language::ALL {
            for path in ["/", "/login", "/nowhere", "/beside/code", "/xray"] {
                let page = page(&running, path, language);
                assert!(band(&page, language), "{program}{path}: {page}");
            }
            // A form that another page sends, and one that nobody can read.
            for form in ["/login", "/nowhere"] {
                let request = Request::post(form, &[("x", "y")]);
                let request = request.header("Accept-Language", language.code());
                let answer = request
                    .header("Origin", "http://evil.test")
                    .send(running.port);
                assert!(
                    answer.status >= 400 && band(&answer.body, language),
                    "{form}"
                );
            }
        }
    }
    for (_, closed) in pairs() {
        let page = page(&Running::start(&closed.program), "/", Language::English);
        assert!(!page.contains("class=\"hole\""), "{page}");
    }
}

#[test]
fn each_half_leads_to_the_other() {
    for (open, closed) in pairs() {
        for (half, other, key) in [(open, closed, "half-closed"), (closed, open, "half-open")] {
            let running = Running::start(&half.program);
            assert!(
                running.greeting.contains(&other.command()),
                "{}",
                running.greeting
            );
            for language in Language::ALL {
                let cover = page(&running, "/", language);
                let [label, command] = [language.text(key), other.command()];
                let (_, after) = cover.split_once(&format!("<dt>{label}</dt>")).unwrap();
                let (line, _) = after.split_once("</dd>").unwrap();
                assert!(line.contains(&command), "{cover}");
                // Both stand at the same place on the way.
                assert!(!cover.contains(&format!("{}<", half.command())), "{cover}");
            }
        }
    }
}

#[test]
fn whoever_is_through_the_open_half_goes_on_with_the_closed_one_and_then_with_the_exercise() {
    for (open, closed) in pairs() {
        let exercise = format!("cargo run -- start {}", open.in_course());
        for (half, then) in [(open, closed.command()), (closed, exercise)] {
            let start = Start::of(&half.program);
            let progress = start.folder().join("progress.toml");
            // The other half's steps are no steps of this one.
            let other = if half.is_open() { closed } else { open };
            std::fs::write(&progress, format!("{} = 99\n", other.program)).unwrap();
            let running = start.begin();
            let all_done = |page: &str| page.contains("class=\"all-done\"");
            assert!(!all_done(&page(&running, "/", Language::English)));
            std::fs::write(&progress, format!("{} = 99\n", half.program)).unwrap();
            let cover = page(&running, "/", Language::English);
            let (_, after) = cover.split_once("class=\"all-done\"").unwrap();
            assert!(
                after.split_once("</p>").unwrap().0.contains(&then),
                "{after}"
            );
        }
    }
}
