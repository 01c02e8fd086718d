//! `cargo run`: the list of lessons, and what else the course can do.

use std::process::ExitCode;

fn main() -> ExitCode {
    session_lessons::course::command::run(std::env::args().skip(1).collect())
}
