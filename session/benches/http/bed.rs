//! One server, and the rounds in which it is asked.

use std::collections::BTreeMap;

use crate::beside;
use crate::common::choice::Choice;
use crate::common::client::{Ask, ask_once};
use crate::common::engines::Engine;
use crate::common::load::{Browsers, CONNECTIONS, Load, Question, Until};
use crate::common::sample::Rounds;
use crate::common::server::Server;
use crate::common::{Failure, wrk};

/// The measurements that wrk makes.
pub const BY_WRK: [(&str, Ask); 3] = [
    ("plain, wrk", Ask::Plain),
    ("read, wrk", Ask::Read),
    ("write, wrk", Ask::Write),
];

const SESSIONS: usize = 64;

pub const HOT: &str = "one hot session";

/// One server, its browsers, and what was measured.
pub struct Bed {
    pub engine: &'static Engine,
    pub server: Server,
    /// Logged in, each with a session.
    browsers: Browsers,
    /// One session that all connections use at once.
    hot: Browsers,
    /// Answered adds that the hot session's cart holds in the end.
    pub kept: usize,
    pub rounds: Rounds,
    pub stored: Stored,
}

/// The memory and the disk that sessions at rest take.
#[derive(Default)]
pub struct Stored {
    pub many: usize,
    /// Bytes of memory with few sessions and with many.
    pub memory: Option<[u64; 2]>,
    /// Bytes on disk with few sessions and with many.
    pub disk: [u64; 2],
}

impl Bed {
    pub fn new(engine: &'static Engine, server: Server) -> Result<Self, Failure> {
        let (browsers, hot) = (Browsers::new(SESSIONS), Browsers::new(1));
        for browsers in [&browsers, &hot] {
            log_in(&server, browsers)?;
        }
        Ok(Bed {
            engine,
            server,
            browsers,
            hot,
            kept: 0,
            rounds: Rounds::default(),
            stored: Stored::default(),
        })
    }

    /// One round of everything that 64 visitors do.
    pub fn few(&mut self, choice: &Choice, without: &Server) -> Result<(), Failure> {
        let until = Until::Passed(choice.slice);
        let load = Load::full(without.address(), &self.browsers, until);
        self.rounds.push("plain, no layer", load.sample(without)?);
        self.measure("plain", until, |_| Ask::Plain)?;
        self.measure("read", until, |_| Ask::Read)?;
        self.measure("write", until, |_| Ask::Write)?;
        let hot = Load::full(self.server.address(), &self.hot, until).of(|_| Ask::Write);
        self.rounds.push(HOT, hot.sample(&self.server)?);
        // A login begins a new session. The copy keeps the 64 as they are.
        let browsers = self.browsers.clone();
        let mixed = Load::full(self.server.address(), &browsers, until).of(mix);
        self.rounds.push("mix", mixed.sample(&self.server)?);
        for (name, ask) in beside::ASKED {
            let sample = beside::measure(self.server.address(), &self.browsers, ask, choice.slice)?;
            self.rounds.push(name, sample);
        }
        Ok(())
    }

    fn measure(&mut self, what: &'static str, until: Until, ask: Question) -> Result<(), Failure> {
        let load = Load::full(self.server.address(), &self.browsers, until).of(ask);
        self.rounds.push(what, load.sample(&self.server)?);
        Ok(())
    }

    /// Counts the adds in the hot session's cart.
    pub fn look_into_the_cart(&mut self) -> Result<(), Failure> {
        let cookie = self.hot.cookies().pop().unwrap_or_default();
        let cart = ask_once(self.server.address(), Ask::Cart, &cookie)?;
        let cart: BTreeMap<String, usize> = serde_json::from_slice(&cart)?;
        self.kept = cart.values().sum();
        Ok(())
    }

    pub fn by_wrk(&mut self, choice: &Choice) -> Result<(), Failure> {
        let cookies = self.browsers.cookies();
        for (what, ask) in BY_WRK {
            let sample = wrk::run(&self.server, ask, &cookies, choice.slice)?;
            self.rounds.push(what, sample);
        }
        Ok(())
    }

    /// Measures the same with 100,000 live sessions, all of which are used.
    pub fn many(&mut self, choice: &Choice) -> Result<(), Failure> {
        let many = choice.count(100_000, 5_000);
        let memory_before = self.server.memory();
        let disk_before = self.server.disk()?;
        self.browsers = Browsers::new(many);
        log_in(&self.server, &self.browsers)?;
        let memory = memory_before.zip(self.server.memory());
        self.stored = Stored {
            many,
            memory: memory.map(|(before, after)| [before, after]),
            disk: [disk_before, self.server.disk()?],
        };
        let until = Until::Passed(choice.slice);
        for _ in 0..choice.rounds {
            self.measure("plain, many stored", until, |_| Ask::Plain)?;
            self.measure("read, many stored", until, |_| Ask::Read)?;
            self.measure("write, many stored", until, |_| Ask::Write)?;
        }
        Ok(())
    }
}

/// Gives each of these browsers a session, and lets it return once, because the first return is
/// written to the row.
fn log_in(server: &Server, browsers: &Browsers) -> Result<(), Failure> {
    let until = Until::Asked(browsers.cookies().len());
    for ask in [|_| Ask::Login, |_| Ask::Read] {
        let load = Load {
            connections: browsers.cookies().len().min(CONNECTIONS),
            ..Load::full(server.address(), browsers, until)
        };
        let answers = load.of(ask).run()?;
        if answers.unexpected > 0 {
            return Err("a login is not answered as it should be".into());
        }
    }
    Ok(())
}

/// Of 100 requests 90 read, 8 write and 2 are logins.
fn mix(count: usize) -> Ask {
    match count % 50 {
        7 => Ask::Login,
        3 | 15 | 27 | 39 => Ask::Write,
        _ => Ask::Read,
    }
}
