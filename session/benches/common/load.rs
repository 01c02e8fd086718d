//! A load: connections in one thread that each ask, wait for the answer, and ask again.

use std::cell::{Cell, RefCell};
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use rocket::futures::future::try_join_all;
use rocket::tokio::runtime::Builder;
use rocket::tokio::time::{MissedTickBehavior, interval, timeout};

use super::client::{Ask, Connection};
use super::sample::{Answers, Sample};
use super::server::Server;

/// Connections of a full load, as many as wrk opens for the table of aims.
pub const CONNECTIONS: usize = 32;

/// A load that takes this much longer than it should is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The longest that requests may take on average.
const PATIENCE_FOR_ONE: Duration = Duration::from_millis(1);

/// The browsers of a load: the newest session cookie of each. They take turns.
#[derive(Clone, Default)]
pub struct Browsers {
    cookies: RefCell<Vec<String>>,
    asked: Cell<usize>,
}

impl Browsers {
    /// Browsers that have no cookie yet.
    pub fn new(count: usize) -> Self {
        Browsers::with(vec![String::new(); count])
    }

    /// One for each of these cookies.
    pub fn with(cookies: Vec<String>) -> Self {
        Browsers {
            cookies: RefCell::new(cookies),
            asked: Cell::default(),
        }
    }

    /// All their cookies.
    pub fn cookies(&self) -> Vec<String> {
        self.cookies.borrow().clone()
    }

    /// The number of this request, and the browser whose turn it is.
    fn next(&self) -> (usize, usize) {
        let asked = self.asked.get();
        self.asked.set(asked + 1);
        (asked, asked % self.cookies.borrow().len())
    }
}

/// The end of a load.
#[derive(Clone, Copy)]
pub enum Until {
    /// After this time.
    Passed(Duration),
    /// After this many requests.
    Asked(usize),
}

/// A function from the number of a request to what it asks for.
pub type Question = fn(usize) -> Ask;

/// A load: its server, its browsers, its question and its pace.
pub struct Load<'a> {
    pub address: SocketAddr,
    pub browsers: &'a Browsers,
    pub ask: Question,
    pub connections: usize,
    /// The time from one request of a connection to its next. `None`: as fast as answers come.
    pub pace: Option<Duration>,
    pub until: Until,
}

impl<'a> Load<'a> {
    /// A load of 32 connections that ask `/plain` as fast as answers come.
    pub fn full(address: SocketAddr, browsers: &'a Browsers, until: Until) -> Self {
        Load {
            address,
            browsers,
            ask: |_| Ask::Plain,
            connections: CONNECTIONS,
            pace: None,
            until,
        }
    }

    /// Asks this question instead.
    pub fn of(self, ask: Question) -> Self {
        Load { ask, ..self }
    }

    /// Runs it in the calling thread.
    ///
    /// # Errors
    ///
    /// A connection breaks, or the server is a minute late.
    pub fn run(&self) -> Result<Answers> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let patience = match self.until {
            Until::Passed(time) => time + PATIENCE,
            Until::Asked(count) => PATIENCE + PATIENCE_FOR_ONE * count as u32,
        };
        let late = |_| Error::new(ErrorKind::TimedOut, "the server does not answer");
        runtime.block_on(async { timeout(patience, self.all()).await.map_err(late)? })
    }

    /// Runs it against this server, and adds what it has cost there.
    ///
    /// # Errors
    ///
    /// The same as of [`run`](Load::run).
    pub fn sample(&self, server: &Server) -> Result<Sample> {
        let before = server.cpu_time();
        let answers = self.run()?;
        let cpu = before.zip(server.cpu_time());
        let cpu = cpu.map(|(before, after)| after.saturating_sub(before));
        Ok(Sample::of(&answers, cpu))
    }

    async fn all(&self) -> Result<Answers> {
        let connect = (0..self.connections).map(|_| Connection::open(self.address));
        let connections = try_join_all(connect).await?;
        let (start, already) = (Instant::now(), self.browsers.asked.get());
        let goes_on = || match self.until {
            Until::Passed(time) => start.elapsed() < time,
            Until::Asked(most) => self.browsers.asked.get() - already < most,
        };
        let all = connections.into_iter().map(|one| self.one(one, goes_on));
        let mut answers = Answers::default();
        for part in try_join_all(all).await? {
            answers.times.extend(part.times);
            answers.unexpected += part.unexpected;
        }
        answers.elapsed = start.elapsed();
        answers.times.sort_unstable();
        Ok(answers)
    }

    async fn one(&self, mut connection: Connection, goes_on: impl Fn() -> bool) -> Result<Answers> {
        let (mut answers, mut request) = (Answers::default(), String::new());
        let mut pace = self.pace.map(interval);
        if let Some(pace) = &mut pace {
            pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        }
        while goes_on() {
            if let Some(pace) = &mut pace {
                pace.tick().await;
            }
            let (count, turn) = self.browsers.next();
            let ask = (self.ask)(count);
            ask.write(turn, &self.browsers.cookies.borrow()[turn], &mut request);
            let asked = Instant::now();
            let head = connection.exchange(&request).await?;
            answers.times.push(asked.elapsed().as_micros() as u32);
            answers.unexpected += usize::from(head.status != ask.status());
            if let Some(cookie) = head.cookie {
                self.browsers.cookies.borrow_mut()[turn] = cookie;
            }
        }
        Ok(answers)
    }
}
