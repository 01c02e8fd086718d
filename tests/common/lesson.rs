//! A lesson as students run it: the built program, on a free port, with a database of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use tempfile::TempDir;

/// After so long a lesson that has said nothing is taken for hung. Nothing ever waits for it
/// otherwise: not even a slow machine comes near.
const PATIENCE: Duration = Duration::from_secs(60);

/// The password cost of tests: a login takes about a millisecond.
const PASSWORD_COST: &str = "4";

/// The folder of the project, from which a student runs a lesson.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A program of the project, as Cargo has built it for these tests: all stand in one folder.
pub fn program(name: &str) -> PathBuf {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let program = Path::new(env!("CARGO_BIN_EXE_course")).with_file_name(name);
    assert!(program.is_file(), "there is no {}", program.display());
    program
}

/// The session layer's settings: everything that is stored goes into this folder.
fn settings(folder: &Path, further: &str) -> String {
    let (database, files) = (folder.join("lessons.db"), folder.join("sessions"));
    let keys = folder.join("session.keys");
    format!(
        "{{database={database:?},folder={files:?},key_file={keys:?},synchronous=\"normal\"{further}}}"
    )
}

/// A start that is being prepared.
pub struct Start {
    lesson: String,
    command: Command,
    folder: Arc<TempDir>,
}

impl Start {
    /// The start of `lesson` in the project's folder, its terminal in English.
    pub fn of(lesson: &str) -> Start {
        Start::with_files(lesson, Arc::new(tempfile::tempdir().unwrap()))
    }

    fn with_files(lesson: &str, folder: Arc<TempDir>) -> Start {
        Start::prepared(&program(lesson), lesson, folder)
    }

    /// The start of this program, which Cargo has not built.
    #[allow(dead_code, reason = "trials in the browser have Cargo's programs")]
    pub fn of_program(program: &Path) -> Start {
        let name = program.file_stem().unwrap().to_str().unwrap();
        Start::prepared(program, name, Arc::new(tempfile::tempdir().unwrap()))
    }

    fn prepared(program: &Path, lesson: &str, folder: Arc<TempDir>) -> Start {
        let mut command = Command::new(program);
        // Variables that the person who runs the tests has set for a lesson of their own.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("ROCKET_") {
                command.env_remove(name);
            }
        }
        let session = settings(folder.path(), "");
        command
            .current_dir(project())
            .env("ROCKET_PORT", "0")
            .env("ROCKET_HTTPS", "false")
            .env("ROCKET_PASSWORD_COST", PASSWORD_COST)
            .env("ROCKET_SESSION", session)
            .env("COURSE_LANG", "en")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Start {
            lesson: lesson.to_owned(),
            command,
            folder,
        }
    }

    /// With its sessions kept by this engine.
    pub fn on(self, engine: &str) -> Start {
        self.with_setting(&format!("engine={engine:?}"))
    }

    /// With one more setting of the session layer.
    pub fn with_setting(self, setting: &str) -> Start {
        let session = settings(self.folder(), &format!(",{setting}"));
        self.with("ROCKET_SESSION", &session)
    }

    /// With a variable of the environment set to `value`.
    pub fn with(mut self, variable: &str, value: &str) -> Start {
        self.command.env(variable, value);
        self
    }

    /// With this argument on its command line.
    #[allow(dead_code, reason = "trials in the browser give none")]
    pub fn told(mut self, argument: &str) -> Start {
        self.command.arg(argument);
        self
    }

    /// Without what would be set otherwise.
    pub fn without(mut self, variable: &str) -> Start {
        self.command.env_remove(variable);
        self
    }

    /// With files that may not grow beyond this many bytes: writing more fails, as on a full disk,
    /// where the signal that would end the program is ignored.
    #[cfg(unix)]
    pub fn files_at_most(mut self, bytes: u64) -> Start {
        let script = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\"", bytes / 512);
        let mut command = Command::new("sh");
        command.arg("-c").arg(script);
        command.arg(self.command.get_program());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
            .current_dir(project())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.command = command;
        self
    }

    /// From another folder than the project's.
    pub fn in_folder(mut self, folder: &Path) -> Start {
        self.command.current_dir(folder);
        self
    }

    /// A folder for the files of this start. It is gone when the lesson is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts it and waits for its greeting.
    pub fn begin(mut self) -> Lesson {
        let mut child = self.command.spawn().unwrap();
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        spawn(move || {
            let mut lines = stdout.lines().map_while(Result::ok);
            lines.try_for_each(|line| sender.send(line))
        });
        let complaints = read_all(child.stderr.take().unwrap());
        let mut lesson = Lesson {
            lesson: self.lesson,
            child,
            port: 0,
            folder: self.folder,
            greeting: String::new(),
            lines: Mutex::new(lines),
            complaints: Some(complaints),
            mallory: None,
        };
        lesson.listen_to_the_greeting();
        lesson
    }

    /// Starts it, expecting that it gives up: its exit status, and what it said on stderr.
    pub fn fail(mut self) -> (ExitStatus, String) {
        let mut child = self.command.spawn().unwrap();
        let complaints = read_all(child.stderr.take().unwrap());
        // The end of its output is its own end, or comes right before it.
        let (sender, ended) = channel();
        let stdout = read_all(child.stdout.take().unwrap());
        spawn(move || sender.send(stdout.join().unwrap()));
        let greeting = ended.recv_timeout(PATIENCE);
        if greeting.is_err() {
            child.kill().unwrap();
        }
        let status = child.wait().unwrap();
        let said = complaints.join().unwrap();
        assert_eq!(greeting.as_deref(), Ok(""), "it should not start: {said}");
        (status, said)
    }
}

