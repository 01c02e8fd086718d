//! Mallory's site as students run it: the built program, on a free port.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::lesson::{program, project};

/// The running site. It ends with its test, and a panic in it fails that test.
pub struct Mallory {
    child: Child,
    pub port: u16,
    /// The line that it printed at its start.
    pub greeting: String,
}

/// The command that starts it for the lesson on this port, on a free port, its terminal in English.
pub fn command(lesson_port: &str) -> Command {
    let mut command = Command::new(program("mallory"));
    command
        .arg(lesson_port)
        .current_dir(project())
        .env("MALLORY_PORT", "0")
        .env("COURSE_LANG", "en")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Mallory {
    pub fn start(lesson_port: u16) -> Mallory {
        Mallory::begin(command(&lesson_port.to_string()))
    }

    /// Starts it and waits for its line.
    pub fn begin(mut command: Command) -> Mallory {
        let mut child = command.spawn().unwrap();
        let mut greeting = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut greeting).unwrap();
        let (_, port) = greeting.split_once("http://localhost:").unwrap_or_default();
        let digits = port.find(|c: char| !c.is_ascii_digit());
        let port = port[..digits.unwrap_or(0)].parse();
        Mallory {
            child,
            port: port.unwrap_or_else(|_| panic!("no address: {greeting:?}")),
            greeting,
        }
    }

    /// Ends it, and returns all that it said on stderr.
    pub fn end(&mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut said = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut said).unwrap();
        }
        said
    }
}

impl Drop for Mallory {
    fn drop(&mut self) {
        let said = self.end();
        assert!(
            std::thread::panicking() || !said.contains("panicked"),
            "{said}"
        );
    }
}

/// Starts it, expecting that it gives up: its exit status, and what it said on stderr.
pub fn fail(mut command: Command) -> (ExitStatus, String) {
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status, said)
}
