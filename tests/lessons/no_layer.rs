//! A lesson that has lost its `.attach(Session::fairing())`.

use std::process::Command;

use rocket::{get, post};
use session_lessons::Answer;
use session_lessons::session::Session;

use crate::common::lesson::project;

#[get("/main")]
fn asks_for_a_session(session: &Session) -> Answer {
    session.pop("user");
    session_lessons::render("main", ())
}

#[post("/logout")]
fn asks_too(session: &Session) -> Answer {
    session.pop("user");
    session_lessons::redirect("/main")
}

/// Set where this test runs itself, as the program whose start is to fail.
const AS_A_LESSON: &str = "TEST_RUNS_AS_A_LESSON";

#[test]
fn a_view_that_asks_for_the_session_where_no_layer_is_attached() {
    if std::env::var_os(AS_A_LESSON).is_some() {
        // `#[launch]`'s result for a lesson that has lost its `.attach(Session::fairing())`.
        let lesson =
            session_lessons::app("02").mount("/", rocket::routes![asks_for_a_session, asks_too]);
        let _ = rocket::execute(lesson.launch());
        return;
    }
    let this = "lessons::no_layer::a_view_that_asks_for_the_session_where_no_layer_is_attached";
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("lessons.db");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", this, "--nocapture"])
        .current_dir(project())
        .env(AS_A_LESSON, "yes")
        .env("ROCKET_PORT", "0")
        .env("ROCKET_PASSWORD_COST", "4")
        .env("ROCKET_SESSION", format!("{{database={database:?}}}"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(
        said,
        "A view asks for &Session, but the session layer is not attached: \
         add .attach(Session::fairing()).\n"
    );
}
