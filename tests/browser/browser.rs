//! A browser that shows a lesson, and what a person does with it.

use std::cell::RefCell;
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

/// How WebDriver names an element in its answers.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A page that has not come by then is not coming.
const PATIENCE: Duration = Duration::from_secs(60);

/// The passwords of who is there from the first start on.
pub const ALICE: &str = "wonder-land-7";
pub const BOB: &str = "tree-house-42";

/// Keys that are no letters.
pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";

pub struct Browser {
    driver: Arc<Driver>,
    session: String,
    port: u16,
    lesson: RefCell<Lesson>,
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
        Browser::with(&json!({}), driver, lesson, language, axe)
    }

    /// The same with preferences of its own.
    fn with(
        preferences: &Value,
        driver: Arc<Driver>,
        lesson: &str,
        language: Language,
        axe: Option<Arc<str>>,
    ) -> Browser {
        let lesson = Lesson::start(lesson);
        let profile = tempfile::tempdir().unwrap();
        let session = driver.open(profile.path(), language.code(), preferences);
        let browser = Browser {
            driver,
            session,
            port: lesson.port,
            lesson: RefCell::new(lesson),
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
        let (driver, axe) = (self.driver.clone(), self.axe.clone());
        Browser::with(&preferences, driver, lesson, self.language, axe)
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

    /// What the address bar shows, without the place of this machine.
    pub fn path(&self) -> String {
        let url = self.command("GET", "/url", Value::Null);
        let path = url.as_str().unwrap().strip_prefix(&self.origin());
        path.expect("still at the lesson").to_owned()
    }

    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
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

    /// What the page was made of, as the browser shows its source.
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

    /// Clicks on what this CSS selector finds, and sees the page to which that leads.
    pub fn click(&self, selector: &str) {
        let element = self.reach(selector);
        self.leaving_by(|| {
            self.command("POST", &format!("/element/{element}/click"), json!({}));
        });
    }

    /// Clicks on what changes the page that is open.
    pub fn tap(&self, selector: &str) {
        let element = self.reach(selector);
        self.command("POST", &format!("/element/{element}/click"), json!({}));
    }

    /// Clicks twice on what this CSS selector finds, with so many milliseconds between, whatever
    /// page is there by then.
    pub fn click_twice(&self, selector: &str, pause: u64) {
        let element = self.reach(selector);
        let there =
            json!({ "type": "pointerMove", "origin": { ELEMENT: element }, "x": 0, "y": 0 });
        let [down, up] =
            ["pointerDown", "pointerUp"].map(|kind| json!({ "type": kind, "button": 0 }));
        let wait = json!({ "type": "pause", "duration": pause });
        let moves = json!([there, down, up, wait, down, up]);
        let mouse = json!({ "type": "pointer", "id": "mouse", "actions": moves });
        self.command("POST", "/actions", json!({ "actions": [mouse] }));
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

    /// Empties a field and types into it.
    pub fn fill(&self, field: &str, text: &str) {
        let element = self.find(&format!("[name={field}]"));
        self.command("POST", &format!("/element/{element}/clear"), json!({}));
        self.command(
            "POST",
            &format!("/element/{element}/value"),
            json!({ "text": text }),
        );
    }

    /// Presses keys, wherever the focus is.
    pub fn press(&self, keys: &str) {
        let focused = self.command("GET", "/element/active", Value::Null);
        let element = focused[ELEMENT].as_str().unwrap();
        self.command(
            "POST",
            &format!("/element/{element}/value"),
            json!({ "text": keys }),
        );
    }

    /// Presses a key that leads to another page, and sees that page.
    pub fn press_and_leave(&self, key: &str) {
        self.leaving_by(|| self.press(key));
    }

    /// Does what leads to another page, and waits until that is there. The page that is left is
    /// marked: another document does not have the mark, even where the address stays the same.
    fn leaving_by(&self, act: impl FnOnce()) {
        self.run("window.isLeft = true");
        act();
        // In the moment between two pages there is none that could run a script.
        self.wait("!window.isLeft && document.readyState === 'complete'");
    }

    /// Sees the page come that nobody asked for.
    pub fn see_it_reload(&self) {
        self.leaving_by(|| ());
    }

    /// What a field holds.
    pub fn value(&self, field: &str) -> String {
        let script = format!("return document.querySelector('[name={field}]').value");
        self.run(&script).as_str().unwrap().to_owned()
    }

    /// Logs in by the form that is open.
    pub fn log_in(&self, userid: &str, password: &str) {
        self.fill("userid", userid);
        self.fill("password", password);
        self.click("main button");
    }

    /// The session's cookie as the browser keeps it.
    pub fn session_cookie(&self) -> Option<Value> {
        let cookies = self.command("GET", "/cookie", Value::Null);
        let mut cookies = cookies.as_array().unwrap().clone();
        cookies.retain(|cookie| cookie["name"] == "session_id");
        cookies.pop()
    }

    /// Puts a session cookie of this value into the browser, as DevTools would.
    pub fn put_session_cookie(&self, value: &str) {
        let cookie = json!({ "name": "session_id", "value": value, "path": "/", "httpOnly": true });
        self.command("POST", "/cookie", json!({ "cookie": cookie }));
    }

    /// The names of all cookies that it keeps for the lesson.
    pub fn cookies(&self) -> Vec<String> {
        let cookies = self.command("GET", "/cookie", Value::Null);
        let cookies = cookies.as_array().unwrap().iter();
        cookies
            .map(|cookie| cookie["name"].as_str().unwrap().to_owned())
            .collect()
    }

    /// As if another person's browser came: without any cookie.
    pub fn forget_cookies(&self) {
        self.command("DELETE", "/cookie", json!({}));
    }

    /// Opens one more tab, or a window beside the others (`kind`), and goes there. Returns the name
    /// by which it can be gone to again.
    pub fn open_another(&self, kind: &str) -> String {
        let opened = self.command("POST", "/window/new", json!({ "type": kind }));
        let name = opened["handle"].as_str().unwrap().to_owned();
        self.go_to(&name);
        // What it was started with holds for the first one only.
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

    /// Kills the lesson and starts it once more, on the same port and with the same files, its
    /// sessions kept by this engine.
    pub fn restart_the_lesson(&self, engine: &str) {
        self.lesson.borrow_mut().restart_on(engine);
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
        request.send(self.port)
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

    /// Scrolls to what this CSS selector finds, if something else covers it.
    pub fn reach(&self, selector: &str) -> String {
        let element = self.find(selector);
        let script = "const box = arguments[0].getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            const free = arguments[0].contains(document.elementFromPoint(x, y));
            if (!free) arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let to = json!({ "script": script, "args": [{ ELEMENT: element }] });
        self.command("POST", "/execute/sync", to);
        element
    }

    fn find(&self, selector: &str) -> String {
        let search = json!({ "using": "css selector", "value": selector });
        let found = self.command("POST", "/element", search);
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    fn command(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.try_command(method, path, &body);
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    fn try_command(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let path = format!("/session/{}{path}", self.session);
        self.driver.command(method, &path, body)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let session = format!("/session/{}", self.session);
        let closed = self.driver.command("DELETE", &session, &json!({}));
        assert!(panicking() || closed.is_ok(), "{closed:?}");
    }
}
