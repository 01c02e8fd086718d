//! Plays a scenario, one step at a time, over real HTTP. A step's outcome is put together from
//! three witnesses: the answer as the client got it, the cookies in the model browser, and the
//! server's own record.

use std::collections::{HashMap, HashSet};
use std::io;
use std::time::Duration;

use rocket::http::Method;

use super::act::{Act, DevTools, OtherServer};
use super::browser::{Going, ModelBrowser};
use super::by_hand::by_hand;
use super::claim::CookieClaim;
use super::judge::{judged, open};
use super::mallorys_site::MallorysSite;
use super::named::NamedValues;
use super::played::{Played, PlayedRequest};
use super::program::LessonProgram;
use super::server::LessonServer;
use super::step::{Actor, Scenario, ScenarioStep};
use super::wire::Wire;
use crate::course::language::languages::Language;

/// Redirects that are followed. A loop ends here, as it does in browsers after twenty.
const MOST_REDIRECTS: usize = 10;

/// A scenario while it is played.
pub struct ScenarioPlayer<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) language: Language,
    pub(super) server: LessonServer,
    pub(super) wire: Wire,
    /// Each actor's browser, from the first request on.
    pub(super) browsers: HashMap<Actor, ModelBrowser>,
    /// Each actor's clipboard: one may paste into another's browser.
    clipboards: HashMap<Actor, Option<String>>,
    /// The names of values that were changed by hand, of which only their browser knows.
    pub(super) changed: HashMap<String, String>,
    /// The values that steps have made for later ones.
    pub(super) named: NamedValues,
    /// The actors whose browser shows a page with a script that is not the site's own.
    pub(super) scripted: HashSet<Actor>,
    /// Mallory's site, from the first step on that needs it.
    pub(super) mallory: Option<MallorysSite>,
}

impl<'a> ScenarioPlayer<'a> {
    /// Starts the lesson's program for a scenario. `session` has settings for the session layer, such
    /// as `{engine="cache"}`; empty means none. On any free port if `port` is 0.
    ///
    /// # Errors
    ///
    /// The program does not start.
    pub fn new(
        session: &str,
        scenario: &'a Scenario,
        program: impl Into<LessonProgram>,
        port: u16,
        language: Language,
    ) -> io::Result<Self> {
        let host = scenario.host.as_deref();
        let server = LessonServer::start(program, port, session)?.named(host);
        Ok(ScenarioPlayer {
            scenario,
            language,
            wire: Wire::new(server.patience()),
            server,
            browsers: HashMap::new(),
            clipboards: HashMap::new(),
            changed: HashMap::new(),
            named: NamedValues::default(),
            scripted: HashSet::new(),
            mallory: None,
        })
    }

    /// The lesson that plays along.
    pub fn server(&self) -> &LessonServer {
        &self.server
    }

    /// Plays the step with this index. Each is played once, in order.
    ///
    /// # Errors
    ///
    /// The lesson's program has ended, or does not answer.
    pub fn play(&mut self, index: usize) -> io::Result<Played> {
        let step = &self.scenario.steps[index];
        let Some(times) = step.times else {
            return self.play_once(index);
        };
        let mut played = 0;
        loop {
            self.browsers.remove(&step.at);
            let last = self.play_once(index)?;
            played += 1;
            // All of them must come out as claimed; the first that does not is shown.
            if played == times || !last.claims.iter().all(|claim| claim.holds) {
                return Ok(last);
            }
        }
    }

