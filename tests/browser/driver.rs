//! chromedriver: one for all trials, spoken to in WebDriver's JSON.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::{Value, json};

use crate::http::Request;

pub struct Driver {
    child: Child,
    port: u16,
    pub chromium: PathBuf,
}

impl Driver {
    /// Starts it on a free port, which it prints.
    pub fn start(chromedriver: &Path, chromium: &Path) -> Driver {
        let mut command = Command::new(chromedriver);
        command.arg("--port=0").stdin(Stdio::null());
        let spawned = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = spawned.unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        // Other output must not fill the pipe.
        thread::spawn(move || lines.count());
        Driver {
            child,
            port: port.expect("chromedriver names its port"),
            chromium: chromium.to_owned(),
        }
    }

    /// Sends a command, and returns the value of its answer.
    pub fn command(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = body.to_string().into_bytes();
        let request = Request::new(method, path).body("application/json", body);
        let answer = request.send(self.port);
        let mut body: Value = serde_json::from_str(&answer.body).unwrap();
        let value = body["value"].take();
        match answer.status {
            200 => Ok(value),
            _ => Err(format!("{method} {path}: {}", value["message"])),
        }
    }

    /// Begins a session: a browser of its own, with an empty profile and these preferences, named
    /// as in Chromium's file `Preferences`. Returns its name.
    pub fn open(&self, profile: &Path, language: &str, preferences: &Value) -> String {
        let capabilities = json!({
            "browserName": "chrome",
            // A page that has not come in this time is not coming, nor is a script's result.
            "timeouts": { "pageLoad": 60_000, "script": 60_000 },
            "goog:chromeOptions": {
                "binary": self.chromium,
                "prefs": preferences,
                "args": [
                    "--headless",
                    // A browser that has lost its driver ends by itself, however that came.
                    "--remote-debugging-pipe",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    // Nothing but this machine can be reached, not even by mistake.
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
                    "--window-size=1280,900",
                    format!("--accept-lang={language}"),
                    format!("--user-data-dir={}", profile.display()),
                ],
            },
        });
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let opened = self.command("POST", "/session", &body).unwrap();
        opened["sessionId"].as_str().unwrap().to_owned()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ends also the browsers of trials that failed half-way.
        let _ = self.command("GET", "/shutdown", &Value::Null);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
