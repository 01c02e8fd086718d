//! Starts that succeed: the folder that a lesson is started in, and the files that it finds there.

use std::fs;
use std::path::Path;

use crate::common::http::Request;
use crate::common::lesson::{Start, project};
use crate::common::sources::copy_folder;

#[test]
fn a_lesson_runs_from_any_subfolder() {
    for subfolder in ["lessons", "src/course/language/texts"] {
        let lesson = Start::of("lesson03")
            .in_folder(&project().join(subfolder))
            .begin();
        let answer = Request::get("/login").send(lesson.port);
        assert_eq!(answer.status, 200);
        assert!(answer.main().contains("# Log in"));
    }
}

#[test]
fn without_a_setting_the_database_lies_beside_rocket_toml() {
    let start = Start::of("lesson02");
    let folder = start.folder().to_owned();
    let inner = folder.join("inner/most");
    fs::create_dir_all(&inner).unwrap();
    fs::copy(project().join("Rocket.toml"), folder.join("Rocket.toml")).unwrap();
    for part in ["templates", "lessons"] {
        copy_folder(&project().join(part), &folder.join(part));
    }
    let lesson = start.without("ROCKET_SESSION").in_folder(&inner).begin();
    assert_eq!(Request::get("/login").send(lesson.port).status, 200);
    assert!(folder.join("var/lessons.db").is_file());
    assert_eq!(fs::read_dir(&inner).unwrap().count(), 0);
}

/// Git on Windows may give every text such line ends, and a student's editor its exercise.
#[test]
fn files_with_the_line_ends_of_windows_make_the_same_pages() {
    let copy = tempfile::tempdir().unwrap();
    for name in ["lessons", "exercises", "templates"] {
        copy_folder(&project().join(name), &copy.path().join(name));
    }
    for name in ["Rocket.toml", "NOTES.md", "NOTES.ko.md"] {
        fs::copy(project().join(name), copy.path().join(name)).unwrap();
    }
    let pages = |start: Start| {
        let lesson = start.with("COURSE_LANG", "en").begin();
        ["beside/notes", "beside/code", "beside/changes"].map(|part| {
            let page = Request::get(&format!("/{part}")).send(lesson.port);
            assert_eq!(page.status, 200, "{part}");
            page.body.replace("\r\n", "\n")
        })
    };
    let usual = pages(Start::of("lesson03"));
    with_line_ends_of_windows(copy.path());
    assert_eq!(pages(Start::of("lesson03").in_folder(copy.path())), usual);
    // So does a program of a student.
    let exercise = Start::of("ex03").in_folder(copy.path()).begin();
    let login = Request::get("/login").send(exercise.port);
    assert_eq!(login.status, 200);
}

fn with_line_ends_of_windows(path: &Path) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            with_line_ends_of_windows(&entry.unwrap().path());
        }
    } else {
        let text = fs::read_to_string(path).unwrap().replace('\n', "\r\n");
        fs::write(path, text).unwrap();
    }
}

#[test]
fn users_and_their_passwords_survive_a_restart() {
    let first = Start::of("lesson04").begin();
    let form = [
        ("userid", "carol"),
        ("real_name", "Carol Park"),
        ("email", "c.park@example.com"),
        ("password1", "three-tulips"),
        ("password2", "three-tulips"),
    ];
    let signed_up = Request::post("/signup", &form).send(first.port);
    let cookie = signed_up
        .one("Set-Cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let database = first.database();
    // The next lesson on the same file, while the first one still runs: as in two terminals.
    let session = format!("{{database={database:?}}}");
    let second = Start::of("lesson04")
        .with("ROCKET_SESSION", &session)
        .begin();
    let done = Request::get("/signup/done")
        .header("Cookie", &cookie)
        .send(second.port);
    assert!(done.main().contains("Carol Park"));
    let login = [("userid", "carol"), ("password", "three-tulips")];
    assert_eq!(
        Request::post("/login", &login).send(second.port).status,
        303
    );
}
