//! Two hundred logins at the same moment, on lesson 02 with real passwords, while others look at a
//! page.
//!
//!     cargo bench --bench logins
//!
//! It needs the course's programs and accounts, so it is the one bench outside the session layer.

#[allow(dead_code)]
#[path = "../session/benches/common/mod.rs"]
mod common;

use std::cell::Cell;
use std::io::Result;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use rocket::futures::future::try_join_all;
use rocket::tokio::runtime::Builder;
use rocket::tokio::time::{interval, timeout};
use rocket::tokio::try_join;
use session_lessons::accounts::DEMO_USERS;

use common::choice::Choice;
use common::client::{Connection, post};
use common::program::program;
use common::report::{Report, part};
use common::sample::{Answers, Sample};
use common::server::Server;
use common::{Failure, folder};

const LOGINS: usize = 200;
const VISITORS: usize = 4;
const PACE: Duration = Duration::from_millis(10);

/// The time for which the others are watched before the logins.
const CALM: Duration = Duration::from_secs(2);

/// The time for two hundred passwords one after the other, on a slow machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// The outcome of one login.
struct Login {
    status: u16,
    retry_after: bool,
    time: Duration,
}

fn main() -> std::result::Result<(), Failure> {
    let choice = Choice::read()?;
    let mut report = Report::new("Many logins at once", &choice)?;
    let cost = choice.count("12", "8");
    let server = lesson(cost)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let calm = runtime.block_on(async {
        let end = Instant::now() + CALM;
        visitors(server.address(), || Instant::now() < end).await
    })?;
    let over = Cell::new(false);
    let crowd = async {
        let logins = async {
            let logins = crowd(server.address()).await;
            over.set(true);
            logins
        };
        try_join!(logins, visitors(server.address(), || !over.get()))
    };
    let (logins, beside) = runtime.block_on(async { timeout(PATIENCE, crowd).await })??;

    let count = |holds: fn(&&Login) -> bool| logins.iter().filter(holds).count();
    let answered = count(|login| login.status == 303);
    let refused = count(|login| login.status == 503);
    let with_a_time = count(|login| login.status == 503 && login.retry_after);
    let longest = |status: u16| {
        let times = logins.iter().filter(|login| login.status == status);
        let longest = times.map(|login| login.time).max();
        longest.map_or("–".to_owned(), |time| {
            format!("{:.2} s", time.as_secs_f64())
        })
    };
    let others = LOGINS - answered - refused;
    let [calm, beside] = [calm, beside].map(|answers| Sample::of(&answers, None));
    report.list(&[
        format!("Lesson 02, passwords of cost {cost}, {LOGINS} logins at the same moment"),
        format!("Answered: {answered}, the last one after {}", longest(303)),
        format!(
            "Refused with 503: {refused}, of these with Retry-After: {with_a_time}, the last one \
             after {}",
            longest(503)
        ),
        format!("Other answers: {others}"),
        format!(
            "99 of 100 looks at `/login` take {} ms meanwhile (aim < 100 ms), the longest {} ms; \
             before, {} ms",
            part(beside.p99),
            part(beside.longest),
            part(calm.p99)
        ),
    ]);
    report.keep("logins.md", &choice)
}

fn lesson(cost: &str) -> std::result::Result<Server, Failure> {
    let folder = folder()?;
    let database = folder.path().join("lessons.db");
    let mut command = program(Path::new(env!("CARGO_BIN_EXE_lesson02")));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("ROCKET_SESSION", format!("{{database={database:?}}}"))
        .env("ROCKET_PASSWORD_COST", cost)
        .env("COURSE_LANG", "en");
    Ok(Server::run(command, folder)?)
}

/// Sends all logins at once, each on a connection of its own.
async fn crowd(address: SocketAddr) -> Result<Vec<Login>> {
    let connect = (0..LOGINS).map(|_| Connection::open(address));
    let connections = try_join_all(connect).await?;
    let (mut request, alice) = (String::new(), DEMO_USERS[0]);
    let form = format_args!("userid={}&password={}", alice.userid, alice.password);
    post(&mut request, "/login", format_args!(""), form).map_err(std::io::Error::other)?;
    let request = &request;
    let logins = connections.into_iter().map(|mut connection| async move {
        let start = Instant::now();
        let head = connection.exchange(request).await?;
        Ok(Login {
            status: head.status,
            retry_after: head.retry_after,
            time: start.elapsed(),
        })
    });
    try_join_all(logins).await
}

/// Looks at the login page again and again, over four connections.
async fn visitors(address: SocketAddr, goes_on: impl Fn() -> bool) -> Result<Answers> {
    let request = "GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let goes_on = &goes_on;
    let visitors = (0..VISITORS).map(|_| async move {
        let mut connection = Connection::open(address).await?;
        let (mut times, mut pace) = (Vec::new(), interval(PACE));
        while goes_on() {
            pace.tick().await;
            let start = Instant::now();
            connection.exchange(request).await?;
            times.push(start.elapsed().as_micros() as u32);
        }
        Ok::<_, std::io::Error>(times)
    });
    let start = Instant::now();
    let mut times = try_join_all(visitors).await?.concat();
    times.sort_unstable();
    Ok(Answers {
        times,
        unexpected: 0,
        elapsed: start.elapsed(),
    })
}
