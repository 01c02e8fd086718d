//! The stream of a lesson as students run it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A lesson as students run it.
struct Lesson {
    process: Child,
    port: u16,
}

impl Lesson {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap().keep();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let database = folder.join("xray.db");
        let process = Command::new(env!("CARGO_BIN_EXE_lesson02"))
            .env("ROCKET_PORT", port.to_string())
            .env("ROCKET_SESSION", format!("{{database={database:?}}}"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                begin.elapsed() < Duration::from_secs(20),
                "it does not start"
            );
            sleep(Duration::from_millis(20));
        }
        Lesson { process, port }
    }

    fn ask(&self, path: &str, headers: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n{headers}\r\n",
            self.port
        );
        stream.write_all(request.as_bytes()).unwrap();
        BufReader::new(stream)
    }
}

impl Drop for Lesson {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads on until a line contains this; all that was read.
fn until(stream: &mut BufReader<TcpStream>, wanted: &str) -> String {
    let mut all = String::new();
    while !all.lines().last().unwrap_or_default().contains(wanted) {
        assert_ne!(
            stream.read_line(&mut all).unwrap(),
            0,
            "no {wanted} in {all}"
        );
    }
    all
}

#[test]
fn the_stream_is_live_and_says_when_it_began_anew() {
    let lesson = Lesson::start();
    // A browser that comes from an earlier run of the server.
    let mut stream = lesson.ask("/xray/events", "Last-Event-ID: 1.77\r\n");
    let head = until(&mut stream, "event:anew");
    assert!(head.contains("text/event-stream"));
    assert!(!head.to_lowercase().contains("set-cookie"));
    until(
        &mut lesson.ask("/login", "Connection: close\r\n"),
        "</html>",
    );
    let first = until(&mut stream, "GET /login");
    let place = first
        .lines()
        .find_map(|line| line.strip_prefix("id:").filter(|id| id.ends_with(".1")));
    let mut resumed = lesson.ask(&format!("/xray/events?from={}", place.unwrap()), "");
    until(
        &mut lesson.ask("/nowhere", "Connection: close\r\n"),
        "</html>",
    );
    let next = until(&mut resumed, "GET /nowhere");
    assert!(!next.contains("event:anew") && !next.contains("GET /login"));
}

#[cfg(unix)]
#[test]
fn an_open_stream_ends_with_the_server() {
    let mut lesson = Lesson::start();
    let mut stream = lesson.ask("/xray/events", "");
    until(&mut stream, "text/event-stream");
    let begin = Instant::now();
    let pid = lesson.process.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    lesson.process.wait().unwrap();
    assert!(
        begin.elapsed() < Duration::from_secs(1),
        "{:?}",
        begin.elapsed()
    );
}
