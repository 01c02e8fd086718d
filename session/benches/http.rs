//! The cost of sessions over HTTP: `examples/plain_app.rs` on each engine, against its own page that
//! does not ask for the session.
//!
//!     cargo bench --bench http
//!
//! All servers run at once and are asked in turns, one after the other, so that other work of the
//! machine hits all of them alike. `benches/README.md` says how to read the figures.

#[path = "http/bed.rs"]
mod bed;
#[path = "http/beside.rs"]
mod beside;
#[allow(dead_code)]
mod common;
#[path = "http/tables.rs"]
mod tables;

use bed::Bed;
use common::choice::Choice;
use common::engines;
use common::report::Report;
use common::served::serve_if_asked;
use common::server::{NoServer, Server};
use common::{Failure, wrk};

fn main() -> Result<(), Failure> {
    serve_if_asked();
    let choice = Choice::read()?;
    let mut report = Report::new("Over HTTP", &choice)?;
    let without = Server::without_sessions()?;
    let (mut beds, mut left_out) = (Vec::new(), Vec::new());
    for engine in engines::chosen(&choice) {
        match Server::on(engine) {
            Ok(server) => beds.push(Bed::new(engine, server)?),
            Err(NoServer::Refused(reason)) => {
                left_out.push(format!("Left out: {}. {reason}", engine.name));
            }
            Err(failed) => return Err(failed.into()),
        }
    }
    let with_wrk = wrk::is_installed();
    for _ in 0..choice.rounds {
        for bed in &mut beds {
            bed.few(&choice, &without)?;
            if with_wrk {
                bed.by_wrk(&choice)?;
            }
        }
    }
    for bed in &mut beds {
        bed.look_into_the_cart()?;
        bed.many(&choice)?;
    }
    if with_wrk {
        tables::against_the_aims(&beds, &mut report);
    }
    tables::summary(&beds, &mut report);
    tables::memory(&beds, &mut report);
    tables::details(&beds, &mut report);
    if !left_out.is_empty() {
        report.list(&left_out);
    }
    report.keep("http.md", &choice)
}
