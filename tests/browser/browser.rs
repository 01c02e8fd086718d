//! A browser that shows a lesson, and what a person does with it.

use std::cell::{Cell, RefCell};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{panicking, yield_now};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use session_lessons::course::Language;
use tempfile::TempDir;

use crate::driver::Driver;
use crate::http::{Answer, Request};
use crate::lesson::Lesson;
use crate::mallory::Mallory;

/// The key under which WebDriver names an element in its answers.
pub const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A page that has not come in this time is not coming.
const PATIENCE: Duration = Duration::from_secs(60);

/// The demo users' passwords.
pub const ALICE: &str = "wonder-land-7";
pub const BOB: &str = "tree-house-42";

/// Keys that are no letters.
pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";

pub struct Browser {
    driver: Arc<Driver>,
    session: String,
    scheme: &'static str,
    port: Cell<u16>,
    host: RefCell<String>,
    lesson: RefCell<Lesson>,
    /// The second server, and Mallory's site, once they are started.
    second: RefCell<Option<Lesson>>,
    mallory: RefCell<Option<Mallory>>,
    pub language: Language,
    /// The source of axe-core, where it is to look at every page.
    pub axe: Option<Arc<str>>,
    _profile: TempDir,
}

impl Browser {
    /// A fresh browser for a lesson that has just been started; no page is open yet.
    pub fn at(
        driver: Arc<Driver>,
        lesson: &str,
        language: Language,
        axe: Option<Arc<str>>,
    ) -> Browser {
        Browser::with(&json!({}), driver, Lesson::start(lesson), language, axe)
    }

    /// The same with preferences of its own.
    fn with(
        preferences: &Value,
        driver: Arc<Driver>,
        lesson: Lesson,
        language: Language,
        axe: Option<Arc<str>>,
    ) -> Browser {
        let profile = tempfile::tempdir().unwrap();
        let session = driver.open(profile.path(), language.code(), preferences);
        let speaks_tls = lesson.greeting.contains("https://");
        let browser = Browser {
            driver,
            session,
            scheme: if speaks_tls { "https" } else { "http" },
            port: Cell::new(lesson.port),
            host: RefCell::new("localhost".to_owned()),
            lesson: RefCell::new(lesson),
            second: RefCell::default(),
            mallory: RefCell::default(),
            language,
            axe,
            _profile: profile,
        };
        // Colours that fade in would be measured half-way.
        browser.prefer("light");
        browser
    }

    /// A browser that blocks cookies, for a lesson of its own.
    pub fn blocking_cookies(&self, lesson: &str) -> Browser {
        let preferences = json!({ "profile.default_content_setting_values.cookies": 2 });
        self.another(&preferences, Lesson::start(lesson))
    }

    /// A browser that blocks third-party cookies, for a lesson of its own.
    pub fn blocking_third_parties(&self, lesson: &str) -> Browser {
        // The old name of the preference, and the new one.
        let preferences = json!({
            "profile.block_third_party_cookies": true,
            "profile.cookie_controls_mode": 1,
        });
        self.another(&preferences, Lesson::start(lesson))
    }

    /// A browser with these preferences, for a lesson that was started in some way.
    pub fn another(&self, preferences: &Value, lesson: Lesson) -> Browser {
        let (driver, axe) = (self.driver.clone(), self.axe.clone());
        Browser::with(preferences, driver, lesson, self.language, axe)
    }

    /// Types an address of the lesson and presses enter.
    pub fn open(&self, path: &str) {
        self.command("POST", "/url", json!({ "url": self.origin() + path }));
    }

    /// The browser's own button.
    pub fn go_back(&self) {
        self.command("POST", "/back", json!({}));
    }

    pub fn reload(&self) {
        self.command("POST", "/refresh", json!({}));
    }

    /// The address bar's text, without the place of this machine.
    pub fn path(&self) -> String {
        let url = self.command("GET", "/url", Value::Null);
        let path = url.as_str().unwrap().strip_prefix(&self.origin());
        path.expect("still at the lesson").to_owned()
    }

    pub fn origin(&self) -> String {
        format!(
            "{}://{}:{}",
            self.scheme,
            self.host.borrow(),
            self.port.get()
        )
    }

    /// Opens the lesson by this name of this machine from now on.
    pub fn use_host(&self, host: &str) {
        self.host.replace(host.to_owned());
    }

    /// Starts Mallory's site. The lesson starts once more, and links there.
    pub fn start_mallory(&self) {
        let mallory = Mallory::start(self.port.get());
        self.lesson.borrow_mut().restart_beside(mallory.port);
        self.mallory.replace(Some(mallory));
    }

    /// The port of her site with what stands around it in an address, `:9000/`.
    pub fn mallorys_port(&self) -> String {
        let mallory = self.mallory.borrow();
        format!(
            ":{}/",
            mallory.as_ref().map_or(9000, |mallory| mallory.port)
        )
    }

    /// Starts the lesson once more on a port of which the next one is free too: a second server is
    /// to be there.
    pub fn make_room_for_a_second(&self) {
        let mut lesson = self.lesson.borrow_mut();
        lesson.restart_at(free_pair());
        self.port.set(lesson.port);
    }

