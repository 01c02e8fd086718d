//! Plays a scenario, one step at a time, over real HTTP.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;
use std::{env, io};

use rocket::http::Method;
use serde_json::Value;

use super::browser::{Browser, Going};
use super::claims::{self, Checked};
use super::clipboard::changed;
use super::played::{Exchange, Played, Row};
use super::server::{HOST, Server};
use super::wire::Wire;
use super::{Act, Actor, CookieClaim, DevTools, Scenario, Sent, Step};
use crate::accounts::DEMO_USERS;
use crate::answer::is_own_path;
use crate::course::language::languages::Language;
use crate::course::xray::session_names::SessionNames;

/// After so many redirects a browser gives up too.
const MOST_REDIRECTS: usize = 10;

/// A scenario while it is played.
pub struct Player<'a> {
    scenario: &'a Scenario,
    language: Language,
    server: Server,
    wire: Wire,
    browsers: HashMap<Actor, Browser>,
    clipboards: HashMap<Actor, String>,
    names: SessionNames,
    /// The names of cookies' values, which an engine that came later may not understand.
    named: HashMap<String, String>,
}

impl<'a> Player<'a> {
    /// Starts the lesson's program for a scenario, on the engine that `ROCKET_SESSION` names.
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
        let session = env::var("ROCKET_SESSION").unwrap_or_default();
        Player::with(&session, scenario, program, port, language)
    }

    /// The same with these settings for the session layer: `{engine="cache"}`.
    ///
    /// # Errors
    ///
    /// The program does not start.
    pub fn with(
        session: &str,
        scenario: &'a Scenario,
        program: &Path,
        port: u16,
        language: Language,
    ) -> io::Result<Self> {
        Ok(Player {
            scenario,
            language,
            server: Server::start(program, port, session)?,
            wire: Wire::new(),
            browsers: HashMap::new(),
            clipboards: HashMap::new(),
            names: SessionNames::default(),
            named: HashMap::new(),
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
            Act::Restart(engine) => {
                self.server.restart(*engine)?;
                // The old one has kept connections to a program that is gone.
                self.wire = Wire::new();
            }
            Act::DevTools(devtools) => self.by_hand(step, devtools)?,
            Act::Wait(time) => self.server.advance(*time)?,
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
        // A session that its browser carries is nowhere else.
        let carried = self.server.carried();
        let gone = before.as_ref().filter(|_| !carried);
        let row = match after.as_ref().or(gone) {
            Some(value) => self.row(value)?,
            None => None,
        };
        // A cookie that holds the whole session changes with it, and is still the same session's.
        let before = before.map(|value| self.named(&value)).transpose()?;
        let after = after.map(|value| self.named(&value)).transpose()?;
        let mut played = Played {
            exchanges,
            cookie: CookieClaim::of(before.as_deref(), after.as_deref()),
            kept: after.map(|name| (name, left.flatten())),
            row,
            carried,
            claims: Vec::new(),
            left_out: Vec::new(),
        };
        let lacks = self.server.lacks();
        claims::check(&step.claims, lacks, &mut played, self.language);
        Ok(played)
    }

    fn by_hand(&mut self, step: &Step, devtools: &DevTools) -> io::Result<()> {
        let nothing = |what| io::Error::other(format!("there is no {what}"));
        let cookie = self.session_id(step.at).map(|(value, _)| value);
        let value = match devtools {
            DevTools::Copy => {
                let value = cookie.ok_or_else(|| nothing("cookie to copy"))?;
                self.clipboards.insert(step.who, value);
                return Ok(());
            }
            DevTools::Paste => {
                let copied = self.clipboards.get(&step.who).cloned();
                copied.ok_or_else(|| nothing("copy to paste"))?
            }
            DevTools::Change { from, to } => {
                let value = cookie.ok_or_else(|| nothing("cookie to change"))?;
                let changed = changed(&value, from, to);
                let changed = changed.ok_or_else(|| nothing("such text in the cookie"))?;
                let name = self.named(&value)?;
                let cookie = [("cookie", name.as_str())];
                let name = self.language.text_with("scenario-changed-cookie", &cookie);
                self.named.insert(changed.clone(), name);
                changed
            }
        };
        let name = self
            .server
            .cookie()
            .ok_or_else(|| nothing("session layer"))?;
        let browser = self.browsers.entry(step.at).or_default();
        let here = Going {
            method: Method::Get,
            host: HOST,
            path: "/",
            foreign: false,
            tls: false,
        };
        browser.put(name, value, here, self.server.now());
        Ok(())
    }

    /// The request to which the last answer redirects the browser, unless the scenario itself says
    /// that this browser goes there next.
    fn followed(&self, place: usize, exchanges: &[Exchange]) -> Option<Sent> {
        let step = &self.scenario.steps[place];
        let target = exchanges.last()?.place.as_ref()?;
        let next = Sent {
            method: Method::Get,
            path: target.clone(),
            form: Vec::new(),
            foreign: false,
        };
        let mut steps = self.scenario.steps[place + 1..].iter();
        let said = steps.find(|later| later.at == step.at);
        let said = said.is_some_and(|said| said.act == Act::Send(next.clone()));
        (is_own_path(target) && !said).then_some(next)
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
            host: HOST,
            path: &sent.path,
            foreign: sent.foreign,
            tls: false,
        };
        let now = self.server.now();
        let cookie = browser.header(going, now);
        let answer = self
            .wire
            .send(&self.server, &sent, cookie.as_deref(), self.language)?;
        for header in &answer.set_cookies {
            browser.set(header, going, now);
        }
        let cookie = cookie.map(|cookie| self.hide(&cookie)).transpose()?;
        let set_cookies = answer.set_cookies.iter().map(|header| self.hide(header));
        Ok(Exchange {
            sent,
            cookie,
            status: answer.status,
            place: answer.place,
            set_cookies: set_cookies.collect::<io::Result<_>>()?,
            told: self.told()?,
            page: answer.page,
        })
    }

    /// The trace of the last request. The sessions in it were named by the cookies.
    fn told(&mut self) -> io::Result<Vec<Value>> {
        let mut told = self.server.trace()?;
        for told in &mut told {
            if let Some(Value::String(locker)) = told["event"].get_mut("locker") {
                *locker = self.names.session(locker).unwrap_or_default();
            }
        }
        Ok(told)
    }

    fn row(&mut self, value: &str) -> io::Result<Option<(String, Row)>> {
        let Some(named) = self.server.session(value)? else {
            return Ok(None);
        };
        let session = self.names.session(&named.locker).unwrap_or_default();
        let row = match named.row {
            Some(data) => Row::Live(claims::json(&data)),
            None if named.over => Row::Over,
            None => Row::None,
        };
        Ok(Some((session, row)))
    }

    /// The session cookie's value in a browser, and for how long it is kept.
    fn session_id(&self, at: Actor) -> Option<(String, Option<Duration>)> {
        let name = self.server.cookie()?;
        let now = self.server.now();
        let kept = self.browsers.get(&at)?.cookie(name, now)?;
        Some((kept.value.clone(), kept.left(now)))
    }

    /// A session ID's name; what is no session ID stays as it is.
    fn named(&mut self, value: &str) -> io::Result<String> {
        if let Some(name) = self.named.get(value) {
            return Ok(name.clone());
        }
        let Some(named) = self.server.session(value)? else {
            return Ok(value.to_owned());
        };
        let name = self.names.name(&named.locker, &named.lock);
        self.named.insert(value.to_owned(), name.clone());
        Ok(name)
    }

    /// A `Cookie` or `Set-Cookie` header with the session ID's name in its place.
    fn hide(&mut self, header: &str) -> io::Result<String> {
        let Some(prefix) = self.server.cookie().map(|name| format!("{name}=")) else {
            return Ok(header.to_owned());
        };
        let mut parts: Vec<String> = header.split("; ").map(str::to_owned).collect();
        for part in &mut parts {
            if let Some(value) = part.strip_prefix(&prefix) {
                *part = prefix.clone() + &self.named(value)?;
            }
        }
        Ok(parts.join("; "))
    }
}
