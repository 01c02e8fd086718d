//! The program that plays along, and the time that it may take to answer.

use std::io::{BufRead, BufReader, Read};
#[cfg(unix)]
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::stop::StopSign;

/// The time that a lesson's program may take to start or to answer. A busy machine takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Characters of standard error that are kept: a program in an endless loop prints without end.
const MOST: usize = 20_000;

/// The way to start a lesson's program.
///
/// A path is enough for a lesson: `ScenarioPlayer::new("", &scenario, &program, 0, language)`.
#[derive(Clone, Debug)]
pub struct LessonProgram {
    path: PathBuf,
    arguments: Vec<String>,
    pub(super) patience: Duration,
    /// Ends it at Ctrl+C, if somebody waits for that.
    pub(super) stop: StopSign,
    /// Its lines on standard error; `None` if they go to the terminal.
    said: Option<Arc<Mutex<String>>>,
}

impl<P: AsRef<Path> + ?Sized> From<&P> for LessonProgram {
    fn from(path: &P) -> Self {
        LessonProgram {
            path: path.as_ref().to_owned(),
            arguments: Vec::new(),
            patience: PATIENCE,
            stop: StopSign::default(),
            said: None,
        }
    }
}

impl LessonProgram {
    /// A student's program. Nobody knows what it does, so it has less time, and what it says on
    /// standard error is kept, for [`LessonProgram::said`].
    pub fn of_student(path: &Path, arguments: &[&str], patience: Duration) -> Self {
        LessonProgram {
            arguments: arguments.iter().map(|&it| it.to_owned()).collect(),
            patience,
            said: Some(Arc::default()),
            ..LessonProgram::from(path)
        }
    }

    /// Ended when this sign goes up.
    pub(crate) fn stopped_by(self, stop: &StopSign) -> Self {
        let stop = stop.clone();
        LessonProgram { stop, ..self }
    }

    /// Its lines on standard error so far, if they are kept.
    pub fn said(&self) -> String {
        let said = self.said.as_ref();
        let said = said.map(|said| said.lock().unwrap_or_else(PoisonError::into_inner).clone());
        said.unwrap_or_default()
    }

    /// The path, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The command that starts it.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.args(&self.arguments);
        if self.said.is_some() {
            command.stderr(Stdio::piped());
            // Ctrl+C in the terminal reaches a whole group. This program decides when to end a
            // student's, and must not take its end for the student's fault.
            #[cfg(unix)]
            CommandExt::process_group(&mut command, 0);
        }
        command
    }

    /// Keeps what comes from its standard error, if it comes here.
    pub(super) fn listen(&self, stderr: Option<ChildStderr>) {
        let (Some(said), Some(stderr)) = (self.said.clone(), stderr) else {
            return;
        };
        // Read to the end also when enough is kept: a full pipe would stop the program.
        thread::spawn(move || {
            for line in lines(stderr) {
                let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
                if said.len() < MOST {
                    said.push_str(&line);
                    said.push('\n');
                }
            }
        });
    }
}

/// Lines of whatever a program prints, which need not be UTF-8.
pub(super) fn lines(output: impl Read) -> impl Iterator<Item = String> {
    let lines = BufReader::new(output).split(b'\n').map_while(Result::ok);
    lines.map(|line| String::from_utf8_lossy(&line).into_owned())
}
