//! Servers of PostgreSQL that tests start, each on a port of its own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use diesel::PgConnection;
use diesel::prelude::*;
use rocket_session_layer::Address;

/// The program that makes a place for databases. The server itself is beside it.
const INITDB: &str = env!("INITDB");

/// Waits beside the server until its input is closed: until the test is over, or its process has
/// ended in whatever way. QUIT ends all of its processes at once, as a crash would, and CONT has one
/// that was stopped hear of it. Its folder goes along, unless it is to be started again.
const WATCH: &str = r#"folder=$1; shift; "$@" 2>&1 & echo "process $!"; exec >&-; read -r word
    kill -QUIT $!; kill -CONT $!; wait; [ "$word" = again ] || rm -r "$folder""#;

/// The one for all tests that do it no harm. Its folder is in the one of temporary files, and goes
/// with the server.
pub fn shared() -> &'static Server {
    static SHARED: LazyLock<Server> = LazyLock::new(|| Server::start(&[]));
    &SHARED
}

/// A PostgreSQL of its own. It is stopped when it is dropped.
pub struct Server {
    folder: PathBuf,
    settings: Vec<String>,
    port: u16,
    watch: Child,
    process: String,
}

impl Server {
    /// Starts one with some more settings, as in `["max_connections=20"]`.
    pub fn start(settings: &[&str]) -> Server {
        Server::launched(new_folder(), settings)
    }

    /// One that speaks TLS, with a certificate that nobody has signed.
    pub fn with_tls() -> Server {
        let folder = new_folder();
        let made = unprivileged("openssl")
            .args(["req", "-x509", "-newkey", "ed25519", "-nodes"])
            .args([
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
            ])
            .args(["-out", "server.crt", "-keyout", "server.key"])
            .current_dir(&folder)
            .output();
        assert!(made.unwrap().status.success());
        Server::launched(folder, &["ssl=on"])
    }

    fn launched(folder: PathBuf, settings: &[&str]) -> Server {
        let settings: Vec<String> = settings.iter().map(|word| word.to_string()).collect();
        // Between here and the server another program may take the port.
        let started = (0..20).find_map(|_| {
            let port = free_port();
            launch(port, &folder, &settings).map(|launched| (port, launched))
        });
        let (port, (watch, process)) = started.unwrap();
        Server {
            folder,
            settings,
            port,
            watch,
            process,
        }
    }

    pub fn address(&self) -> Address {
        Address::from(&*self.url())
    }

    /// The folder of its files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same as it stands in a configuration.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// A connection past the store.
    pub fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.url()).unwrap()
    }

    pub fn run(&self, sql: &str) {
        use diesel::connection::SimpleConnection;
        self.connect().batch_execute(sql).unwrap();
    }

    /// SIGSTOP: it takes connections and commands, and says nothing.
    pub fn stop(&self) {
        self.signal("-STOP");
    }

    /// SIGCONT.
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    /// Ends it as a crash would.
    pub fn kill(&mut self) {
        let input = self.watch.stdin.take();
        input.unwrap().write_all(b"again\n").unwrap();
        self.watch.wait().unwrap();
    }

    /// Starts it again on the same port, after it was killed.
    pub fn start_again(&mut self) {
        (self.watch, self.process) = launch(self.port, &self.folder, &self.settings).unwrap();
    }

    /// To the server and its children, one for each connection.
    fn signal(&self, signal: &str) {
        let process = &self.process;
        let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
        let children = children.unwrap();
        let mut kill = Command::new("kill");
        kill.args([signal, process])
            .args(children.split_whitespace());
        assert!(kill.status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.watch.stdin.take();
        self.watch.wait().unwrap();
    }
}

/// A folder in which a server can begin.
fn new_folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("postgres-").tempdir();
    let folder = folder.unwrap().keep();
    if is_root() {
        let mut chown = Command::new("chown");
        chown.arg("postgres").arg(&folder);
        assert!(chown.status().unwrap().success());
    }
    let made = unprivileged(INITDB)
        .args(["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"])
        .args(["--username=postgres", "--pgdata"])
        .arg(&folder)
        .output();
    assert!(made.unwrap().status.success());
    folder
}

/// PostgreSQL refuses to run as root.
fn unprivileged(program: impl AsRef<std::ffi::OsStr>) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
        .arg(program);
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// The process that watches it, and its own ID. `None`: it could not start.
fn launch(port: u16, folder: &Path, settings: &[String]) -> Option<(Child, String)> {
    let server = unprivileged(Path::new(INITDB).with_file_name("postgres"));
    let mut watch = Command::new("sh")
        .args(["-c", WATCH, "sh"])
        .arg(folder)
        .arg(server.get_program())
        .args(server.get_args())
        .arg("-D")
        .arg(folder)
        .args([
            "-c",
            &format!("port={port}"),
            "-c",
            "listen_addresses=127.0.0.1",
        ])
        .args(["-c", "unix_socket_directories=", "-c", "fsync=off"])
        // Its log is read up to the line that it is ready. More would fill the pipe and stop it.
        .args(["-c", "log_min_messages=log", "-c", "log_checkpoints=off"])
        .args(settings.iter().flat_map(|setting| ["-c", setting]))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut process = None;
    for line in BufReader::new(watch.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        process = process.or(line.strip_prefix("process ").map(str::to_owned));
        if line.contains("ready to accept connections") {
            return Some((watch, process?));
        }
    }
    watch.stdin.take();
    watch.wait().unwrap();
    None
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}
