//! The answers of a load, the sample that they make, and the median of several.

use std::time::Duration;

/// The answers of a load.
#[derive(Default)]
pub struct Answers {
    /// Microseconds of each answer, the shortest first.
    pub times: Vec<u32>,
    /// Answers with another status than the expected one.
    pub unexpected: usize,
    /// The duration of the load.
    pub elapsed: Duration,
}

/// One measurement over HTTP, or the medians of several.
#[derive(Clone, Copy, Default)]
pub struct Sample {
    /// Requests answered, all rounds together.
    pub count: usize,
    /// Requests answered in a second.
    pub rate: f64,
    /// Milliseconds that half of them took at most.
    pub p50: f64,
    /// Milliseconds that 99 of 100 took at most.
    pub p99: f64,
    /// Milliseconds that the longest took.
    pub longest: f64,
    /// The server's microseconds on the processors for one request. `None`: the system does not say.
    pub cpu: Option<f64>,
    /// Answers with another status than the expected one, all rounds together.
    pub unexpected: usize,
}

impl Sample {
    /// The sample of these answers, with the server's CPU time for all of them.
    pub fn of(answers: &Answers, cpu: Option<Duration>) -> Self {
        let count = answers.times.len();
        let at = |hundredths: usize| {
            let time = answers
                .times
                .get((count * hundredths / 100).min(count.saturating_sub(1)));
            time.map_or(f64::NAN, |micros| f64::from(*micros) / 1e3)
        };
        Sample {
            count,
            rate: count as f64 / answers.elapsed.as_secs_f64(),
            p50: at(50),
            p99: at(99),
            longest: at(100),
            cpu: cpu.map(|cpu| cpu.as_secs_f64() * 1e6 / count as f64),
            unexpected: answers.unexpected,
        }
    }

    /// The medians of several rounds.
    pub fn median(rounds: &[Sample]) -> Self {
        let of = |value: fn(&Sample) -> f64| median(rounds.iter().map(value).collect());
        let cpu: Option<Vec<f64>> = rounds.iter().map(|round| round.cpu).collect();
        Sample {
            count: rounds.iter().map(|round| round.count).sum(),
            rate: of(|sample| sample.rate),
            p50: of(|sample| sample.p50),
            p99: of(|sample| sample.p99),
            longest: of(|sample| sample.longest),
            cpu: cpu.map(median),
            unexpected: rounds.iter().map(|round| round.unexpected).sum(),
        }
    }
}

/// The value in the middle, the upper one of two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn ratio(ones: &[Sample], others: &[Sample], value: fn(&Sample) -> f64) -> f64 {
    let pairs = ones.iter().zip(others);
    median(
        pairs
            .map(|(one, other)| value(one) / value(other))
            .collect(),
    )
}

/// All rounds of all measurements of one server, by what was measured.
#[derive(Default)]
pub struct Rounds(Vec<(&'static str, Vec<Sample>)>);

impl Rounds {
    /// Adds a round of one measurement.
    pub fn push(&mut self, what: &'static str, sample: Sample) {
        match self.0.iter_mut().find(|(name, _)| *name == what) {
            Some((_, samples)) => samples.push(sample),
            None => self.0.push((what, vec![sample])),
        }
    }

    /// The names of the measurements, in the order of their first round.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    fn of(&self, what: &str) -> &[Sample] {
        let found = self.0.iter().find(|(name, _)| *name == what);
        found.map_or(&[], |(_, samples)| samples)
    }

    /// The medians of one measurement.
    pub fn median(&self, what: &str) -> Sample {
        Sample::median(self.of(what))
    }

    /// The ratio of one measurement to another of the same round: the median of the rounds.
    pub fn ratio(&self, what: &str, other: &str, value: fn(&Sample) -> f64) -> f64 {
        ratio(self.of(what), self.of(other), value)
    }

    /// The ratio of one measurement to the same of another server in the same round.
    pub fn ratio_to(&self, other: &Rounds, what: &str, value: fn(&Sample) -> f64) -> f64 {
        ratio(self.of(what), other.of(what), value)
    }
}
