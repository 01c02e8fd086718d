//! A request of a model browser, and its answer, over real HTTP.

use std::io;
use std::time::Duration;

use rocket::http::Method;
use ureq::Agent;
use ureq::http::HeaderValue;

use super::Sent;
use super::control::MODEL_BROWSER;
use super::server::Server;
use crate::course::language::languages::Language;

/// A site that is not this one.
const ANOTHER_SITE: &str = "https://elsewhere.example";

/// Connections to one run of a lesson.
pub(super) struct Wire(Agent);

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) place: Option<String>,
    pub(super) set_cookies: Vec<String>,
    pub(super) page: String,
}

impl Wire {
    pub(super) fn new() -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(MODEL_BROWSER)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Wire(agent.new_agent())
    }

    /// Sends a request as a browser does, with this `Cookie` header.
    pub(super) fn send(
        &self,
        server: &Server,
        sent: &Sent,
        cookie: Option<&str>,
        language: Language,
    ) -> io::Result<Answer> {
        let (origin, address) = (server.address(""), server.address(&sent.path));
        let (origin, site) = match sent.foreign {
            true => (ANOTHER_SITE, "cross-site"),
            false => (origin.as_str(), "same-origin"),
        };
        let mut headers = vec![
            ("Accept-Language", language.code()),
            ("Sec-Fetch-Site", site),
        ];
        headers.extend(cookie.map(|cookie| ("Cookie", cookie)));
        let answer = if sent.method == Method::Post {
            headers.push(("Origin", origin));
            let post = self.0.post(&address);
            let post = headers
                .iter()
                .fold(post, |post, (name, value)| post.header(*name, *value));
            post.send_form(sent.form.iter().map(|(name, value)| (name, value)))
        } else {
            let get = self.0.get(&address);
            let get = headers
                .iter()
                .fold(get, |get, (name, value)| get.header(*name, *value));
            get.call()
        };
        let mut answer = answer.map_err(io::Error::other)?;
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let set_cookies = answer.headers().get_all("set-cookie").iter().map(text);
        let (set_cookies, place) = (
            set_cookies.collect(),
            answer.headers().get("location").map(text),
        );
        let page = answer.body_mut().read_to_string();
        Ok(Answer {
            status: answer.status().as_u16(),
            place,
            set_cookies,
            page: page.map_err(io::Error::other)?,
        })
    }
}
