//! A lesson's program, started for a scenario: with its files in a throw-away folder, and its clock
//! in our hands.

use std::io::{self, BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use serde_json::{Map, Value, json};

use super::control;
use crate::session::{Clock, Engine, Timestamp};

/// A running lesson. It ends, and everything that it has stored is gone, when this value is.
#[derive(Debug)]
pub struct Server {
    // In this order: a folder can go when nobody writes into it any more.
    process: Process,
    folder: Folder,
    program: PathBuf,
    engine: Option<Engine>,
    /// What time it is in the lesson. A restart does not turn the clock back.
    now: Timestamp,
    port: u16,
    cookie: Option<String>,
}

impl Server {
    /// Starts a lesson's program, on any free port where `port` is 0.
    ///
    /// # Errors
    ///
    /// The program is not there or does not start. It has said why on standard error.
    pub fn start(program: &Path, port: u16) -> io::Result<Self> {
        let (folder, now) = (Folder::new()?, Clock::System.now());
        let mut process = Process::start(program, port, &folder, None, now)?;
        let said = process.hear()?;
        let port = said["port"].as_u64().and_then(|port| port.try_into().ok());
        Ok(Server {
            process,
            folder,
            program: program.to_owned(),
            engine: None,
            now,
            port: port.ok_or(io::ErrorKind::InvalidData)?,
            cookie: said["cookie"].as_str().map(str::to_owned),
        })
    }

    /// Ends the program and starts it again, at the same address and with the same files; with
    /// another engine from now on where one is named.
    pub(super) fn restart(&mut self, engine: Option<Engine>) -> io::Result<()> {
        self.engine = engine.or(self.engine);
        self.process.end();
        self.process = Process::start(
            &self.program,
            self.port,
            &self.folder,
            self.engine,
            self.now,
        )?;
        self.process.hear().map(drop)
    }

    /// The address of a path on this server.
    pub fn address(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// The name of the session cookie; none where the lesson has no session layer.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// The throw-away folder with its files.
    pub(super) fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// Lets time pass.
    pub(super) fn advance(&mut self, time: Duration) -> io::Result<()> {
        self.now += time.as_secs() as Timestamp;
        self.ask(&json!({ "advance": time.as_secs() })).map(drop)
    }

    /// What the session layer did for the last request: subgoals and events.
    pub(super) fn account(&mut self) -> io::Result<Vec<Value>> {
        let mut answer = self.ask(&json!({ "account": true }))?;
        Ok(answer["account"]
            .as_array_mut()
            .map(std::mem::take)
            .unwrap_or_default())
    }

    /// The data of the row in this locker, if there is one.
    pub(super) fn row(&mut self, locker: &str) -> io::Result<Option<Map<String, Value>>> {
        let mut answer = self.ask(&json!({ "row": locker }))?;
        Ok(answer["row"].as_object_mut().map(std::mem::take))
    }

    fn ask(&mut self, question: &Value) -> io::Result<Value> {
        use io::Write;
        writeln!(self.process.input, "{question}")?;
        let answer = self.process.hear()?;
        match answer["error"].as_str() {
            Some(error) => Err(io::Error::other(error.to_owned())),
            None => Ok(answer),
        }
    }
}

/// One run of the program.
#[derive(Debug)]
struct Process {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(
        program: &Path,
        port: u16,
        folder: &Folder,
        engine: Option<Engine>,
        now: Timestamp,
    ) -> io::Result<Self> {
        let mut child = Command::new(program)
            .env(control::VARIABLE, now.to_string())
            .env("ROCKET_PORT", port.to_string())
            .env("ROCKET_LOG_LEVEL", "off")
            .env("ROCKET_PASSWORD_COST", "4")
            .env("ROCKET_SESSION", folder.settings(engine))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", program.display()))
            })?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let output = BufReader::new(output).lines();
        Ok(Process {
            child,
            input,
            output,
        })
    }

    fn hear(&mut self) -> io::Result<Value> {
        // A view may print something of its own.
        for line in self.output.by_ref() {
            if let Ok(answer @ Value::Object(_)) = serde_json::from_str(&line?) {
                return Ok(answer);
            }
        }
        Err(io::Error::other("the lesson has ended"))
    }

    /// Ends it at once, whatever it is doing.
    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// A throw-away folder.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    /// A new one that nobody else has: making it fails where somebody was faster.
    fn new() -> io::Result<Self> {
        let number = getrandom::u64().map_err(io::Error::other)?;
        let folder = env::temp_dir().join(format!("scenario-{number:016x}"));
        fs::create_dir(&folder)?;
        Ok(Folder(folder))
    }

    /// The session layer's settings with which everything is stored in here, whatever the engine.
    fn settings(&self, engine: Option<Engine>) -> String {
        let (database, files) = (self.0.join("scenario.db"), self.0.join("sessions"));
        let engine = engine.map(|engine| format!(",engine=\"{engine}\""));
        let engine = engine.unwrap_or_default();
        format!("{{database={database:?},folder={files:?},synchronous=\"normal\"{engine}}}")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