    /// Starts the second server, unless it runs.
    pub fn start_second(&self) {
        let mut second = self.second.borrow_mut();
        if second.is_none() {
            *second = Some(self.lesson.borrow().second());
        }
    }

    /// The words that can be seen on the page.
    pub fn words(&self) -> String {
        let words = self.run("return document.body.innerText");
        words.as_str().unwrap().to_owned()
    }

    /// The text of the course with this key, in the browser's language.
    pub fn text(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// The text that the page was made of, as the browser shows its source.
    pub fn source(&self) -> String {
        let source = self.command("GET", "/source", Value::Null);
        source.as_str().unwrap().to_owned()
    }

    /// Fails unless the page says this.
    pub fn says(&self, text: &str) {
        let words = self.words();
        assert!(
            words.contains(text),
            "{}: no {text:?} in\n{words}",
            self.path()
        );
    }

    /// Waits until the page has what this CSS selector finds.
    pub fn wait_for(&self, selector: &str) {
        let selector = json!(selector);
        self.wait(&format!("document.querySelector({selector}) !== null"));
    }

    /// Waits until this holds in the page.
    pub fn wait(&self, condition: &str) {
        let script = json!({ "script": format!("return {condition}"), "args": [] });
        self.wait_while(
            || self.try_command("POST", "/execute/sync", &script) != Ok(Value::Bool(true)),
            condition,
        );
    }

    /// Waits while this holds outside the page.
    pub fn wait_while(&self, holds: impl Fn() -> bool, awaited: &str) {
        let deadline = Instant::now() + PATIENCE;
        while holds() {
            assert!(Instant::now() < deadline, "in vain: {awaited}");
            yield_now();
        }
    }

    /// Opens one more tab, or a window beside the others (`kind`), and goes there. Returns the name
    /// by which it can be gone to again.
    pub fn open_another(&self, kind: &str) -> String {
        let opened = self.command("POST", "/window/new", json!({ "type": kind }));
        let name = opened["handle"].as_str().unwrap().to_owned();
        self.go_to(&name);
        // The capabilities that it was started with hold for the first one only.
        self.prefer("light");
        name
    }

    /// The window or tab that is in use.
    pub fn window(&self) -> String {
        let name = self.command("GET", "/window", Value::Null);
        name.as_str().unwrap().to_owned()
    }

    pub fn go_to(&self, window: &str) {
        self.command("POST", "/window", json!({ "handle": window }));
    }

    /// Closes the window or tab that is in use.
    pub fn close(&self) {
        self.command("DELETE", "/window", json!({}));
    }

    /// Kills the lesson and starts it once more, on the same port and with the same files, with
    /// these settings of the session layer.
    pub fn restart_the_lesson(&self, settings: &str) {
        self.lesson.borrow_mut().restart_with_settings(settings);
    }

    /// Kills the lesson and starts it once more, with passwords that cost as much as a student's.
    pub fn restart_at_the_real_cost(&self) {
        self.lesson
            .borrow_mut()
            .restart_with("ROCKET_PASSWORD_COST", "12");
    }

    /// The file in which the lesson keeps its sessions.
    pub fn database(&self) -> PathBuf {
        self.lesson.borrow().database()
    }

    /// Sends the lesson a request past the browser.
    pub fn send(&self, request: &Request) -> Answer {
        request.send(self.port.get())
    }

    /// Runs a script in the page, as DevTools would.
    pub fn run(&self, script: &str) -> Value {
        self.command(
            "POST",
            "/execute/sync",
            json!({ "script": script, "args": [] }),
        )
    }

    /// Runs a script whose last argument is a function that takes its result.
    pub fn run_to_the_end(&self, script: &str) -> Value {
        self.command(
            "POST",
            "/execute/async",
            json!({ "script": script, "args": [] }),
        )
    }

    /// Asks for light or dark colours, always without movement.
    pub fn prefer(&self, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        );
    }

    /// Gives the page a command of Chromium's own.
    pub fn devtools(&self, command: &str, parameters: Value) {
        let body = json!({ "cmd": command, "params": parameters });
        self.command("POST", "/goog/cdp/execute", body);
    }

    pub fn find(&self, selector: &str) -> String {
        let search = json!({ "using": "css selector", "value": selector });
        let found = self.command("POST", "/element", search);
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    pub fn command(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.try_command(method, path, &body);
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    fn try_command(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let path = format!("/session/{}{path}", self.session);
        self.driver.command(method, &path, body)
    }
}

/// A free port with a free one behind it, from a range in which the system gives out none.
fn free_pair() -> u16 {
    let is_free = |port| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let mut ports = (0..1000).map(|_| 20_000 + 2 * (getrandom::u32().unwrap() % 5_000) as u16);
    let found = ports.find(|&port| is_free(port) && is_free(port + 1));
    found.expect("no two free ports")
}

impl Drop for Browser {
    fn drop(&mut self) {
        let session = format!("/session/{}", self.session);
        let closed = self.driver.command("DELETE", &session, &json!({}));
        assert!(panicking() || closed.is_ok(), "{closed:?}");
    }
}
