//! `examples/plain_app` as a program of its own, on a free port, with a folder for its database.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use ureq::Agent;

use super::FEATURES;
use super::engines::{Place, variable};

/// A running program. It is killed when it is dropped.
pub struct Program {
    child: Child,
    /// Held so that it does not fail when it prints.
    _output: BufReader<ChildStdout>,
    address: String,
}

impl Program {
    /// Starts it with this folder as its current one, and waits until it listens.
    pub fn start(folder: &Path) -> Program {
        let in_memory = json!({ "engine": "cache" });
        Program::run(Command::new(plain_app()), &in_memory, folder)
    }

    /// The same with its sessions in this place.
    pub fn at(place: &Place) -> Program {
        Program::run(Command::new(plain_app()), &place.settings, place.folder())
    }

    /// The same while strace writes down each time that it makes the disk keep something.
    pub fn watched(place: &Place, log: &Path) -> Program {
        let mut strace = Command::new("strace");
        // Beside the program, so that this is our child, and strace ends with it.
        strace.args(["-D", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o"]);
        strace.arg(log).arg(plain_app());
        Program::run(strace, &place.settings, place.folder())
    }

    /// The same, started by a line for the shell, in which `$0` is the program.
    pub fn under(line: &str, place: &Place) -> Program {
        Program::run(shell(line), &place.settings, place.folder())
    }

    /// The lines it prints when it does not start.
    pub fn refusal(line: &str, place: &Place) -> String {
        let mut command = shell(&line.replace("\"$0\"", "timeout 30 \"$0\""));
        let output = configured(&mut command, &place.settings, place.folder()).output();
        let output = output.unwrap();
        // Rocket's log goes to the standard output, its panic to the other.
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(!output.status.success(), "{said}");
        assert_ne!(output.status.code(), Some(124), "it started: {said}");
        said
    }

    fn run(mut command: Command, settings: &Value, folder: &Path) -> Program {
        let mut child = configured(&mut command, settings, folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert_ne!(output.read_line(&mut line).unwrap(), 0, "it ended early");
            if let Some((_, address)) = line.split_once("launched from ") {
                break address.trim().to_owned();
            }
        };
        Program {
            child,
            _output: output,
            address,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// A browser with a connection of its own.
    pub fn connect(&self, cookie: Option<String>) -> Connection {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false);
        Connection {
            agent: config.build().into(),
            address: self.address.clone(),
            cookie,
        }
    }

    /// Sends these bytes, and returns all that comes back until the connection is closed.
    pub fn exchange(&self, bytes: &[u8]) -> String {
        let address = self.address.trim_start_matches("http://");
        let mut connection = TcpStream::connect(address).unwrap();
        // A server that has heard enough may close early.
        let _ = connection.write_all(bytes);
        let mut answer = Vec::new();
        let _ = connection.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// SIGTERM: it ends as it does when a person stops it.
    pub fn stop(&mut self) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &process]).status();
        assert!(sent.unwrap().success());
        self.child.wait().unwrap();
    }

    /// SIGKILL: it has no chance to put anything in order.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Connection {
    agent: Agent,
    address: String,
    /// The session cookie, as `name=value`.
    pub cookie: Option<String>,
}

impl Connection {
    /// Puts a pencil into the cart. True if the server says that it is there.
    pub fn add_pencil(&mut self) -> bool {
        self.add("pencil") == Some(303)
    }

    /// Puts something into the cart. The status of the answer, if one came.
    pub fn add(&mut self, item: &str) -> Option<u16> {
        self.post("/cart/add", ("item", item))
    }

    /// Logs in, so that the session may become large.
    pub fn log_in(&mut self) {
        assert_eq!(self.post("/login", ("userid", "alice")), Some(303));
    }

    /// Sends a form with one field. The status of the answer, if one came.
    pub fn post(&mut self, path: &str, field: (&str, &str)) -> Option<u16> {
        let mut request = self.agent.post(format!("{}{path}", self.address));
        if let Some(cookie) = &self.cookie {
            request = request.header("Cookie", cookie);
        }
        let response = request.send_form([field]).ok()?;
        let status = response.status().as_u16();
        if let Some(line) = response.headers().get("Set-Cookie") {
            let line = line.to_str().unwrap();
            // A session that is not there any more is told to go, whatever else is answered.
            let removal = line.contains("Max-Age=0");
            assert!(status == 303 || removal, "a cookie for what was not stored");
            self.cookie = line.split(';').next().map(str::to_owned);
        }
        Some(status)
    }

    /// Counts the pencils in the cart.
    pub fn pencils(&self) -> u64 {
        self.cart()["pencil"].as_u64().unwrap_or_default()
    }

    /// The cart: an item's name, and its number.
    pub fn cart(&self) -> Value {
        let request = self.agent.get(format!("{}/cart", self.address));
        let request = request.header("Cookie", self.cookie.as_deref().unwrap());
        let mut response = request.call().unwrap();
        let cart = response.body_mut().read_to_string().unwrap();
        serde_json::from_str(&cart).unwrap()
    }
}

fn shell(line: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", line]).arg(plain_app());
    command
}

fn configured<'a>(command: &'a mut Command, settings: &Value, folder: &Path) -> &'a mut Command {
    command
        .current_dir(folder)
        .env("ROCKET_SESSION", variable(settings))
        .env("ROCKET_ADDRESS", "127.0.0.1")
        // The operating system chooses one that is free, and Rocket says which.
        .env("ROCKET_PORT", "0")
        .env("ROCKET_LOG_LEVEL", "critical")
        .env("ROCKET_CLI_COLORS", "false")
}

/// The program, up to date.
///
/// Plain `cargo test` builds examples, `cargo test --test layer` does not and would find an old one
/// or none. Therefore Cargo is asked once, in the same build folder and with the same profile. It
/// has nothing to do in most cases, and says where the program is in all.
fn plain_app() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // This test is in the folder `deps` of its profile's.
        let test = std::env::current_exe().unwrap();
        let profile = test.parent().and_then(Path::parent).unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["build", "--package", "rocket-session-layer"])
            .args(["--example", "plain_app", "--message-format", "json"])
            .args(["--no-default-features", "--features", &FEATURES.join(",")])
            .arg("--target-dir")
            .arg(profile.parent().unwrap())
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        let output = cargo.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let lines = output.stdout.split(|byte| *byte == b'\n');
        let messages = lines.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
        let program = messages
            .filter(|message| message["target"]["name"] == "plain_app")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from));
        program.unwrap_or_else(|| panic!("{said}"))
    })
}