    /// Does the act of a step, follows its redirects and judges its claims.
    fn play_once(&mut self, index: usize) -> io::Result<Played> {
        let step = &self.scenario.steps[index];
        let second = Some(OtherServer::Second);
        let to_second = matches!(&step.act, Act::Send(sent) if sent.server == second);
        self.server.go_to(to_second)?;
        let before = self.session_cookie(step.at).map(|(value, _)| value);
        let name_before = before
            .as_deref()
            .map(|value| self.name(value))
            .transpose()?;
        let mut requests = Vec::new();
        match &step.act {
            Act::Close => self.browsers.entry(step.at).or_default().close(),
            Act::Restart(with) => {
                self.server.restart(with.clone())?;
                // The old one has kept connections to a program that is gone.
                self.wire = Wire::new(self.server.patience());
            }
            Act::DevTools(devtools) => self.by_hand(step, devtools)?,
            Act::Wait(time) => self.server.advance(*time)?,
            Act::Steal => self.steal(step.at)?,
            Act::Send(sent) if sent.script && !self.scripted.contains(&step.at) => {}
            Act::Send(sent) if sent.server == Some(OtherServer::Mallory) => {
                requests.push(self.send_to_mallory(step.at, sent)?);
            }
            Act::Send(sent) => {
                let others = step.parallel.map_or(0, |parallel| parallel - 1);
                requests.push(self.send(step.at, sent, others)?);
                let mut redirects = 0;
                while let Some(next) = self.followed(index, sent, &requests)
                    && redirects < MOST_REDIRECTS
                {
                    requests.push(self.send(step.at, &next, 0)?);
                    redirects += 1;
                }
                self.keep_made(step, &requests)?;
            }
        }
        let (after, left) = self.session_cookie(step.at).unzip();
        let name_after = after.as_deref().map(|value| self.name(value)).transpose()?;
        // A session that its browser carries is nowhere else.
        let carried = self.server.carried();
        let row = match after.or(before.filter(|_| !carried)) {
            Some(value) => self.server.opened(&value)?.row,
            None => None,
        };
        let mut played = Played {
            requests,
            // A cookie that holds the whole session changes with it, and is still the same
            // session's.
            cookie: CookieClaim::of(name_before.as_deref(), name_after.as_deref()),
            kept: name_after.map(|name| (name, left.flatten())),
            row,
            carried,
            claims: Vec::new(),
            seen: None,
        };
        played.claims = judged(&step.claims, &played, self.language);
        // A script that does not run on the closed half changes nothing there.
        let by_script = matches!(&step.act, Act::Send(sent) if sent.script);
        if let Some(claims) = step
            .closed
            .as_ref()
            .and_then(|closed| closed.claims.as_ref())
            && !by_script
        {
            let found = judged(claims, &played, self.language);
            played.claims.push(open(&found));
        }
        played.seen = step.seen.iter().position(|seen| {
            let found = judged(&seen.found, &played, self.language);
            found.iter().all(|claim| claim.holds)
        });
        Ok(played)
    }

    /// Keeps the values that the page has made for later steps.
    fn keep_made(&mut self, step: &ScenarioStep, requests: &[PlayedRequest]) -> io::Result<()> {
        let Some(made) = &step.made else {
            return Ok(());
        };
        let page = requests.last().map_or("", |last| &last.answer.page);
        let found: Vec<_> = made.found(page).collect();
        if let Some(name) = made
            .names()
            .find(|name| !found.iter().any(|it| it.0 == *name))
        {
            return Err(io::Error::other(format!("the page has no `{name}`")));
        }
        for (name, value) in found {
            self.named.keep(name, value);
        }
        Ok(())
    }

    /// Changes the browser's cookie, as a person does in DevTools.
    fn by_hand(&mut self, step: &ScenarioStep, devtools: &DevTools) -> io::Result<()> {
        let old = self.session_cookie(step.at).map(|(value, _)| value);
        let clipboard = self.clipboards.entry(step.who).or_default();
        let Some(value) = by_hand(devtools, old.as_deref(), clipboard)? else {
            return Ok(());
        };
        if let (DevTools::Change { .. }, Some(old)) = (devtools, old) {
            let name = self.name(&old)?;
            let cookie = [("cookie", name.as_str())];
            let name = self.language.text_with("scenario-changed-cookie", &cookie);
            self.changed.insert(value.clone(), name);
        }
        let name = self.server.cookie();
        let name = name.ok_or_else(|| io::Error::other("there is no session layer"))?;
        let browser = self.browsers.entry(step.at).or_default();
        let here = Going {
            method: Method::Get,
            host: self.server.host(),
            path: "/",
            from: None,
            tls: false,
        };
        browser.put(name, value, here, self.server.now());
        Ok(())
    }

    /// The session cookie's value in a browser, and the time for which it is still kept.
    pub(super) fn session_cookie(&self, at: Actor) -> Option<(String, Option<Duration>)> {
        let name = self.server.cookie()?;
        let now = self.server.now();
        let kept = self.browsers.get(&at)?.cookie(name, now)?;
        Some((kept.value.clone(), kept.left(now)))
    }

    /// The name of a session cookie's value. One that the server knows nothing of has none.
    fn name(&mut self, value: &str) -> io::Result<String> {
        let name = match self.changed.get(value) {
            Some(name) => Some(name.clone()),
            None => self.server.opened(value)?.name,
        };
        Ok(name.unwrap_or_else(|| "…".to_owned()))
    }
}