fn read_all(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// A running lesson. It ends with its test, and a panic in it fails that test.
pub struct Lesson {
    lesson: String,
    child: Child,
    /// The address that it listens on.
    pub port: u16,
    folder: Arc<TempDir>,
    /// The lines that it printed at its start.
    pub greeting: String,
    lines: Mutex<Receiver<String>>,
    complaints: Option<JoinHandle<String>>,
    /// The port of Mallory's site, if it has links there.
    mallory: Option<u16>,
}

impl Lesson {
    /// Starts a lesson as most tests want it.
    pub fn start(lesson: &str) -> Lesson {
        Start::of(lesson).begin()
    }

    /// Kills it and starts it once more, on the same port and with the same files.
    #[allow(dead_code, reason = "trials in the browser name an engine")]
    pub fn restart(&mut self) {
        self.start_again(Start::with_files(&self.lesson, self.folder.clone()));
    }

    /// The same, with its sessions kept by this engine from now on.
    pub fn restart_on(&mut self, engine: &str) {
        self.start_again(Start::with_files(&self.lesson, self.folder.clone()).on(engine));
    }

    /// The same, with these settings of the session layer from now on.
    #[allow(dead_code, reason = "trials in the browser change settings")]
    pub fn restart_with_settings(&mut self, settings: &str) {
        let start = Start::with_files(&self.lesson, self.folder.clone());
        self.start_again(start.with_setting(settings));
    }

    /// The same, with a variable of the environment set to `value`.
    #[allow(
        dead_code,
        reason = "trials in the browser want the real cost of passwords"
    )]
    pub fn restart_with(&mut self, variable: &str, value: &str) {
        let start = Start::with_files(&self.lesson, self.folder.clone());
        self.start_again(start.with(variable, value));
    }

    /// The same, with links to Mallory's site on this port from now on.
    #[allow(dead_code, reason = "trials in the browser go there")]
    pub fn restart_beside(&mut self, mallory: u16) {
        self.mallory = Some(mallory);
        self.restart();
    }

    /// The same, on another port.
    #[allow(dead_code, reason = "trials in the browser need two in a row")]
    pub fn restart_at(&mut self, port: u16) {
        self.port = port;
        self.restart();
    }

    fn start_again(&mut self, mut start: Start) {
        self.kill();
        let mallory = self.mallory;
        if let Some(port) = mallory {
            start = start.with("MALLORY_PORT", &port.to_string());
        }
        *self = start.with("ROCKET_PORT", &self.port.to_string()).begin();
        self.mallory = mallory;
    }

    /// Its program once more, as the second server.
    #[allow(dead_code, reason = "trials in the browser go there")]
    pub fn second(&self) -> Lesson {
        let start = Start::with_files(&self.lesson, self.folder.clone());
        let port = (self.port + 1).to_string();
        let start = start.with("ROCKET_PORT", &port);
        start.with("LESSON_SERVER", "second").begin()
    }

    /// The file in which it keeps users, products and sessions.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("lessons.db")
    }

    /// The next line that it prints: one for each request, in the order of the answers.
    pub fn next_line(&self) -> String {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        match lines.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => panic!("the lesson prints nothing"),
            Err(RecvTimeoutError::Disconnected) => panic!("the lesson has ended"),
        }
    }

    /// Ends it, and returns all that it said on stderr.
    pub fn end(mut self) -> String {
        self.kill()
    }

    fn listen_to_the_greeting(&mut self) {
        // The last line but one tells how to stop; an empty one ends the greeting.
        while !(self.greeting.contains("Ctrl+C") && self.greeting.ends_with("\n\n")) {
            let line = self.next_line();
            self.greeting.push_str(&line);
            self.greeting.push('\n');
        }
        let address = self.greeting.split("://").nth(1).unwrap();
        let port = address.lines().next().unwrap().rsplit(':').next();
        self.port = port.unwrap().parse().unwrap();
    }

    /// Ends it at once, whatever it is doing, as `kill -9` does; its files stay.
    pub fn kill(&mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let complaints = self.complaints.take().map(|thread| thread.join().unwrap());
        complaints.unwrap_or_default()
    }
}

impl Drop for Lesson {
    fn drop(&mut self) {
        let complaints = self.kill();
        let telling = std::thread::panicking();
        if telling && !complaints.is_empty() {
            eprintln!("the lesson said: {complaints}");
        }
        assert!(telling || !complaints.contains("panicked"), "{complaints}");
    }
}
