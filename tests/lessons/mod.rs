//! The lessons as students run them: built programs, asked over HTTP.

mod address;
mod bad_luck;
pub mod budget;
mod crowd;
pub mod heads;
mod hostile;
mod hostile_cookies;
mod hostile_forms;
mod kill;
mod language;
mod lesson01;
mod lesson02;
mod lesson03;
mod lesson04;
mod lesson05;
mod lesson06;
mod lesson07;
mod lesson08;
mod lesson09;
mod lesson10;
mod lesson11;
mod lesson13;
mod lesson14;
#[cfg(unix)]
mod lost_database;
mod no_cookie;
mod no_layer;
mod pairs;
mod passwords;
mod races;
mod rows;
mod start;
mod start_elsewhere;
mod terminal;
pub mod twins;

use crate::common::http::{Answer, Request};
use crate::common::lesson::Lesson;

/// The demo users' passwords, as the cover page shows them.
const ALICE: &str = "wonder-land-7";
const BOB: &str = "tree-house-42";

/// The login form of every lesson, filled in.
fn log_in(userid: &str, password: &str) -> Request {
    Request::post("/login", &[("userid", userid), ("password", password)])
}

/// The cookie that an answer gives the browser, as the browser brings it back.
fn cookie_of(answer: &Answer) -> String {
    let sent = answer.one("Set-Cookie").unwrap();
    sent.split(';').next().unwrap().to_owned()
}

/// Moves the clock of a lesson's server, as the X-ray's buttons do. It prints no line.
fn move_time(lesson: &Lesson, by: &str) {
    let answer = Request::post("/xray/time", &[("by", by)]).send(lesson.port);
    assert_eq!(answer.status, 303, "{by}");
}
