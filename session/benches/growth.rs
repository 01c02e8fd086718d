//! The cost of many stored sessions: reads and writes against a thousand, a hundred thousand and a
//! million of them, memory and disk a session, and how long a write waits while a million expired
//! ones are deleted.
//!
//!     cargo bench --bench growth

#[allow(dead_code)]
mod common;
#[path = "growth/fill.rs"]
mod fill;
#[path = "growth/purge.rs"]
mod purge;

use common::Failure;
use common::choice::Choice;
use common::client::Ask;
use common::engines::{self, Engine};
use common::load::{Browsers, Load, Question, Until};
use common::report::{Report, known, part};
use common::sample::{Rounds, Sample};
use common::served::serve_if_asked;
use common::server::{NoServer, Server};
use fill::Templates;

const MIB: f64 = 1024.0 * 1024.0;

fn main() -> Result<(), Failure> {
    serve_if_asked();
    let choice = Choice::read()?;
    let mut report = Report::new("Growth", &choice)?;
    let sizes: &[usize] = choice.count(&[1_000, 100_000, 1_000_000], &[1_000, 20_000]);
    let mut templates = Templates::default();
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for engine in engines::chosen(&choice).filter(|engine| fill::is_stored(engine)) {
        match measure(engine, sizes, &mut templates, &choice) {
            Ok(measured) => rows.extend(measured),
            Err(NoServer::Refused(reason)) => {
                left_out.push(format!("Left out: {}. {reason}", engine.name));
            }
            Err(failed) => return Err(failed.into()),
        }
    }
    report.add("## Reads and writes");
    report.add(
        "Against a growing number of stored sessions, of which at most 20,000 are used, in turns. \
         The parts are of the rate with the fewest (aim: with a million ≥ 0.85 of that with a \
         thousand). Memory and disk: those of the server; a session: what each one more takes.",
    );
    let head = [
        "engine",
        "stored",
        "read /s",
        "part",
        "write /s",
        "part",
        "read p99 ms",
        "write p99 ms",
        "CPU read",
        "CPU write",
        "memory MiB",
        "disk MiB",
        "memory B a session",
        "disk B a session",
    ];
    report.table(&head, &rows);
    if !left_out.is_empty() {
        report.list(&left_out);
    }
    purge::measure(&choice, &mut report)?;
    report.keep("growth.md", &choice)
}

/// One server and its number of sessions.
struct Bed {
    stored: usize,
    server: Server,
    browsers: Browsers,
    rounds: Rounds,
    memory: Option<u64>,
    disk: u64,
}

fn measure(
    engine: &'static Engine,
    sizes: &[usize],
    templates: &mut Templates,
    choice: &Choice,
) -> Result<Vec<Vec<String>>, NoServer> {
    let mut beds = Vec::new();
    for &stored in sizes {
        if stored <= fill::most(engine) {
            let filled = fill::serve(engine, stored, templates)?;
            beds.push(Bed::new(filled, stored).map_err(NoServer::Failed)?);
        }
    }
    for _ in 0..choice.rounds {
        for bed in &mut beds {
            let until = Until::Passed(choice.slice);
            bed.ask("read", until, |_| Ask::Read)
                .map_err(NoServer::Failed)?;
            bed.ask("write", until, |_| Ask::Write)
                .map_err(NoServer::Failed)?;
        }
    }
    let Some(fewest) = beds.first() else {
        return Ok(Vec::new());
    };
    Ok(beds.iter().map(|bed| bed.row(engine, fewest)).collect())
}

impl Bed {
    fn new((server, cookies): (Server, Vec<String>), stored: usize) -> Result<Self, Failure> {
        let (memory, disk) = (server.memory(), server.disk()?);
        let all = Until::Asked(cookies.len());
        let browsers = Browsers::with(cookies);
        let rounds = Rounds::default();
        Load::full(server.address(), &browsers, all)
            .of(|_| Ask::Read)
            .run()?;
        Ok(Bed {
            stored,
            server,
            browsers,
            rounds,
            memory,
            disk,
        })
    }

    fn ask(&mut self, what: &'static str, until: Until, ask: Question) -> Result<(), Failure> {
        let load = Load::full(self.server.address(), &self.browsers, until).of(ask);
        let sample = load.sample(&self.server)?;
        if sample.unexpected > 0 {
            return Err("a session is not there any more".into());
        }
        self.rounds.push(what, sample);
        Ok(())
    }

    fn row(&self, engine: &Engine, fewest: &Bed) -> Vec<String> {
        let [read, write] = ["read", "write"].map(|what| self.rounds.median(what));
        let of_fewest = |what| {
            let rate = |sample: &Sample| sample.rate;
            part(self.rounds.ratio_to(&fewest.rounds, what, rate))
        };
        let more = (self.stored - fewest.stored) as f64;
        let each = |bytes: u64, before: u64| {
            if more > 0.0 {
                format!("{:.0}", bytes.saturating_sub(before) as f64 / more)
            } else {
                "–".to_owned()
            }
        };
        let memory = self.memory.zip(fewest.memory);
        let unknown = || "–".to_owned();
        vec![
            engine.name.to_owned(),
            self.stored.to_string(),
            format!("{:.0}", read.rate),
            of_fewest("read"),
            format!("{:.0}", write.rate),
            of_fewest("write"),
            part(read.p99),
            part(write.p99),
            known(read.cpu, 1),
            known(write.cpu, 1),
            known(self.memory.map(|bytes| bytes as f64 / MIB), 1),
            format!("{:.1}", self.disk as f64 / MIB),
            memory.map_or_else(unknown, |(bytes, before)| each(bytes, before)),
            each(self.disk, fewest.disk),
        ]
    }
}
