//! Mallory's site, as a program of its own beside a lesson.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::lesson::{program, project};

/// Her site while it runs. Dropping it ends it.
pub struct Mallory {
    program: Child,
    pub port: u16,
}

impl Mallory {
    /// Starts it on any free port, for the lesson on this one.
    pub fn start(lesson_port: u16) -> Mallory {
        let mut program = Command::new(program("mallory"))
            .arg(lesson_port.to_string())
            .current_dir(project())
            .env("MALLORY_PORT", "0")
            .env("COURSE_LANG", "en")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let port = line.split("http://localhost:").nth(1).unwrap();
        let digits = port.split(|c: char| !c.is_ascii_digit()).next().unwrap();
        let port = digits.parse().unwrap();
        Mallory { program, port }
    }
}

impl Drop for Mallory {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
