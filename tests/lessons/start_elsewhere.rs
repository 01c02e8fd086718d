//! Starts that succeed: the folder that a lesson is started in, and the files that it finds there.

use std::fs;

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
