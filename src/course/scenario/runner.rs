//! Plays a scenario, one step at a time, over real HTTP.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::time::Duration;

use rocket::http::Method;
use serde_json::Value;
use ureq::Agent;

use super::browser::{Browser, Going};
use super::claims::{self, Checked};
use super::control::MODEL_BROWSER;
use super::played::{Exchange, Played, Row};
use super::server::Server;
use super::{Act, Actor, CookieClaim, Scenario, Sent};
use crate::accounts::DEMO_USERS;
use crate::course::languages::Language;
use crate::course::session_names::SessionNames;

/// A site that is not this one.
const ANOTHER_SITE: &str = "https://elsewhere.example";

/// After so many redirects a browser gives up too.
const MOST_REDIRECTS: usize = 10;

/// A scenario while it is played.
pub struct Player<'a> {
    scenario: &'a Scenario,
    language: Language,
    server: Server,
    agent: Agent,
    browsers: HashMap<Actor, Browser>,
    names: SessionNames,
    /// How much time has passed, as the scenario has it.
    now: Duration,
}

impl<'a> Player<'a> {
    /// Starts the lesson's program for a scenario.
    ///
    /// # Errors
    ///
    /// The program does not start.
    pub fn new(
        scenario: &'a Scenario,
        program: &Path,
        port: u16,
        language: Language,
    ) -> io::Result<Self> {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(MODEL_BROWSER)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Ok(Player {
            scenario,
            language,
            server: Server::start(program, port)?,
            agent: agent.new_agent(),
            browsers: HashMap::new(),
            names: SessionNames::default(),
            now: Duration::ZERO,
        })
    }

    /// The lesson that plays along.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Plays the step at this place. Each is played once, in order.
    ///
    /// # Errors
    ///
    /// The lesson's program has ended, or does not answer.
    pub fn play(&mut self, place: usize) -> io::Result<Played> {
        let step = &self.scenario.steps[place];
        let Some(times) = step.times else {
            return self.play_once(place);
        };
        let mut played = 0;
        loop {
            self.browsers.remove(&step.at);
            let last = self.play_once(place)?;
            played += 1;
            // All of them must come out as claimed; the first that does not is shown.
            if played == times || !last.claims.iter().all(Checked::holds) {
                return Ok(last);
            }
        }
    }

    fn play_once(&mut self, place: usize) -> io::Result<Played> {
        let step = &self.scenario.steps[place];
        let before = self.session_id(step.at).map(|(value, _)| value);
        let mut exchanges = Vec::new();
        match &step.act {
            Act::Close => self.browsers.entry(step.at).or_default().close(),
            Act::Wait(time) => {
                self.server.advance(*time)?;
                self.now += *time;
            }
            Act::Send(sent) => {
                exchanges.push(self.send(step.at, sent)?);
                let mut redirects = 0;
                while let Some(next) = self.followed(place, &exchanges)
                    && redirects < MOST_REDIRECTS
                {
                    exchanges.push(self.send(step.at, &next)?);
                    redirects += 1;
                }
            }
        }
        let (after, left) = self.session_id(step.at).unzip();
        let mut played = Played {
            exchanges,
            cookie: CookieClaim::of(before.as_deref(), after.as_deref()),
            kept: after
                .as_ref()
                .map(|value| (self.named(value), left.flatten())),
            row: self.row(after.or(before).as_deref())?,
            claims: Vec::new(),
        };
        played.claims = claims::check(&step.claims, &played, self.language);
        Ok(played)
    }

    /// The request to which the last answer redirects the browser, unless the scenario itself says
    /// that this browser goes there next.
    fn followed(&self, place: usize, exchanges: &[Exchange]) -> Option<Sent> {
        let step = &self.scenario.steps[place];
        let target = exchanges.last()?.place.as_ref()?;
        let own_path = target.starts_with('/') && !target.starts_with("//");
        let next = Sent {
            method: Method::Get,
            path: target.clone(),
            form: Vec::new(),
            foreign: false,
        };
        let mut steps = self.scenario.steps[place + 1..].iter();
        let said = steps.find(|later| later.at == step.at);
        let said = said.is_some_and(|said| said.act == Act::Send(next.clone()));
        (own_path && !said).then_some(next)
    }

