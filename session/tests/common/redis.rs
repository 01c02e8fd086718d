//! Servers of Redis that tests start, each on a port of its own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use rocket::tokio::time::sleep;
use rocket_session_layer::Address;

/// Waits beside the server until its input is closed: until the test is over, or its process has
/// ended in whatever way. It ends after the server, because another one may be started on the same
/// port then, and one that is being killed still has it for a moment.
const WATCH: &str =
    r#"redis-server "$@" & echo "process $!"; exec >&-; read -r _; kill -9 $!; wait"#;

/// The words of one that is ready; a sentinel's are those of the primary that it begins to watch.
const READY: [&str; 2] = ["Ready to accept connections", "+monitor master"];

/// The one for all tests that do it no harm. Nothing in it is ever written to a disk.
pub fn shared() -> &'static Server {
    static SHARED: LazyLock<Server> = LazyLock::new(|| Server::start(&std::env::temp_dir(), &[]));
    &SHARED
}

/// A Redis of its own. It is killed when it is dropped.
pub struct Server {
    folder: PathBuf,
    settings: Vec<String>,
    port: u16,
    watch: Child,
    process: String,
}

impl Server {
    /// Starts one that writes what it keeps into this folder: nothing, unless the settings say
    /// otherwise, as in `["--appendonly", "yes"]`. The first of them may be a file with settings.
    pub fn start(folder: &Path, settings: &[&str]) -> Server {
        let settings: Vec<String> = settings.iter().map(|word| word.to_string()).collect();
        // Between here and the server another program may take the port.
        let started = (0..20).find_map(|_| {
            let port = free_port();
            launch(port, folder, &settings).map(|launched| (port, launched))
        });
        let (port, (watch, process)) = started.unwrap();
        Server {
            folder: folder.to_owned(),
            settings,
            port,
            watch,
            process,
        }
    }

    pub fn address(&self) -> Address {
        Address::from(&*self.url())
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The same as it stands in a configuration.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Waits until this side has only this many connections to it.
    pub async fn is_left_with(&self, connections: usize) {
        let (port, begun) = (format!(":{:04X}", self.port), Instant::now());
        loop {
            let sockets = fs::read_to_string("/proc/net/tcp").unwrap();
            let to_it = |line: &str| {
                let words: Vec<_> = line.split_whitespace().collect();
                // Established, or closed by the other side only.
                words[2].ends_with(&port) && ["01", "08"].contains(&words[3])
            };
            if sockets.lines().filter(|line| to_it(line)).count() == connections {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(10));
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// SIGSTOP: it takes connections and commands, and says nothing.
    pub fn stop(&self) {
        self.signal("-STOP");
    }

    /// SIGCONT.
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.watch.stdin.take();
        self.watch.wait().unwrap();
    }

    /// Starts it again on the same port, after it was killed.
    pub fn start_again(&mut self) {
        (self.watch, self.process) = launch(self.port, &self.folder, &self.settings).unwrap();
    }

    fn signal(&self, signal: &str) {
        let kill = Command::new("kill").args([signal, &self.process]).status();
        assert!(kill.unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port on which no server listens.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// The process that watches it, and its own ID. `None`: it could not start.
fn launch(port: u16, folder: &Path, settings: &[String]) -> Option<(Child, String)> {
    let mut watch = Command::new("sh")
        .args(["-c", WATCH, "sh"])
        .args(settings)
        .args(["--bind", "127.0.0.1", "--port"])
        .arg(port.to_string())
        .args(["--save", "", "--dir"])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut process, mut ready) = (None, false);
    for line in BufReader::new(watch.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        process = process.or(line.strip_prefix("process ").map(str::to_owned));
        ready |= READY.iter().any(|words| line.contains(words));
        if ready && let Some(process) = process {
            return Some((watch, process));
        }
    }
    watch.stdin.take();
    watch.wait().unwrap();
    None
}
