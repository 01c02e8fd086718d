//! The cookies that the browser keeps for the lesson.

use serde_json::{Value, json};

use crate::browser::Browser;

impl Browser {
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
}
