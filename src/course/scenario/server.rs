//! A lesson's program, started for a scenario: with its files in a throw-away folder, and its clock
//! in our hands.

use std::io::{self, Write};
use std::path::Path;
use std::process::{ChildStdin, Stdio};
use std::sync::PoisonError;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};
use std::{iter, mem};

use serde::de::DeserializeOwned;

use super::pipe::{self, Greeting, Opened, PipeQuestion};
use super::program::{self, LessonProgram};
use super::restart::RestartWith;
use super::scratch::ScratchFolder;
use super::stop::{self, Stoppable};
use crate::course::exchange::{Exchange, Memory};
use crate::course::start::second;
use crate::session::{Clock, Timestamp};

/// The host that every lesson is asked at: the one in the address that a lesson prints, since
/// cookies are kept for exactly that host.
pub(super) const HOST: &str = "localhost";

/// A running lesson. Dropping it kills the process and deletes its files.
#[derive(Debug)]
pub struct LessonServer {
    // In this order: a folder can go when no program writes into it any more.
    process: Process,
    /// The other one of two, if a step has asked for it. The one that was asked last is `process`.
    other: Option<Process>,
    /// True while `process` is the second server.
    at_second: bool,
    folder: ScratchFolder,
    /// The name that browsers ask it by.
    host: String,
    /// The program, for a restart.
    program: LessonProgram,
    /// Settings for the session layer, whatever the engine.
    session: String,
    /// The settings that restarts have named.
    with: RestartWith,
    /// The time in the lesson. A restart does not turn the clock back.
    now: Timestamp,
}

impl LessonServer {
    /// Starts a lesson's program, on any free port if `port` is 0. `session` has settings for
    /// the session layer, as the variable `ROCKET_SESSION` would have them; empty means none.
    ///
    /// # Errors
    ///
    /// The program is not there or does not start. It has said why on standard error.
    pub fn start(program: impl Into<LessonProgram>, port: u16, session: &str) -> io::Result<Self> {
        let program = program.into();
        let (folder, now) = (ScratchFolder::new()?, Clock::System.now());
        let settings = folder.settings(session, &RestartWith::default());
        Ok(LessonServer {
            process: Process::start(&program, port, &settings, now, false)?,
            other: None,
            at_second: false,
            folder,
            host: HOST.to_owned(),
            program,
            session: session.to_owned(),
            with: RestartWith::default(),
            now,
        })
    }

    /// The same, asked by this name if there is one.
    pub(super) fn named(self, host: Option<&str>) -> Self {
        let host = host.map_or(self.host, str::to_owned);
        LessonServer { host, ..self }
    }

    /// Goes on with the second server, or with the first. The second one is started when it is asked
    /// for the first time: the same program, with the same files.
    pub(super) fn go_to(&mut self, second: bool) -> io::Result<()> {
        if second == self.at_second {
            return Ok(());
        }
        let next = match self.other.take() {
            Some(next) => next,
            None => {
                let settings = self.folder.settings(&self.session, &self.with);
                Process::start(&self.program, 0, &settings, self.now, second)?
            }
        };
        // Sessions keep the names that they have.
        let memory: Memory = self.ask(&PipeQuestion::Memory)?;
        self.other = Some(mem::replace(&mut self.process, next));
        self.at_second = second;
        self.ask(&PipeQuestion::Remember(memory))
    }

    /// Ends the program and starts it again, at the same address, with the same files and the names
    /// that sessions have, and with these settings from now on. A second server ends, too.
    pub(super) fn restart(&mut self, with: RestartWith) -> io::Result<()> {
        self.with = with.or(std::mem::take(&mut self.with));
        let settings = self.folder.settings(&self.session, &self.with);
        let port = self.process.greeting.port;
        let memory: Memory = self.ask(&PipeQuestion::Memory)?;
        self.process.end();
        self.other = None;
        self.process = Process::start(&self.program, port, &settings, self.now, self.at_second)?;
        self.ask(&PipeQuestion::Remember(memory))
    }

    /// The address of a path on this server.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// Its origin, as browsers send it.
    pub(super) fn origin(&self) -> String {
        format!("http://{}:{}", self.host, self.port())
    }

    /// The name that browsers ask it by.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// The port that it listens on.
    pub(super) fn port(&self) -> u16 {
        self.process.greeting.port
    }

    /// The time that an answer may take.
    pub(super) fn patience(&self) -> Duration {
        self.program.patience
    }

