//! A request of a model browser, and its answer, over real HTTP. The client knows neither cookies
//! nor redirects: both are the model browser's, which the X-ray and the transcript look into.

use std::io;
use std::time::Duration;

use rocket::http::Method;
use ureq::Agent;
use ureq::http::HeaderValue;

use super::browser::Going;
use super::pipe::MODEL_BROWSER;
use crate::course::language::languages::Language;

/// Connections to one run of a lesson. They are kept open, so a restart needs new ones.
pub(super) struct Wire(Agent);

/// A response as the client received it.
#[derive(Debug)]
pub(crate) struct HttpAnswer {
    pub status: u16,
    /// The `Location` header, as it came.
    pub location: Option<String>,
    /// The `Set-Cookie` headers in their order: a later one replaces an earlier one.
    pub set_cookies: Vec<String>,
    pub page: String,
    /// The `Content-Security-Policy`, if it has one.
    policy: Option<String>,
}

impl HttpAnswer {
    /// True if the page has a script written into it, and lets it run. The course's own scripts are
    /// files, so it is somebody else's.
    pub(super) fn runs_a_script(&self) -> bool {
        let forbids = |policy: &String| {
            let names_scripts = policy.contains("script-src") || policy.contains("default-src");
            names_scripts && !policy.contains("'unsafe-inline'")
        };
        self.page.contains("<script>") && !self.policy.as_ref().is_some_and(forbids)
    }
}

impl Wire {
    /// A client that answers with whatever came: errors by status and redirects are results here.
    /// An answer may take this long.
    pub(super) fn new(patience: Duration) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // A proxy of the machine's environment would see a class's passwords, and change
            // headers.
            .proxy(None)
            .user_agent(MODEL_BROWSER)
            .timeout_global(Some(patience))
            .build();
        Wire(agent.new_agent())
    }

    /// Sends a request to a server on this machine as a browser does, with these fields if it is a
    /// form, and this `Cookie` header. `Sec-Fetch-Site` and `Origin` say from what page it comes; scripts
    /// can't set them.
    ///
    /// # Errors
    ///
    /// The lesson can't be reached, or its answer can't be read.
    pub(super) fn send(
        &self,
        port: u16,
        going: Going<'_>,
        form: &[(String, String)],
        cookie: Option<&str>,
        language: Language,
    ) -> io::Result<HttpAnswer> {
        // Not every system finds names such as `shop.localhost`, as browsers do.
        let address = format!("http://localhost:{port}{}", going.path);
        let host = format!("{}:{port}", going.host);
        let origin = format!("http://{host}");
        let site = match going.from {
            None => "same-origin",
            Some(_) if going.is_cross_site() => "cross-site",
            Some(_) => "same-site",
        };
        let mut headers = vec![
            ("Host", &*host),
            ("Accept-Language", language.code()),
            ("Sec-Fetch-Site", site),
        ];
        headers.extend(cookie.map(|cookie| ("Cookie", cookie)));
        let answer = if going.method == Method::Post {
            headers.push(("Origin", going.from.unwrap_or(&origin)));
            let post = self.0.post(&address);
            let post = headers
                .iter()
                .fold(post, |post, (name, value)| post.header(*name, *value));
            post.send_form(form.iter().map(|(name, value)| (name, value)))
        } else {
            let get = self.0.get(&address);
            let get = headers
                .iter()
                .fold(get, |get, (name, value)| get.header(*name, *value));
            get.call()
        };
        let mut answer = answer.map_err(failed)?;
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let set_cookies = answer.headers().get_all("set-cookie").iter().map(text);
        let set_cookies = set_cookies.collect();
        let header = |name| answer.headers().get(name).map(text);
        let (location, policy) = (header("location"), header("content-security-policy"));
        let page = answer.body_mut().read_to_string();
        Ok(HttpAnswer {
            status: answer.status().as_u16(),
            location,
            set_cookies,
            page: page.map_err(failed)?,
            policy,
        })
    }
}

/// The error of the client, with a kind of its own if the lesson was silent for too long.
fn failed(error: ureq::Error) -> io::Error {
    match error {
        ureq::Error::Timeout(_) => io::Error::new(io::ErrorKind::TimedOut, error),
        error => io::Error::other(error),
    }
}
