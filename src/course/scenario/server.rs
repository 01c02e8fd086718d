//! A lesson's program, started for a scenario: on a throw-away database, with its clock in our
//! hands.

use std::io::{self, BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use serde_json::{Value, json};

use super::played::Row;
use super::{claims, control};

/// A running lesson. It ends, and its database is gone, when this value is.
#[derive(Debug)]
pub struct Server {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    folder: PathBuf,
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
        let folder = throw_away_folder()?;
        let database = folder.join("scenario.db");
        let mut child = Command::new(program)
            .env(control::VARIABLE, "1")
            .env("ROCKET_PORT", port.to_string())
            .env("ROCKET_LOG_LEVEL", "off")
            .env("ROCKET_PASSWORD_COST", "4")
            .env(
                "ROCKET_SESSION",
                format!("{{database={database:?},synchronous=\"normal\"}}"),
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                let _ = fs::remove_dir_all(&folder);
                io::Error::new(error.kind(), format!("{}: {error}", program.display()))
            })?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut server = Server {
            child,
            input,
            output: BufReader::new(output).lines(),
            folder,
            port: 0,
            cookie: None,
        };
        let said = server.hear()?;
        let port = said["port"].as_u64().and_then(|port| port.try_into().ok());
        server.port = port.ok_or(io::ErrorKind::InvalidData)?;
        server.cookie = said["cookie"].as_str().map(str::to_owned);
        Ok(server)
    }

    /// The address of a path on this server.
    pub fn address(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// The name of the session cookie; none where the lesson has no session layer.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// The throw-away folder with its database.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lets time pass.
    pub(super) fn advance(&mut self, time: Duration) -> io::Result<()> {
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

    /// The row in this locker.
    pub(super) fn row(&mut self, locker: &str) -> io::Result<Row> {
        let answer = self.ask(&json!({ "row": locker }))?;
        Ok(match answer["row"].as_object() {
            Some(data) => Row::Live(claims::json(data)),
            None if answer["over"] == true => Row::Over,
            None => Row::None,
        })
    }

    fn ask(&mut self, question: &Value) -> io::Result<Value> {
        use io::Write;
        writeln!(self.input, "{question}")?;
        let answer = self.hear()?;
        match answer["error"].as_str() {
            Some(error) => Err(io::Error::other(error.to_owned())),
            None => Ok(answer),
        }
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
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A new folder that nobody else has: making it fails where somebody was faster.
fn throw_away_folder() -> io::Result<PathBuf> {
    let number = getrandom::u64().map_err(io::Error::other)?;
    let folder = env::temp_dir().join(format!("scenario-{number:016x}"));
    fs::create_dir(&folder)?;
    Ok(folder)
}
