//! The choices of the command line.

use std::time::Duration;

use super::Failure;

/// The duration and the subject of a run.
pub struct Choice {
    /// A look of a minute or two, whose figures are not kept.
    pub quick: bool,
    /// Repetitions of each measurement; medians are reported.
    pub rounds: usize,
    /// The duration of one measurement over HTTP.
    pub slice: Duration,
    /// A part of the names of the engines to measure. `None`: all engines.
    pub engine: Option<String>,
}

impl Choice {
    /// Reads the words after `cargo bench --`.
    ///
    /// # Errors
    ///
    /// A sentence that says which words there are.
    pub fn read() -> Result<Self, Failure> {
        let mut words = std::env::args().skip(1);
        let (mut quick, mut rounds, mut seconds, mut engine) = (false, None, None, None);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--quick" => quick = true,
                "--rounds" => rounds = words.next().and_then(|value| value.parse().ok()),
                "--seconds" => seconds = words.next().and_then(|value| value.parse().ok()),
                "--engine" => engine = words.next(),
                // Cargo says this to every bench.
                "--bench" => {}
                other => {
                    let known = "--quick, --rounds N, --seconds N and --engine NAME";
                    return Err(format!("{other} means nothing here; there are {known}").into());
                }
            }
        }
        let seconds: f64 = seconds.unwrap_or(if quick { 0.2 } else { 0.7 });
        Ok(Choice {
            quick,
            rounds: rounds.unwrap_or(if quick { 1 } else { 3 }).max(1),
            slice: Duration::from_secs_f64(seconds.clamp(0.05, 60.0)),
            engine,
        })
    }

    /// Tells whether this engine is asked for.
    pub fn wants(&self, engine: &str) -> bool {
        let part = self.engine.as_deref().unwrap_or_default();
        engine.contains(part)
    }

    /// Tells whether everything is measured, and long enough for the figures to be kept.
    pub fn is_whole(&self) -> bool {
        !self.quick && self.engine.is_none()
    }

    /// `much`, or `little` for a quick look.
    pub fn count<T>(&self, much: T, little: T) -> T {
        if self.quick { little } else { much }
    }
}
