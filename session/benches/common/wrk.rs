//! The load generator wrk, if it is installed. The table of aims is measured with it.

use std::fmt::Write;
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::client::Ask;
use super::load::CONNECTIONS;
use super::sample::Sample;
use super::server::Server;

/// Tells whether wrk is installed.
pub fn is_installed() -> bool {
    let version = Command::new("wrk")
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    version.is_ok()
}

/// One thread of wrk with 32 connections, the sessions of these cookies taking turns. It does not
/// take the cookies of answers.
///
/// # Errors
///
/// wrk can't be started, or says something else than it does when all is well.
pub fn run(server: &Server, ask: Ask, cookies: &[String], time: Duration) -> Result<Sample> {
    // wrk knows whole seconds only.
    let seconds = (time.as_secs_f64().round() as u64).max(1);
    let script = server.folder().join("wrk.lua");
    std::fs::write(&script, requests(ask, cookies))?;
    let before = server.cpu_time();
    let output = Command::new("wrk")
        .args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s")])
        .arg("--latency")
        .arg("-s")
        .arg(&script)
        .arg(url(server.address()))
        .stderr(Stdio::inherit())
        .output()?;
    let cpu = before.zip(server.cpu_time());
    let text = String::from_utf8_lossy(&output.stdout);
    let mut sample = read(&text).ok_or_else(|| {
        let reason = format!("wrk says something unknown: {text}");
        Error::new(ErrorKind::InvalidData, reason)
    })?;
    let requests = sample.rate * seconds as f64;
    sample.cpu = cpu.map(|(before, after)| (after - before).as_secs_f64() * 1e6 / requests);
    Ok(sample)
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// The script: one request a session, as the built-in generator would send it.
fn requests(ask: Ask, cookies: &[String]) -> String {
    let (mut script, mut request) = ("local requests, turn = {}, 0\n".to_owned(), String::new());
    for (number, cookie) in cookies.iter().enumerate() {
        ask.write(number, cookie, &mut request);
        // For letters of ASCII, Lua and Rust write text alike. Writing into a String can't fail.
        let _ = writeln!(script, "requests[{}] = {request:?}", number + 1);
    }
    script.push_str("request = function() turn = turn % #requests + 1 return requests[turn] end\n");
    script
}

fn read(text: &str) -> Option<Sample> {
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
        line.map(str::trim)
    };
    Some(Sample {
        rate: value("Requests/sec:")?.parse().ok()?,
        p50: milliseconds(value("50%")?)?,
        p99: milliseconds(value("99%")?)?,
        // Average, deviation, longest.
        longest: milliseconds(value("Latency")?.split_whitespace().nth(2)?)?,
        unexpected: match value("Non-2xx or 3xx responses:") {
            Some(count) => count.parse().ok()?,
            None => 0,
        },
        ..Sample::default()
    })
}

fn milliseconds(text: &str) -> Option<f64> {
    let unit = text.find(|letter: char| letter.is_ascii_alphabetic())?;
    let value: f64 = text[..unit].parse().ok()?;
    match &text[unit..] {
        "us" => Some(value / 1e3),
        "ms" => Some(value),
        "s" => Some(value * 1e3),
        _ => None,
    }
}
