//! A response, and the layer's words about its request.

use rocket::http::Status;
use rocket_session_layer::{Event, Trace};
use serde_json::Value;

/// A response, and the trace of its request.
#[derive(Debug)]
pub struct Answer {
    pub status: Status,
    pub body: String,
    pub trace: Trace,
    pub headers: Vec<(String, String)>,
}

impl Answer {
    /// All headers of this name.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let named = |(found, _): &&(String, String)| found.eq_ignore_ascii_case(name);
        let headers = self.headers.iter().filter(named);
        headers.map(|(_, value)| value.as_str()).collect()
    }

    /// The `Set-Cookie` header, if there is one.
    pub fn cookie(&self) -> Option<&str> {
        let all = self.headers("Set-Cookie");
        assert!(all.len() < 2, "{all:?}");
        all.first().copied()
    }

    /// The value that the view returned.
    pub fn value(&self) -> Value {
        assert_eq!(self.status, Status::Ok, "{}", self.body);
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn did(&self, event: &Event) -> bool {
        self.trace.contains(event)
    }

    /// True: the browser is told to forget the cookie.
    pub fn removes_the_cookie(&self) -> bool {
        self.cookie()
            .is_some_and(|line| line.starts_with("session_id=;") && line.contains("Max-Age=0"))
    }
}