    /// The time in the lesson.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// The name of the session cookie; `None` if the lesson has no session layer.
    pub fn cookie(&self) -> Option<&str> {
        self.process.greeting.cookie.as_deref()
    }

    /// True if browsers carry their sessions, so that there are no rows.
    pub(super) fn carried(&self) -> bool {
        self.process.greeting.carried
    }

    /// The throw-away folder with its files.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Lets time pass.
    pub(super) fn advance(&mut self, time: Duration) -> io::Result<()> {
        let seconds = time.as_secs() as Timestamp;
        self.now += seconds;
        for process in iter::once(&mut self.process).chain(&mut self.other) {
            process.ask::<()>(&PipeQuestion::Advance(seconds))?;
        }
        Ok(())
    }

    /// The lesson's record of the last request.
    pub(super) fn exchange(&mut self) -> io::Result<Exchange> {
        let recorded: Option<Exchange> = self.ask(&PipeQuestion::Exchange)?;
        recorded.ok_or_else(|| io::Error::other("the lesson has no record of the request"))
    }

    /// The session that a cookie of this value names.
    pub(super) fn opened(&mut self, value: &str) -> io::Result<Opened> {
        self.ask(&PipeQuestion::Opens(value.to_owned()))
    }

    fn ask<T: DeserializeOwned>(&mut self, question: &PipeQuestion) -> io::Result<T> {
        self.process.ask(question)
    }
}

/// One run of the program.
#[derive(Debug)]
struct Process {
    child: Stoppable,
    input: ChildStdin,
    /// Lines that may be answers, read on a thread of their own: a read can't be given up.
    output: Receiver<String>,
    patience: Duration,
    greeting: Greeting,
}

impl Process {
    /// Starts the program and waits for its greeting, after which it listens.
    fn start(
        program: &LessonProgram,
        port: u16,
        settings: &str,
        now: Timestamp,
        second: bool,
    ) -> io::Result<Self> {
        let mut command = program.command();
        if second {
            let (name, value) = second::VARIABLE;
            command.env(name, value);
        }
        command
            .env(pipe::VARIABLE, now.to_string())
            .env("ROCKET_PORT", port.to_string())
            // Its standard output is the pipe: no log of Rocket's may stand in it.
            .env("ROCKET_LOG_LEVEL", "off")
            // bcrypt at cost 12 takes a third of a second for each login, at 4 a millisecond.
            .env("ROCKET_PASSWORD_COST", "4")
            .env("ROCKET_SESSION", settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let child = program.stop.spawn(&mut command).map_err(|error| {
            let path = program.path().display();
            io::Error::new(error.kind(), format!("{path}: {error}"))
        })?;
        let (input, printed, complaints) = {
            let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        };
        program.listen(complaints);
        let (Some(input), Some(printed)) = (input, printed) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (line, output) = mpsc::channel();
        thread::spawn(move || {
            // A view may print something of its own, without end even.
            let mut answers = program::lines(printed).filter(|line| line.starts_with('{'));
            answers.try_for_each(|answer| line.send(answer))
        });
        let mut process = Process {
            child,
            input,
            output,
            patience: program.patience,
            greeting: Greeting::default(),
        };
        process.greeting = process.hear()?;
        Ok(process)
    }

    /// Asks one question and waits for its answer. They take turns, so no numbers are needed.
    fn ask<T: DeserializeOwned>(&mut self, question: &PipeQuestion) -> io::Result<T> {
        let question = serde_json::to_string(question)?;
        writeln!(self.input, "{question}")?;
        let answer: Result<T, String> = self.hear()?;
        answer.map_err(io::Error::other)
    }

    /// The next answer.
    ///
    /// # Errors
    ///
    /// The lesson has ended; it has said why on standard error. Or it is silent for too long:
    /// `ErrorKind::TimedOut`.
    fn hear<T: DeserializeOwned>(&mut self) -> io::Result<T> {
        let end = Instant::now() + self.patience;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self
                .output
                .recv_timeout(left)
                .map_err(|error| match error {
                    RecvTimeoutError::Timeout => io::ErrorKind::TimedOut.into(),
                    RecvTimeoutError::Disconnected => io::Error::other("the lesson has ended"),
                })?;
            // The output of a view may look like JSON too.
            if let Ok(answer) = serde_json::from_str(&line) {
                return Ok(answer);
            }
        }
    }

    /// Ends it at once, whatever it is doing.
    fn end(&mut self) {
        stop::end(&self.child);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}
