//! A student's seat: a copy of the project where a test may write, and programs of its own.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{printed, told};
use crate::common::lesson::{program, project};
use crate::common::sources::copy_folder;

pub struct Seat {
    folder: TempDir,
}

impl Seat {
    /// A seat with a Cargo that has nothing to do, and no program yet.
    pub fn new() -> Seat {
        let folder = tempfile::tempdir().unwrap();
        for name in ["exercises", "lessons", "templates"] {
            copy_folder(&project().join(name), &folder.path().join(name));
        }
        for name in ["bin", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("Rocket.toml"), "").unwrap();
        let seat = Seat { folder };
        seat.link("course", &program("course"));
        seat.script("cargo", "exit 0");
        seat
    }

    /// With the exercise as the project has it.
    pub fn with(self, exercise: &str) -> Seat {
        self.link(exercise, &program(exercise));
        self
    }

    /// With a program that is this script.
    pub fn with_script(self, name: &str, script: &str) -> Seat {
        self.script(name, script);
        self
    }

    fn link(&self, name: &str, program: &Path) {
        let here = self.path("bin").join(name);
        if fs::hard_link(program, &here).is_err() {
            // On another file system.
            fs::copy(program, here).unwrap();
        }
    }

    pub fn script(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The command as it is typed here, in a group of its own, as a terminal has it.
    pub fn command(&self, line: &str) -> Command {
        self.wrapped(Command::new(self.path("bin/course")), line)
    }

    /// The same where no file may grow, as on a full disk.
    pub fn on_a_full_disk(&self, line: &str) -> Command {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "trap '' XFSZ; ulimit -S -f 0; exec \"$0\" \"$@\""])
            .arg(self.path("bin/course"));
        self.wrapped(shell, line)
    }

    fn wrapped(&self, mut command: Command, line: &str) -> Command {
        let database = self.path("var/lessons.db");
        command
            .args(line.split(' ').filter(|word| !word.is_empty()))
            .current_dir(self.folder.path())
            .env("COURSE_LANG", "en")
            .env("CARGO", self.path("bin/cargo"))
            .env("TMPDIR", self.path("tmp"))
            .env("ROCKET_SESSION", format!("{{database={database:?}}}"))
            .process_group(0);
        command
    }

    /// Runs a command: all that it says, and its exit code.
    pub fn run(&self, line: &str) -> (String, Option<i32>) {
        ended(&mut self.command(line))
    }

    /// The folders that were left behind.
    pub fn left_behind(&self) -> usize {
        fs::read_dir(self.path("tmp")).unwrap().count()
    }

    /// A named pipe: opening it waits for the other side.
    pub fn pipe(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        let made = Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        path
    }
}

/// Runs a command to its end.
pub fn ended(command: &mut Command) -> (String, Option<i32>) {
    let output: Output = command.output().unwrap();
    (printed(&output) + &told(&output), output.status.code())
}

/// Presses Ctrl+C: in a terminal the whole group gets the signal, with `kill` the process alone.
pub fn interrupt(target: &str) {
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -INT {target}")])
        .status();
    assert!(sent.unwrap().success());
}

/// Tells if a process is there.
pub fn is_alive(process: &str) -> bool {
    let asked = Command::new("sh")
        .args(["-c", &format!("kill -0 {process} 2>/dev/null")])
        .status();
    asked.unwrap().success()
}
