//! The cost of a piece of work: time, allocations, statements.

use std::alloc::System;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use crate::common::Failure;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Statements that Diesel has sent to SQLite, over all connections.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements of every connection that is opened from now on.
///
/// # Errors
///
/// Another thread has failed while it opened one.
pub fn count_statements() -> Result<(), Failure> {
    set_default_instrumentation(counting).map_err(|error| error.to_string().into())
}

fn counting() -> Option<Box<dyn Instrumentation>> {
    let count = |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { .. } = event {
            STATEMENTS.fetch_add(1, Ordering::Relaxed);
        }
    };
    Some(Box::new(count))
}

/// The cost of one kind of work, all its repetitions together.
pub struct Cost {
    /// The name in the table.
    pub what: &'static str,
    times: Vec<Duration>,
    /// Sessions that one repetition is about.
    sessions: usize,
    allocations: usize,
    bytes: usize,
    statements: usize,
}

impl Cost {
    /// Begins at nothing. Each repetition will be about this many sessions.
    pub fn new(what: &'static str, sessions: usize) -> Self {
        Cost {
            what,
            times: Vec::new(),
            sessions,
            allocations: 0,
            bytes: 0,
            statements: 0,
        }
    }

    /// Does it and counts what it costs.
    pub async fn of<T>(&mut self, work: impl Future<Output = T>) -> T {
        let (region, statements) = (Region::new(ALLOCATOR), STATEMENTS.load(Ordering::Relaxed));
        let start = Instant::now();
        let outcome = work.await;
        self.times.push(start.elapsed());
        let change = region.change();
        self.allocations += change.allocations + change.reallocations;
        self.bytes += change.bytes_allocated;
        self.statements += STATEMENTS.load(Ordering::Relaxed) - statements;
        outcome
    }

    /// A row of the table: the times and everything else for one session.
    pub fn row(&self, engine: &str) -> Vec<String> {
        let mut times = self.times.clone();
        times.sort();
        let at = |hundredths: usize| {
            let time = times.get(times.len() * hundredths / 100);
            time.map_or(f64::NAN, |time| {
                time.as_secs_f64() * 1e6 / self.sessions as f64
            })
        };
        let each = |count: usize| count as f64 / (self.times.len() * self.sessions) as f64;
        vec![
            engine.to_owned(),
            self.what.to_owned(),
            (self.times.len() * self.sessions).to_string(),
            format!("{:.1}", at(50)),
            format!("{:.1}", at(99)),
            format!("{:.1}", each(self.allocations)),
            format!("{:.0}", each(self.bytes)),
            format!("{:.2}", each(self.statements)),
        ]
    }
}
