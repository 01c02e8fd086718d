//! Hands on mouse and keyboard: clicks, keys, fields.

use serde_json::{Value, json};

use crate::browser::{Browser, ELEMENT};

impl Browser {
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

    /// Clicks twice on what this CSS selector finds, with this many milliseconds between, on the
    /// page that is there at the second click.
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

    /// Sees the page come without having asked for it.
    pub fn see_it_reload(&self) {
        self.leaving_by(|| ());
    }

    /// The value of a field.
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
}
