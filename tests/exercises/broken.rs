//! Programs as only a student writes them: they panic, loop, exit, or print nonsense.

use std::process::exit;

use rocket::{Build, Rocket, get, post, routes};
use session_lessons::app;

#[post("/logout")]
fn panics() {
    panic!("no user");
}

#[post("/logout")]
fn loops() {
    loop {
        std::hint::spin_loop();
    }
}

#[post("/logout")]
fn exits() {
    exit(3);
}

#[post("/logout")]
fn prints() {
    print!("nonsense");
    println!("{{}}");
    println!("{{\"Ok\": no, \"Err\"");
}

#[get("/main")]
fn main_page() {}

/// The program of this name.
pub fn named(name: &str) -> Rocket<Build> {
    let views = match name {
        "broken_panics" => routes![panics],
        "broken_loops" => routes![loops],
        "broken_exits" => routes![exits],
        "broken_prints" => routes![prints],
        "broken_start_panics" => panic!("no start"),
        "broken_start_exits" => exit(0),
        "broken_start_loops" => loop {
            std::hint::spin_loop();
        },
        other => panic!("there is no program {other}"),
    };
    app("ex03").mount("/", views).mount("/", routes![main_page])
}
