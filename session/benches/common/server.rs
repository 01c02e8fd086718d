//! A server in a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread::spawn;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::engines::Engine;
use super::keeper::Keeper;
use super::process;
use super::served::Served;
use super::{Failure, disk, folder};

/// A server that has not printed its address after this time is taken for hung.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. It ends when this is dropped.
pub struct Server {
    child: Child,
    /// Held open, because the programs of the benches end when it is closed.
    _input: Option<ChildStdin>,
    address: SocketAddr,
    /// The server that keeps its sessions, and ends with it.
    keeper: Option<Keeper>,
    folder: TempDir,
}

/// The reason why there is no server.
#[derive(Debug)]
pub enum NoServer {
    /// It refuses its configuration at the start, with this line.
    Refused(String),
    /// Something else went wrong.
    Failed(Failure),
}

impl std::fmt::Display for NoServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoServer::Refused(reason) => write!(f, "a server does not start: {reason}"),
            NoServer::Failed(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for NoServer {}

impl Server {
    /// Starts `examples/plain_app.rs` on an engine, in a folder of its own.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub fn on(engine: &Engine) -> Result<Self, NoServer> {
        Server::in_folder(folder().map_err(failed)?, engine)
    }

    /// Starts it in a folder that is already there.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub fn in_folder(folder: TempDir, engine: &Engine) -> Result<Self, NoServer> {
        let prepared = engine.prepare().map_err(NoServer::Refused)?;
        let mut command = Served::PlainApp.command().map_err(NoServer::Failed)?;
        command
            .current_dir(folder.path())
            .env("ROCKET_SESSION", prepared.settings);
        let mut server = Server::run(command, folder)?;
        server.keeper = prepared.keeper;
        Ok(server)
    }

    /// Starts the program that has no session layer.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub fn without_sessions() -> Result<Self, NoServer> {
        let mut command = Served::WithoutSessions
            .command()
            .map_err(NoServer::Failed)?;
        let folder = folder().map_err(failed)?;
        command.current_dir(folder.path());
        Server::run(command, folder)
    }

    /// Runs a command that prints its address, and waits until it has.
    ///
    /// # Errors
    ///
    /// It ends, or says nothing for a minute.
    pub fn run(mut command: Command, folder: TempDir) -> Result<Self, NoServer> {
        let mut child = command
            .env("ROCKET_ADDRESS", "127.0.0.1")
            .env("ROCKET_PORT", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let (sender, lines) = channel();
        let outputs = (child.stdout.take(), child.stderr.take());
        if let (Some(output), Some(complaints)) = outputs {
            listen(output, sender.clone());
            listen(complaints, sender);
        }
        let mut server = Server {
            _input: child.stdin.take(),
            child,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            keeper: None,
            folder,
        };
        let deadline = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        while let Ok(line) = lines.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if let Some(port) = port(&line) {
                server.address.set_port(port);
                return Ok(server);
            }
            said.push(line);
        }
        Err(NoServer::Refused(
            said.into_iter().next().unwrap_or_default(),
        ))
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder that it runs in and keeps its files in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The time that it has spent on the processors. `None`: the system does not say.
    pub fn cpu_time(&self) -> Option<Duration> {
        process::cpu_time(self.child.id())
    }

    /// The bytes of memory in use, with those of the server that keeps its sessions. `None`: the
    /// system does not say.
    pub fn memory(&self) -> Option<u64> {
        let own = process::memory(self.child.id())?;
        match &self.keeper {
            Some(keeper) => Some(own + keeper.memory()?),
            None => Some(own),
        }
    }

    /// The bytes of its files on the disk, with those of the server that keeps its sessions.
    ///
    /// # Errors
    ///
    /// They can't be read.
    pub fn disk(&self) -> std::io::Result<u64> {
        let kept = self.keeper.as_ref().map_or(Ok(0), Keeper::disk)?;
        Ok(kept + disk::used(self.folder())?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn failed(error: impl Into<Failure>) -> NoServer {
    NoServer::Failed(error.into())
}

/// Hands on each line, and goes on reading when the receiver is gone, because a full pipe would stop
/// the server.
fn listen(output: impl Read + Send + 'static, sender: Sender<String>) {
    spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
}

/// The port in a line that holds an address.
fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://")?;
    let (_, port) = rest.split_once(':')?;
    let digits = port.find(|letter: char| !letter.is_ascii_digit());
    port[..digits.unwrap_or(port.len())].parse().ok()
}