    fn send(&mut self, at: Actor, sent: &Sent) -> io::Result<Exchange> {
        let mut sent = sent.clone();
        for (_, value) in &mut sent.form {
            let mut users = DEMO_USERS.iter();
            if let Some(user) = users.find(|user| value.strip_prefix('$') == Some(user.userid)) {
                user.password.clone_into(value);
            }
        }
        let browser = self.browsers.entry(at).or_default();
        let going = Going {
            method: sent.method,
            path: &sent.path,
            foreign: sent.foreign,
            tls: false,
        };
        let cookie = browser.header(going, self.now);
        let origin = self.server.address("");
        let address = self.server.address(&sent.path);
        let (origin, site) = match sent.foreign {
            true => (ANOTHER_SITE, "cross-site"),
            false => (origin.as_str(), "same-origin"),
        };
        let mut headers = vec![
            ("Accept-Language", self.language.code()),
            ("Sec-Fetch-Site", site),
        ];
        headers.extend(cookie.as_deref().map(|cookie| ("Cookie", cookie)));
        let answer = if sent.method == Method::Post {
            headers.push(("Origin", origin));
            let post = self.agent.post(&address);
            let post = headers
                .iter()
                .fold(post, |post, (name, value)| post.header(*name, *value));
            post.send_form(sent.form.iter().map(|(name, value)| (name, value)))
        } else {
            let get = self.agent.get(&address);
            let get = headers
                .iter()
                .fold(get, |get, (name, value)| get.header(*name, *value));
            get.call()
        };
        let mut answer = answer.map_err(io::Error::other)?;
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let set_cookies: Vec<String> = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .map(text)
            .collect();
        for header in &set_cookies {
            browser.set(header, false, self.now);
        }
        let place = answer.headers().get("location").map(text);
        let page = answer
            .body_mut()
            .read_to_string()
            .map_err(io::Error::other)?;
        let cookie = cookie.map(|cookie| self.hide(&cookie));
        let set_cookies = set_cookies.iter().map(|header| self.hide(header)).collect();
        Ok(Exchange {
            sent,
            cookie,
            status: answer.status().as_u16(),
            place,
            set_cookies,
            told: self.told()?,
            page,
        })
    }

    /// The account of the last request. The sessions in it were named by the cookies.
    fn told(&mut self) -> io::Result<Vec<Value>> {
        let mut told = self.server.account()?;
        for told in &mut told {
            if let Some(Value::String(locker)) = told["event"].get_mut("locker") {
                *locker = self.names.session(locker).unwrap_or_default();
            }
        }
        Ok(told)
    }

    fn row(&mut self, id: Option<&str>) -> io::Result<Option<(String, Row)>> {
        let Some((locker, _)) = id.and_then(|value| value.split_once('.')) else {
            return Ok(None);
        };
        let session = self.names.session(locker).unwrap_or_default();
        Ok(Some((session, self.server.row(locker)?)))
    }

    /// The session cookie's value in a browser, and for how long it is kept.
    fn session_id(&self, at: Actor) -> Option<(String, Option<Duration>)> {
        let name = self.server.cookie()?;
        let kept = self.browsers.get(&at)?.cookie(name, self.now)?;
        Some((kept.cookie.value().to_owned(), kept.left(self.now)))
    }

    /// A session ID's name; what is no session ID stays as it is.
    fn named(&mut self, value: &str) -> String {
        match value.split_once('.') {
            Some((locker, secret)) => self.names.name(locker, secret.as_bytes()),
            None => value.to_owned(),
        }
    }

    /// A `Cookie` or `Set-Cookie` header with the session ID's name in its place.
    fn hide(&mut self, header: &str) -> String {
        let Some(prefix) = self.server.cookie().map(|name| format!("{name}=")) else {
            return header.to_owned();
        };
        let mut parts: Vec<String> = header.split("; ").map(str::to_owned).collect();
        for part in &mut parts {
            if let Some(value) = part.strip_prefix(&prefix) {
                *part = prefix.clone() + &self.named(value);
            }
        }
        parts.join("; ")
    }
}
