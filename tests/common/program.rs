//! `examples/plain_app` as a program of its own, on a free port, with a folder for its database.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use ureq::Agent;

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
        Program::on("database", folder)
    }

    /// The same with its sessions in this engine.
    pub fn on(engine: &str, folder: &Path) -> Program {
        let mut child = Command::new(plain_app())
            .current_dir(folder)
            .env("ROCKET_SESSION", settings(engine, folder))
            .env("ROCKET_ADDRESS", "127.0.0.1")
            // The operating system chooses one that is free, and Rocket says which.
            .env("ROCKET_PORT", "0")
            .env("ROCKET_LOG_LEVEL", "critical")
            .env("ROCKET_CLI_COLORS", "false")
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
        let mut request = self.agent.post(format!("{}/cart/add", self.address));
        if let Some(cookie) = &self.cookie {
            request = request.header("Cookie", cookie);
        }
        let Ok(response) = request.send_form([("item", "pencil")]) else {
            return false;
        };
        if let Some(line) = response.headers().get("Set-Cookie") {
            let line = line.to_str().unwrap();
            self.cookie = line.split(';').next().map(str::to_owned);
        }
        response.status() == 303
    }

    /// How many pencils are in the cart.
    pub fn pencils(&self) -> u64 {
        let request = self.agent.get(format!("{}/cart", self.address));
        let request = request.header("Cookie", self.cookie.as_deref().unwrap());
        let mut response = request.call().unwrap();
        let cart = response.body_mut().read_to_string().unwrap();
        let cart: Value = serde_json::from_str(&cart).unwrap();
        cart["pencil"].as_u64().unwrap()
    }
}

/// The section `session` of its configuration: whatever the engine, a folder has sessions of its
/// own.
fn settings(engine: &str, folder: &Path) -> String {
    let prefix = folder.display();
    let settings = format!("engine=\"{engine}\",redis_prefix=\"{prefix}:\"");
    #[cfg(feature = "redis")]
    if engine == "redis" {
        let url = super::redis::shared().url();
        return format!("{{{settings},redis=\"{url}\"}}");
    }
    format!("{{{settings}}}")
}

/// Those that this test was built with.
const FEATURES: &[&str] = match cfg!(feature = "redis") {
    true => &["--features", "redis"],
    false => &[],
};

/// The program, up to date.
///
/// Plain `cargo test` builds examples, `cargo test --test tests` does not and would find an old one
/// or none. Therefore Cargo is asked once, in the same build folder and with the same profile. It
/// has nothing to do in most cases, and says where the program is in all.
fn plain_app() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let binaries = Path::new(env!("CARGO_BIN_EXE_lesson01")).parent().unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([
                "build",
                "--example",
                "plain_app",
                "--message-format",
                "json",
            ])
            .args(FEATURES)
            .arg("--target-dir")
            .arg(binaries.parent().unwrap())
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        if binaries.ends_with("release") {
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
