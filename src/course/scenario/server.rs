//! A lesson's program, started for a scenario: with its files in a throw-away folder, and its clock
//! in our hands.

use std::io::{self, BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Need, control};
use crate::session::{Clock, Engine, Timestamp};

/// The host that every lesson is asked at.
pub(super) const HOST: &str = "localhost";

/// A running lesson. It ends, and everything that it has stored is gone, when this value is.
#[derive(Debug)]
pub struct Server {
    // In this order: a folder can go when nobody writes into it any more.
    process: Process,
    folder: Folder,
    program: PathBuf,
    /// Settings for the session layer, whatever the engine.
    session: String,
    engine: Option<Engine>,
    /// What time it is in the lesson. A restart does not turn the clock back.
    now: Timestamp,
}

/// What the lesson says when it has started.
#[derive(Debug, Default, Deserialize)]
struct Greeting {
    port: u16,
    cookie: Option<String>,
    lacks: Vec<Need>,
    carried: bool,
}

/// The session that a cookie's value names.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) locker: String,
    /// Tells the IDs of one session apart.
    pub(super) lock: Vec<u8>,
    /// Its data, if it is live.
    pub(super) row: Option<Map<String, Value>>,
    /// Whether there is a row whose time is over.
    pub(super) over: bool,
}

impl Server {
    /// Starts a lesson's program, on any free port where `port` is 0. `session` has settings for
    /// the session layer, as the variable `ROCKET_SESSION` would have them; empty means none.
    ///
    /// # Errors
    ///
    /// The program is not there or does not start. It has said why on standard error.
    pub fn start(program: &Path, port: u16, session: &str) -> io::Result<Self> {
        let (folder, now) = (Folder::new()?, Clock::System.now());
        let settings = folder.settings(session, None);
        Ok(Server {
            process: Process::start(program, port, &settings, now)?,
            folder,
            program: program.to_owned(),
            session: session.to_owned(),
            engine: None,
            now,
        })
    }

    /// Ends the program and starts it again, at the same address and with the same files; with
    /// another engine from now on where one is named.
    pub(super) fn restart(&mut self, engine: Option<Engine>) -> io::Result<()> {
        self.engine = engine.or(self.engine);
        let settings = self.folder.settings(&self.session, self.engine);
        let port = self.process.greeting.port;
        self.process.end();
        self.process = Process::start(&self.program, port, &settings, self.now)?;
        Ok(())
    }

    /// The address of a path on this server.
    pub fn address(&self, path: &str) -> String {
        format!("http://{HOST}:{}{path}", self.process.greeting.port)
    }

    /// The time in the lesson.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// The name of the session cookie; none where the lesson has no session layer.
    pub fn cookie(&self) -> Option<&str> {
        self.process.greeting.cookie.as_deref()
    }

    /// What its engine cannot do.
    pub(super) fn lacks(&self) -> &[Need] {
        &self.process.greeting.lacks
    }

    /// Whether sessions travel in the cookie, so that there are no rows.
    pub(super) fn carried(&self) -> bool {
        self.process.greeting.carried
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
    pub(super) fn trace(&mut self) -> io::Result<Vec<Value>> {
        let mut answer = self.ask(&json!({ "trace": true }))?;
        Ok(answer["trace"]
            .as_array_mut()
            .map(std::mem::take)
            .unwrap_or_default())
    }

    /// The session that a cookie's value names; none where it is not of the layer's shape.
    pub(super) fn session(&mut self, value: &str) -> io::Result<Option<Named>> {
        let answer = self.ask(&json!({ "cookie": value }))?;
        match answer["locker"].is_null() {
            true => Ok(None),
            false => Ok(Some(serde_json::from_value(answer)?)),
        }
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
    greeting: Greeting,
}

impl Process {
    fn start(program: &Path, port: u16, settings: &str, now: Timestamp) -> io::Result<Self> {
        let mut child = Command::new(program)
            .env(control::VARIABLE, now.to_string())
            .env("ROCKET_PORT", port.to_string())
            .env("ROCKET_LOG_LEVEL", "off")
            .env("ROCKET_PASSWORD_COST", "4")
            .env("ROCKET_SESSION", settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", program.display()))
            })?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut process = Process {
            child,
            input,
            output: BufReader::new(output).lines(),
            greeting: Greeting::default(),
        };
        process.greeting = serde_json::from_value(process.hear()?)?;
        Ok(process)
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

    /// These settings, with everything that is stored in here. Of two values for one setting the
    /// last counts.
    fn settings(&self, given: &str, engine: Option<Engine>) -> String {
        let inside = given.trim().strip_prefix('{');
        let inside = inside.and_then(|rest| rest.strip_suffix('}'));
        let mut settings = vec![inside.unwrap_or(given).trim().to_owned()];
        settings.retain(|given| !given.is_empty());
        settings.extend(engine.map(|engine| format!("engine=\"{engine}\"")));
        settings.push(format!("database={:?}", self.0.join("scenario.db")));
        settings.push(format!("folder={:?}", self.0.join("sessions")));
        settings.push(format!("key_file={:?}", self.0.join("session.keys")));
        settings.push("synchronous=\"normal\"".to_owned());
        format!("{{{}}}", settings.join(","))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
